//! The relay stopped, politely and not: nothing it acknowledged is ever missing or doubled.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::time::Duration;

use shared::change::ChangeHash;
use shared::id::DeviceId;
use shared::wire::{Ended, Entry, Frame};
use sync_server::access::first_workspace;
use sync_server::store::{Limits, Log as _, Logged, Sqlite};
use tokio_tungstenite::tungstenite::Message;

use crate::device::Device;
use crate::key::{self, Key};
use crate::pen::Pen;
use crate::process::{Process, signal, sluice};

/// Pushes on their way at once.
const WINDOW: usize = 6;
/// How often it is killed, unless `KILLS` says more for a long look.
const ROUNDS: u64 = 12;

/// Splitmix64: small, seeded, the same everywhere.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % bound
    }
}

#[test]
fn killed_while_a_thousand_changes_are_pushed_it_keeps_every_acknowledged_one_once() {
    let mut interrupted = 0;
    let rounds = std::env::var("KILLS").map_or(ROUNDS, |kills| kills.parse().unwrap());
    for seed in 0..rounds {
        println!("seed {seed}");
        let data = tempfile::tempdir().unwrap();
        let mut dice = Dice(seed);
        let pushes = pushes(&mut dice);
        let process = Process::start(data.path());
        let key = process.found();
        let founded = stored(data.path()).len();
        let acknowledged = push_until_killed(&process, &key, &pushes, &mut dice);
        drop(process);
        interrupted += u64::from(!acknowledged.is_empty() && acknowledged.len() < pushes.len());
        restarted_has_all(data.path(), &key, &pushes, &acknowledged);
        stored_once(&stored(data.path())[founded..], founded as u64, &pushes.concat());
    }
    assert!(6 * interrupted >= 5 * rounds, "only {interrupted} of {rounds} were killed in the middle of the pushing");
}

/// A thousand changes of fifty deals, in pushes of one to twenty.
fn pushes(dice: &mut Dice) -> Vec<Vec<Entry>> {
    let mut pens: Vec<Pen> = (0..50).map(|deal| Pen::new(&deal.to_string())).collect();
    let mut changes: Vec<Entry> = (0..1000).map(|number| pens[number % 50].write(&number.to_string())).collect();
    let mut pushes = Vec::new();
    while !changes.is_empty() {
        let rest = changes.split_off(changes.len().min(1 + dice.below(20) as usize));
        pushes.push(std::mem::replace(&mut changes, rest));
    }
    pushes
}

/// Returns the numbers of the pushes that were acknowledged before the relay died.
fn push_until_killed(process: &Process, key: &Key, pushes: &[Vec<Entry>], dice: &mut Dice) -> BTreeSet<usize> {
    let mut device = Device::arrive(process.address, key);
    let fatal = 1 + dice.below(pushes.len() as u64 - 10) as usize;
    let moment = Duration::from_micros(dice.below(1_000));
    let mut acknowledged = BTreeSet::new();
    for (number, entries) in pushes.iter().enumerate() {
        if number == fatal {
            let id = process.id();
            std::thread::spawn(move || {
                std::thread::sleep(moment);
                signal(id, "KILL");
            });
        }
        let push = Frame::Push { number: number as u64, entries: entries.clone() };
        if device.send(Message::Binary(push.encode().into())).is_err() {
            break;
        }
        if number >= WINDOW && !hears_until(&mut device, &mut acknowledged, number - WINDOW) {
            break;
        }
    }
    // Whatever the relay still managed to say before it died counts.
    while hears_one(&mut device, &mut acknowledged) {}
    acknowledged
}

fn hears_until(device: &mut Device, acknowledged: &mut BTreeSet<usize>, number: usize) -> bool {
    while !acknowledged.contains(&number) {
        if !hears_one(device, acknowledged) {
            return false;
        }
    }
    true
}

fn hears_one(device: &mut Device, acknowledged: &mut BTreeSet<usize>) -> bool {
    match device.try_hear() {
        Ok(Frame::Stored { number, .. }) => acknowledged.insert(number as usize),
        Ok(_) => true,
        Err(_) => false,
    }
}

