//! What the relay must keep, and for whom: the traits every store fulfils alike.
//!
//! A store is synchronous and knows nothing of sockets; bytes of changes are opaque to it.

use shared::id::{DeviceId, DocumentId, LogId, WorkspaceId};
use shared::wire::{Entry, Position};

use crate::access::Digest;

#[cfg(test)]
mod conformance;
mod error;
mod memory;
mod records;
mod sqlite;

pub use error::{InviteRefusal, StoreError};
pub use memory::Memory;
pub use records::{
    Append, Device, Invite, Joining, Limits, Listing, Logged, Past, Placed, Snapshot, Source, Unfolded, Workspace,
};
pub use sqlite::Sqlite;
pub(crate) use sqlite::{RawChange, RawDocument, RawFile, RawSnapshot, RawState, RawWorkspace, make_private};

/// Milliseconds since 1970, UTC.
pub type Millis = i64;

/// Everything the relay keeps.
pub trait Store: Log + Snapshots + Access {}

impl<T: Log + Snapshots + Access> Store for T {}

/// The ordered log of each workspace.
pub trait Log: Send + Sync {
    /// Begins a workspace with an empty log.
    fn create_workspace(&self, workspace: Workspace) -> Result<(), StoreError>;

    /// All workspaces, the oldest first.
    fn workspaces(&self) -> Result<Vec<Workspace>, StoreError>;

    /// From now on the logs go by these names. How far each reached under its earlier ones is remembered.
    fn rename_logs(&self, renamed: &[Workspace]) -> Result<(), StoreError>;

    /// How far a log reached under a name, be it an earlier one; none if it never went by it.
    fn reached(&self, workspace: WorkspaceId, log: LogId) -> Result<Option<Position>, StoreError>;

    /// Appends in order and returns once everything is on disk: all of it, or none.
    /// A change the document already has is kept once and answered with its old place.
    fn append_all(&self, appends: &[Append]) -> Result<Vec<Vec<Placed>>, StoreError>;

    /// [`Log::append_all`] for one device.
    fn append(
        &self,
        workspace: WorkspaceId,
        device: DeviceId,
        entries: Vec<Entry>,
    ) -> Result<Vec<Position>, StoreError> {
        let placed = self.append_all(&[Append { workspace, device, entries }])?;
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

/// Who may come in.
pub trait Access: Send + Sync {
    /// Keeps an invitation until it is used or forgotten.
    fn add_invite(&self, invite: &Invite) -> Result<(), StoreError>;

    /// Drops the unused invitations of one source.
    fn revoke_invites(&self, workspace: WorkspaceId, source: Source) -> Result<(), StoreError>;

    /// Uses an invitation up and admits a device, both or neither.
    fn redeem(&self, secret: Digest, now: Millis, joining: &Joining) -> Result<Device, StoreError>;

    /// The device that holds a token.
    fn device(&self, token: Digest) -> Result<Option<Device>, StoreError>;

    /// The devices of a workspace, in order of joining.
    fn devices(&self, workspace: WorkspaceId) -> Result<Vec<Device>, StoreError>;

    /// Notes when devices were last connected.
    fn seen(&self, devices: &[DeviceId], at: Millis) -> Result<(), StoreError>;

    /// Cuts a device off: its token is worth nothing from now on.
    fn remove_device(&self, device: DeviceId) -> Result<(), StoreError>;
}
