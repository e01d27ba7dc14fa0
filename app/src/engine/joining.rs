//! Joining a workspace with a link or a recovery code: this device draws a key, signs itself in, and asks the relay to
//! put that on the list.

use js_sys::Uint8Array;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use minicbor::bytes::ByteVec;
use serde::Deserialize;
use shared::id::{DeviceId, MemberId, WorkspaceId};
use shared::membership::{Act, Membership, Newcomer, PublicKey, Refusal, Signer, Ticket, recovering};
use shared::wire::joining::{Amend, Answer, Ask, Recover, decode, encode};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Request, RequestInit, Response};

use super::browser;
use super::clock::fresh;
use super::key::Key;
use super::roster::Work;
use super::storage::{Roster, Storage, Trouble};

/// How often the list may have moved on while this device signed.
const TRIES: usize = 5;

/// Why a request to the relay failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JoinError {
    /// The relay cannot be reached, or a part of the program is not here yet.
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
    /// The workspace would have no owner left.
    LastOwner,
    /// Somebody else amended the list first.
    MovedOn,
    /// The relay shows a list that does not verify, or another one than the link is for.
    Forged,
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

impl From<SplitLoaderError> for JoinError {
    fn from(_: SplitLoaderError) -> Self {
        Self::Offline
    }
}

#[derive(Deserialize)]
struct No {
    code: Denial,
}

/// Somebody on the way in.
#[derive(Clone)]
struct Coming {
    name: String,
    called: String,
    device: DeviceId,
    member: MemberId,
    key: PublicKey,
}

/// How somebody comes in: what to keep, and what to ask of the relay.
struct Entrance {
    workspace: WorkspaceId,
    member: MemberId,
    roster: Roster,
    amend: Vec<u8>,
}

/// A workspace that this device holds, with its list of members.
pub struct Held {
    /// Its name.
    pub(super) workspace: WorkspaceId,
    /// The list, encoded.
    pub(super) entries: Vec<u8>,
}

/// Uses a link or a recovery code up. The founding link of a relay that lost everything brings it the workspace that is
/// held here.
///
/// # Errors
/// Why this device is not let in.
pub async fn join(ticket: &str, name: &str, held: Option<Held>) -> Result<WorkspaceId, JoinError> {
    joining(ticket.to_owned(), name.to_owned(), held).await?.await
}

/// Signing and verifying are a part of the program of their own, which a new device needs first.
#[wasm_split(keys, wasm_split_path = leptos::wasm_split, fallible)]
fn joining(
    ticket: String,
    name: String,
    held: Option<Held>,
) -> Result<Work<Result<WorkspaceId, JoinError>>, JoinError> {
    let ticket = Ticket::read(&ticket).ok_or(JoinError::Refused(Denial::InviteUnknown))?;
    Ok(Box::pin(async move {
        match held {
            Some(held) => bring_back(ticket, name, held).await,
            None => come_in(&ticket, name).await,
        }
    }))
}

/// Brings the held workspace to a relay where nobody has founded one; comes in like anybody at any other.
async fn bring_back(ticket: Ticket, name: String, held: Held) -> Result<WorkspaceId, JoinError> {
    let answer = post("/join", &encode(&Ask { key: ticket.key().public() })).await?;
    match recovery(&ticket, &answer, &held)? {
        Some(recover) => post("/recover", &recover).await.map(|_| held.workspace),
        None => come_in(&ticket, name).await,
    }
}

/// What this device is is kept before the relay hears of it.
async fn come_in(ticket: &Ticket, name: String) -> Result<WorkspaceId, JoinError> {
    let (key, public) = Key::draw().await;
    let coming = Coming {
        name,
        called: browser::device_name(),
        device: fresh(DeviceId::from_bytes),
        member: fresh(MemberId::from_bytes),
        key: public,
    };
    for _ in 0..TRIES {
        let answer = post("/join", &encode(&Ask { key: ticket.key().public() })).await?;
        let entrance = entrance(ticket, coming.clone(), &answer)?;
        let facts = [("member", entrance.member.to_string()), ("device", coming.device.to_string())];
        Storage::open(entrance.workspace).await?.found(&key, &entrance.roster, &facts).await?;
        match post("/amend", &entrance.amend).await {
            Ok(_) => return Ok(entrance.workspace),
            Err(JoinError::Refused(Denial::MovedOn)) => {}
            Err(error) => return Err(error),
        }
    }
    Err(JoinError::Refused(Denial::MovedOn))
}

