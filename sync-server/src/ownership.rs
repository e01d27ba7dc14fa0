//! Whose deals are. A store notes it in the transaction that keeps the changes, as the document says: the last change
//! that names an owner need not be the one that stands.

use shared::document::{Ownership, ownership};
use shared::id::{DocumentId, MemberId};
use shared::replica::Piece;
use shared::wire::{Entry, Position};

use crate::store::{Holding, Past, StoreError};

/// Whether a fresh change of a document may name an owner. Only deals have one that matters here.
pub(crate) fn may_name_owner(entry: &Entry) -> bool {
    is_owned(entry.document) && shared::document::may_name_owner(&entry.bytes)
}

/// What is to be noted of a document after changes of it were kept up to a position, if anything is.
pub(crate) fn noted(
    (document, position): (DocumentId, Position),
    last: Option<Holding>,
    names_owner: bool,
    past: impl FnOnce() -> Result<Past, StoreError>,
) -> Result<Option<Holding>, StoreError> {
    let stands = last.is_some_and(|last| last.is_settled) && !names_owner;
    if stands || !is_owned(document) {
        return Ok(None);
    }
    let (owner, is_settled) = read(document, past()?);
    let is_new = last.is_none_or(|last| (last.owner, last.is_settled) != (owner, is_settled));
    Ok(is_new.then_some(Holding { position, owner, is_settled }))
}

/// Whether a document has an owner on whom it depends who sees it.
pub(crate) const fn is_owned(document: DocumentId) -> bool {
    matches!(document, DocumentId::Deal(_))
}

/// A stored change that is not what its name says leaves it unsettled, like one that the document refuses.
fn read(document: DocumentId, past: Past) -> (Option<MemberId>, bool) {
    let snapshot = past.snapshot.map(|snapshot| Piece::Snapshot(snapshot.bytes));
    let count = past.changes.len();
    let changes: Vec<Piece> =
        past.changes.into_iter().filter_map(|entry| Some(Piece::Change(entry.open().ok()?.1))).collect();
    let is_sound = changes.len() == count;
    let Ownership { owner, is_settled } = ownership(document, snapshot.into_iter().chain(changes));
    (owner, is_settled && is_sound)
}
