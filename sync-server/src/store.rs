//! What the relay must keep, and for whom: the traits every store fulfils alike.
//!
//! A store is synchronous and knows nothing of sockets; bytes of changes are opaque to it.

use shared::id::{DeviceId, DocumentId, IdError, LogId, MemberId, WorkspaceId};
use shared::wire::{Entry, Position};

use crate::access::{Digest, Role};

#[cfg(test)]
mod conformance;
mod memory;
mod sqlite;

pub use memory::Memory;
pub use sqlite::Sqlite;

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

/// A workspace and the life of its log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Workspace {
    /// Its name.
    pub id: WorkspaceId,
    /// Its log's name; a store that was lost and begun again has another.
    pub log: LogId,
}

/// Changes to append.
#[derive(Clone, Debug)]
pub struct Append {
    /// To which workspace's log.
    pub workspace: WorkspaceId,
    /// Who sent them.
    pub device: DeviceId,
    /// In the order they are to stand.
    pub entries: Vec<Entry>,
}

/// Where an appended change stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Placed {
    /// Its position.
    pub position: Position,
    /// It was not there before.
    pub fresh: bool,
}

/// One change in the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Logged {
    /// Where it stands.
    pub position: Position,
    /// Who sent it.
    pub device: DeviceId,
    /// The change.
    pub entry: Entry,
}

/// How much of the log to read at once.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// At most so many changes.
    pub changes: usize,
    /// Stop after so many bytes of changes.
    pub bytes: usize,
}

/// A workspace's documents as of a position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing {
    /// The head when the list was made.
    pub head: Position,
    /// The documents.
    pub documents: Vec<DocumentId>,
}

/// A document that would gain from folding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unfolded {
    /// In which workspace.
    pub workspace: WorkspaceId,
    /// Which document.
    pub document: DocumentId,
    /// Changes outside the snapshot.
    pub changes: u64,
}

/// A document's folded changes up to a position.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// Every change of the document up to here is in it.
    pub upto: Position,
    /// The folded bytes.
    pub bytes: Vec<u8>,
}

/// All that is known of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Past {
    /// The snapshot in use.
    pub snapshot: Option<Snapshot>,
    /// The changes after it.
    pub changes: Vec<Entry>,
    /// The position of the document's last change.
    pub upto: Position,
}

/// Where an invitation came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    /// Printed when the relay started.
    Start,
    /// Made by a member in the app.
    App,
    /// Made by an admin at the relay's console.
    Console,
}

/// A right to join, once.
#[derive(Clone, Debug)]
pub struct Invite {
    /// The digest of its secret.
    pub secret: Digest,
    /// What it opens.
    pub workspace: WorkspaceId,
    /// What the one who joins may do.
    pub role: Role,
    /// Who joins, if it is for another device of somebody already here.
    pub member: Option<MemberId>,
    /// Where it came from.
    pub source: Source,
    /// Worth nothing from then on.
    pub expires: Millis,
}

/// A device that wants to join.
#[derive(Clone, Debug)]
pub struct Joining {
    /// Its new id.
    pub device: DeviceId,
    /// What its owner calls it.
    pub name: String,
    /// The digest of the token it will show.
    pub token: Digest,
    /// Whose it is, if the invitation does not say.
    pub member: MemberId,
}

/// A device that joined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    /// Which one.
    pub id: DeviceId,
    /// Where it belongs.
    pub workspace: WorkspaceId,
    /// Whose it is.
    pub member: MemberId,
    /// What its owner may do.
    pub role: Role,
    /// What its owner calls it.
    pub name: String,
    /// When it was last connected, or joined.
    pub seen: Millis,
}

/// Why an invitation does not open the door.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum InviteRefusal {
    /// Never made here, or replaced.
    #[error("this link is not known here or was replaced by a newer one; ask for a new link")]
    Unknown,
    /// Somebody joined with it.
    #[error("this link was used already; ask for a new link, one for each device")]
    Used,
    /// Too old.
    #[error("this link has expired; ask for a new link")]
    Expired,
}

/// Why a store cannot answer.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database refused: disk full, locked for too long, not writable.
    #[error("the relay's database cannot be read or written: {0}; look at the disk and rights of the data directory")]
    Database(#[from] rusqlite::Error),
    /// The data directory cannot be made or read.
    #[error("the data directory {path}: {cause}; name a directory this user may write to with --data")]
    Directory {
        /// The directory.
        path: String,
        /// What the system says.
        cause: std::io::Error,
    },
    /// The file was written by a newer program.
    #[error("{path} has schema {found}, this sluice knows {known}; use the newer sluice that wrote it")]
    Newer {
        /// The file.
        path: String,
        /// The schema in the file.
        found: i64,
        /// The newest schema known here.
        known: i64,
    },
    /// No such workspace.
    #[error("no workspace {0} in this store")]
    NoWorkspace(WorkspaceId),
    /// A stored name does not read.
    #[error("a stored name is damaged: {0}; restore the database from a backup")]
    Damaged(#[from] IdError),
    /// The bytes of a document are no document.
    #[error("{document} cannot be read: {why}; restore the database from a backup")]
    Unreadable {
        /// Which document.
        document: DocumentId,
        /// What is wrong with it.
        why: String,
    },
    /// The invitation does not open the door.
    #[error(transparent)]
    Invite(#[from] InviteRefusal),
}
