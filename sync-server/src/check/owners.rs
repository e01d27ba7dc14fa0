//! Whose deals are noted to be, against what their documents say.

use shared::change::{ChangeHash, Sealed};
use shared::document::{Piece, ownership};
use shared::id::{DocumentId, MemberId};

use super::{Place, Problem, Report};
use crate::ownership::is_owned;
use crate::store::{RawBytes, RawState, RawWorkspace, StoreError};

/// Looks at a workspace's deals.
pub(super) fn look(
    report: &mut Report,
    state: &RawState<'_>,
    workspace: &RawWorkspace,
    place: &Place,
) -> Result<(), StoreError> {
    for row in state.documents(workspace.number)? {
        let Some(document) = row.name.parse::<DocumentId>().ok().filter(|document| is_owned(*document)) else {
            continue;
        };
        let told = told(document, state.changes(row.number)?);
        let noted = state.owner(row.number)?.map(|owner| owner.map_or_else(nobodys, |owner| named(&owner)));
        if noted.as_ref() != Some(&told) {
            let place = Place { document: Some(row.name), ..place.clone() };
            report.find(place, Problem::Owner { noted: noted.unwrap_or_else(|| "nothing".to_owned()), told });
        }
    }
    Ok(())
}

/// Changes that are not what they are called are found elsewhere.
fn told(document: DocumentId, changes: Vec<RawBytes>) -> String {
    let sound = changes.into_iter().filter_map(|(hash, bytes)| {
        let hash = ChangeHash(<[u8; 32]>::try_from(&*hash).ok()?);
        Sealed::named(hash, bytes).ok().map(Piece::Change)
    });
    ownership(document, sound).owner.map_or_else(nobodys, |owner| owner.to_string())
}

fn named(owner: &[u8]) -> String {
    <[u8; 16]>::try_from(owner).map_or_else(|_| "no id".to_owned(), |owner| MemberId::from_bytes(owner).to_string())
}

fn nobodys() -> String {
    "nobody".to_owned()
}
