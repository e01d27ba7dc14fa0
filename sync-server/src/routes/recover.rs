//! `POST /recover`: a device brings its workspace to a relay that lost everything.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use shared::wire::joining::{Recover, decode};

use crate::error::Error;
use crate::recovery::take_up;
use crate::relay::Relay;

/// Whoever has the link that would found a workspace here may do this instead.
pub(crate) async fn recover(State(relay): State<Arc<Relay>>, body: Bytes) -> Result<StatusCode, Error> {
    let asked: Option<Recover> = decode(&body);
    let asked = asked.ok_or_else(|| Error::Request("the body brings no workspace".to_owned()))?;
    relay.ask(move |store| take_up(store, &asked)).await?;
    Ok(StatusCode::NO_CONTENT)
}
