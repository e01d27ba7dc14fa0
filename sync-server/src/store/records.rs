//! What goes into a store and comes out of it.

use shared::change::ChangeHash;
use shared::id::{DeviceId, DocumentId, LogId, WorkspaceId};
use shared::membership::PublicKey;
use shared::wire::{Entry, Position};

use super::Millis;

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

/// A change that shares its writer and number with another one of its document, which was there before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("change {hash} of {document} has the writer and number of another that is stored")]
pub struct Fork {
    /// The document.
    pub document: DocumentId,
    /// The change that came second.
    pub hash: ChangeHash,
}

/// Where the changes of an append stand; or the fork for which none of them was kept, of several the one with the lowest
/// number: others may build on it.
pub type Appended = Result<Vec<Placed>, Fork>;

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

/// An entry of a list of members, and when it arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeptEntry {
    /// By the relay's clock.
    pub at: Millis,
    /// As it was sent.
    pub bytes: Vec<u8>,
}

/// What a link's or recovery code's key is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Opening {
    /// Which workspace's list.
    pub workspace: WorkspaceId,
    /// For the key that founds: worth nothing from then on. The list tells about all others.
    pub expires: Option<Millis>,
}

/// A workspace that a device brought.
#[derive(Clone, Debug)]
pub struct Brought {
    /// Its name.
    pub workspace: WorkspaceId,
    /// Its whole list of members.
    pub entries: Vec<KeptEntry>,
    /// The key by which the last owner asks for the list.
    pub recovery: Option<PublicKey>,
}
