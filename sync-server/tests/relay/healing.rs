//! A relay that lost what it had: the devices notice, whatever happened since, and put it all back.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::Duration;

use minicbor::bytes::ByteVec;
use shared::change::ChangeHash;
use shared::document::unfold;
use shared::membership::{Membership, Ticket};
use shared::wire::{Ended, Entry};
use sync_server::access::first_workspace;
use sync_server::check::check;
use sync_server::store::{Access as _, Limits, Log as _, Snapshots as _, Sqlite};

use crate::device::Device;
use crate::key::{Key, recover};
use crate::pen::Pen;
use crate::process::Process;

/// The names of all changes a relay has, each once.
fn stored(data: &Path) -> BTreeSet<ChangeHash> {
    let store = Sqlite::open(data).unwrap();
    let workspace = first_workspace(&store).unwrap().id;
    let log = store.since(workspace, 0, Limits { changes: 5000, bytes: usize::MAX }).unwrap();
    let names: BTreeSet<ChangeHash> = log.iter().map(|logged| logged.entry.hash).collect();
    assert_eq!(names.len(), log.len(), "nothing is doubled");
    names
}

fn has_all(data: &Path, changes: &[Entry]) {
    let stored = stored(data);
    let lacking = changes.iter().filter(|change| !stored.contains(&change.hash)).count();
    assert_eq!(lacking, 0, "of {} changes", changes.len());
    assert!(check(data).unwrap().is_sound());
}

/// A device that holds all of these, some of it as a snapshot only.
fn holder(process: &Process, data: &Path, changes: &[Entry]) -> (Device, Key) {
    // An owner, who may give the workspace's own document back too.
    let key = process.found();
    let mut writer = Device::arrive(process.address, &process.join(data, "writer"));
    writer.push(1, changes.to_vec());
    let store = Sqlite::open(data).unwrap();
    let workspace = first_workspace(&store).unwrap().id;
    while store.past(workspace, changes[0].document).unwrap().snapshot.is_none() {
        std::thread::sleep(Duration::from_millis(50));
    }
    let mut holder = Device::arrive(process.address, &key);
    holder.catch_up(holder.head);
    assert!(!holder.snapshots.is_empty());
    (holder, key)
}

/// The store is begun again; who its devices are is known.
fn lose_all_changes(data: &Path) {
    let tables = ["snapshots", "origins", "owners", "log", "documents", "lives"]
        .map(|table| format!("DELETE FROM {table};"))
        .concat();
    rusqlite::Connection::open(data.join("relay.db")).unwrap().execute_batch(&tables).unwrap();
}

#[test]
fn a_relay_that_lost_all_changes_gets_everything_back_from_one_device() {
    let data = tempfile::tempdir().unwrap();
    let mut pens = [Pen::new("a"), Pen::new("b")];
    let changes = [pens[0].write_many(60), pens[1].write_many(5)].concat();
    let process = Process::start(data.path());
    let (holder, key) = holder(&process, data.path(), &changes);
    let before = stored(data.path());
    process.stop();
    lose_all_changes(data.path());

    let process = Process::start(data.path());
    let mut holder = holder.return_as(process.address, &key);
    assert!(holder.anew);
    holder.give_back();
    assert!(before.is_subset(&stored(data.path())), "all that there was");
    has_all(data.path(), &changes);

    let mut other = Device::arrive(process.address, &process.join(data.path(), "other"));
    other.catch_up(other.head);
    let unfolded = other.snapshots.iter().flat_map(|(document, bytes)| unfold(*document, bytes).unwrap());
    let reached: BTreeSet<ChangeHash> =
        unfolded.map(|change| change.hash()).chain(other.held.keys().map(|(_, hash)| *hash)).collect();
    assert!(before.is_subset(&reached));
}

