//! `POST /amend`: entries for the list of members. Whoever signed them may say so, whoever brings them.

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use shared::wire::joining::{Amend, decode};

use crate::error::Error;
use crate::relay::Relay;

/// Puts them at the end of the list, in order, until one is refused.
pub(crate) async fn amend(State(relay): State<Arc<Relay>>, body: Bytes) -> Result<StatusCode, Error> {
    let asked: Option<Amend> = decode(&body);
    let Amend { workspace, entries } = asked.ok_or_else(|| Error::Request("the body is no amendment".to_owned()))?;
    relay.amend(workspace, entries).await?;
    Ok(StatusCode::NO_CONTENT)
}
