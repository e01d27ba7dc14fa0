//! Whose deals are is noted with the changes that make it so, as the document says.

use automerge::transaction::Transactable as _;
use automerge::{ActorId, AutoCommit, ROOT};
use shared::change::Sealed;
use shared::id::{CompanyId, DocumentId, MemberId, WorkspaceId};
use shared::wire::{Entry, Position};

use super::{Append, Store, deal, forge, phone, tablet, workspace};

/// One writer's hand on a document.
struct Hand(AutoCommit);

impl Hand {
    fn of(writer: u8) -> Self {
        Self(AutoCommit::new().with_actor(ActorId::from([writer; 16])))
    }

    fn beside(&mut self, writer: u8) -> Self {
        Self(self.0.fork().with_actor(ActorId::from([writer; 16])))
    }

    fn gives(&mut self, document: DocumentId, to: &str) -> Entry {
        self.writes(document, "owner", &MemberId::minted(to).to_string())
    }

    fn writes(&mut self, document: DocumentId, key: &str, value: &str) -> Entry {
        self.0.put(ROOT, key, value).unwrap();
        let bytes = self.0.get_last_local_change().unwrap().raw_bytes().to_vec();
        Entry::new(document, Sealed::check(bytes).unwrap())
    }
}

/// Whose a deal is from which position on.
fn noted(store: &dyn Store, id: WorkspaceId, deal: DocumentId) -> Vec<(Position, Option<MemberId>)> {
    let mut tenures = store.tenures(id, &[deal]).unwrap();
    let tenure = tenures.remove(&deal).unwrap();
    let all = store.all_tenures(id).unwrap();
    assert_eq!(all.get(&deal).cloned().unwrap_or_default(), tenure);
    tenure.0.into_iter().map(|holding| (holding.position, holding.owner)).collect()
}

fn member(name: &str) -> Option<MemberId> {
    Some(MemberId::minted(name))
}

/// Puts in a deal that changed hands.
pub(in crate::store) fn owned(store: &dyn Store) -> WorkspaceId {
    let (id, mut hand) = (workspace(store, "owned"), Hand::of(1));
    let entries = [hand.gives(deal("a"), "a"), hand.writes(deal("a"), "title", "t"), hand.gives(deal("a"), "b")];
    store.append(id, phone(), entries.into()).unwrap();
    id
}

/// Its last owner is noted.
pub(in crate::store) fn is_owned(store: &dyn Store, id: WorkspaceId) {
    assert_eq!(noted(store, id, deal("a")), [(3, member("b"))]);
}

pub(super) fn an_owner_is_noted_once_and_where_it_became_so(store: &dyn Store) {
    let (id, mut hand) = (workspace(store, "w"), Hand::of(1));
    assert_eq!(noted(store, id, deal("a")), []);
    let append = |entries: Vec<Entry>| store.append(id, phone(), entries).unwrap();
    let opened = hand.gives(deal("a"), "a");
    append(vec![opened.clone(), hand.writes(deal("a"), "title", "t")]);
    append(vec![hand.writes(deal("a"), "title", "owner")]);
    append(vec![hand.gives(deal("a"), "b")]);
    append(vec![opened]);
    append(vec![hand.writes(deal("a"), "owner", "nobody that reads")]);
    assert_eq!(noted(store, id, deal("a")), [(2, member("a")), (4, member("b")), (5, None)]);
    let company = DocumentId::Company(CompanyId::minted("c"));
    append(vec![Hand::of(2).gives(company, "a"), Hand::of(3).writes(deal("b"), "title", "t")]);
    assert_eq!(noted(store, id, company), [], "a company has no owner");
    assert_eq!(noted(store, id, deal("b")), [(7, None)], "one that nobody owns is known all the same");
}

pub(super) fn of_two_who_give_a_deal_away_apart_the_document_says_who_stands(store: &dyn Store) {
    let id = workspace(store, "w");
    for (name, higher_first) in [("a", true), ("b", false)] {
        let mut one = Hand::of(1);
        let opened = one.gives(deal(name), "first");
        let mut other = one.beside(2);
        let mut both = [one.gives(deal(name), "low"), other.gives(deal(name), "high")];
        if higher_first {
            both.reverse();
        }
        for entry in [&[opened], &both[..]].concat() {
            store.append(id, phone(), vec![entry]).unwrap();
        }
    }
    let owners = |name| noted(store, id, deal(name)).into_iter().map(|(_, owner)| owner).collect::<Vec<_>>();
    assert_eq!(owners("a"), [member("first"), member("high")], "what comes last in the log does not stand");
    assert_eq!(owners("b"), [member("first"), member("low"), member("high")]);
}

pub(super) fn what_waits_for_another_change_counts_once_that_is_here(store: &dyn Store) {
    let (id, mut hand) = (workspace(store, "w"), Hand::of(1));
    let [first, between, last] =
        [hand.gives(deal("a"), "a"), hand.writes(deal("a"), "title", "t"), hand.gives(deal("a"), "b")];
    for entry in [first, last, between] {
        store.append(id, phone(), vec![entry]).unwrap();
    }
    assert_eq!(noted(store, id, deal("a")).last(), Some(&(3, member("b"))));
}

pub(super) fn what_is_left_out_for_a_fork_gives_nothing_away(store: &dyn Store) {
    let id = workspace(store, "w");
    let [one, two] = ["mine", "yours"].map(|text| forge::changes(text, 1).remove(0));
    let mut hand = Hand::of(1);
    let opened = hand.gives(deal("a"), "a");
    let append = |device, entries| Append { workspace: id, device, entries };
    let appended = store
        .append_all(&[append(phone(), vec![opened, one]), append(tablet(), vec![hand.gives(deal("a"), "b"), two])]);
    assert!(appended.unwrap()[1].is_err());
    assert_eq!(noted(store, id, deal("a")), [(1, member("a"))]);
}
