//! Files over HTTP: in pieces, resumed, refused, after kills, and in backups.

use std::path::Path;
use std::time::{Duration, Instant};

use shared::id::{DealId, DocumentId, LogId, WorkspaceId};
use shared::membership::{Act, Membership};
use shared::model::{FileHash, Role};
use shared::wire::files::{PIECE_BYTES, Room, bearer};
use shared::wire::joining::decode;
use shared::wire::{Ended, Frame};
use sync_server::access::Roster;
use sync_server::config::{Allowance, Config};
use sync_server::store::{Log as _, Workspace};

use crate::device::Device;
use crate::http::{Files, ask};
use crate::key::{Key, amend};
use crate::pen::Pen;
use crate::process::{Process, signal, sluice};
use crate::running::{Running, found};

fn deal() -> DocumentId {
    DocumentId::Deal(DealId::minted("deal"))
}

/// Bytes that no two places have alike.
fn photo(length: usize) -> Vec<u8> {
    (0..length as u64).map(|at| (at.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 56) as u8).collect()
}

fn files(device: &Device, relay: &Running) -> Files {
    Files { relay: relay.address, pass: device.pass, document: deal() }
}

#[test]
fn a_file_goes_on_in_the_next_conversation_and_comes_to_others_in_pieces() {
    let relay = Running::start();
    let photo = photo(2 * PIECE_BYTES + 1000);
    let hash = FileHash::of(&photo);
    let phone = Device::arrive(relay.address, &relay.key("phone"));
    let sending = files(&phone, &relay);
    assert_eq!(sending.head(hash).progress(), (0, false));
    let first = sending.patch(hash, 0, photo.len(), &photo[..PIECE_BYTES]);
    assert_eq!((first.status, first.progress()), (204, (PIECE_BYTES as u64, false)));
    drop(phone);
    let phone = Device::arrive(relay.address, &relay.key("phone"));
    let again = files(&phone, &relay);
    assert_eq!(again.head(hash).progress(), (PIECE_BYTES as u64, false));
    let tablet = Device::arrive(relay.address, &relay.key_of("tablet", Role::Viewer));
    let seeing = files(&tablet, &relay);
    assert_eq!((seeing.get(hash, "0-9").status, seeing.get(hash, "0-9").code()), (404, "missing".to_owned()));
    assert_eq!(again.send(&photo).progress(), (photo.len() as u64, true));
    assert_eq!(again.send(&photo).progress(), (photo.len() as u64, true), "once more is nothing");
    assert_eq!(seeing.fetch(hash), photo);
    let piece = seeing.get(hash, "5-9");
    let all = photo.len();
    assert_eq!(piece.header("content-range"), Some(format!("bytes 5-9/{all}").as_str()));
    assert_eq!(piece.body, photo[5..10]);
    let beyond = [format!("{all}-"), format!("{all}-{}", all + 9)];
    assert_eq!(beyond.map(|range| seeing.get(hash, &range).status), [400, 416]);
    relay.stop();
}

#[test]
fn a_pass_ends_with_its_conversation_and_at_once_with_its_device() {
    let relay = Running::start();
    let key = relay.key("lost");
    let mut lost = Device::arrive(relay.address, &key);
    let sending = files(&lost, &relay);
    let hash = FileHash::of(b"hello");
    assert_eq!(sending.patch(hash, 0, 5, b"he").status, 204);
    let list: Membership = Roster::read(&*relay.store, relay.workspace).unwrap().list().clone();
    let remove = relay.owner().says(&list, Act::Remove { device: key.device });
    amend(relay.address, relay.workspace, &remove).unwrap();
    let refused = sending.patch(hash, 2, 5, b"llo");
    assert!(matches!(refused.status, 401 | 403), "{refused:?}");
    assert_eq!(lost.is_ended(), Ended::Removed);
    let other = Device::arrive(relay.address, &relay.key("other"));
    let seeing = files(&other, &relay);
    assert_eq!(seeing.head(hash).progress(), (2, false), "nothing came after the removal");
    drop(other);
    let patience = Instant::now() + Duration::from_secs(10);
    while seeing.head(hash).status != 401 {
        assert!(Instant::now() < patience, "a pass outlives its conversation");
    }
    for shown in ["", "Bearer ", "Bearer 00", &bearer(&[0; 32])] {
        let headers = [("Authorization", shown.to_owned())];
        assert_eq!(ask(relay.address, "GET", "/files", &headers, &[]).code(), "no_pass", "{shown:?}");
    }
    relay.stop();
}

