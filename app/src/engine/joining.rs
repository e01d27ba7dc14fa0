//! Joining a workspace with a link, and making links for others.

use serde::Deserialize;
use shared::id::{DeviceId, MemberId, WorkspaceId};
use shared::model::Role;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Request, RequestInit, Response};

use super::storage::Trouble;

/// Why a request to the relay failed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JoinError {
    /// The relay cannot be reached.
    #[error("the relay cannot be reached; connect, then try again")]
    Offline,
    /// The relay said no, and why.
    #[error("{0}")]
    Refused(String),
    /// Storage does not work.
    #[error(transparent)]
    Storage(#[from] Trouble),
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

/// Uses a link up.
pub async fn join(secret: &str, device: &str) -> Result<Joined, JoinError> {
    let body = serde_json::json!({ "secret": secret, "device": device });
    let answer: Answer = read(&post("/join", &body.to_string(), None).await?)?;
    let odd = |_| JoinError::Refused("the relay answered with something that is no id".to_owned());
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
    serde_json::from_str(text)
        .map_err(|error| JoinError::Refused(format!("the relay's answer cannot be read: {error}")))
}

async fn post(path: &str, body: &str, token: Option<&str>) -> Result<String, JoinError> {
    let request = request(path, body, token).map_err(|_| JoinError::Offline)?;
    let window = web_sys::window().ok_or(JoinError::Offline)?;
    let response = JsFuture::from(window.fetch_with_request(&request)).await.map_err(|_| JoinError::Offline)?;
    let response: Response = response.dyn_into().map_err(|_| JoinError::Offline)?;
    let text = response.text().map_err(|_| JoinError::Offline)?;
    let text = JsFuture::from(text).await.map_err(|_| JoinError::Offline)?;
    let text: String = text.as_string().unwrap_or_default();
    if response.ok() { Ok(text) } else { Err(JoinError::Refused(reason(&text))) }
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

/// The relay's own words, out of its JSON if it is JSON.
fn reason(text: &str) -> String {
    let said = serde_json::from_str::<serde_json::Value>(text).ok();
    let words = ["message", "text", "error"];
    let said = said.and_then(|said| words.iter().find_map(|word| said.get(word)?.as_str().map(str::to_owned)));
    said.unwrap_or_else(|| text.to_owned())
}
