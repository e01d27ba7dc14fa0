//! What every store must do, told once and held for each of them.

mod owners;

use shared::change::ChangeHash;
use shared::id::{DealId, DeviceId, DocumentId, LogId, WorkspaceId};
use shared::membership::PublicKey;
use shared::wire::Entry;

use super::{Append, Brought, Fork, KeptEntry, Limits, Opening, Placed, Snapshot, Store, StoreError, Workspace};

pub(super) use owners::{is_owned, owned};

const AMPLE: Limits = Limits { changes: 1000, bytes: 1 << 20 };

/// Holds the whole suite, each part on a fresh store.
pub(super) fn hold<S: Store, Kept>(fresh: impl Fn() -> (S, Kept)) {
    for part in [
        positions_count_up_and_doubles_are_kept_once,
        one_bad_append_of_a_batch_leaves_nothing,
        an_append_with_a_fork_is_left_out_and_the_others_are_kept,
        reading_stops_at_its_limits,
        a_log_remembers_how_far_it_reached_under_each_name,
        documents_come_in_the_order_a_device_needs,
        a_snapshot_is_used_only_once_adopted,
        workspaces_do_not_see_each_other,
        an_entry_has_its_place_or_none,
        a_key_tells_which_list_it_is_for,
        only_the_newest_start_key_is_kept,
        the_console_keeps_its_first_seed_and_devices_are_noted,
        a_brought_workspace_takes_the_place_of_one_that_nobody_founded,
        owners::an_owner_is_noted_once_and_where_it_became_so,
        owners::of_two_who_give_a_deal_away_apart_the_document_says_who_stands,
        owners::what_waits_for_another_change_counts_once_that_is_here,
        owners::what_is_left_out_for_a_fork_gives_nothing_away,
    ] {
        let (store, _kept) = fresh();
        part(&store);
    }
}

/// Puts something of every kind in.
pub(super) fn filled(store: &dyn Store) -> WorkspaceId {
    let id = workspace(store, "filled");
    store.append(id, phone(), vec![entry(deal("a"), 1), entry(deal("a"), 2)]).unwrap();
    let snapshot = Snapshot { upto: 1, bytes: vec![9] };
    store.propose(id, deal("a"), &snapshot).unwrap();
    store.adopt(id, deal("a"), 1).unwrap();
    store.amend(id, 0, &kept(1), Some(key(1))).unwrap();
    id
}

/// All of it is there.
pub(super) fn is_filled(store: &dyn Store, id: WorkspaceId) {
    assert_eq!(store.workspaces().unwrap().len(), 1);
    assert_eq!(store.head(id).unwrap(), 2);
    let past = store.past(id, deal("a")).unwrap();
    assert_eq!(past.snapshot, Some(Snapshot { upto: 1, bytes: vec![9] }));
    assert_eq!(past.changes, [entry(deal("a"), 2)]);
    assert_eq!(store.entries(id, 0).unwrap(), [kept(1)]);
    assert_eq!(store.opening(key(1)).unwrap(), Some(Opening { workspace: id, expires: None }));
}

/// Puts in what the rest of a fork may follow.
pub(super) fn half_a_fork(store: &dyn Store) -> WorkspaceId {
    let id = workspace(store, "forked");
    store.append(id, phone(), forge::changes("mine", 2)).unwrap();
    id
}

/// The rest is refused.
pub(super) fn refuses_the_other_half(store: &dyn Store, id: WorkspaceId) {
    let rest = forge::changes("yours", 3);
    let refused = store.append(id, phone(), rest.clone());
    assert!(matches!(refused, Err(StoreError::Forked(fork)) if fork.hash == rest[0].hash), "{refused:?}");
    assert_eq!(store.head(id).unwrap(), 2);
}

/// Two handles on one store write in turns and both see everything.
pub(super) fn take_turns(one: &dyn Store, other: &dyn Store) {
    let id = workspace(one, "shared");
    let before = one.outside_commits().unwrap();
    assert_eq!(one.append(id, phone(), vec![entry(deal("a"), 1)]).unwrap(), [1]);
    assert_eq!(one.outside_commits().unwrap(), before, "its own commits do not count");
    assert_eq!(other.append(id, phone(), vec![entry(deal("a"), 1), entry(deal("a"), 2)]).unwrap(), [1, 2]);
    assert_ne!(one.outside_commits().unwrap(), before);
    assert_eq!(one.append(id, phone(), vec![entry(deal("a"), 3)]).unwrap(), [3]);
    assert_eq!(one.since(id, 0, AMPLE).unwrap(), other.since(id, 0, AMPLE).unwrap());
}

