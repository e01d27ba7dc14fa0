//! What a frame brought, before it is merged: changes and folded pasts, gathered by their documents.

use shared::change::SealError;
use shared::id::DocumentId;
use shared::wire::{Entry, Whole};

use crate::engine::storage::Chunk;

/// What a frame brought: pieces by document, and changes that break a limit.
#[derive(Default)]
pub(super) struct Arrived {
    pub(super) pieces: Vec<(DocumentId, Vec<Chunk>)>,
    pub(super) refused: Vec<Entry>,
}

impl Arrived {
    /// Takes a change in. Bytes that do not fit their name were damaged on the way; the position must not go past
    /// them, so the whole frame is refused and asked for again. A change that breaks a limit comes as it is.
    fn add(&mut self, entry: Entry) -> Result<(), SealError> {
        match entry.clone().open() {
            Ok((document, change)) => self.of(document).push(Chunk::Change(change)),
            Err(SealError::Limit(_)) => self.refused.push(entry),
            Err(damaged) => return Err(damaged),
        }
        Ok(())
    }

    /// The pieces of a document. Documents stay in the order they came in, the most useful first.
    fn of(&mut self, document: DocumentId) -> &mut Vec<Chunk> {
        let at = self.pieces.iter().position(|(known, _)| *known == document).unwrap_or_else(|| {
            self.pieces.push((document, Vec::new()));
            self.pieces.len() - 1
        });
        &mut self.pieces[at].1
    }
}

/// What a stretch of the log brought.
pub(super) fn group(entries: Vec<Entry>) -> Result<Arrived, SealError> {
    let mut arrived = Arrived::default();
    entries.into_iter().try_for_each(|entry| arrived.add(entry))?;
    Ok(arrived)
}

/// What whole documents brought.
pub(super) fn open(documents: Vec<Whole>) -> Result<Arrived, SealError> {
    let mut arrived = Arrived::default();
    for whole in documents {
        arrived.of(whole.document).extend(whole.snapshot.map(Chunk::snapshot));
        whole.changes.into_iter().try_for_each(|entry| arrived.add(entry))?;
    }
    Ok(arrived)
}
