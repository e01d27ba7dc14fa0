//! Joining a workspace with a link, and making links for others.

use serde::Deserialize;
use shared::id::{DeviceId, MemberId, WorkspaceId};
use shared::model::Role;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Request, RequestInit, Response};

use super::storage::Trouble;

/// Why a request to the relay failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JoinError {
    /// The relay cannot be reached.
    Offline,
    /// The relay said no.
    Refused(Denial),
    /// Storage does not work.
    Storage(Trouble),
}

/// Why the relay said no, by the code in its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Denial {
    /// The link is none of this relay's.
    InviteUnknown,
    /// The link was used before.
    InviteUsed,
    /// The link is too old.
    InviteExpired,
    /// This device does not belong here any more.
    NotJoined,
    /// The member's role does not reach.
    Forbidden,
    /// The relay is shutting down.
    Stopping,
    /// Anything else, and answers that are not of a relay of this version.
    #[serde(other)]
    Other,
}

impl From<Trouble> for JoinError {
    fn from(trouble: Trouble) -> Self {
        Self::Storage(trouble)
    }
}

/// What a device is told once, when it joins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Joined {
    /// The workspace.
    pub workspace: WorkspaceId,
    /// This device.
    pub device: DeviceId,
    /// Its secret.
    pub token: String,
    /// Whose it is.
    pub member: MemberId,
    /// What the member may do.
    pub role: Role,
}

#[derive(Deserialize)]
struct Answer {
    workspace: String,
    device: String,
    token: String,
    member: String,
    role: Role,
}

#[derive(Deserialize)]
struct Told {
    secret: String,
}

#[derive(Deserialize)]
struct No {
    code: Denial,
}

/// Uses a link up.
pub async fn join(secret: &str, device: &str) -> Result<Joined, JoinError> {
    let body = serde_json::json!({ "secret": secret, "device": device });
    let answer: Answer = read(&post("/join", &body.to_string(), None).await?)?;
    let odd = |_| JoinError::Refused(Denial::Other);
    Ok(Joined {
        workspace: answer.workspace.parse().map_err(odd)?,
        device: answer.device.parse().map_err(odd)?,
        token: answer.token,
        member: answer.member.parse().map_err(odd)?,
        role: answer.role,
    })
}

/// Makes a link: for a new member with a role, or for another device of the same person.
pub async fn invite(token: &str, role: Role, same_person: bool) -> Result<String, JoinError> {
    let body = match same_person {
        true => serde_json::json!({ "member": "same" }),
        false => serde_json::json!({ "role": role }),
    };
    let told: Told = read(&post("/invite", &body.to_string(), Some(token)).await?)?;
    let origin = web_sys::window().and_then(|window| window.location().origin().ok()).unwrap_or_default();
    Ok(format!("{origin}/#/join/{}", told.secret))
}

fn read<T: for<'a> Deserialize<'a>>(text: &str) -> Result<T, JoinError> {
    serde_json::from_str(text).map_err(|_| JoinError::Refused(Denial::Other))
}

async fn post(path: &str, body: &str, token: Option<&str>) -> Result<String, JoinError> {
    let request = request(path, body, token).map_err(|_| JoinError::Offline)?;
    let window = web_sys::window().ok_or(JoinError::Offline)?;
    let response = JsFuture::from(window.fetch_with_request(&request)).await.map_err(|_| JoinError::Offline)?;
    let response: Response = response.dyn_into().map_err(|_| JoinError::Offline)?;
    let text = response.text().map_err(|_| JoinError::Offline)?;
    let text = JsFuture::from(text).await.map_err(|_| JoinError::Offline)?;
    let text: String = text.as_string().unwrap_or_default();
    if response.ok() { Ok(text) } else { Err(JoinError::Refused(denial(&text))) }
}

fn request(path: &str, body: &str, token: Option<&str>) -> Result<Request, JsValue> {
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_body(&JsValue::from_str(body));
    let request = Request::new_with_str_and_init(path, &init)?;
    request.headers().set("Content-Type", "application/json")?;
    if let Some(token) = token {
        request.headers().set("Authorization", &format!("Bearer {token}"))?;
    }
    Ok(request)
}

fn denial(text: &str) -> Denial {
    serde_json::from_str(text).map_or(Denial::Other, |no: No| no.code)
}
