//! A sound store, damaged in one way at a time: each is found, and named with its place.

use automerge::transaction::Transactable as _;
use automerge::{AutoCommit, ROOT};
use rusqlite::Connection;
use shared::change::Sealed;
use shared::document::fold;
use shared::id::{DealId, DeviceId, DocumentId, LogId};
use shared::wire::Entry;
use tempfile::TempDir;

use super::*;
use crate::store::{Log as _, Snapshot, Snapshots as _, Sqlite, Workspace};

/// What is done to the file, and what is said of it then: where, and what.
const DAMAGES: &[(&str, &[&str])] = &[
    (
        "UPDATE log SET bytes = zeroblob(9) WHERE position = 3",
        &["workspace: position 3: change ", "not a plain change"],
    ),
    (
        "UPDATE log SET bytes = (SELECT bytes FROM log WHERE position = 4) WHERE position = 3",
        &["workspace: position 3: change ", "does not match its hash"],
    ),
    ("UPDATE log SET hash = x'00' WHERE position = 6", &["workspace: position 6: the change's name is not a hash"]),
    ("DELETE FROM log WHERE position IN (2, 3)", &["nothing stands at the positions 2 to 3", "holds 2 changes"]),
    ("DELETE FROM log WHERE position > 6", &["the log ends at 6; when the relay last started it reached to 7"]),
    ("UPDATE log SET document = 77 WHERE position = 7", &["position 7: the change belongs to no document"]),
    ("UPDATE workspaces SET log = x'00'", &[": the log's name is not the one"]),
    ("DELETE FROM lives", &[": the log's name is not the one"]),
    ("INSERT INTO entries (workspace, place, at, bytes) VALUES (1, 0, 0, x'00')", &[": the list of members: "]),
    ("UPDATE workspaces SET id = x'00'", &["the workspace's name is not an id"]),
    ("UPDATE documents SET touched = 9", &["workspace: the document's row says it was last touched at 9", "says 7"]),
    ("UPDATE documents SET unfolded = 9", &["workspace: the document's row says that 9 changes", "log says 2"]),
    ("UPDATE documents SET name = 'x' WHERE name = 'workspace'", &["x: position 1: the document's name is not one"]),
    ("UPDATE snapshots SET bytes = x'00'", &["workspace: the snapshot's bytes are damaged"]),
    (
        "UPDATE snapshots SET bytes = x'00', digest = x'6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d'",
        &["workspace: the snapshot cannot be read"],
    ),
    ("UPDATE snapshots SET upto = 6", &["workspace: position 6: the snapshot up to 6 lacks this change"]),
    ("UPDATE snapshots SET upto = 4", &["workspace: the snapshot holds 1 changes that do not stand in the log"]),
    ("DELETE FROM owners", &["deal/", "the deal is noted as nothing; the document says nobody"]),
    ("UPDATE owners SET owner = zeroblob(16)", &["the deal is noted as 0000", "the document says nobody"]),
    ("INSERT INTO snapshots SELECT document, 3, digest, bytes, 1 FROM snapshots", &["several snapshots"]),
    ("DELETE FROM workspaces", &["the database file: a row of log belongs to a row of workspaces that is not there"]),
    ("DROP TABLE snapshots", &["the database file: no such table: snapshots"]),
];

/// Seven changes of two documents, five of them in a snapshot, and a relay that started once since.
fn sound() -> TempDir {
    let directory = tempfile::tempdir().unwrap();
    let store = Sqlite::open(directory.path()).unwrap();
    let id = WorkspaceId::minted("w");
    store.create_workspace(Workspace { id, log: LogId::minted("first") }).unwrap();
    let changes = changes(7);
    let entries = changes.iter().map(|change| Entry::new(DocumentId::Workspace, change.clone())).collect();
    store.append(id, DeviceId::minted("d"), entries).unwrap();
    let bytes = fold(DocumentId::Workspace, None, &changes[..5]).unwrap();
    store.propose(id, DocumentId::Workspace, &Snapshot { upto: 5, bytes }).unwrap();
    store.adopt(id, DocumentId::Workspace, 5).unwrap();
    store.rename_logs(&[Workspace { id, log: LogId::minted("second") }]).unwrap();
    let deal = Entry::new(DocumentId::Deal(DealId::minted("a")), changes[0].clone());
    store.append(id, DeviceId::minted("d"), vec![deal]).unwrap();
    directory
}