fn restarted_has_all(data: &Path, key: &Key, pushes: &[Vec<Entry>], acknowledged: &BTreeSet<usize>) {
    let process = Process::start(data);
    let mut reader = Device::arrive(process.address, &process.join(data, "reader"));
    reader.catch_up(reader.head);
    for entry in acknowledged.iter().flat_map(|number| &pushes[*number]) {
        assert_eq!(reader.got.get(&(entry.document, entry.hash)), Some(&1), "{} is missing", entry.hash);
    }
    let mut device = Device::arrive(process.address, key);
    device.catch_up(device.head);
    for (number, entries) in pushes.iter().enumerate() {
        device.push(number as u64, entries.clone());
    }
    reader.catch_up(stored(data).len() as u64);
    reader.has_exactly(&pushes.concat());
}

/// The log itself, read from the file.
fn stored(data: &Path) -> Vec<Logged> {
    let store = Sqlite::open(data).unwrap();
    let workspace = first_workspace(&store).unwrap().id;
    store.since(workspace, 0, Limits { changes: 5000, bytes: usize::MAX }).unwrap()
}

/// A thousand positions without a gap, a thousand changes, each as it was pushed.
fn stored_once(log: &[Logged], founded: u64, changes: &[Entry]) {
    let positions: Vec<u64> = log.iter().map(|logged| logged.position - founded).collect();
    assert_eq!(positions, (1..=1000).collect::<Vec<_>>());
    let stored: BTreeMap<ChangeHash, &[u8]> =
        log.iter().map(|logged| (logged.entry.hash, &*logged.entry.bytes)).collect();
    assert!(stored == changes.iter().map(|entry| (entry.hash, &*entry.bytes)).collect());
}

#[test]
fn told_to_stop_it_tells_its_devices_and_ends_well() {
    for name in ["TERM", "INT"] {
        let data = tempfile::tempdir().unwrap();
        let process = Process::start(data.path());
        let mut device = Device::arrive(process.address, &process.found());
        device.push(1, Pen::new("a").write_many(3));
        signal(process.id(), name);
        assert_eq!(device.is_ended(), Ended::Unavailable);
        assert!(process.ended_well());
        assert!(!data.path().join("relay.db-wal").exists(), "the store was not closed");
    }
}

#[test]
fn only_the_newest_start_link_founds_and_then_the_console_makes_more() {
    let data = tempfile::tempdir().unwrap();
    let first = Process::start(data.path()).secret.clone().unwrap();
    let process = Process::start(data.path());
    let refused = key::join(process.address, &first, "late").err();
    assert_eq!(refused, Some((403, "invite_unknown".to_owned())));
    process.found();
    let again = key::join(process.address, process.secret.as_ref().unwrap(), "again").err();
    assert_eq!(again, Some((403, "invite_used".to_owned())));
    process.join(data.path(), "colleague");
    let owner = sluice(data.path(), &["invite", "--role", "owner"]).output().unwrap();
    assert!(!owner.status.success(), "the console is a manager");
    drop(process);
    assert_eq!(Process::start(data.path()).secret, None, "nothing is to be founded any more");
}

#[test]
fn what_another_process_appends_while_it_serves_reaches_its_devices() {
    let data = tempfile::tempdir().unwrap();
    let process = Process::start(data.path());
    let mut device = Device::arrive(process.address, &process.found());
    let store = Sqlite::open(data.path()).unwrap();
    let workspace = first_workspace(&store).unwrap().id;
    let (imported, mut mine) = (Pen::new("a").write_many(700), Pen::new("mine"));
    for part in imported.chunks(100) {
        store.append(workspace, DeviceId::minted("import"), part.to_vec()).unwrap();
        device.push(1, mine.write_many(1));
    }
    device.catch_up(stored(data.path()).len() as u64);
    device.has_exactly(&imported);
}
