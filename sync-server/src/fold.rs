//! Folds long documents into snapshots in the background, so that a new device downloads little.
//!
//! A snapshot is used only after it was read back and shown to contain every change it stands for.
//! Beside `check` and `ownership` the only file here that names documents.

use std::collections::HashMap;
use std::panic::catch_unwind;
use std::sync::Arc;
use std::time::Duration;

use shared::change::{SealError, Sealed};
use shared::document::{DocumentError, fold};
use shared::id::{DocumentId, WorkspaceId};
use shared::wire::Entry;
use tokio::sync::watch;
use tokio::task::spawn_blocking;

use crate::store::{Past, Snapshot, Store, StoreError, Unfolded};

/// A document is folded when it has so many changes outside its snapshot.
const WORTH_FOLDING: u64 = 32;

/// Larger ones would not fit a frame; such a document is sent as its changes.
const MAX_SNAPSHOT_BYTES: usize = 2 * 1024 * 1024;

/// As [`fold`]; the tests have others.
type Fold = fn(DocumentId, Option<&[u8]>, &[Sealed]) -> Result<Vec<u8>, DocumentError>;

/// Documents that could not be folded, and how many changes they must have before the next try.
type Given = HashMap<(WorkspaceId, DocumentId), u64>;

/// Why a document stays as it is.
#[derive(Debug, thiserror::Error)]
enum FoldError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Document(#[from] DocumentError),
    #[error("a stored change is damaged: {0}")]
    Damaged(#[from] SealError),
    #[error("reading its changes panicked")]
    Panicked,
    #[error("the snapshot has {0} bytes, more than {MAX_SNAPSHOT_BYTES}")]
    TooLarge(usize),
    #[error("the snapshot did not read back as what was folded")]
    ReadBack,
}

/// Folds what is worth it, again and again, until the relay stops.
pub(crate) async fn keep_folding(store: Arc<dyn Store>, pause: Duration, mut stop: watch::Receiver<bool>) {
    let mut given = Given::new();
    loop {
        tokio::select! {
            () = tokio::time::sleep(pause) => {}
            _ = stop.wait_for(|stop| *stop) => return,
        }
        let (store, stop) = (store.clone(), stop.clone());
        match spawn_blocking(move || round(&*store, fold, given, &stop)).await {
            Ok(left) => given = left,
            Err(_) => return,
        }
    }
}

fn round(store: &dyn Store, fold: Fold, mut given: Given, stop: &watch::Receiver<bool>) -> Given {
    let unfolded = store.unfolded(WORTH_FOLDING).unwrap_or_else(|error| {
        tracing::error!(%error, "documents to fold cannot be listed");
        Vec::new()
    });
    for Unfolded { workspace, document, changes } in unfolded {
        if *stop.borrow() {
            break;
        }
        if given.get(&(workspace, document)).is_some_and(|wait| changes < *wait) {
            continue;
        }
        match fold_one(store, fold, workspace, document) {
            Ok(()) => given.remove(&(workspace, document)),
            Err(error) => {
                tracing::warn!(%workspace, %document, changes, %error, "not folded; its changes are sent as they are");
                given.insert((workspace, document), changes * 2)
            }
        };
    }
    given
}

fn fold_one(store: &dyn Store, fold: Fold, workspace: WorkspaceId, document: DocumentId) -> Result<(), FoldError> {
    let Past { snapshot, changes, upto } = store.past(workspace, document)?;
    let changes = opened(changes)?;
    let bytes = guarded(fold, document, snapshot.as_ref().map(|snapshot| &*snapshot.bytes), &changes)?;
    if bytes.len() > MAX_SNAPSHOT_BYTES {
        return Err(FoldError::TooLarge(bytes.len()));
    }
    let folded = Snapshot { upto, bytes };
    store.propose(workspace, document, &folded)?;
    let back = store.proposed(workspace, document, upto)?.unwrap_or_default();
    // What was read back is what was folded, and no change adds anything to it.
    if back == folded.bytes && guarded(fold, document, Some(&back), &changes).is_ok_and(|again| again == back) {
        return Ok(store.adopt(workspace, document, upto)?);
    }
    store.discard(workspace, document, upto)?;
    Err(FoldError::ReadBack)
}

fn opened(changes: Vec<Entry>) -> Result<Vec<Sealed>, SealError> {
    changes.into_iter().map(|change| Ok(change.open()?.1)).collect()
}

/// Bytes from outside must not take the relay down, whatever they do to the library that reads them.
fn guarded(
    fold: Fold,
    document: DocumentId,
    snapshot: Option<&[u8]>,
    changes: &[Sealed],
) -> Result<Vec<u8>, FoldError> {
    Ok(catch_unwind(|| fold(document, snapshot, changes)).map_err(|_| FoldError::Panicked)??)
}

#[cfg(test)]
mod tests {
    use automerge::transaction::Transactable as _;
    use automerge::{AutoCommit, ROOT};
    use shared::id::{DeviceId, LogId};

    use super::*;
    use crate::store::{Log, Memory, Snapshots, Workspace};

    const DOCUMENT: DocumentId = DocumentId::Workspace;

    /// Another snapshot each time.
    fn unsteady(id: DocumentId, snapshot: Option<&[u8]>, changes: &[Sealed]) -> Result<Vec<u8>, DocumentError> {
        Ok(fold(id, snapshot, changes)?.into_iter().chain(snapshot.map(|_| 0)).collect())
    }

    fn panicking(_: DocumentId, _: Option<&[u8]>, _: &[Sealed]) -> Result<Vec<u8>, DocumentError> {
        panic!("as a parser may")
    }

    fn changes(count: i64) -> Vec<Entry> {
        let mut doc = AutoCommit::new();
        (0..count)
            .map(|number| {
                doc.put(ROOT, "number", number).unwrap();
                let bytes = doc.get_last_local_change().unwrap().raw_bytes().to_vec();
                Entry::new(DOCUMENT, Sealed::check(bytes).unwrap())
            })
            .collect()
    }

    fn store_with(changes: &[Entry]) -> (Memory, WorkspaceId) {
        let (store, id) = (Memory::default(), WorkspaceId::minted("w"));
        store.create_workspace(Workspace { id, log: LogId::minted("l") }).unwrap();
        append(&store, id, changes);
        (store, id)
    }

    fn append(store: &Memory, id: WorkspaceId, changes: &[Entry]) {
        store.append(id, DeviceId::minted("d"), changes.to_vec()).unwrap();
    }

    fn fold_all(store: &Memory, fold: Fold) -> Given {
        round(store, fold, Given::new(), &watch::channel(false).1)
    }

    #[test]
    fn a_long_document_is_folded_and_again_on_top() {
        let changes = changes(83);
        let (store, id) = store_with(&changes[..40]);
        assert!(fold_all(&store, fold).is_empty());
        append(&store, id, &changes[40..80]);
        assert!(fold_all(&store, fold).is_empty());
        append(&store, id, &changes[80..]);
        let past = store.past(id, DOCUMENT).unwrap();
        let snapshot = past.snapshot.unwrap();
        assert_eq!((snapshot.upto, past.changes.len()), (80, 3));
        let whole = fold(DOCUMENT, None, &opened(changes[..80].to_vec()).unwrap()).unwrap();
        assert_eq!(snapshot.bytes, whole);
    }

    #[test]
    fn a_short_document_is_left_alone() {
        let (store, id) = store_with(&changes(31));
        fold_all(&store, fold);
        assert_eq!(store.past(id, DOCUMENT).unwrap().snapshot, None);
    }

    #[test]
    fn a_document_that_waits_for_a_change_is_folded_when_it_came() {
        let changes = changes(80);
        let (store, id) = store_with(&changes[1..41]);
        let given = fold_all(&store, fold);
        assert_eq!(given.values().copied().collect::<Vec<_>>(), [80]);
        append(&store, id, &changes);
        assert!(round(&store, fold, given, &watch::channel(false).1).is_empty());
        assert_eq!(store.past(id, DOCUMENT).unwrap().changes, []);
    }

    #[test]
    fn a_fold_that_goes_wrong_is_not_used() {
        for wrong in [unsteady as Fold, panicking, |_, _, _| Err(DocumentError::Fold)] {
            let (store, id) = store_with(&changes(40));
            assert_eq!(fold_all(&store, wrong).values().copied().collect::<Vec<_>>(), [80]);
            let past = store.past(id, DOCUMENT).unwrap();
            assert_eq!((past.snapshot, past.changes.len()), (None, 40));
            assert_eq!(store.proposed(id, DOCUMENT, 40).unwrap(), None);
        }
    }
}
