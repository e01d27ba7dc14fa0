//! One device's place on the list while it is connected: who it is, what it may do, and what it knows of the list.

use std::sync::Arc;

use minicbor::bytes::ByteVec;
use shared::id::{DeviceId, MemberId, WorkspaceId};
use shared::membership::{Refusal, greeting};
use shared::model::Role;
use shared::wire::{Ended, Frame, MAX_CHANGES, Stand};
use tokio::sync::watch;

use super::chores::{Here, Seen};
use super::rosters::Watched;
use super::{Greeting, Holder, Outlook};
use crate::access::Roster;
use crate::error::Error;
use crate::store::{KeptEntry, Store};

/// How many entries are sent at once.
const ENTRIES: usize = MAX_CHANGES / 4;

/// A device that has shown that it is one of a workspace.
pub(crate) struct Seat {
    pub(crate) workspace: WorkspaceId,
    pub(crate) device: DeviceId,
    member: MemberId,
    roster: watch::Receiver<Arc<Roster>>,
    /// How many entries the device has.
    pub(super) knows: u64,
    /// How many entries it had when it was last asked what the device's member sees.
    looked: u64,
    /// The roster that is watched stays in memory as long as somebody is connected.
    _watched: Arc<Watched>,
    /// The device counts as here.
    _here: Option<Here>,
}

impl Seat {
    /// Believes a greeting that is signed with the device's key over the relay's own dice. A stranger is not told
    /// whether it was the workspace, the device or the key.
    pub(crate) fn take(watched: Arc<Watched>, nonce: &[u8; 32], said: &Greeting) -> Result<Self, Ended> {
        let roster = watched.follow();
        let current = roster.borrow().clone();
        let known = current.list().devices().get(&said.device).ok_or_else(|| said.refused("no such device"))?;
        if !known.key.signed(&greeting(nonce, said.workspace, said.device), &said.signature) {
            return Err(said.refused("signed with another key"));
        }
        if known.removed {
            said.refused("the device was removed");
            return Err(Ended::Removed);
        }
        let (workspace, device, member) = (said.workspace, said.device, known.member);
        let looked = current.list().length();
        Ok(Self { workspace, device, member, roster, knows: said.members, looked, _watched: watched, _here: None })
    }

    /// Counts the device as here, as long as it sits.
    pub(super) fn with(self, seen: &Arc<Seen>) -> Self {
        Self { _here: Some(seen.arrives(self.device)), ..self }
    }

    /// What the device may do now.
    pub(crate) fn role(&self) -> Result<Role, Ended> {
        self.roster.borrow().list().role_of(self.device).map_err(|refusal| match refusal {
            Refusal::Removed => Ended::Removed,
            _ => Ended::Unknown,
        })
    }

    /// Who shows the pass of this conversation.
    pub(crate) fn holder(&self) -> Holder {
        Holder::new(self.workspace, (self.device, self.member), self.roster.clone())
    }

    /// Which deals the device's member sees now.
    pub(crate) fn outlook(&self) -> Outlook {
        let roster = self.roster.borrow();
        Outlook { horizon: roster.list().horizon(self.member), under: roster.list().length() }
    }

    /// [`Seat::outlook`], if the list went on since this was last asked.
    pub(crate) fn look(&mut self) -> Option<Outlook> {
        let length = self.roster.borrow().list().length();
        (std::mem::replace(&mut self.looked, length) < length).then(|| self.outlook())
    }

    /// By what a device was sent what it has; nothing if it has nothing.
    pub(super) fn held(&self, store: &dyn Store, stand: Option<Stand>) -> Result<Option<Outlook>, Error> {
        let Some(Stand { under, .. }) = stand else { return Ok(None) };
        let roster = self.roster.borrow().clone();
        Ok(Some(Outlook { horizon: roster.horizon_at(store, self.member, under)?, under }))
    }

    /// Whether the device lacks entries of the list.
    pub(crate) fn lacks_entries(&self) -> bool {
        self.roster.borrow().list().length() > self.knows
    }

    /// Every device of the workspace.
    pub(crate) fn devices(&self) -> Vec<DeviceId> {
        self.roster.borrow().list().devices().keys().copied().collect()
    }

    /// Ready when the list went on, the device lacks entries, or was removed. Can be dropped and asked again.
    pub(crate) async fn behind(&mut self) {
        let (knows, device) = (self.knows.min(self.looked), self.device);
        let lacks = |roster: &Arc<Roster>| roster.list().length() > knows || roster.list().role_of(device).is_err();
        if self.roster.wait_for(lacks).await.is_err() {
            // The roster is held right here, so it cannot have gone away.
            std::future::pending::<()>().await;
        }
    }

    /// The next entries for the device, which then has them.
    pub(crate) fn tell(&mut self, kept: Vec<KeptEntry>) -> Frame {
        let from = self.knows;
        let entries: Vec<ByteVec> = kept.into_iter().take(ENTRIES).map(|kept| kept.bytes.into()).collect();
        self.knows += entries.len() as u64;
        Frame::Members { from, entries }
    }
}

impl Greeting {
    /// The one place where it is written down that a greeting was refused. The stranger is not told why.
    pub(super) fn refused(&self, why: &str) -> Ended {
        tracing::warn!(workspace = %self.workspace, device = %self.device, refused = why, "a device was not let in");
        Ended::Unknown
    }
}
