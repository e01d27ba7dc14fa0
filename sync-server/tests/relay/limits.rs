//! Devices that ask for more than they may: each is told, and nobody else notices.

use std::time::{Duration, Instant};

use shared::id::DeviceId;
use shared::wire::{Ended, Frame};
use sync_server::config::{Allowance, Config};
use sync_server::store::Log as _;
use tokio_tungstenite::tungstenite::{Error, client};

use crate::device::Device;
use crate::key::Key;
use crate::pen::Pen;
use crate::running::Running;

fn relay(allowance: Allowance) -> Running {
    Running::configured(Config { allowance, ..Config::default() })
}

/// Sends so many pings and waits for all answers; how long that took.
fn pings(device: &mut Device, count: usize) -> Duration {
    let begun = Instant::now();
    (0..count).for_each(|_| device.say(&Frame::Ping));
    (0..count).for_each(|_| assert_eq!(device.hear(), Frame::Pong));
    begun.elapsed()
}

#[test]
fn a_device_that_sends_too_many_frames_is_heard_later_and_nobody_else_is() {
    let relay = relay(Allowance { frames_per_second: 20, ..Allowance::DEFAULT });
    let key = relay.key("flood");
    let mut flood = Device::arrive(relay.address, &key);
    let mut other = Device::arrive(relay.address, &relay.key("other"));
    // Two hundred may come at once, ten seconds' worth.
    assert!(pings(&mut flood, 180) < Duration::from_secs(1));
    std::thread::scope(|scope| {
        let flooding = scope.spawn(|| pings(&mut flood, 60));
        assert!(pings(&mut other, 100) < Duration::from_secs(1));
        let took = flooding.join().unwrap();
        assert!(took > Duration::from_millis(1500), "{took:?}");
    });
    let mut again = Device::arrive(relay.address, &key);
    assert!(pings(&mut again, 20) > Duration::from_millis(500), "connecting again does not forgive");
    relay.stop();
}

#[test]
fn a_device_that_sends_too_many_bytes_loses_none_of_them() {
    let relay = relay(Allowance { bytes_per_second: 20_000, ..Allowance::DEFAULT });
    let mut phone = Device::arrive(relay.address, &relay.key("phone"));
    let mut pen = Pen::new("a");
    let changes: Vec<_> = (0..24).map(|number| pen.write(&format!("{number} ").repeat(3_000))).collect();
    let bytes: usize = changes.iter().map(|change| change.bytes.len()).sum();
    let begun = Instant::now();
    for (change, number) in changes.iter().zip(1..) {
        phone.push(number, vec![change.clone()]);
    }
    // A text that repeats is stored as it is; the first ten seconds' worth costs no time.
    assert!(bytes < 200_000 || begun.elapsed() > Duration::from_millis((bytes as u64 - 200_000) / 40));
    let mut tablet = Device::arrive(relay.address, &relay.key("tablet"));
    tablet.catch_up(24);
    tablet.has_exactly(&changes);
    relay.stop();
}

#[test]
fn a_full_workspace_takes_nothing_more_and_still_tells_what_there_is() {
    let relay = relay(Allowance { workspace_bytes: 4_000, ..Allowance::DEFAULT });
    let mut phone = Device::arrive(relay.address, &relay.key("phone"));
    let mut pen = Pen::new("a");
    let refused = (1..).find_map(|number| {
        phone.say(&Frame::Push { number, entries: pen.write_many(5) });
        loop {
            match phone.hear() {
                Frame::Full { number: refused, allowed } => return Some((refused == number, allowed)),
                Frame::Stored { .. } => return None,
                frame => assert!(matches!(frame, Frame::Log { .. }), "{frame:?}"),
            }
        }
    });
    assert_eq!(refused, Some((true, 4_000)));
    let head = relay.store.head(relay.workspace).unwrap();
    assert!(relay.store.stored_bytes(relay.workspace).unwrap() < 6_000);
    phone.say(&Frame::Ping);
    while phone.hear() != Frame::Pong {}
    relay.store.append(relay.workspace, DeviceId::minted("import"), Pen::new("b").write_many(3)).unwrap();
    let mut tablet = Device::arrive(relay.address, &relay.key("tablet"));
    tablet.catch_up(head + 3);
    relay.stop();
}

#[test]
fn a_device_has_only_so_many_connections_and_other_devices_have_theirs() {
    let relay = relay(Allowance { connections_per_device: 2, ..Allowance::DEFAULT });
    let key = relay.key("phone");
    let first = Device::arrive(relay.address, &key);
    let _second = Device::arrive(relay.address, &key);
    let mut third = Device::arrive(relay.address, &key);
    assert_eq!(third.is_ended(), Ended::Crowded);
    Device::arrive(relay.address, &relay.key("tablet")).push(1, Pen::new("a").write_many(1));
    drop(first);
    while pushes_nothing(&relay, &key) {}
    relay.stop();
}

/// Whether the device is still told that it has too many connections.
fn pushes_nothing(relay: &Running, key: &Key) -> bool {
    let mut device = Device::arrive(relay.address, key);
    device.say(&Frame::Ping);
    loop {
        match device.hear() {
            Frame::Pong => return false,
            Frame::End(ended) => {
                assert_eq!(ended, Ended::Crowded);
                return true;
            }
            _ => {}
        }
    }
}

#[test]
fn beyond_all_connections_a_socket_is_not_opened() {
    let relay = relay(Allowance { connections: 2, ..Allowance::DEFAULT });
    let _here = [(); 2].map(|()| Device::arrive(relay.address, &relay.key("one")));
    let stream = std::net::TcpStream::connect(relay.address).unwrap();
    let refused = client(format!("ws://{}/sync", relay.address), stream).err().unwrap();
    let tokio_tungstenite::tungstenite::HandshakeError::Failure(Error::Http(answer)) = refused else {
        panic!("{refused}")
    };
    assert_eq!(answer.status(), 503);
    relay.stop();
}
