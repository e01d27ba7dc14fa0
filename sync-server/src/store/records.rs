//! What goes into a store and comes out of it.

use shared::id::{DeviceId, DocumentId, LogId, MemberId, WorkspaceId};
use shared::wire::{Entry, Position};

use super::Millis;
use crate::access::{Digest, Role};

/// A workspace and the life of its log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Workspace {
    /// Its name.
    pub id: WorkspaceId,
    /// The name its log goes by now; another after each start of a relay, so that a store that was lost, or put back
    /// from an older copy, is told from the one the devices know.
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