fn changes(count: i64) -> Vec<Sealed> {
    let mut doc = AutoCommit::new();
    let mut write = |number: i64| {
        doc.put(ROOT, "number", number).unwrap();
        Sealed::check(doc.get_last_local_change().unwrap().raw_bytes().to_vec()).unwrap()
    };
    (0..count).map(&mut write).collect()
}

fn damage(directory: &TempDir, how: &str) {
    let connection = Connection::open(RawFile::of(directory.path())).unwrap();
    connection.execute_batch(&format!("PRAGMA foreign_keys = OFF; {how}")).unwrap();
}

#[test]
fn sound_data_is_called_sound() {
    let report = check(sound().path()).unwrap();
    assert!(report.is_sound(), "{:?}", report.findings);
    assert_eq!((report.workspaces, report.documents, report.changes, report.snapshots), (1, 2, 8, 1));
}

#[test]
fn each_damage_is_named_with_its_place() {
    for (how, words) in DAMAGES {
        let directory = sound();
        damage(&directory, how);
        let report = check(directory.path()).unwrap();
        let said: Vec<String> = report.findings.iter().map(Finding::to_string).collect();
        let said = said.join("\n");
        for word in *words {
            assert!(said.contains(word), "{how}: {word:?} is not in:\n{said}");
        }
    }
}

#[test]
fn a_fork_that_an_older_relay_let_in_is_named() {
    let directory = tempfile::tempdir().unwrap();
    let store = Sqlite::open(directory.path()).unwrap();
    let id = WorkspaceId::minted("w");
    store.create_workspace(Workspace { id, log: LogId::minted("first") }).unwrap();
    for (document, text) in [(DocumentId::Workspace, "mine"), (DocumentId::Views, "yours")] {
        let mut doc = AutoCommit::new().with_actor(automerge::ActorId::from([7; 16]));
        doc.put(ROOT, "text", text).unwrap();
        let change = Sealed::check(doc.get_last_local_change().unwrap().raw_bytes().to_vec()).unwrap();
        store.append(id, DeviceId::minted("d"), vec![Entry::new(document, change)]).unwrap();
    }
    damage(&directory, "UPDATE log SET document = 1");
    let said: Vec<String> = check(directory.path()).unwrap().findings.iter().map(Finding::to_string).collect();
    let words = ["workspace: position 2: change ", "forks: the change at position 1 has its writer and number"];
    assert!(words.iter().all(|words| said[0].contains(words)), "{said:?}");
}

#[test]
fn a_file_whose_pages_are_overwritten_is_a_finding() {
    for at in [0, 4096, 3 * 4096] {
        let directory = sound();
        let path = RawFile::of(directory.path());
        damage(&directory, "PRAGMA wal_checkpoint(TRUNCATE)");
        let mut bytes = std::fs::read(&path).unwrap();
        bytes[at..at + 4096].fill(0x5a);
        std::fs::write(&path, bytes).unwrap();
        let report = check(directory.path()).unwrap();
        assert!(matches!(report.findings[0].problem, Problem::File(_)), "at {at}: {:?}", report.findings);
    }
}

#[test]
fn where_there_is_no_data_nothing_is_made() {
    let directory = tempfile::tempdir().unwrap();
    assert!(matches!(check(directory.path()), Err(StoreError::Directory { .. })));
    assert!(!RawFile::of(directory.path()).exists());
}

#[test]
fn a_report_reads_as_json() {
    let directory = sound();
    damage(&directory, "UPDATE log SET hash = x'00' WHERE position = 6");
    let json = serde_json::to_value(check(directory.path()).unwrap()).unwrap();
    let finding = &json["findings"][0];
    assert_eq!(finding["workspace"], WorkspaceId::minted("w").to_string());
    assert_eq!((&finding["document"], &finding["position"]), (&"workspace".into(), &6.into()));
    assert_eq!(finding["problem"], "the change's name is not a hash");
}
