//! What the relay costs and how fast it is, with the real program. Slow, and about this machine: run with
//! `cargo test -p sync-server --test relay -- --ignored --nocapture --test-threads 1 bench`.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use shared::id::{LogId, WorkspaceId};
use shared::model::Role;
use shared::wire::{Entry, Frame};
use sync_server::access::{Roster, founding_ticket};
use sync_server::store::{Log as _, Sqlite, Workspace};

use crate::device::Device;
use crate::key::{Key, entering, invitation};
use crate::pen::Pen;
use crate::process::Process;

/// Connections whose memory is measured.
const MANY: usize = 2_000;
/// What one of them may cost.
const CONNECTION_BYTES: usize = 15 * 1024;
/// What a workspace that they use may cost on top.
const WORKSPACE_BYTES: usize = 2 * 1024;
/// A team.
const TEAM: usize = 50;

/// Where the devices of a measurement belong.
enum Spread {
    Together,
    Apart,
}

/// Lets so many devices in, without asking them to join; their keys.
fn let_in(data: &Path, count: usize, spread: &Spread) -> Vec<Key> {
    let store = Sqlite::open(data).unwrap();
    let names: Vec<String> = (0..count).map(|number| format!("device {number}")).collect();
    match spread {
        Spread::Together => team(&store, "together", &names),
        Spread::Apart => names.iter().flat_map(|name| team(&store, name, std::slice::from_ref(name))).collect(),
    }
}

/// A workspace with these devices, the first of which founds it.
fn team(store: &Sqlite, workspace: &str, names: &[String]) -> Vec<Key> {
    let id = WorkspaceId::minted(workspace);
    store.create_workspace(Workspace { id, log: LogId::minted(workspace) }).unwrap();
    let ticket = founding_ticket(store, id).unwrap().unwrap();
    let mut roster = Roster::read(store, id).unwrap();
    let keys: Vec<Key> = names.iter().map(|name| Key::named(id, name)).collect();
    roster.amend(store, entering(roster.list(), &ticket, keys[0].newcomer()).bytes()).unwrap();
    for key in &keys[1..] {
        let (ticket, invite) = invitation(roster.list(), &keys[0], Role::Rep, *key.device.as_bytes());
        roster.amend(store, invite.bytes()).unwrap();
        roster.amend(store, entering(roster.list(), &ticket, key.newcomer()).bytes()).unwrap();
    }
    keys
}

fn resident(process: &Process) -> usize {
    let status = fs::read_to_string(format!("/proc/{}/status", process.id())).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.trim().trim_end_matches(" kB").parse::<usize>().unwrap() * 1024
}

/// What each of many idle connections costs, of devices that got so many changes before.
fn idle(spread: &Spread, changes: usize) -> usize {
    let data = tempfile::tempdir().unwrap();
    drop(Process::start(data.path()));
    let keys = let_in(data.path(), MANY, spread);
    let process = Process::start(data.path());
    if changes > 0 {
        Device::arrive(process.address, &keys[0]).push(1, Pen::new("a").write_many(changes));
    }
    let arrive = |key: &Key| {
        let mut device = Device::arrive(process.address, key);
        device.catch_up(changes as u64);
        device
    };
    // What the first connections bring to life once is not theirs.
    let warm: Vec<Device> = keys[..50].iter().map(arrive).collect();
    std::thread::sleep(Duration::from_secs(1));
    let before = resident(&process);
    let rest: Vec<Device> = keys[50..].iter().map(arrive).collect();
    std::thread::sleep(Duration::from_secs(3));
    let each = (resident(&process) - before) / rest.len();
    drop((warm, rest));
    each
}

#[test]
#[ignore = "a measurement"]
fn memory_of_idle_connections() {
    rlimit::increase_nofile_limit(u64::MAX).unwrap();
    let (together, apart) = (idle(&Spread::Together, 0), idle(&Spread::Apart, 0));
    let caught_up = idle(&Spread::Together, 300);
    let workspace = apart.saturating_sub(together);
    println!("{MANY} idle connections: {together} bytes each; with a workspace each: {workspace} bytes more;");
    println!("after each got 300 changes: {caught_up} bytes each");
    assert!(together <= CONNECTION_BYTES, "{together} bytes for a connection");
    assert!(workspace <= WORKSPACE_BYTES, "{workspace} bytes for a workspace");
}

