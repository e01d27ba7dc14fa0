//! A stored piece of a document: one change, or its folded past, under a name that is its hash.

use shared::change::{ChangeHash, Sealed};
use shared::id::DocumentId;
use shared::replica::Piece;

use super::frame::{Kind, unwrap, wrap};

/// One stored piece of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Chunk {
    /// One change.
    Change(Sealed),
    /// A folded past, named by the hash of its bytes.
    Snapshot(ChangeHash, Vec<u8>),
}

impl Chunk {
    /// A folded past, as the relay sent it.
    pub(crate) fn snapshot(bytes: Vec<u8>) -> Self {
        Self::Snapshot(ChangeHash::of_snapshot(&bytes), bytes)
    }

    /// Its name.
    pub(crate) fn hash(&self) -> ChangeHash {
        match self {
            Self::Change(change) => change.hash(),
            Self::Snapshot(hash, _) => *hash,
        }
    }

    /// Its key in storage.
    pub(crate) fn key(&self, document: DocumentId) -> String {
        key(document, self.hash())
    }

    /// Its bytes for storage.
    pub(crate) fn to_frame(&self) -> Vec<u8> {
        match self {
            Self::Change(change) => wrap(Kind::Change, change.bytes()),
            Self::Snapshot(_, bytes) => wrap(Kind::Snapshot, bytes),
        }
    }

    /// Reads it back; none if the bytes are damaged or not what the name says.
    pub(crate) fn from_frame(hash: ChangeHash, frame: &[u8]) -> Option<Self> {
        match unwrap(frame)? {
            (Kind::Change, bytes) => Sealed::named(hash, bytes.to_vec()).ok().map(Self::Change),
            (Kind::Snapshot, bytes) if ChangeHash::of_snapshot(bytes) == hash => {
                Some(Self::Snapshot(hash, bytes.to_vec()))
            }
            (Kind::Snapshot | Kind::Card | Kind::Block, _) => None,
        }
    }

    /// The piece for a replica.
    pub(crate) fn piece(&self) -> Piece {
        match self {
            Self::Change(change) => Piece::Change(change.clone()),
            Self::Snapshot(_, bytes) => Piece::Snapshot(bytes.clone()),
        }
    }
}

/// The key of a piece: `<document>|<hash>`.
pub(super) fn key(document: DocumentId, hash: ChangeHash) -> String {
    format!("{document}|{hash}")
}

/// What a key names; none if it is no key.
pub(super) fn name(key: &str) -> Option<(DocumentId, ChangeHash)> {
    let (document, hash) = key.split_once('|')?;
    Some((document.parse().ok()?, hash.parse().ok()?))
}

/// The keys of all pieces of a document: `}` is the letter after `|`.
pub(super) fn keys(document: DocumentId) -> std::ops::Range<String> {
    format!("{document}|")..format!("{document}}}")
}