#[test]
fn what_does_not_fit_or_may_not_be_is_refused_by_name() {
    let relay = Running::start();
    let rep = Device::arrive(relay.address, &relay.key("rep"));
    let viewer = Device::arrive(relay.address, &relay.key_of("viewer", Role::Viewer));
    let (sending, seeing) = (files(&rep, &relay), files(&viewer, &relay));
    let hash = FileHash::of(b"hello");
    assert_eq!(sending.patch(hash, 0, 5, b"he").status, 204);
    let own = Files { document: DocumentId::Workspace, ..sending };
    let big = vec![0; PIECE_BYTES + 1];
    for (answer, status, code) in [
        (seeing.patch(hash, 2, 5, b"llo"), 403, "forbidden"),
        (own.patch(hash, 0, 5, b"hello"), 403, "forbidden"),
        (sending.patch(hash, 3, 5, b"lo"), 409, "offset"),
        (sending.patch(hash, 0, 5, b"hello"), 409, "offset"),
        (sending.patch(hash, 2, 5, b""), 400, "request"),
        (sending.patch(hash, 2, 5, b"llo and more"), 400, "request"),
        (sending.patch(hash, 2, 26 * 1024 * 1024, b"llo"), 400, "request"),
        (sending.patch(hash, 2, PIECE_BYTES + 3, &big), 400, "request"),
        (sending.patch(hash, 2, 5, b"!!!"), 422, "damaged"),
    ] {
        assert_eq!((answer.status, answer.code().as_str()), (status, code), "{answer:?}");
        if status == 409 {
            assert_eq!(answer.progress(), (2, false));
        }
    }
    assert_eq!(sending.head(hash).progress(), (0, false), "what was damaged is gone");
    assert_eq!(sending.send(b"hello").progress(), (5, true));
    assert_eq!(seeing.fetch(hash), b"hello");
    relay.stop();
}

#[test]
fn another_workspace_sees_nothing_of_it() {
    let relay = Running::start();
    let phone = Device::arrive(relay.address, &relay.key("phone"));
    let hash = FileHash::of(b"hello");
    files(&phone, &relay).send(b"hello");
    let elsewhere = WorkspaceId::minted("elsewhere");
    relay.store.create_workspace(Workspace { id: elsewhere, log: LogId::minted("elsewhere") }).unwrap();
    found(&relay.store, elsewhere);
    let stranger = Device::arrive(relay.address, &Key::named(elsewhere, "owner"));
    let seeing = files(&stranger, &relay);
    assert_eq!((seeing.head(hash).progress(), seeing.get(hash, "0-9").status), ((0, false), 404));
    let (_, complete) = seeing.send(b"hello").progress();
    assert!(complete, "it keeps one of its own");
    relay.stop();
}

