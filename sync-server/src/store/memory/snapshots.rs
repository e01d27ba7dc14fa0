//! Folded documents in memory.

use shared::id::{DocumentId, WorkspaceId};
use shared::wire::Position;

use super::{Kept, KeptDocument, Memory};
use crate::store::{Past, Snapshot, Snapshots, StoreError, Unfolded};

impl Snapshots for Memory {
    fn unfolded(&self, at_least: u64) -> Result<Vec<Unfolded>, StoreError> {
        let state = self.state();
        let all = state.workspaces.iter().flat_map(|kept| {
            kept.documents.iter().map(|(document, known)| Unfolded {
                workspace: kept.workspace.id,
                document: *document,
                changes: known.unfolded(),
            })
        });
        Ok(all.filter(|unfolded| unfolded.changes >= at_least).collect())
    }

    fn past(&self, workspace: WorkspaceId, document: DocumentId) -> Result<Past, StoreError> {
        Ok(self.state().workspace(workspace)?.past(document))
    }

    fn propose(&self, workspace: WorkspaceId, document: DocumentId, snapshot: &Snapshot) -> Result<(), StoreError> {
        self.on_document(workspace, document, |known| {
            known.snapshots.insert(snapshot.upto, snapshot.bytes.clone());
        })
    }

    fn proposed(
        &self,
        workspace: WorkspaceId,
        document: DocumentId,
        upto: Position,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let mut state = self.state();
        let known = state.workspace(workspace)?.documents.get(&document);
        Ok(known.and_then(|known| known.snapshots.get(&upto)).cloned())
    }

    fn adopt(&self, workspace: WorkspaceId, document: DocumentId, upto: Position) -> Result<(), StoreError> {
        self.on_document(workspace, document, |known| {
            if known.snapshots.contains_key(&upto) {
                known.snapshots.retain(|kept, _| *kept == upto);
                known.in_use = Some(upto);
            }
        })
    }

    fn discard(&self, workspace: WorkspaceId, document: DocumentId, upto: Position) -> Result<(), StoreError> {
        self.on_document(workspace, document, |known| {
            if known.in_use != Some(upto) {
                known.snapshots.remove(&upto);
            }
        })
    }
}

impl Kept {
    /// All that is known of a document.
    pub(super) fn past(&self, document: DocumentId) -> Past {
        let Some(known) = self.documents.get(&document) else {
            return Past { snapshot: None, changes: Vec::new(), upto: 0 };
        };
        let folded = known.in_use.unwrap_or(0);
        let after = self.log.iter().filter(|logged| logged.entry.document == document && logged.position > folded);
        let bytes = known.in_use.and_then(|upto| known.snapshots.get(&upto));
        Past {
            snapshot: bytes.map(|bytes| Snapshot { upto: folded, bytes: bytes.clone() }),
            changes: after.map(|logged| logged.entry.clone()).collect(),
            upto: known.touched,
        }
    }
}

impl Memory {
    fn on_document(
        &self,
        workspace: WorkspaceId,
        document: DocumentId,
        work: impl FnOnce(&mut KeptDocument),
    ) -> Result<(), StoreError> {
        self.state().workspace(workspace)?.documents.get_mut(&document).map(work);
        Ok(())
    }
}