fn positions_count_up_and_doubles_are_kept_once(store: &dyn Store) {
    let id = workspace(store, "w");
    assert_eq!(store.head(id).unwrap(), 0);
    let (a, b, c) = (entry(deal("a"), 1), entry(deal("b"), 2), entry(deal("a"), 3));
    assert_eq!(store.append(id, phone(), vec![a.clone(), b.clone(), a.clone()]).unwrap(), [1, 2, 1]);
    let placed =
        store.append_all(&[Append { workspace: id, device: tablet(), entries: vec![b.clone(), c.clone()] }]).unwrap();
    assert_eq!(placed, [Ok(vec![Placed { position: 2, fresh: false }, Placed { position: 3, fresh: true }])]);
    let log = store.since(id, 0, AMPLE).unwrap();
    let told: Vec<_> = log.into_iter().map(|logged| (logged.position, logged.device, logged.entry)).collect();
    assert_eq!(told, [(1, phone(), a), (2, phone(), b), (3, tablet(), c)]);
    assert_eq!(store.head(id).unwrap(), 3);
    assert_eq!(store.stored_bytes(id).unwrap(), 9, "three changes of three bytes");
}

fn one_bad_append_of_a_batch_leaves_nothing(store: &dyn Store) {
    let id = workspace(store, "w");
    let good = Append { workspace: id, device: phone(), entries: vec![entry(deal("a"), 1)] };
    let nowhere = WorkspaceId::minted("nowhere");
    let bad = Append { workspace: nowhere, ..good.clone() };
    let refused = store.append_all(&[good, bad]);
    assert!(matches!(refused, Err(StoreError::NoWorkspace(named)) if named == nowhere));
    assert_eq!(store.head(id).unwrap(), 0);
}

fn an_append_with_a_fork_is_left_out_and_the_others_are_kept(store: &dyn Store) {
    let id = workspace(store, "w");
    let [one, two] = ["mine", "yours"].map(|text| forge::changes(text, 3));
    let told = |document, changes: &[Entry]| {
        let entries = changes.iter().map(|entry| Entry { document, ..entry.clone() }).collect();
        Append { workspace: id, device: phone(), entries }
    };
    let other = |document, changes: &[Entry]| Append { device: tablet(), ..told(document, changes) };
    let (a, b) = (deal("a"), deal("b"));
    let forked = |document, change: &Entry| Err(Fork { document, hash: change.hash });
    let position =
        |appended: &super::Appended| appended.as_ref().map(|placed| placed[0].position).map_err(|fork| *fork);
    for (appends, expected) in [
        (vec![told(a, &one[..1])], vec![Ok(1)]),
        (vec![told(a, &one[..1])], vec![Ok(1)]),
        (vec![told(a, &two[..1]), other(b, &two[..1])], vec![forked(a, &two[0]), Ok(2)]),
        // What comes after it from the same device may build on it.
        (vec![told(a, &two[..1]), told(a, &two[1..2])], vec![forked(a, &two[0]), forked(a, &two[0])]),
        (vec![told(a, &one[1..2]), told(a, &two[1..2])], vec![Ok(3), forked(a, &two[1])]),
        // The lowest number is named, wherever it stands; nothing of the append is kept.
        (vec![told(a, &[two[2].clone(), two[1].clone(), two[0].clone()])], vec![forked(a, &two[0])]),
        (vec![told(deal("c"), &[one[0].clone(), two[0].clone()])], vec![forked(deal("c"), &two[0])]),
        (vec![told(a, &two[2..])], vec![Ok(4)]),
    ] {
        let appended = store.append_all(&appends).unwrap();
        assert_eq!(appended.iter().map(position).collect::<Vec<_>>(), expected);
    }
    assert_eq!(store.head(id).unwrap(), 4);
    assert_eq!(store.documents(id).unwrap().documents, [a, b], "what was left out began no document");
    let refused = store.append(id, phone(), vec![Entry { document: b, ..one[0].clone() }]);
    assert!(matches!(refused, Err(StoreError::Forked(fork)) if fork.hash == one[0].hash));
}

fn reading_stops_at_its_limits(store: &dyn Store) {
    let id = workspace(store, "w");
    store.append(id, phone(), (0..9).map(|n| sized(deal("a"), n, 100)).collect()).unwrap();
    let positions = |after, changes, bytes| -> Vec<u64> {
        let log = store.since(id, after, Limits { changes, bytes }).unwrap();
        log.into_iter().map(|logged| logged.position).collect()
    };
    assert_eq!(positions(4, 2, 1000), [5, 6]);
    assert_eq!(positions(0, 100, 350), [1, 2, 3]);
    assert_eq!(positions(0, 100, 10), [1], "one change always fits");
    assert_eq!(positions(9, 100, 1000), [0; 0]);
    assert_eq!(positions(u64::MAX, 100, 1000), [0; 0]);
}

