//! Devices that exchange changes.

use shared::id::{DeviceId, LogId};
use shared::wire::{Frame, MAX_CHANGES, Stand};
use sync_server::store::{Log as _, Snapshots as _, Sqlite};

use crate::device::Device;
use crate::pen::Pen;
use crate::running::Running;

#[test]
fn two_devices_exchange_changes() {
    let relay = Running::start();
    let mut phone = Device::arrive(relay.address, &relay.key("phone"));
    let mut tablet = Device::arrive(relay.address, &relay.key("tablet"));
    let (mine, yours) = (Pen::new("a").write_many(3), Pen::new("b").write_many(2));
    phone.push(1, mine.clone());
    tablet.catch_up(3);
    tablet.has_exactly(&mine);
    tablet.push(1, yours.clone());
    phone.catch_up(5);
    phone.has_exactly(&yours);
    relay.stop();
}

#[test]
fn pushing_twice_stores_once_and_is_acknowledged_twice() {
    let relay = Running::start();
    let mut phone = Device::arrive(relay.address, &relay.key("phone"));
    let mut tablet = Device::arrive(relay.address, &relay.key("tablet"));
    let mut changes = Pen::new("a").write_many(4);
    phone.push(1, changes[..3].to_vec());
    phone.push(2, changes.clone());
    tablet.push(1, changes.clone());
    changes.extend(Pen::new("b").write_many(1));
    phone.push(3, changes.clone());
    tablet.catch_up(5);
    tablet.has_exactly(&changes);
    relay.stop();
}

#[test]
fn reconnecting_with_nothing_new_is_one_small_frame_each_way() {
    let relay = Running::start();
    let (one, other) = (relay.key("phone"), relay.key("tablet"));
    let mut phone = Device::arrive(relay.address, &one);
    let mut tablet = Device::arrive(relay.address, &other);
    phone.push(1, Pen::new("a").write_many(20));
    phone.catch_up(20);
    tablet.catch_up(20);
    for (device, key) in [(phone, one), (tablet, other)] {
        let mut device = device.return_as(relay.address, &key);
        device.hears_nothing();
        assert!(device.bytes_heard < 200, "{} bytes", device.bytes_heard);
    }
    relay.stop();
}

#[test]
fn a_device_that_was_away_gets_only_what_it_lacks() {
    let relay = Running::start();
    let key = relay.key("tablet");
    let mut phone = Device::arrive(relay.address, &relay.key("phone"));
    let changes = Pen::new("a").write_many(50);
    phone.push(1, changes[..20].to_vec());
    let mut tablet = Device::arrive(relay.address, &key);
    tablet.catch_up(20);
    drop(tablet.send(tokio_tungstenite::tungstenite::Message::Close(None)));
    phone.push(2, changes[20..].to_vec());
    let mut tablet = tablet.return_as(relay.address, &key);
    tablet.catch_up(50);
    tablet.has_exactly(&changes);
    relay.stop();
}

#[test]
fn a_device_gets_its_own_changes_of_before_its_greeting_which_its_disk_may_have_lost() {
    let relay = Running::start();
    let key = relay.key("tablet");
    let theirs = Pen::new("a").write_many(3);
    Device::arrive(relay.address, &relay.key("phone")).push(1, theirs.clone());
    let mut tablet = Device::arrive(relay.address, &key);
    tablet.catch_up(3);
    let own = Pen::new("b").write_many(5);
    tablet.push(1, own.clone());
    // It may have heard of its own by now, and its disk knows nothing of that.
    tablet.position = 3;
    let mut tablet = tablet.return_as(relay.address, &key);
    tablet.catch_up(8);
    tablet.has_exactly(&[theirs, own].concat());
    tablet.push(2, Pen::new("c").write_many(2));
    tablet.catch_up(10);
    assert_eq!(tablet.got.len(), 8, "what it wrote since is on it");
    relay.stop();
}

