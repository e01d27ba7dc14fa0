//! What every store must do, told once and held for each of them.

use shared::change::ChangeHash;
use shared::id::{DealId, DeviceId, DocumentId, LogId, MemberId, WorkspaceId};
use shared::wire::Entry;

use super::{Append, Invite, InviteRefusal, Joining, Limits, Placed, Snapshot, Source, Store, StoreError, Workspace};
use crate::access::{Digest, Role};

const AMPLE: Limits = Limits { changes: 1000, bytes: 1 << 20 };

/// Holds the whole suite, each part on a fresh store.
pub(super) fn hold<S: Store, Kept>(fresh: impl Fn() -> (S, Kept)) {
    for part in [
        positions_count_up_and_doubles_are_kept_once,
        one_bad_append_of_a_batch_leaves_nothing,
        reading_stops_at_its_limits,
        a_log_remembers_how_far_it_reached_under_each_name,
        documents_come_in_the_order_a_device_needs,
        a_snapshot_is_used_only_once_adopted,
        workspaces_do_not_see_each_other,
        an_invitation_opens_once,
        an_old_or_revoked_invitation_opens_nothing,
        a_removed_device_is_unknown,
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
    store.add_invite(&invite(id, "secret")).unwrap();
    store.redeem(Digest::of("secret"), 5, &joining("token")).unwrap();
    id
}

/// All of it is there.
pub(super) fn is_filled(store: &dyn Store, id: WorkspaceId) {
    assert_eq!(store.workspaces().unwrap().len(), 1);
    assert_eq!(store.head(id).unwrap(), 2);
    let past = store.past(id, deal("a")).unwrap();
    assert_eq!(past.snapshot, Some(Snapshot { upto: 1, bytes: vec![9] }));
    assert_eq!(past.changes, [entry(deal("a"), 2)]);
    assert_eq!(store.device(Digest::of("token")).unwrap().unwrap().name, "phone");
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
    assert_eq!(placed, [[Placed { position: 2, fresh: false }, Placed { position: 3, fresh: true }]]);
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
    assert_eq!(store.workspaces().unwrap(), [renamed[1]]);
    assert_eq!([first, renamed[0].log, renamed[1].log].map(reached), [Some(1), Some(2), Some(3)]);
    assert_eq!(reached(LogId::minted("fourth")), None);
    let nowhere = Workspace { id: WorkspaceId::minted("nowhere"), log: LogId::minted("fourth") };
    assert!(store.rename_logs(&[nowhere]).is_err());
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

fn an_invitation_opens_once(store: &dyn Store) {
    let id = workspace(store, "w");
    let owner = MemberId::minted("owner");
    store.add_invite(&invite(id, "one")).unwrap();
    store.add_invite(&Invite { member: Some(owner), ..invite(id, "two") }).unwrap();
    let first = store.redeem(Digest::of("one"), 5, &joining("t1")).unwrap();
    assert_eq!((first.workspace, first.member, first.role, first.seen), (id, joining("t1").member, Role::Rep, 5));
    assert_eq!(store.redeem(Digest::of("two"), 5, &joining("t2")).unwrap().member, owner);
    refused(store, "one", 5, InviteRefusal::Used);
    refused(store, "three", 5, InviteRefusal::Unknown);
    assert_eq!(store.device(Digest::of("t1")).unwrap(), Some(first));
    assert_eq!(store.devices(id).unwrap().len(), 2);
}

fn an_old_or_revoked_invitation_opens_nothing(store: &dyn Store) {
    let id = workspace(store, "w");
    store.add_invite(&invite(id, "old")).unwrap();
    refused(store, "old", 1000, InviteRefusal::Expired);
    store.add_invite(&Invite { source: Source::App, ..invite(id, "kept") }).unwrap();
    store.revoke_invites(id, Source::Start).unwrap();
    refused(store, "old", 5, InviteRefusal::Unknown);
    assert!(store.redeem(Digest::of("kept"), 5, &joining("t")).is_ok());
}

fn a_removed_device_is_unknown(store: &dyn Store) {
    let id = workspace(store, "w");
    store.add_invite(&invite(id, "one")).unwrap();
    let device = store.redeem(Digest::of("one"), 5, &joining("t")).unwrap();
    store.seen(&[device.id], 77).unwrap();
    assert_eq!(store.device(Digest::of("t")).unwrap().unwrap().seen, 77);
    store.remove_device(device.id).unwrap();
    assert_eq!(store.device(Digest::of("t")).unwrap(), None);
}

fn refused(store: &dyn Store, secret: &str, now: i64, why: InviteRefusal) {
    let refused = store.redeem(Digest::of(secret), now, &joining("nobody"));
    assert!(matches!(refused, Err(StoreError::Invite(named)) if named == why), "{refused:?}");
    assert_eq!(store.device(Digest::of("nobody")).unwrap(), None);
}

fn workspace(store: &dyn Store, name: &str) -> WorkspaceId {
    let workspace = Workspace { id: WorkspaceId::minted(name), log: LogId::minted(name) };
    store.create_workspace(workspace).unwrap();
    workspace.id
}

fn invite(workspace: WorkspaceId, secret: &str) -> Invite {
    let (secret, role, source) = (Digest::of(secret), Role::Rep, Source::Start);
    Invite { secret, workspace, role, member: None, source, expires: 1000 }
}

fn joining(token: &str) -> Joining {
    let (device, member) = (DeviceId::minted(token), MemberId::minted(token));
    Joining { device, name: "phone".to_owned(), token: Digest::of(token), member }
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