/// What brings the held workspace to a relay where nobody has founded one; none for any other relay.
fn recovery(ticket: &Ticket, answer: &[u8], held: &Held) -> Result<Option<Vec<u8>>, JoinError> {
    let answer: Answer = decode(answer).ok_or(JoinError::Refused(Denial::Other))?;
    let (workspace, key) = (held.workspace, ticket.key());
    let entries: Vec<ByteVec> = decode(&held.entries).unwrap_or_default();
    let list = Membership::verify(workspace, entries.iter().map(|entry| entry.as_slice()));
    let Some(list) = list.ok().filter(|list| answer.entries.is_empty() && list.is_founded()) else { return Ok(None) };
    let signature = key.sign(&recovering(&list));
    Ok(Some(encode(&Recover { key: key.public(), workspace, entries, signature })))
}

/// The list must be the one that the ticket is for, so that no relay can invent another.
fn entrance(ticket: &Ticket, coming: Coming, answer: &[u8]) -> Result<Entrance, JoinError> {
    let Answer { workspace, mut entries, console } = decode(answer).ok_or(JoinError::Refused(Denial::Other))?;
    let verified = Membership::verify(workspace, entries.iter().map(|entry| entry.as_slice()));
    let mut list = verified.ok().filter(|list| ticket.fits(list.root())).ok_or(JoinError::Refused(Denial::Forged))?;
    let member = whose(&list, ticket).unwrap_or(coming.member);
    let Coming { name, called, device, key, .. } = coming;
    let newcomer = Newcomer { device, key, member, name, called };
    let (key, public) = (ticket.key(), ticket.key().public());
    let (by, act) = match (list.is_founded(), ticket.recovers()) {
        (false, _) => (Signer::Link(public), Act::Found { first: newcomer, console: Some(console) }),
        (true, false) => (Signer::Link(public), Act::Admit(newcomer)),
        (true, true) => (Signer::Recovery(public), Act::Recover(newcomer)),
    };
    let entry = list.statement(by, act).sign(&key);
    list.extend(&entry).map_err(|refusal| JoinError::Refused(denial_of(refusal)))?;
    let bytes: ByteVec = entry.bytes().to_vec().into();
    entries.push(bytes.clone());
    let amend = encode(&Amend { workspace, entries: vec![bytes] });
    Ok(Entrance { workspace, member, roster: Roster::of(&list, &entries), amend })
}

/// The member that a further device, or a recovered one, is for.
fn whose(list: &Membership, ticket: &Ticket) -> Option<MemberId> {
    let key = ticket.key().public();
    let recovered = list.recovery().filter(|recovery| recovery.key == key).map(|recovery| recovery.member);
    recovered.or_else(|| list.link(&key).ok()?.member)
}

/// What the relay would answer as well.
pub(super) fn denial_of(refusal: Refusal) -> Denial {
    match refusal {
        Refusal::LinkUnknown | Refusal::NoRecovery => Denial::InviteUnknown,
        Refusal::LinkUsed => Denial::InviteUsed,
        Refusal::Stranger | Refusal::Removed => Denial::NotJoined,
        Refusal::Role { .. } => Denial::Forbidden,
        Refusal::LastOwner => Denial::LastOwner,
        Refusal::Unlinked => Denial::MovedOn,
        _ => Denial::Other,
    }
}

/// Sends bytes to the relay and reads its answer.
pub(super) async fn post(path: &str, body: &[u8]) -> Result<Vec<u8>, JoinError> {
    let init = RequestInit::new();
    init.set_method("POST");
    init.set_body(&Uint8Array::from(body));
    let request = Request::new_with_str_and_init(path, &init).map_err(|_| JoinError::Offline)?;
    let window = web_sys::window().ok_or(JoinError::Offline)?;
    let response = JsFuture::from(window.fetch_with_request(&request)).await.map_err(|_| JoinError::Offline)?;
    let response: Response = response.dyn_into().map_err(|_| JoinError::Offline)?;
    let body = response.array_buffer().map_err(|_| JoinError::Offline)?;
    let body = Uint8Array::new(&JsFuture::from(body).await.map_err(|_| JoinError::Offline)?).to_vec();
    if response.ok() { Ok(body) } else { Err(JoinError::Refused(denial(&body))) }
}

fn denial(body: &[u8]) -> Denial {
    let no = std::str::from_utf8(body).ok().and_then(|body| serde_json::from_str(body).ok());
    no.map_or(Denial::Other, |no: No| no.code)
}
