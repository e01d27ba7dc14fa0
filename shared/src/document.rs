//! A document: one record with its history as a CRDT. The only folder that names automerge.

mod conflict;
mod history;
mod read;
mod schema;
mod unfold;
mod view;
mod write;

use automerge::{ActorId, Automerge, Change, ReadDoc};

use crate::change::{ChangeHash, SealError, Sealed};
use crate::id::DocumentId;
use crate::model::{Company, Deal, Lead};
use crate::rules::Admitted;
use crate::time::Timestamp;
use crate::workspace::Workspace;
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
    /// The bytes are a change container, but their content is not a change.
    #[error("change {0} cannot be read: {1}")]
    Change(ChangeHash, String),
    /// The bytes are not a snapshot.
    #[error("snapshot cannot be read: {0}")]
    Snapshot(String),
    /// What was written is not what reads back.
    #[error("a change that was just written cannot be sealed: {0}")]
    Seal(#[from] SealError),
    /// A folded document did not read back as it was.
    #[error("the folded document does not read back")]
    Fold,
}

/// One document.
pub(crate) struct Document {
    id: DocumentId,
    doc: Automerge,
}

impl Document {
    /// The document as it is before anybody wrote: the same bytes on every device, never stored or sent.
    pub(crate) fn genesis(id: DocumentId) -> Self {
        Self { id, doc: schema::genesis(id) }
    }

    /// Merges a piece in. What is known already changes nothing.
    pub(crate) fn merge(&mut self, piece: Piece) -> Result<(), DocumentError> {
        match piece {
            Piece::Change(sealed) => self.merge_change(sealed),
            Piece::Snapshot(bytes) => {
                let merged = self.doc.load_incremental(&bytes);
                merged.map(drop).map_err(|error| DocumentError::Snapshot(error.to_string()))
            }
        }
    }

    fn merge_change(&mut self, sealed: Sealed) -> Result<(), DocumentError> {
        let hash = sealed.hash();
        let applied = self.doc.apply_changes([read_change(sealed)?]);
        applied.map_err(|error| DocumentError::Change(hash, error.to_string()))
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
        Ok(Some(Sealed::check(change.raw_bytes().to_vec())?))
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

    /// Fills in what the workspace document says of the team and its way of working.
    pub(crate) fn team(&self, workspace: &mut Workspace) {
        read::team(&self.doc, workspace);
    }

    /// Fills in the team's views.
    pub(crate) fn views(&self, workspace: &mut Workspace) {
        read::views(&self.doc, workspace);
    }

    /// The document as it was at a moment of the past, by the clocks of those who wrote it.
    pub(crate) fn as_of(&self, at: Timestamp) -> Option<Self> {
        let doc = self.doc.fork_at(&history::heads_at(&self.doc, at)).ok()?;
        Some(Self { id: self.id, doc })
    }

    /// Whether every change it depends on is here.
    pub(crate) fn is_whole(&self) -> bool {
        self.doc.get_missing_deps(&[]).is_empty()
    }
}

/// Folds a document's changes, and an earlier snapshot, into one snapshot, and reads it back.
///
/// # Errors
/// Names the change that cannot be read. Changes whose dependencies are missing make [`DocumentError::Fold`]:
/// such a document must wait.
pub fn fold(id: DocumentId, snapshot: Option<&[u8]>, changes: &[Sealed]) -> Result<Vec<u8>, DocumentError> {
    let mut document = Document::genesis(id);
    if let Some(bytes) = snapshot {
        document.merge(Piece::Snapshot(bytes.to_vec()))?;
    }
    changes.iter().try_for_each(|change| document.merge(Piece::Change(change.clone())))?;
    let bytes = document.doc.save();
    let mut again = Document::genesis(id);
    again.merge(Piece::Snapshot(bytes.clone()))?;
    let whole = document.is_whole() && again.doc.get_heads() == document.doc.get_heads();
    if whole { Ok(bytes) } else { Err(DocumentError::Fold) }
}

/// Reads a change's content; what it calls itself then must be what the container is called.
fn read_change(sealed: Sealed) -> Result<Change, DocumentError> {
    let hash = sealed.hash();
    let unreadable = |why: String| DocumentError::Change(hash, why);
    let change = Change::from_bytes(sealed.into_bytes()).map_err(|error| unreadable(error.to_string()))?;
    if change.hash().0 == hash.0 { Ok(change) } else { Err(unreadable("it has another hash".to_owned())) }
}
