//! `POST /recover`: a device brings its workspace to a relay that lost everything.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use shared::wire::joining::Recover;

use super::said::Said;
use crate::error::Error;
use crate::recovery::take_up;
use crate::relay::Relay;

/// Whoever has the link that would found a workspace here may do this instead.
pub(crate) async fn recover(State(relay): State<Arc<Relay>>, Said(asked): Said<Recover>) -> Result<StatusCode, Error> {
    relay.ask(move |store| take_up(store, &asked)).await?;
    Ok(StatusCode::NO_CONTENT)
}