#[test]
#[ignore = "a measurement"]
fn acknowledged_changes_against_appending_to_a_file() {
    const PUSH: usize = 64;
    const PUSHES: usize = 100;
    const DEVICES: usize = 4;
    let data = tempfile::tempdir().unwrap();
    drop(Process::start(data.path()));
    let keys = let_in(data.path(), DEVICES, &Spread::Together);
    let process = Process::start(data.path());
    let work: Vec<Vec<Vec<Entry>>> = (0..DEVICES)
        .map(|device| {
            Pen::new(&device.to_string()).write_many(PUSH * PUSHES).chunks(PUSH).map(<[Entry]>::to_vec).collect()
        })
        .collect();
    let appended = append(&data.path().join("appended"), work.iter().flatten());
    let begun = Instant::now();
    std::thread::scope(|scope| {
        for (key, pushes) in keys.iter().zip(&work) {
            let mut device = Device::arrive(process.address, key);
            scope.spawn(move || push_all(&mut device, pushes));
        }
    });
    let changes = (PUSH * PUSHES * DEVICES) as f64;
    let acknowledged = changes / begun.elapsed().as_secs_f64();
    let appended = changes / appended.as_secs_f64();
    println!(
        "{acknowledged:.0} acknowledged changes/s; appending alone {appended:.0}/s; ratio {:.2}",
        acknowledged / appended
    );
}

/// Appends the same bytes to a file, and lets each push reach the disk.
fn append<'a>(path: &Path, pushes: impl Iterator<Item = &'a Vec<Entry>>) -> Duration {
    let (mut file, begun) = (File::create(path).unwrap(), Instant::now());
    for push in pushes {
        let bytes: Vec<u8> = push.iter().flat_map(|entry| entry.bytes.clone()).collect();
        file.write_all(&bytes).unwrap();
        file.sync_data().unwrap();
    }
    begun.elapsed()
}

/// Pushes with some on their way at once, as the app does.
fn push_all(device: &mut Device, pushes: &[Vec<Entry>]) {
    const WINDOW: usize = 4;
    let mut stored = 0;
    for (number, entries) in pushes.iter().enumerate() {
        device.say(&Frame::Push { number: number as u64, entries: entries.clone() });
        while number + 1 >= stored + WINDOW {
            stored += usize::from(matches!(device.hear(), Frame::Stored { .. }));
        }
    }
    while stored < pushes.len() {
        stored += usize::from(matches!(device.hear(), Frame::Stored { .. }));
    }
}

#[test]
#[ignore = "a measurement"]
fn last_delivery_to_a_team() {
    const EDITS: u64 = 200;
    let data = tempfile::tempdir().unwrap();
    drop(Process::start(data.path()));
    let keys = let_in(data.path(), TEAM, &Spread::Together);
    let process = Process::start(data.path());
    let mut devices: Vec<Device> = keys.iter().map(|key| Device::arrive(process.address, key)).collect();
    let head = devices[0].head;
    devices.iter_mut().for_each(|device| device.catch_up(head));
    let mut writer = devices.pop().unwrap();
    let (sent, arrivals): (Vec<Instant>, Vec<Vec<Instant>>) = std::thread::scope(|scope| {
        let reading: Vec<_> =
            devices.into_iter().map(|device| scope.spawn(move || arrivals(device, head, EDITS))).collect();
        let (mut pen, mut sent) = (Pen::new("a"), Vec::new());
        for number in 1..=EDITS {
            let entries = pen.write_many(1);
            sent.push(Instant::now());
            writer.push(number, entries);
            std::thread::sleep(Duration::from_millis(50));
        }
        (sent, reading.into_iter().map(|reading| reading.join().unwrap()).collect())
    });
    let mut last: Vec<Duration> =
        (0..sent.len()).map(|edit| arrivals.iter().map(|times| times[edit] - sent[edit]).max().unwrap()).collect();
    last.sort();
    println!("{TEAM} devices: last delivery p50 {:?}, p99 {:?}", last[last.len() / 2], last[last.len() * 99 / 100]);
}

/// When each of the next changes was here.
fn arrivals(mut device: Device, head: u64, edits: u64) -> Vec<Instant> {
    let mut times = Vec::new();
    for position in head + 1..=head + edits {
        device.catch_up(position);
        times.push(Instant::now());
    }
    times
}