#[test]
fn a_relay_whose_disk_was_wiped_goes_on_with_what_its_devices_hold() {
    let data = tempfile::tempdir().unwrap();
    let changes = [Pen::new("a").write_many(60), Pen::new("b").write_many(5)].concat();
    let process = Process::start(data.path());
    let (holder, key) = holder(&process, data.path(), &changes);
    let (before, entries) = (stored(data.path()), members(data.path(), &key));
    drop(process);
    fs::remove_dir_all(data.path()).unwrap();

    let process = Process::start(data.path());
    let mut stranger = Device::connect(process.address);
    let hello = key.hello(&stranger.challenge(), None);
    stranger.say(&hello);
    assert_eq!(stranger.is_ended(), Ended::Unknown, "nobody is known here");
    let list = Membership::verify(key.workspace, entries.iter().map(|entry| entry.as_slice())).unwrap();
    let guessed = recover(process.address, &Ticket::to_found([7; 16]).spelled(), &list, entries.clone());
    assert_eq!(guessed, Err((403, "invite_unknown".to_owned())));
    let link = process.secret.clone().unwrap();
    let short = recover(process.address, &link, &list, entries[..1].to_vec());
    assert_eq!(short, Err((403, "refused".to_owned())), "the list that was signed is another");
    recover(process.address, &link, &list, entries.clone()).unwrap();
    assert!(recover(process.address, &link, &list, entries).is_err(), "once");

    let mut holder = holder.return_as(process.address, &key);
    assert!(holder.anew);
    holder.give_back();
    assert_eq!(stored(data.path()), before, "no more and no less than there was");
    has_all(data.path(), &changes);
    let mut writer = Device::arrive(process.address, &Key::named(key.workspace, "writer"));
    writer.catch_up(before.len() as u64);
}

/// The list of members as every device holds it.
fn members(data: &Path, key: &Key) -> Vec<ByteVec> {
    let kept = Sqlite::open(data).unwrap().entries(key.workspace, 0).unwrap();
    kept.into_iter().map(|kept| kept.bytes.into()).collect()
}

#[test]
fn an_older_copy_is_noticed_even_when_its_log_has_grown_past_what_was_lost() {
    older_copy_is_noticed(true);
}

#[test]
fn an_older_copy_is_noticed_by_a_device_that_only_heard_that_its_push_is_stored() {
    older_copy_is_noticed(false);
}

fn older_copy_is_noticed(by_position: bool) {
    let data = tempfile::tempdir().unwrap();
    let old = tempfile::tempdir().unwrap();
    let (mut mine, mut yours) = (Pen::new("mine"), Pen::new("yours"));
    let first = mine.write_many(10);
    let process = Process::start(data.path());
    let key = process.found();
    let other = process.join(data.path(), "other");
    Device::arrive(process.address, &key).push(1, first.clone());
    process.stop();
    fs::copy(data.path().join("relay.db"), old.path().join("relay.db")).unwrap();

    // Acknowledged to the phone and then lost, as by a disk that is set back to an earlier day.
    let process = Process::start(data.path());
    let mut phone = Device::arrive(process.address, &key);
    let lost = mine.write_many(7);
    phone.push(1, lost.clone());
    if by_position {
        phone.catch_up(19);
    }
    process.stop();
    fs::copy(old.path().join("relay.db"), data.path().join("relay.db")).unwrap();

    // Somebody else writes more than was lost before the phone is heard of again.
    let process = Process::start(data.path());
    let since = yours.write_many(30);
    let mut tablet = Device::arrive(process.address, &other);
    tablet.catch_up(tablet.head);
    tablet.push(1, since.clone());
    let mut phone = phone.return_as(process.address, &key);
    assert!(phone.anew && phone.head > 19);
    phone.give_back();
    phone.catch_up(phone.head);
    has_all(data.path(), &[first, lost.clone(), since].concat());
    tablet.catch_up(stored(data.path()).len() as u64);
    assert!(lost.iter().all(|change| tablet.got.get(&(change.document, change.hash)) == Some(&1)));
}

#[test]
fn a_relay_that_lost_nothing_is_not_given_anything_again() {
    let data = tempfile::tempdir().unwrap();
    let process = Process::start(data.path());
    let key = process.found();
    let mut phone = Device::arrive(process.address, &key);
    phone.push(1, Pen::new("a").write_many(10));
    phone.catch_up(12);
    for _ in 0..3 {
        let process = Process::start(data.path());
        phone = phone.return_as(process.address, &key);
        assert!(!phone.anew);
        phone.hears_nothing();
    }
}
