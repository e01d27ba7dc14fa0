//! What the relay must keep, and for whom: the traits every store fulfils alike.
//!
//! A store is synchronous and knows nothing of sockets. Of a change it knows whose it is, of a deal whose it is; the rest
//! is opaque to it.

use std::collections::BTreeMap;

use shared::id::{DeviceId, DocumentId, LogId, WorkspaceId};
use shared::membership::PublicKey;
use shared::wire::{Entry, Position};

#[cfg(test)]
mod conformance;
mod error;
mod memory;
mod records;
mod sqlite;
mod tenure;

pub use error::StoreError;
pub use memory::Memory;
pub use records::{
    Append, Appended, Brought, Fork, KeptEntry, Limits, Listing, Logged, Opening, Past, Placed, Snapshot, Unfolded,
    Workspace,
};
pub use sqlite::Sqlite;
pub(crate) use sqlite::{
    Packed, RawBytes, RawChange, RawDocument, RawFile, RawSnapshot, RawState, RawWorkspace, make_private,
};
pub use tenure::{Holding, Tenure};

/// Milliseconds since 1970, UTC.
pub type Millis = i64;

/// Everything the relay keeps.
pub trait Store: Log + Snapshots + Owners + Access + Recovery {}

impl<T: Log + Snapshots + Owners + Access + Recovery> Store for T {}

/// The ordered log of each workspace.
pub trait Log: Send + Sync {
    /// Begins a workspace with an empty log.
    fn create_workspace(&self, workspace: Workspace) -> Result<(), StoreError>;

    /// All workspaces, the oldest first.
    fn workspaces(&self) -> Result<Vec<Workspace>, StoreError>;

    /// One workspace. However many there are, finding it takes no more room than it has.
    fn workspace(&self, id: WorkspaceId) -> Result<Workspace, StoreError>;

    /// From now on the logs go by these names. How far each reached under its earlier ones is remembered.
    fn rename_logs(&self, renamed: &[Workspace]) -> Result<(), StoreError>;

    /// How far a log reached under a name, be it an earlier one; none if it never went by it.
    fn reached(&self, workspace: WorkspaceId, log: LogId) -> Result<Option<Position>, StoreError>;

    /// Appends in order and returns once everything is on disk: all of it, or none.
    /// A change the document already has is kept once and answered with its old place. An append with a fork is left
    /// out as a whole, and so is what its device sent after it, which may build on it; the others are kept.
    fn append_all(&self, appends: &[Append]) -> Result<Vec<Appended>, StoreError>;

    /// [`Log::append_all`] for one device.
    fn append(
        &self,
        workspace: WorkspaceId,
        device: DeviceId,
        entries: Vec<Entry>,
    ) -> Result<Vec<Position>, StoreError> {
        let placed = self.append_all(&[Append { workspace, device, entries }])?;
        let placed = placed.into_iter().collect::<Result<Vec<Vec<Placed>>, Fork>>()?;
        Ok(placed.into_iter().flatten().map(|placed| placed.position).collect())
    }

    /// The log after a position, in order: up to the limits, but at least one change if there is one.
    fn since(&self, workspace: WorkspaceId, after: Position, limits: Limits) -> Result<Vec<Logged>, StoreError>;

    /// How many bytes of changes a workspace holds.
    fn stored_bytes(&self, workspace: WorkspaceId) -> Result<u64, StoreError>;

    /// The last position; 0 if the log is empty.
    fn head(&self, workspace: WorkspaceId) -> Result<Position, StoreError>;

    /// A number that is different after another process has written to the same store.
    fn outside_commits(&self) -> Result<i64, StoreError>;

    /// The documents in the order a new device needs them: the workspace's own first,
    /// then by last touch, newest first.
    fn documents(&self, workspace: WorkspaceId) -> Result<Listing, StoreError>;
}

