//! What the relay costs and how fast it is, with the real program. Slow, and about this machine: run with
//! `cargo test -p sync-server --test relay -- --ignored --nocapture --test-threads 1 bench`.

use std::fs::{self, File};
use std::io::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::Connection;
use shared::id::{DeviceId, LogId, MemberId, WorkspaceId};
use shared::wire::{Entry, Frame};
use sync_server::access::Digest;

use crate::device::Device;
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

/// Lets so many devices in, without asking them to join; their tokens.
fn let_in(data: &Path, count: usize, spread: &Spread) -> Vec<String> {
    let mut connection = Connection::open(data.join("relay.db")).unwrap();
    let transaction = connection.transaction().unwrap();
    let tokens: Vec<String> = (0..count).map(|number| format!("token {number}")).collect();
    for token in &tokens {
        let workspace = match spread {
            Spread::Together => WorkspaceId::minted("together"),
            Spread::Apart => WorkspaceId::minted(token),
        };
        let (id, log) = (workspace.as_bytes(), LogId::minted(&workspace.to_string()));
        transaction
            .execute("INSERT OR IGNORE INTO workspaces (id, log) VALUES (?1, ?2)", (id, log.as_bytes()))
            .unwrap();
        let insert = "INSERT INTO devices (id, workspace, token, member, role, name, seen)
            SELECT ?1, number, ?2, ?3, 'rep', 'd', 0 FROM workspaces WHERE id = ?4";
        let (device, member) = (DeviceId::minted(token), MemberId::minted(token));
        transaction.execute(insert, (device.as_bytes(), Digest::of(token).0, member.as_bytes(), id)).unwrap();
    }
    transaction.commit().unwrap();
    tokens
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
    let tokens = let_in(data.path(), MANY, spread);
    let process = Process::start(data.path());
    if changes > 0 {
        Device::arrive(process.address, &tokens[0]).push(1, Pen::new("a").write_many(changes));
    }
    let arrive = |token: &String| {
        let mut device = Device::arrive(process.address, token);
        device.catch_up(changes as u64);
        device
    };
    // What the first connections bring to life once is not theirs.
    let warm: Vec<Device> = tokens[..50].iter().map(arrive).collect();
    std::thread::sleep(Duration::from_secs(1));
    let before = resident(&process);
    let rest: Vec<Device> = tokens[50..].iter().map(arrive).collect();
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
    let tokens = let_in(data.path(), DEVICES, &Spread::Together);
    let process = Process::start(data.path());
    let work: Vec<Vec<Vec<Entry>>> = (0..DEVICES)
        .map(|device| {
            Pen::new(&device.to_string()).write_many(PUSH * PUSHES).chunks(PUSH).map(<[Entry]>::to_vec).collect()
        })
        .collect();
    let appended = append(&data.path().join("appended"), work.iter().flatten());
    let begun = Instant::now();
    std::thread::scope(|scope| {
        for (token, pushes) in tokens.iter().zip(&work) {
            let mut device = Device::arrive(process.address, token);
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
    let tokens = let_in(data.path(), TEAM, &Spread::Together);
    let process = Process::start(data.path());
    let mut devices: Vec<Device> = tokens.iter().map(|token| Device::arrive(process.address, token)).collect();
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
