//! Whose deals are and were, in memory.

use std::collections::BTreeMap;

use shared::id::{DocumentId, WorkspaceId};
use shared::wire::Position;

use super::{Kept, Memory};
use crate::ownership;
use crate::store::{Owners, StoreError, Tenure};

impl Owners for Memory {
    fn tenures(
        &self,
        workspace: WorkspaceId,
        deals: &[DocumentId],
    ) -> Result<BTreeMap<DocumentId, Tenure>, StoreError> {
        let mut state = self.state();
        let kept = state.workspace(workspace)?;
        let tenure = |deal| kept.documents.get(deal).map(|known| known.tenure.clone()).unwrap_or_default();
        Ok(deals.iter().map(|deal| (*deal, tenure(deal))).collect())
    }

    fn all_tenures(&self, workspace: WorkspaceId) -> Result<BTreeMap<DocumentId, Tenure>, StoreError> {
        let mut state = self.state();
        let kept = state.workspace(workspace)?;
        let owned = kept.documents.iter().filter(|(_, known)| known.tenure.is_known());
        Ok(owned.map(|(deal, known)| (*deal, known.tenure.clone())).collect())
    }
}

/// Notes whose a document is after fresh changes of it, the last of which stands at a position.
pub(super) fn keep(
    kept: &mut Kept,
    (document, position): (DocumentId, Position),
    names_owner: bool,
) -> Result<(), StoreError> {
    let last = kept.documents.get(&document).and_then(|known| known.tenure.0.last().copied());
    let noted = ownership::noted((document, position), last, names_owner, || Ok(kept.past(document)))?;
    if let Some(known) = kept.documents.get_mut(&document) {
        known.tenure.0.extend(noted);
    }
    Ok(())
}