fn a_log_remembers_how_far_it_reached_under_each_name(store: &dyn Store) {
    let id = workspace(store, "w");
    let first = store.workspaces().unwrap()[0].log;
    let renamed = ["second", "third"].map(|name| Workspace { id, log: LogId::minted(name) });
    let reached = |log| store.reached(id, log).unwrap();
    for (workspace, number) in renamed.iter().zip(1..) {
        store.append(id, phone(), vec![entry(deal("a"), number)]).unwrap();
        store.rename_logs(&[*workspace]).unwrap();
    }
    store.append(id, phone(), vec![entry(deal("a"), 3)]).unwrap();
    assert_eq!((store.workspaces().unwrap(), store.workspace(id).unwrap()), (vec![renamed[1]], renamed[1]));
    assert_eq!([first, renamed[0].log, renamed[1].log].map(reached), [Some(1), Some(2), Some(3)]);
    assert_eq!(reached(LogId::minted("fourth")), None);
    let nowhere = Workspace { id: WorkspaceId::minted("nowhere"), log: LogId::minted("fourth") };
    assert!(store.rename_logs(&[nowhere]).is_err());
    assert!(store.workspace(nowhere.id).is_err());
}

fn documents_come_in_the_order_a_device_needs(store: &dyn Store) {
    let id = workspace(store, "w");
    let order = [DocumentId::Workspace, deal("a"), deal("b"), deal("a")];
    store.append(id, phone(), order.iter().zip(0..).map(|(document, n)| entry(*document, n)).collect()).unwrap();
    let listing = store.documents(id).unwrap();
    assert_eq!(listing.head, 4);
    assert_eq!(listing.documents, [DocumentId::Workspace, deal("a"), deal("b")]);
}

fn a_snapshot_is_used_only_once_adopted(store: &dyn Store) {
    let id = workspace(store, "w");
    store.append(id, phone(), (0..5).map(|n| entry(deal("a"), n)).collect()).unwrap();
    assert_eq!(store.unfolded(5).unwrap().iter().map(|one| one.changes).collect::<Vec<_>>(), [5]);
    let snapshot = Snapshot { upto: 3, bytes: vec![7; 20] };
    store.propose(id, deal("a"), &snapshot).unwrap();
    assert_eq!(store.past(id, deal("a")).unwrap().snapshot, None);
    assert_eq!(store.proposed(id, deal("a"), 3).unwrap(), Some(vec![7; 20]));
    store.adopt(id, deal("a"), 3).unwrap();
    let past = store.past(id, deal("a")).unwrap();
    assert_eq!((past.snapshot, past.changes.len(), past.upto), (Some(snapshot.clone()), 2, 5));
    assert!(store.unfolded(3).unwrap().is_empty());
    store.propose(id, deal("a"), &Snapshot { upto: 5, bytes: vec![] }).unwrap();
    store.discard(id, deal("a"), 5).unwrap();
    store.discard(id, deal("a"), 3).unwrap();
    store.adopt(id, deal("a"), 5).unwrap();
    assert_eq!(store.past(id, deal("a")).unwrap().snapshot, Some(snapshot));
    assert_eq!(store.since(id, 0, AMPLE).unwrap().len(), 5, "folding takes nothing out of the log");
}

fn workspaces_do_not_see_each_other(store: &dyn Store) {
    let (one, other) = (workspace(store, "one"), workspace(store, "other"));
    let same = entry(DocumentId::Workspace, 1);
    assert_eq!(store.append(one, phone(), vec![same.clone()]).unwrap(), [1]);
    assert_eq!(store.append(other, phone(), vec![same.clone()]).unwrap(), [1]);
    assert_eq!(store.append(other, phone(), vec![entry(deal("a"), 2)]).unwrap(), [2]);
    assert_eq!(store.past(one, DocumentId::Workspace).unwrap().changes, [same]);
    assert_eq!((store.head(one).unwrap(), store.head(other).unwrap()), (1, 2));
    assert_eq!(store.documents(one).unwrap().documents, [DocumentId::Workspace]);
}

fn an_entry_has_its_place_or_none(store: &dyn Store) {
    let (id, other) = (workspace(store, "w"), workspace(store, "x"));
    assert!(store.amend(id, 0, &kept(1), None).unwrap());
    assert!(store.amend(other, 0, &kept(9), None).unwrap());
    for length in [0, 2, u64::MAX >> 1] {
        assert!(!store.amend(id, length, &kept(2), Some(key(2))).unwrap(), "after {length}");
    }
    assert_eq!(store.opening(key(2)).unwrap(), None, "an entry that is not kept opens nothing");
    assert!(store.amend(id, 1, &kept(2), None).unwrap());
    assert_eq!(store.entries(id, 0).unwrap(), [kept(1), kept(2)]);
    assert_eq!(store.entries(id, 1).unwrap(), [kept(2)]);
    assert_eq!(store.entries(id, u64::MAX).unwrap(), []);
    assert!(matches!(store.entries(WorkspaceId::minted("no"), 0), Err(StoreError::NoWorkspace(_))));
}

