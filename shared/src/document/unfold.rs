//! What stored bytes hold, change by change: for whoever must prove them, or give them back.

use super::{Document, DocumentError, Piece, merging, unfolded};
use crate::change::Sealed;
use crate::id::DocumentId;

/// The changes in a snapshot, in an order in which each can be merged. The first version, which every device has, is
/// not among them.
///
/// # Errors
/// The bytes are no snapshot, or one of its changes cannot be sealed.
pub fn unfold(id: DocumentId, snapshot: &[u8]) -> Result<Vec<Sealed>, DocumentError> {
    let document = unfolded(id, [Piece::Snapshot(snapshot.to_vec())])?;
    let changes = document.doc.get_changes(&Document::genesis(id).doc.get_heads());
    changes.into_iter().map(|change| Ok(Sealed::check(change.raw_bytes().to_vec())?)).collect()
}

/// Reads a change to its end and holds its own hash against its name.
///
/// # Errors
/// The container is sound, but what is in it is no change, or another.
pub fn prove(change: Sealed) -> Result<(), DocumentError> {
    merging::read(change).map(drop).map_err(|damaged| damaged.error)
}

#[cfg(test)]
mod tests {
    use automerge::transaction::{CommitOptions, Transactable as _};
    use automerge::{ActorId, Automerge, ROOT};

    use super::*;
    use crate::document::fold;

    const DOCUMENT: DocumentId = DocumentId::Workspace;
    const MESSAGE: &str = "counted";

    /// Changes of two writers who met half way.
    fn changes() -> Vec<Sealed> {
        let mut one = Document::genesis(DOCUMENT).doc;
        let mut other = one.fork().with_actor(ActorId::from([2; 16]));
        one.set_actor(ActorId::from([1; 16]));
        write(&mut one, 1);
        write(&mut other, 2);
        one.merge(&mut other).unwrap();
        write(&mut one, 3);
        let genesis = Document::genesis(DOCUMENT).doc.get_heads();
        let changes = one.get_changes(&genesis);
        changes.into_iter().map(|change| Sealed::check(change.raw_bytes().to_vec()).unwrap()).collect()
    }

    fn write(doc: &mut Automerge, number: i64) {
        let mut change = doc.transaction();
        change.put(ROOT, "number", number).unwrap();
        change.commit_with(CommitOptions::default().with_message(MESSAGE));
    }

    #[test]
    fn a_snapshot_unfolds_into_what_was_folded() {
        let changes = changes();
        let snapshot = fold(DOCUMENT, None, &changes).unwrap();
        let back = unfold(DOCUMENT, &snapshot).unwrap();
        assert_eq!(back.len(), 3);
        assert!(changes.iter().all(|change| back.contains(change)));
        assert_eq!(fold(DOCUMENT, None, &back).unwrap(), snapshot, "and folds again");
    }

    #[test]
    fn bytes_that_are_no_snapshot_do_not_unfold() {
        let snapshot = fold(DOCUMENT, None, &changes()).unwrap();
        assert!(unfold(DOCUMENT, &snapshot[..snapshot.len() / 2]).is_err());
    }

    #[test]
    fn a_sealed_container_with_something_else_in_it_is_not_proven() {
        let change = changes().remove(0);
        assert_eq!(prove(change.clone()), Ok(()));
        // What it says of itself is overwritten and sealed anew, as somebody would who forges a change.
        let mut forged = change.into_bytes();
        let told = forged.windows(MESSAGE.len()).position(|bytes| bytes == MESSAGE.as_bytes()).unwrap();
        forged[told] = 0xff;
        let hash: [u8; 32] =
            sha2::Digest::finalize(sha2::Digest::chain_update(sha2::Sha256::default(), &forged[8..])).into();
        forged[4..8].copy_from_slice(&hash[..4]);
        assert!(prove(Sealed::check(forged).unwrap()).is_err());
    }
}