#[test]
fn no_path_leads_out_of_the_files() {
    let relay = Running::start();
    let phone = Device::arrive(relay.address, &relay.key("phone"));
    let headers = [
        ("Authorization", bearer(&phone.pass)),
        ("Upload-Offset", "0".to_owned()),
        ("Upload-Length", "5".to_owned()),
        ("Range", "bytes=0-9".to_owned()),
    ];
    let (hash, id) = (FileHash::of(b"hello"), DealId::minted("deal"));
    for path in [
        format!("/files/../relay.db/{hash}"),
        format!("/files/%2e%2e/%2e%2e/{hash}"),
        format!("/files/deal/..%2f..%2f{id}/{hash}"),
        format!("/files/deal%00/{id}/{hash}"),
        format!("/files/deal/{id}/{hash}.part"),
        format!("/files/deal/{id}/..%2f{hash}"),
        format!("/files//deal/{id}/{hash}"),
        "/files/%ff".to_owned(),
        "/files/deal".to_owned(),
    ] {
        for method in ["HEAD", "GET", "PATCH"] {
            let answer = ask(relay.address, method, &path, &headers, b"hello");
            assert!(matches!(answer.status, 400 | 404 | 405), "{method} {path}: {answer:?}");
        }
    }
    let inside: Vec<_> =
        std::fs::read_dir(relay.data.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(inside.iter().all(|name| name.to_string_lossy().starts_with("relay.db")), "{inside:?}");
    relay.stop();
}

#[test]
fn files_have_a_bound_of_their_own_and_share_one_with_changes() {
    let allowance = Allowance { workspace_bytes: 40_000, file_bytes: 20_000, ..Allowance::DEFAULT };
    let relay = Running::configured(Config { allowance, ..Config::default() });
    let mut phone = Device::arrive(relay.address, &relay.key("phone"));
    let sending = files(&phone, &relay);
    assert!(sending.send(&photo(15_000)).progress().1);
    let refused = sending.send(&photo(15_001));
    assert_eq!((refused.status, refused.code()), (507, "full".to_owned()));
    let shown = [("Authorization", bearer(&phone.pass))];
    let room: Room = decode(&ask(relay.address, "GET", "/files", &shown, &[]).body).unwrap();
    assert_eq!((room.files, room.files_allowed, room.all_allowed), (16_384, 20_000, 40_000));
    phone.push(1, Pen::new("a").write_many(3));
    let mut pen = Pen::new("b");
    let full = (2..).find_map(|number| {
        phone.say(&Frame::Push { number, entries: pen.write_many(20) });
        loop {
            match phone.hear() {
                Frame::Full { allowed, .. } => return Some(allowed),
                Frame::Stored { .. } => return None,
                _ => {}
            }
        }
    });
    assert_eq!(full, Some(40_000));
    let changes = relay.store.stored_bytes(relay.workspace).unwrap();
    assert!(changes < 30_000, "the file takes its room: {changes}");
    relay.stop();
}

fn run(data: &Path, arguments: &[&str]) -> (bool, String) {
    let output = sluice(data, arguments).stderr(std::process::Stdio::piped()).output().unwrap();
    (output.status.success(), String::from_utf8([output.stdout, output.stderr].concat()).unwrap())
}

#[test]
fn a_killed_relay_goes_on_where_it_was_and_keeps_what_it_said_was_whole() {
    let data = tempfile::tempdir().unwrap();
    let photo = photo(3 * PIECE_BYTES);
    let hash = FileHash::of(&photo);
    let mut process = Process::start(data.path());
    let key = process.found();
    for piece in 0..3 {
        let device = Device::arrive(process.address, &key);
        let sending = Files { relay: process.address, pass: device.pass, document: deal() };
        let from = piece * PIECE_BYTES;
        assert_eq!(sending.head(hash).progress(), (from as u64, false));
        let answer = sending.patch(hash, from, photo.len(), &photo[from..from + PIECE_BYTES]);
        assert_eq!(answer.progress(), ((from + PIECE_BYTES) as u64, piece == 2));
        signal(process.id(), "KILL");
        process = Process::start(data.path());
    }
    let device = Device::arrive(process.address, &key);
    let seeing = Files { relay: process.address, pass: device.pass, document: deal() };
    assert_eq!(seeing.fetch(hash), photo);
}

#[test]
fn a_backup_carries_files_and_a_check_holds_each_against_its_name() {
    let (data, kept) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let backup = kept.path().join("all.db").display().to_string();
    let process = Process::start(data.path());
    let key = process.found();
    let device = Device::arrive(process.address, &key);
    let sending = Files { relay: process.address, pass: device.pass, document: deal() };
    let photo = photo(300_000);
    assert!(sending.send(&photo).progress().1);
    sending.patch(FileHash::of(b"hello"), 0, 5, b"he");
    let (well, said) = run(data.path(), &["backup", &backup]);
    assert!(well && said.contains("1 files"), "{said}");

    let elsewhere = tempfile::tempdir().unwrap();
    let (well, said) = run(elsewhere.path(), &["restore", &backup]);
    assert!(well && said.contains("1 files"), "{said}");
    let restored = Process::start(elsewhere.path());
    let device = Device::arrive(restored.address, &key);
    let seeing = Files { relay: restored.address, pass: device.pass, document: deal() };
    assert_eq!(seeing.fetch(FileHash::of(&photo)), photo);
    assert_eq!(seeing.head(FileHash::of(b"hello")).progress(), (0, false), "parts are not carried");

    let path = data.path().join("files").join(key.workspace.to_string()).join(deal().to_string());
    let path = path.join(FileHash::of(&photo).to_string());
    let mut bytes = std::fs::read(&path).unwrap();
    bytes[7] ^= 1;
    std::fs::write(&path, bytes).unwrap();
    let (well, said) = run(data.path(), &["check"]);
    assert!(!well && said.contains(&format!("{}: file {} is damaged", deal(), FileHash::of(&photo))), "{said}");
    let broken = kept.path().join("broken.db").display().to_string();
    let (well, said) = run(data.path(), &["backup", &broken]);
    assert!(well && said.contains("is left out") && said.contains("0 files"), "{said}");
    let empty = tempfile::tempdir().unwrap();
    let (well, said) = run(empty.path(), &["restore", &broken]);
    assert!(well && said.contains("0 files"), "all else comes back: {said}");
}