fn a_key_tells_which_list_it_is_for(store: &dyn Store) {
    let id = workspace(store, "w");
    store.amend(id, 0, &kept(1), Some(key(1))).unwrap();
    assert_eq!(store.opening(key(1)).unwrap(), Some(Opening { workspace: id, expires: None }));
    assert_eq!(store.opening(key(2)).unwrap(), None);
}

fn only_the_newest_start_key_is_kept(store: &dyn Store) {
    let (id, other) = (workspace(store, "w"), workspace(store, "x"));
    store.put_start_key(other, key(9), 900).unwrap();
    store.amend(id, 0, &kept(1), Some(key(3))).unwrap();
    store.put_start_key(id, key(1), 100).unwrap();
    store.put_start_key(id, key(2), 200).unwrap();
    let known = [1, 2, 3, 9].map(|number| store.opening(key(number)).unwrap().map(|opening| opening.expires));
    assert_eq!(known, [None, Some(Some(200)), Some(None), Some(Some(900))]);
}

fn the_console_keeps_its_first_seed_and_devices_are_noted(store: &dyn Store) {
    assert_eq!(store.console_seed([1; 32]).unwrap(), [1; 32]);
    assert_eq!(store.console_seed([2; 32]).unwrap(), [1; 32]);
    store.seen(&[phone()], 5).unwrap();
    store.seen(&[phone()], 77).unwrap();
    assert_eq!(store.last_seen(&[tablet(), phone()]).unwrap(), [(phone(), 77)]);
}

fn a_brought_workspace_takes_the_place_of_one_that_nobody_founded(store: &dyn Store) {
    let (id, other) = (workspace(store, "empty"), workspace(store, "other"));
    store.append(id, phone(), vec![entry(DocumentId::Workspace, 1)]).unwrap();
    store.put_start_key(id, key(1), 100).unwrap();
    let held = WorkspaceId::minted("held");
    let brought = Brought { workspace: held, entries: vec![kept(1), kept(2)], recovery: Some(key(2)) };
    assert!(!store.take_up(id, &Brought { workspace: other, ..brought.clone() }, 2).unwrap(), "another has this name");
    assert!(!store.take_up(id, &brought, 0).unwrap(), "somebody worked here");
    assert!(store.take_up(id, &brought, 2).unwrap());
    assert_eq!(store.entries(held, 0).unwrap(), brought.entries);
    let opens = |number| store.opening(key(number)).unwrap().map(|opening| opening.workspace);
    assert_eq!((opens(1), opens(2)), (None, Some(held)));
    assert_eq!((store.head(held).unwrap(), store.stored_bytes(held).unwrap()), (0, 0));
    assert_eq!(store.reached(held, LogId::minted("empty")).unwrap(), Some(0));
    let again = Brought { workspace: WorkspaceId::minted("again"), ..brought };
    assert!(!store.take_up(held, &again, 2).unwrap(), "it is founded");
}

fn kept(number: u8) -> KeptEntry {
    KeptEntry { at: i64::from(number), bytes: vec![number; 9] }
}

fn key(number: u8) -> PublicKey {
    PublicKey([number; 32])
}

/// Real changes of one writer, who told another text where another writes under the same name.
mod forge {
    use automerge::transaction::Transactable as _;
    use automerge::{ActorId, AutoCommit, ROOT};
    use shared::change::Sealed;
    use shared::id::DocumentId;
    use shared::wire::Entry;

    pub(super) fn changes(text: &str, count: i64) -> Vec<Entry> {
        let mut doc = AutoCommit::new().with_actor(ActorId::from([7; 16]));
        let write = |number: i64| {
            doc.put(ROOT, "text", format!("{text} {number}")).unwrap();
            let bytes = doc.get_last_local_change().unwrap().raw_bytes().to_vec();
            Entry::new(DocumentId::Workspace, Sealed::check(bytes).unwrap())
        };
        (0..count).map(write).collect()
    }
}

fn workspace(store: &dyn Store, name: &str) -> WorkspaceId {
    let workspace = Workspace { id: WorkspaceId::minted(name), log: LogId::minted(name) };
    store.create_workspace(workspace).unwrap();
    workspace.id
}

fn phone() -> DeviceId {
    DeviceId::minted("phone")
}

fn tablet() -> DeviceId {
    DeviceId::minted("tablet")
}

fn deal(name: &str) -> DocumentId {
    DocumentId::Deal(DealId::minted(name))
}

fn entry(document: DocumentId, number: u8) -> Entry {
    sized(document, number, 3)
}

fn sized(document: DocumentId, number: u8, size: usize) -> Entry {
    Entry { document, hash: ChangeHash([number; 32]), bytes: vec![number; size] }
}
