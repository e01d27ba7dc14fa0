//! Whose a deal is, for whoever must know it without reading more: two who give it away apart leave two values, of
//! which only the document says which one stands.

use super::schema as key;
use super::view::View;
use super::{Document, Piece};
use crate::id::{DocumentId, MemberId};

/// What a document says of its owner.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ownership {
    /// Who it is; nobody's too if the document cannot be read.
    pub owner: Option<MemberId>,
    /// Nothing that waits, or was refused, may say otherwise: while this holds, only a change that names an owner can.
    pub is_settled: bool,
}

/// Whether a change may name an owner. The bytes of a plain change hold the keys that it writes as they are.
pub fn may_name_owner(change: &[u8]) -> bool {
    change.windows(key::OWNER.len()).any(|bytes| bytes == key::OWNER.as_bytes())
}

/// Whose a deal is, as these pieces of its document say. What cannot be read of them is passed over, as devices do.
pub fn ownership(id: DocumentId, pieces: impl IntoIterator<Item = Piece>) -> Ownership {
    let mut document = Document::genesis(id);
    let damaged = pieces.into_iter().map(|piece| document.merge(piece).len()).sum::<usize>();
    Ownership { owner: View::root(&document.doc).id(key::OWNER), is_settled: damaged == 0 && document.is_whole() }
}

#[cfg(test)]
mod tests {
    use automerge::transaction::Transactable as _;
    use automerge::{ActorId, Automerge, ROOT, ReadDoc as _};

    use super::*;
    use crate::change::Sealed;
    use crate::document::fold;
    use crate::id::DealId;

    fn deal() -> DocumentId {
        DocumentId::Deal(DealId::minted("d"))
    }

    fn writer(number: u8, doc: &Automerge) -> Automerge {
        doc.fork().with_actor(ActorId::from([number; 16]))
    }

    fn write(doc: &mut Automerge, key: &str, value: &str) -> Sealed {
        let mut change = doc.transaction();
        change.put(ROOT, key, value).unwrap();
        let hash = change.commit().0.unwrap();
        Sealed::check(doc.get_change_by_hash(&hash).unwrap().raw_bytes().to_vec()).unwrap()
    }

    fn gives(doc: &mut Automerge, to: &str) -> Sealed {
        write(doc, key::OWNER, &MemberId::minted(to).to_string())
    }

    fn told(changes: &[&Sealed]) -> Ownership {
        ownership(deal(), changes.iter().map(|change| Piece::Change((*change).clone())))
    }

    fn settled(owner: &str) -> Ownership {
        Ownership { owner: Some(MemberId::minted(owner)), is_settled: true }
    }

    #[test]
    fn of_two_who_give_it_away_apart_the_document_says_who_stands_in_whatever_order_they_come() {
        let mut one = writer(1, &Document::genesis(deal()).doc);
        let first = gives(&mut one, "a");
        let mut other = writer(2, &one);
        let (by_one, by_other) = (gives(&mut one, "b"), gives(&mut other, "c"));
        assert_eq!(told(&[&first, &by_one]), settled("b"));
        let stands = told(&[&first, &by_one, &by_other]);
        assert_eq!(stands, settled("c"), "the higher writer stands");
        assert_eq!(told(&[&first, &by_other, &by_one]), stands);
        let snapshot = fold(deal(), None, &[first, by_one, by_other]).unwrap();
        assert_eq!(ownership(deal(), [Piece::Snapshot(snapshot)]), stands);
    }

    #[test]
    fn what_waits_for_another_change_leaves_it_unsettled() {
        let mut doc = writer(1, &Document::genesis(deal()).doc);
        let (first, between, last) = (gives(&mut doc, "a"), write(&mut doc, "title", "t"), gives(&mut doc, "b"));
        assert_eq!(told(&[&first, &last]), Ownership { is_settled: false, ..settled("a") });
        assert_eq!(told(&[&first, &last, &between]), settled("b"));
    }

    #[test]
    fn a_change_that_names_no_owner_is_told_from_one_that_may() {
        let mut doc = writer(1, &Document::genesis(deal()).doc);
        assert!(may_name_owner(gives(&mut doc, "a").bytes()));
        assert!(!may_name_owner(write(&mut doc, "title", "Tide gate").bytes()));
        let mut change = doc.transaction();
        change.delete(ROOT, key::OWNER).unwrap();
        let hash = change.commit().0.unwrap();
        assert!(may_name_owner(doc.get_change_by_hash(&hash).unwrap().raw_bytes()), "nor is taking it away missed");
    }
}
