//! Who may come in: the list of members as the relay keeps it, and the link that lets somebody found a workspace.
//!
//! The relay knows the public halves of links only, and orders what others signed.

use std::time::Duration;

use chrono::Utc;
use shared::id::{LogId, MemberId, WorkspaceId};
use shared::membership::{Act, Entry, Horizon, Membership, PublicKey, Refusal, Signer, Ticket};

use crate::error::Error;
use crate::store::{KeptEntry, Millis, Store, Workspace};

pub mod console;

/// How long the link printed at the start is good.
const START_LINK: Duration = Duration::from_secs(24 * 60 * 60);

/// Random bytes from the system.
///
/// # Errors
/// The system has none to give.
pub fn draw<const N: usize>() -> Result<[u8; N], Error> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes)?;
    Ok(bytes)
}

/// The time of the relay's clock.
pub fn now() -> Millis {
    Utc::now().timestamp_millis()
}

/// The store's workspace; a store that has none gets its first.
pub fn first_workspace(store: &dyn Store) -> Result<Workspace, Error> {
    if let Some(workspace) = store.workspaces()?.first() {
        return Ok(*workspace);
    }
    let fresh = Workspace { id: WorkspaceId::from_bytes(draw()?), log: LogId::from_bytes(draw()?) };
    store.create_workspace(fresh)?;
    // Another process may have begun one at the same moment; both then use the older.
    Ok(store.workspaces()?.first().copied().unwrap_or(fresh))
}

/// The link that founds a workspace, if nobody has; the one of an earlier start is worth nothing any more.
///
/// # Errors
/// The store cannot be read or written, or the system has no dice.
pub fn founding_ticket(store: &dyn Store, workspace: WorkspaceId) -> Result<Option<Ticket>, Error> {
    if Roster::read(store, workspace)?.list().is_founded() {
        return Ok(None);
    }
    let ticket = Ticket::to_found(draw()?);
    let lasts = i64::try_from(START_LINK.as_millis()).unwrap_or(i64::MAX);
    store.put_start_key(workspace, ticket.key().public(), now().saturating_add(lasts))?;
    Ok(Some(ticket))
}

/// A workspace's list, verified, and when each entry arrived here.
#[derive(Clone, Debug)]
pub struct Roster {
    list: Membership,
    arrived: Vec<Millis>,
}

impl Roster {
    /// Reads and verifies the list.
    ///
    /// # Errors
    /// The store cannot be read, or holds a list that does not verify.
    pub fn read(store: &dyn Store, workspace: WorkspaceId) -> Result<Self, Error> {
        let mut roster = Self { list: Membership::unfounded(workspace), arrived: Vec::new() };
        roster.catch_up(store)?;
        Ok(roster)
    }

    /// Reads what was added since, by this or another process.
    ///
    /// # Errors
    /// As [`Roster::read`].
    pub fn catch_up(&mut self, store: &dyn Store) -> Result<(), Error> {
        for kept in store.entries(self.list.workspace(), self.list.length())? {
            self.list.extend(&Entry::read(&kept.bytes)?)?;
            self.arrived.push(kept.at);
        }
        Ok(())
    }

    /// Puts an entry at the end of the list, if it may stand there, and keeps it.
    ///
    /// # Errors
    /// [`Error::Membership`] says why not; or the store cannot be written.
    pub fn amend(&mut self, store: &dyn Store, bytes: &[u8]) -> Result<(), Error> {
        self.catch_up(store)?;
        let (entry, now) = (Entry::read(bytes)?, now());
        let mut list = self.list.clone();
        list.extend(&entry)?;
        self.is_in_time(store, &entry, now)?;
        let kept = KeptEntry { at: now, bytes: bytes.to_vec() };
        if !store.amend(list.workspace(), self.list.length(), &kept, opened_by(&entry))? {
            return Err(Refusal::Unlinked.into());
        }
        self.list = list;
        self.arrived.push(now);
        Ok(())
    }

    /// The list.
    pub fn list(&self) -> &Membership {
        &self.list
    }

    /// Whose deals a member saw when the list had so many entries, or when the member came in if that was later.
    ///
    /// # Errors
    /// As [`Roster::read`].
    pub fn horizon_at(&self, store: &dyn Store, member: MemberId, length: u64) -> Result<Horizon, Error> {
        if length >= self.list.length() {
            return Ok(self.list.horizon(member));
        }
        let mut list = Membership::unfounded(self.list.workspace());
        for kept in store.entries(self.list.workspace(), 0)? {
            if list.length() >= length && list.members().contains_key(&member) {
                break;
            }
            list.extend(&Entry::read(&kept.bytes)?)?;
        }
        Ok(list.horizon(member))
    }

    /// Whether a link or recovery code still lets somebody in.
    ///
    /// # Errors
    /// [`Error::Membership`] or [`Error::LinkExpired`] says why not.
    pub fn opens(&self, store: &dyn Store, key: PublicKey) -> Result<(), Error> {
        if self.list.recovery().is_some_and(|recovery| recovery.key == key) {
            return Ok(());
        }
        self.link_in_time(store, key, now())
    }

    /// The list tells all but the time, for which only this clock is asked.
    fn is_in_time(&self, store: &dyn Store, entry: &Entry, now: Millis) -> Result<(), Error> {
        match entry.statement().by {
            Signer::Link(key) => self.link_in_time(store, key, now),
            Signer::Device(_) | Signer::Recovery(_) => Ok(()),
        }
    }

    fn link_in_time(&self, store: &dyn Store, key: PublicKey, now: Millis) -> Result<(), Error> {
        let expires = match self.list.link(&key) {
            Ok(link) => {
                let place = usize::try_from(link.place).unwrap_or(usize::MAX);
                let arrived = self.arrived.get(place).copied().unwrap_or(0);
                arrived.saturating_add(i64::from(link.lasts) * 1000)
            }
            Err(refusal) => self.start_link(store, key, refusal)?,
        };
        if expires <= now { Err(Error::LinkExpired) } else { Ok(()) }
    }

    /// The founding link is of no list yet, so that only this relay knows it.
    fn start_link(&self, store: &dyn Store, key: PublicKey, refusal: Refusal) -> Result<Millis, Error> {
        let opening = store.opening(key)?.filter(|opening| opening.workspace == self.list.workspace());
        match opening.and_then(|opening| opening.expires) {
            Some(_) if self.list.is_founded() => Err(Refusal::LinkUsed.into()),
            Some(expires) => Ok(expires),
            None => Err(refusal.into()),
        }
    }
}

/// The key by which somebody will ask for the list, if the entry makes one.
fn opened_by(entry: &Entry) -> Option<PublicKey> {
    match entry.statement().act {
        Act::Invite { link: key, .. } | Act::PrintRecovery { key } => Some(key),
        Act::Found { .. }
        | Act::Admit(_)
        | Act::SetRole { .. }
        | Act::SetSight { .. }
        | Act::Remove { .. }
        | Act::Recover(_) => None,
    }
}