/// Appends in turn, but for what devices sent after a fork.
fn in_turn(
    appends: &[Append],
    mut place: impl FnMut(&Append) -> Result<Appended, StoreError>,
) -> Result<Vec<Appended>, StoreError> {
    let mut forks: BTreeMap<(WorkspaceId, DeviceId), Fork> = BTreeMap::new();
    let placed = appends.iter().map(|append| {
        let sender = (append.workspace, append.device);
        let appended = forks.get(&sender).map_or_else(|| place(append), |fork| Ok(Err(*fork)))?;
        forks.extend(appended.as_ref().err().map(|fork| (sender, *fork)));
        Ok(appended)
    });
    placed.collect()
}

/// Folded documents. The log keeps every change all the same.
pub trait Snapshots: Send + Sync {
    /// Documents with at least so many changes outside their snapshot, and how many.
    fn unfolded(&self, at_least: u64) -> Result<Vec<Unfolded>, StoreError>;

    /// A document's snapshot in use, and the changes after it in log order.
    fn past(&self, workspace: WorkspaceId, document: DocumentId) -> Result<Past, StoreError>;

    /// Stores a snapshot without using it yet.
    fn propose(&self, workspace: WorkspaceId, document: DocumentId, snapshot: &Snapshot) -> Result<(), StoreError>;

    /// Reads back a proposed snapshot.
    fn proposed(
        &self,
        workspace: WorkspaceId,
        document: DocumentId,
        upto: Position,
    ) -> Result<Option<Vec<u8>>, StoreError>;

    /// Uses the proposed snapshot from now on, instead of any other.
    fn adopt(&self, workspace: WorkspaceId, document: DocumentId, upto: Position) -> Result<(), StoreError>;

    /// Drops a proposed snapshot that did not read back well.
    fn discard(&self, workspace: WorkspaceId, document: DocumentId, upto: Position) -> Result<(), StoreError>;
}

/// Whose deals are and were. [`Log::append_all`] notes it with the changes that make it so, all or none.
pub trait Owners: Send + Sync {
    /// Of these deals; empty for one that is not here.
    fn tenures(&self, workspace: WorkspaceId, deals: &[DocumentId])
    -> Result<BTreeMap<DocumentId, Tenure>, StoreError>;

    /// Of all deals of a workspace.
    fn all_tenures(&self, workspace: WorkspaceId) -> Result<BTreeMap<DocumentId, Tenure>, StoreError>;
}

/// Who may come in. Entries of lists are opaque here; their order is what is kept.
pub trait Access: Send + Sync {
    /// The entries of a workspace's list after the first so many, in order.
    fn entries(&self, workspace: WorkspaceId, after: u64) -> Result<Vec<KeptEntry>, StoreError>;

    /// Puts an entry at the end of a list that has so many, with the key by which somebody will ask for the list;
    /// false if the list has more by now.
    fn amend(
        &self,
        workspace: WorkspaceId,
        length: u64,
        entry: &KeptEntry,
        opened_by: Option<PublicKey>,
    ) -> Result<bool, StoreError>;

    /// The list that a key is for.
    fn opening(&self, key: PublicKey) -> Result<Option<Opening>, StoreError>;

    /// Keeps the key that founds a workspace, instead of any other.
    fn put_start_key(&self, workspace: WorkspaceId, key: PublicKey, expires: Millis) -> Result<(), StoreError>;

    /// The seed of the console's key: the one that was kept first.
    fn console_seed(&self, fresh: [u8; 32]) -> Result<[u8; 32], StoreError>;

    /// Notes when devices were last connected.
    fn seen(&self, devices: &[DeviceId], at: Millis) -> Result<(), StoreError>;

    /// When these devices were last connected, if they were.
    fn last_seen(&self, devices: &[DeviceId]) -> Result<Vec<(DeviceId, Millis)>, StoreError>;
}

/// What is done after everything was lost.
pub trait Recovery: Send + Sync {
    /// Puts a workspace that was brought in the place of one `here` that nobody founded. False, and nothing is done, if
    /// somebody has, if its log is longer than what a relay begins a workspace with, or if the name is another's.
    fn take_up(&self, here: WorkspaceId, brought: &Brought, founding: Position) -> Result<bool, StoreError>;
}
