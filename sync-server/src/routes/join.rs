//! `POST /join`: a device shows a link's secret and gets its own token, told once.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use serde::{Deserialize, Serialize};

use crate::access::{self, Role};
use crate::error::Error;
use crate::relay::Relay;

/// What a device sends.
#[derive(Deserialize)]
pub(crate) struct Request {
    /// From the link.
    secret: String,
    /// What its owner calls it, such as "Anna's phone".
    device: String,
}

/// What a device gets. Ids are 32 hex digits.
#[derive(Serialize)]
pub(crate) struct Answer {
    workspace: String,
    device: String,
    token: String,
    member: String,
    role: Role,
}

/// Uses the link up.
pub(crate) async fn join(
    State(relay): State<Arc<Relay>>,
    request: Result<Json<Request>, JsonRejection>,
) -> Result<Json<Answer>, Error> {
    let Json(request) = request.map_err(|error| Error::Request(error.body_text()))?;
    let joined = relay.ask(move |store| access::join(store, &request.secret, &request.device)).await?;
    let (device, token) = joined;
    tracing::info!(device = %device.id, name = device.name, role = %device.role, "a device joined");
    Ok(Json(Answer {
        workspace: device.workspace.to_string(),
        device: device.id.to_string(),
        token,
        member: device.member.to_string(),
        role: device.role,
    }))
}
