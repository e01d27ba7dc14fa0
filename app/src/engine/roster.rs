//! The list of members on this device: what the relay sends is verified before it is believed, and never gets shorter.

use std::rc::Rc;
use std::sync::Arc;

use leptos::wasm_split::{SplitLoaderError, wasm_split};
use minicbor::bytes::ByteVec;
use shared::id::WorkspaceId;
use shared::membership::{Contradiction, Membership, Seats, prolong};
use shared::wire::joining::{Amend, decode, encode};
use wasm_bindgen_futures::spawn_local;

use super::joining::post;
use super::storage::{Roster, Trouble};
use super::tabs::Said;
use super::{Engine, clock};

/// How long after a failure the part of the program that verifies is asked for again.
const ASK_AGAIN_MILLIS: i32 = 2_000;

/// Why entries were not taken over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Untaken {
    /// What verifies is in the later part of the program, which is not here yet.
    NotHere,
    /// They contradict what is known here.
    Contradiction(Contradiction),
    /// They were not kept.
    Unkept,
}

impl From<SplitLoaderError> for Untaken {
    fn from(_: SplitLoaderError) -> Self {
        Self::NotHere
    }
}

impl From<Contradiction> for Untaken {
    fn from(contradiction: Contradiction) -> Self {
        Self::Contradiction(contradiction)
    }
}

impl From<Trouble> for Untaken {
    fn from(_: Trouble) -> Self {
        Self::Unkept
    }
}

impl Engine {
    /// Takes over what the relay or this device added to the list after its first entries.
    pub(super) async fn take_members(&self, from: u64, more: Vec<ByteVec>) -> Result<(), Untaken> {
        let known = self.storage.roster().await?.unwrap_or_default();
        let roster = loop {
            match verified(self.workspace, known.entries.clone(), from, more.clone()).await {
                Err(Untaken::NotHere) => clock::sleep(ASK_AGAIN_MILLIS).await,
                verified => break verified?,
            }
        };
        if self.storage.keep_roster(&roster).await? {
            self.tabs.say(&Said::Seated);
        }
        self.seat().await?;
        Ok(())
    }

    /// Judges and shows by the list as it is in storage.
    pub(super) async fn seat(&self) -> Result<(), Trouble> {
        let Some(roster) = self.storage.roster().await? else { return Ok(()) };
        let Ok(seats) = postcard::from_bytes::<Seats>(&roster.seats) else { return Ok(()) };
        let touched = self.replica.borrow_mut().seat(Arc::new(seats));
        self.show(&touched);
        // What the relay refused may be right now.
        if self.role.replace(Some(self.role())).is_some_and(|before| before != self.role()) {
            self.restart_link();
        }
        Ok(())
    }

    /// A relay that was restored from a backup gets the end of the list back.
    pub(super) fn give_members_back(self: &Rc<Self>, from: u64) {
        let engine = self.clone();
        spawn_local(async move {
            let stored = engine.storage.roster().await.ok().flatten().unwrap_or_default();
            let entries: Vec<ByteVec> = decode(&stored.entries).unwrap_or_default();
            let entries = entries.into_iter().skip(usize::try_from(from).unwrap_or(usize::MAX)).collect();
            let amend = Amend { workspace: engine.workspace, entries };
            // Another device may have been quicker; the next conversation shows.
            let _given = post("/amend", &encode(&amend)).await;
        });
    }
}

/// The list with what comes after its first entries, if all of it verifies and nothing that is known changes.
#[wasm_split(later, wasm_split_path = leptos::wasm_split, fallible)]
fn verified(workspace: WorkspaceId, known: Vec<u8>, from: u64, more: Vec<ByteVec>) -> Result<Roster, Untaken> {
    let known: Vec<ByteVec> = decode(&known).unwrap_or_default();
    let (list, entries) = prolong(workspace, &known, from, &more)?;
    Ok(Roster::of(&list, &entries))
}

impl Roster {
    /// A verified list as it is kept.
    pub(super) fn of(list: &Membership, entries: &Vec<ByteVec>) -> Self {
        let seats = postcard::to_stdvec(&list.seats()).unwrap_or_default();
        Self { entries: encode(entries), seats, length: list.length() }
    }
}
