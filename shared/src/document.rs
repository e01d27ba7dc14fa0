//! A document: one record with its history as a CRDT. The only folder that names automerge.

mod conflict;
mod fork;
mod genesis;
mod history;
mod merging;
mod owner;
mod past;
mod read;
mod schema;
mod unfold;
mod view;
mod write;

use automerge::{ActorId, Automerge, Change, ReadDoc};
use past::Past;

use crate::change::{ChangeHash, SealError, Sealed};
use crate::id::DocumentId;
use crate::model::{Company, Deal, Lead};
use crate::rules::Admitted;
use crate::sorted::SortedMap;
use crate::time::Timestamp;
use crate::view::View;
use crate::workspace::Team;
pub use fork::rewrite;
pub use owner::{Ownership, may_name_owner, ownership};
pub use unfold::{prove, unfold};
pub(crate) use write::Terms;

/// Whose changes these are: 16 random bytes, used by one running replica at a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Actor(pub [u8; 16]);

/// A stored or received part of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// One change.
    Change(Sealed),
    /// A folded past, made by [`fold`].
    Snapshot(Vec<u8>),
}

/// Why bytes are not part of a document.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DocumentError {
    /// The bytes are a change container, but their content is not a change of this document.
    #[error("change {0} cannot be read: {1}")]
    Change(ChangeHash, String),
    /// The bytes are not a snapshot of this document.
    #[error("snapshot {0} cannot be read: {1}")]
    Snapshot(ChangeHash, String),
    /// What was written is not what reads back.
    #[error("a change that was just written cannot be sealed: {0}")]
    Seal(#[from] SealError),
    /// A folded document did not read back as it was.
    #[error("the folded document does not read back")]
    Fold,
}

/// A piece that could not be read. The others were merged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damaged {
    /// The name of the piece.
    pub piece: ChangeHash,
    /// What is wrong with it.
    pub error: DocumentError,
}

/// One document.
pub(crate) struct Document {
    id: DocumentId,
    doc: Automerge,
    past: Past,
    /// Changes whose turn has not come, by one that is lacking.
    waiting: SortedMap<automerge::ChangeHash, Vec<Change>>,
    /// Automerge panicked in it, or it holds a change of its own that breaks a limit.
    broken: bool,
}

impl Document {
    /// The document as it is before anybody wrote: the same bytes on every device, never stored or sent.
    pub(crate) fn genesis(id: DocumentId) -> Self {
        Self::of(id, genesis::genesis(id)).expect("the first change is sound")
    }

    fn of(id: DocumentId, doc: Automerge) -> Result<Self, &'static str> {
        Ok(Self { id, past: Past::of(&doc)?, doc, waiting: SortedMap::new(), broken: false })
    }

    /// Writes what was admitted as one change, under `actor`; none if everything says so already.
    pub(crate) fn write(
        &mut self,
        actor: Actor,
        terms: Terms,
        admitted: Admitted,
    ) -> Result<Option<Sealed>, DocumentError> {
        self.doc.set_actor(ActorId::from(&actor.0));
        let Some(hash) = write::write(&mut self.doc, terms, admitted) else { return Ok(None) };
        let change =
            self.doc.get_change_by_hash(&hash).expect("the commit that just returned this hash made the change");
        self.past.add(&change);
        let sealed = Sealed::check(change.raw_bytes().to_vec());
        // What no device takes must not be built on.
        self.broken |= sealed.is_err();
        Ok(Some(sealed?))
    }

    /// The deal in this document; none if it is not a deal's or holds none yet.
    pub(crate) fn deal(&self) -> Option<Deal> {
        match self.id {
            DocumentId::Deal(id) => read::deal(&self.doc, id),
            DocumentId::Workspace | DocumentId::Views | DocumentId::Company(_) | DocumentId::Lead(_) => None,
        }
    }

    /// The company in this document; none if it is not a company's or holds none yet.
    pub(crate) fn company(&self) -> Option<Company> {
        match self.id {
            DocumentId::Company(id) => read::company(&self.doc, id),
            DocumentId::Workspace | DocumentId::Views | DocumentId::Deal(_) | DocumentId::Lead(_) => None,
        }
    }

    /// The lead in this document; none if it is not a lead's or holds none yet.
    pub(crate) fn lead(&self) -> Option<Lead> {
        match self.id {
            DocumentId::Lead(id) => read::lead(&self.doc, id),
            DocumentId::Workspace | DocumentId::Views | DocumentId::Deal(_) | DocumentId::Company(_) => None,
        }
    }

    /// The team and its way of working, as the workspace document says; none before anybody wrote it.
    pub(crate) fn team(&self) -> Option<Team> {
        self.is_written().then(|| read::team(&self.doc))
    }

    /// The saved views; none before anybody saved one.
    pub(crate) fn views(&self) -> Option<Vec<View>> {
        self.is_written().then(|| read::views(&self.doc))
    }

    /// The document as it was at a moment of the past, by the clocks of those who wrote it.
    pub(crate) fn as_of(&self, at: Timestamp) -> Option<Self> {
        let doc = self.doc.fork_at(&history::heads_at(&self.doc, at)).ok()?;
        Self::of(self.id, doc).ok()
    }

    /// Whether anything is here that not every document of its kind begins with.
    fn is_written(&self) -> bool {
        self.doc.get_heads() != genesis::first(self.id).get_heads()
    }

    /// Whether every change it depends on is here, and it can be read.
    pub(crate) fn is_whole(&self) -> bool {
        self.waiting.is_empty() && !self.broken
    }
}

/// Folds a document's changes, and an earlier snapshot, into one snapshot, and reads it back.
///
/// # Errors
/// Names the change that cannot be read. Changes whose dependencies are missing make [`DocumentError::Fold`]:
/// such a document must wait.
pub fn fold(id: DocumentId, snapshot: Option<&[u8]>, changes: &[Sealed]) -> Result<Vec<u8>, DocumentError> {
    let pieces = snapshot.map(|bytes| Piece::Snapshot(bytes.to_vec()));
    let document = unfolded(id, pieces.into_iter().chain(changes.iter().cloned().map(Piece::Change)))?;
    let bytes = document.doc.save();
    let again = unfolded(id, [Piece::Snapshot(bytes.clone())])?;
    let whole = document.is_whole() && again.doc.get_heads() == document.doc.get_heads();
    if whole { Ok(bytes) } else { Err(DocumentError::Fold) }
}

fn unfolded(id: DocumentId, pieces: impl IntoIterator<Item = Piece>) -> Result<Document, DocumentError> {
    let mut document = Document::genesis(id);
    match pieces.into_iter().flat_map(|piece| document.merge(piece)).next() {
        Some(damaged) => Err(damaged.error),
        None => Ok(document),
    }
}