#[test]
fn a_device_of_another_log_begins_anew() {
    let relay = Running::start();
    let key = relay.key("tablet");
    Device::arrive(relay.address, &relay.key("phone")).push(1, Pen::new("a").write_many(9));
    let mut tablet = Device::connect(relay.address);
    let stand = Stand { log: LogId::minted("another"), after: 7, furthest: 7, under: 0 };
    let hello = key.hello(&tablet.challenge(), Some(stand));
    tablet.say(&hello);
    let Frame::Welcome { log, head: 9, anew: true, .. } = tablet.hear() else { panic!("no welcome") };
    assert_ne!(log, LogId::minted("another"));
    tablet.catch_up(9);
    assert_eq!(tablet.got.len(), 9);
    relay.stop();
}

#[test]
fn a_new_device_gets_the_last_touched_documents_first() {
    let relay = Running::start();
    let mut phone = Device::arrive(relay.address, &relay.key("phone"));
    let mut pens: Vec<Pen> = (0..600).map(|number| Pen::new(&number.to_string())).collect();
    let changes: Vec<_> = pens.iter_mut().map(|pen| pen.write("first")).collect();
    let order: Vec<_> = changes.iter().rev().map(|change| change.document).collect();
    phone.push(1, changes[..300].to_vec());
    phone.push(2, changes[300..].to_vec());
    let mut tablet = Device::arrive(relay.address, &relay.key("tablet"));
    tablet.catch_up(600);
    assert_eq!(tablet.order, order);
    tablet.has_exactly(&changes);
    relay.stop();
}

#[test]
fn a_document_with_more_changes_than_a_frame_holds_arrives_whole() {
    let relay = Running::start();
    let changes = Pen::new("a").write_many(MAX_CHANGES * 2 + 30);
    relay.store.append(relay.workspace, DeviceId::minted("import"), changes.clone()).unwrap();
    let mut tablet = Device::arrive(relay.address, &relay.key("tablet"));
    tablet.catch_up(changes.len() as u64);
    tablet.has_exactly(&changes);
    relay.stop();
}

#[test]
fn a_long_document_reaches_a_new_device_as_a_snapshot_and_the_rest() {
    let patience =
        sync_server::config::Patience { folding: std::time::Duration::from_millis(20), ..Default::default() };
    let relay = Running::with(patience, None);
    let mut pen = Pen::new("a");
    let changes = pen.write_many(40);
    let document = changes[0].document;
    let mut phone = Device::arrive(relay.address, &relay.key("phone"));
    phone.push(1, changes);
    while relay.store.past(relay.workspace, document).unwrap().snapshot.is_none() {
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    let rest = pen.write_many(2);
    phone.push(2, rest.clone());
    let mut tablet = Device::arrive(relay.address, &relay.key("tablet"));
    tablet.catch_up(42);
    tablet.has_exactly(&rest);
    let [(_, snapshot)] = &tablet.snapshots[..] else { panic!("not one snapshot") };
    assert_eq!(automerge::Automerge::load(snapshot).unwrap().get_heads().len(), 2, "the first version and the pen's");
    relay.stop();
}

#[test]
fn a_slow_reader_holds_nobody_back_and_misses_nothing() {
    let relay = Running::start();
    let mut slow = Device::arrive(relay.address, &relay.key("slow"));
    let mut quick = Device::arrive(relay.address, &relay.key("quick"));
    let mut phone = Device::arrive(relay.address, &relay.key("phone"));
    let mut pen = Pen::new("a");
    // Far more than the system's socket buffers and the relay's memory take for one device.
    let changes: Vec<_> = (0..150).map(|number| pen.write(&format!("{number}").repeat(60_000))).collect();
    for (change, number) in changes.iter().zip(1..) {
        phone.push(number, vec![change.clone()]);
        quick.catch_up(number);
    }
    quick.has_exactly(&changes);
    slow.catch_up(150);
    slow.has_exactly(&changes);
    relay.stop();
}

#[test]
fn what_another_handle_appends_is_fanned_out() {
    let relay = Running::start();
    let mut phone = Device::arrive(relay.address, &relay.key("phone"));
    let mut pen = Pen::new("a");
    phone.push(1, pen.write_many(1));
    let outside = pen.write_many(3);
    let other = Sqlite::open(relay.data.path()).unwrap();
    other.append(relay.workspace, DeviceId::minted("import"), outside.clone()).unwrap();
    phone.catch_up(4);
    phone.has_exactly(&outside);
    phone.push(2, pen.write_many(1));
    phone.catch_up(5);
    relay.stop();
}
