//! Whose deals are noted to be, against what their documents say.

use shared::change::{ChangeHash, Sealed};
use shared::document::{Piece, ownership};
use shared::id::{DocumentId, MemberId};

use super::{Place, Problem, Report};
use crate::ownership::is_owned;
use crate::store::{RawBytes, RawDocument, RawState, StoreError};

/// Looks at a document, if it is a deal.
pub(super) fn look(
    report: &mut Report,
    state: &RawState<'_>,
    document: &RawDocument,
    place: &Place,
) -> Result<(), StoreError> {
    let Some(deal) = document.name.parse::<DocumentId>().ok().filter(|document| is_owned(*document)) else {
        return Ok(());
    };
    let told = told(deal, state.changes(document.number)?);
    let noted = state.owner(document.number)?.map(|owner| owner.map_or_else(nobodys, |owner| named(&owner)));
    if noted.as_ref() != Some(&told) {
        let noted = noted.unwrap_or_else(|| "nothing".to_owned());
        report.find(place.clone(), Problem::Owner { noted, told });
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
