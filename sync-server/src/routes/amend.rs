//! `POST /amend`: entries for the list of members. Whoever signed them may say so, whoever brings them.

use std::sync::Arc;

use axum::extract::State;
use axum::http::StatusCode;
use shared::wire::joining::Amend;

use super::said::Said;
use crate::error::Error;
use crate::relay::Relay;

/// Puts them at the end of the list, in order, until one is refused.
pub(crate) async fn amend(State(relay): State<Arc<Relay>>, Said(said): Said<Amend>) -> Result<StatusCode, Error> {
    relay.amend(said.workspace, said.entries).await?;
    Ok(StatusCode::NO_CONTENT)
}
