//! `GET /healthz`: whether the relay can read its store.

use std::sync::Arc;

use axum::extract::State;

use crate::error::Error;
use crate::relay::Relay;

/// Answers `ok`, or 500 while the store cannot be read.
pub(crate) async fn healthz(State(relay): State<Arc<Relay>>) -> Result<&'static str, Error> {
    relay.ask(|store| Ok(store.workspaces()?)).await?;
    Ok("ok\n")
}
