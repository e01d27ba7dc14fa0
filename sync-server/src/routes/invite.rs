//! `POST /invite`: a member's device asks for a link, for somebody else or for another device of theirs.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use axum::http::{HeaderMap, header};
use serde::Deserialize;

use crate::access::{self, APP_LINK, Invitation, Role, Told};
use crate::error::Error;
use crate::relay::Relay;
use crate::store::{Device, Source};

/// What a device asks for.
#[derive(Deserialize)]
pub(crate) struct Request {
    /// What the new member may do; not needed for another device of the same person.
    role: Option<Role>,
    /// "same" for another device of the one who asks.
    member: Option<Whose>,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Whose {
    Same,
}

/// Makes a link's secret.
pub(crate) async fn invite(
    State(relay): State<Arc<Relay>>,
    headers: HeaderMap,
    request: Result<Json<Request>, JsonRejection>,
) -> Result<Json<Told>, Error> {
    let device = relay.device(bearer(&headers)?).await?;
    let Json(request) = request.map_err(|error| Error::Request(error.body_text()))?;
    let invitation = granted(&device, &request)?;
    let told = relay.ask(move |store| access::invite(store, device.workspace, invitation)).await?;
    Ok(Json(told))
}

fn granted(device: &Device, request: &Request) -> Result<Invitation, Error> {
    let (role, member) = match (&request.member, request.role) {
        (Some(Whose::Same), _) => (device.role, Some(device.member)),
        (None, Some(role)) => (role, None),
        (None, None) => return Err(Error::Request("role: say owner, manager, rep or viewer".to_owned())),
    };
    if member.is_none() && !device.role.may_invite(role) {
        return Err(Error::Forbidden(format!(
            "with the role {} you cannot invite a member with the role {role}; ask an owner or manager",
            device.role
        )));
    }
    Ok(Invitation { source: Source::App, role, member, lasts: APP_LINK })
}

fn bearer(headers: &HeaderMap) -> Result<&str, Error> {
    let value = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    value.and_then(|value| value.strip_prefix("Bearer ")).ok_or(Error::NotJoined)
}
