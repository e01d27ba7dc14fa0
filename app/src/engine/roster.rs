//! The list of members on this device: what the relay sends is verified before it is believed, and never gets shorter.

use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;

use leptos::wasm_split::{SplitLoaderError, wasm_split};
use minicbor::bytes::ByteVec;
use shared::membership::{Contradiction, Membership, Seats, Signature, greeting, prolong};
use shared::wire::joining::{Amend, decode, encode};

use super::joining::{Held, post};
use super::storage::{LENGTH, Roster, SEATS, Trouble};
use super::tabs::Said;
use super::{Engine, clock};

/// How long after a failure a part of the program is asked for again.
const ASK_AGAIN_MILLIS: i32 = 5_000;

/// Work of a part of the program of its own, where signing and verifying are.
pub type Work<T> = Pin<Box<dyn Future<Output = T>>>;

/// Why entries were not taken over, or nothing was signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Untaken {
    /// What signs and verifies is not here yet.
    NotHere,
    /// They contradict what is known here.
    Contradiction(Contradiction),
    /// They were not kept, or the key cannot be used.
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
    /// Takes over what the relay added to the list after its first entries.
    pub(super) async fn take_members(self: &Rc<Self>, from: u64, more: Vec<ByteVec>) -> Result<(), Untaken> {
        loop {
            match taking(self.clone(), from, more.clone()).await {
                Err(Untaken::NotHere) => clock::sleep(ASK_AGAIN_MILLIS).await,
                taking => return taking?.await,
            }
        }
    }

    /// Signs what the relay drew.
    pub(super) async fn sign_greeting(self: &Rc<Self>, nonce: [u8; 32]) -> Result<Signature, Untaken> {
        signing(self.clone(), nonce).await?.await
    }

    /// A relay that was restored from a backup gets the end of the list back.
    pub(super) async fn give_members_back(self: &Rc<Self>, from: u64) -> Result<(), Untaken> {
        giving(self.clone(), from).await?.await
    }

    /// How many entries of the list are here.
    pub(super) async fn known_members(&self) -> Result<u64, Trouble> {
        Ok(self.storage.fact(LENGTH).await?.and_then(|length| length.parse().ok()).unwrap_or(0))
    }

    /// Judges and shows by the list as it is in storage.
    pub(super) async fn seat(&self) -> Result<(), Trouble> {
        let Some(seats) = self.storage.fact(SEATS).await?.and_then(|text| Roster::seats_in(&text)) else {
            return Ok(());
        };
        let touched = self.replica.borrow_mut().seat(Arc::new(seats));
        self.show(&touched);
        // What the relay refused may be right now.
        if self.role.replace(Some(self.role())).is_some_and(|before| before != self.role()) {
            self.restart_link();
        }
        Ok(())
    }

    /// The workspace that this device holds, for a relay that lost it.
    pub async fn held(&self) -> Option<Held> {
        let roster = self.storage.roster().await.ok()??;
        Some(Held { workspace: self.workspace, entries: roster.entries })
    }

    /// Verifies entries, keeps them, and judges by them.
    pub(super) async fn take_in(&self, from: u64, more: &[ByteVec]) -> Result<(), Untaken> {
        let stored = self.storage.roster().await?.unwrap_or_default();
        let known: Vec<ByteVec> = decode(&stored.entries).unwrap_or_default();
        let (list, entries) = prolong(self.workspace, &known, from, more)?;
        if self.storage.keep_roster(&Roster::of(&list, &entries)).await? {
            self.tabs.say(&Said::Seated);
        }
        Ok(self.seat().await?)
    }

    async fn greeted_with(&self, nonce: [u8; 32]) -> Result<Signature, Untaken> {
        let key = self.storage.key().await?.ok_or(Untaken::Unkept)?;
        key.sign(&greeting(&nonce, self.workspace, self.identity.device)).await.ok_or(Untaken::Unkept)
    }

    /// Another device may be quicker; the next conversation shows.
    async fn give_back(&self, from: u64) -> Result<(), Untaken> {
        let stored = self.storage.roster().await?.unwrap_or_default();
        let entries: Vec<ByteVec> = decode(&stored.entries).unwrap_or_default();
        let entries = entries.into_iter().skip(usize::try_from(from).unwrap_or(usize::MAX)).collect();
        let _given = post("/amend", &encode(&Amend { workspace: self.workspace, entries })).await;
        Ok(())
    }
}

#[wasm_split(keys, wasm_split_path = leptos::wasm_split, fallible)]
fn taking(engine: Rc<Engine>, from: u64, more: Vec<ByteVec>) -> Result<Work<Result<(), Untaken>>, Untaken> {
    Ok(Box::pin(async move { engine.take_in(from, &more).await }))
}

#[wasm_split(keys, wasm_split_path = leptos::wasm_split, fallible)]
fn signing(engine: Rc<Engine>, nonce: [u8; 32]) -> Result<Work<Result<Signature, Untaken>>, Untaken> {
    Ok(Box::pin(async move { engine.greeted_with(nonce).await }))
}

#[wasm_split(keys, wasm_split_path = leptos::wasm_split, fallible)]
fn giving(engine: Rc<Engine>, from: u64) -> Result<Work<Result<(), Untaken>>, Untaken> {
    Ok(Box::pin(async move { engine.give_back(from).await }))
}

impl Roster {
    /// A verified list as it is kept.
    pub(super) fn of(list: &Membership, entries: &Vec<ByteVec>) -> Self {
        let seats = postcard::to_stdvec(&list.seats()).unwrap_or_default();
        // Small facts are texts; each byte is a letter here.
        let seats = seats.into_iter().map(char::from).collect();
        Self { entries: encode(entries), seats, length: list.length() }
    }

    fn seats_in(text: &str) -> Option<Seats> {
        let bytes: Option<Vec<u8>> = text.chars().map(|letter| u8::try_from(letter).ok()).collect();
        postcard::from_bytes(&bytes?).ok()
    }
}
