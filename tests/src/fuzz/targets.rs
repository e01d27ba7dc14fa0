//! The doors that are thrown at: frames, stored bytes, the gate for changes, the list of members, files to import.

use std::path::Path;

use shared::change::{ChangeHash, Sealed};
use shared::id::{BatchId, DeviceId, DocumentId, LogId, WorkspaceId};
use shared::import::{Table, guess, plan};
use shared::limits::MAX_DOCUMENT_CHANGES;
use shared::membership::Signature;
use shared::replica::Piece;
use shared::stored::Card;
use shared::time::Timestamp;
use shared::wire::{Ended, Entry, Frame, Stand, Whole, Withdrawn};
use shared::workspace::Workspace;

use super::{Door, Target, list};
use crate::forge::{self, CHANGE, FOLDED, contain, contained};
use crate::world::{World, panicked};

/// All of them.
pub const TARGETS: [Target; 5] = [
    Target { name: "frame", corpus: frames, mend: |bytes| bytes, door: || Box::new(frame) },
    Target { name: "chunk", corpus: chunks, mend: |bytes| sealed(FOLDED, bytes), door: chunk },
    Target { name: "change", corpus: changes, mend: |bytes| sealed(CHANGE, bytes), door: change },
    Target { name: "list", corpus: list::corpus, mend: list::signed, door: list::door },
    Target { name: "import", corpus: tables, mend: |bytes| bytes, door: || Box::new(table) },
];

/// Files beside the known attacks, or beside the samples of other programs.
fn files(folder: &str, ending: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = folder.read_dir().expect("the folder is part of the project").flatten();
    let mut paths: Vec<_> =
        entries.map(|entry| entry.path()).filter(|path| path.to_string_lossy().ends_with(ending)).collect();
    // A seed means the same input on every machine.
    paths.sort();
    paths.iter().map(|path| std::fs::read(path).expect("it was just listed")).collect()
}

/// Puts what is in a container, or was to be, into one whose checksum fits. A card is none.
fn sealed(kind: u8, bytes: Vec<u8>) -> Vec<u8> {
    match contained(&bytes) {
        Some((_, body)) if bytes.starts_with(&[0x85, 0x6f]) => contain(kind, body),
        Some(_) | None => bytes,
    }
}

fn frames() -> Vec<Vec<u8>> {
    let entries: Vec<Entry> =
        World::new().changes().take(4).map(|(document, change)| Entry::new(document, change.clone())).collect();
    let log = LogId::minted("log");
    let whole = Whole { document: entries[0].document, snapshot: Some(vec![7; 9]), changes: entries.clone() };
    let said = [
        Frame::Challenge([7; 32]),
        hello(log),
        Frame::Welcome { log, head: 9, members: 3, anew: true, pass: [7; 32] },
        Frame::Members { from: 2, entries: vec![vec![7; 9].into()] },
        Frame::Push { number: 1, entries: entries.clone() },
        Frame::Stored { number: 1, upto: 2 },
        Frame::Forked { number: 1, document: DocumentId::Workspace, hash: ChangeHash([7; 32]) },
        Frame::Log { upto: 4, entries },
        Frame::Wholes { documents: vec![whole], left: 2, upto: Some(3) },
        Frame::Withdrawn { deals: vec![Withdrawn { document: DocumentId::Workspace, owner: None }] },
        Frame::Sighted(3),
        Frame::Ping,
        Frame::End(Ended::Malformed("why".to_owned())),
    ];
    said.iter().map(Frame::encode).chain(files("hostile", ".bin")).collect()
}

fn hello(log: LogId) -> Frame {
    let (workspace, device) = (WorkspaceId::minted("w"), DeviceId::minted("d"));
    Frame::Hello {
        workspace,
        device,
        signature: Signature([7; 64]),
        members: 3,
        stand: Some(Stand { log, after: 7, furthest: 9, under: 2 }),
    }
}

fn frame(bytes: &[u8]) {
    let Ok(frame) = Frame::decode(bytes) else { return };
    assert_eq!(Frame::decode(&frame.encode()).as_ref(), Ok(&frame), "a frame reads back");
    if let Frame::Push { entries, .. } | Frame::Log { entries, .. } = frame {
        entries.into_iter().for_each(|entry| drop(entry.open()));
    }
}

fn chunks() -> Vec<Vec<u8>> {
    let world = World::new();
    let cards = world.cards().map(|card| card.encode());
    cards.chain(world.pasts()).chain(files("hostile", ".bin")).collect()
}

fn chunk() -> Box<Door> {
    let mut world = World::new();
    Box::new(move |bytes| match bytes.first() {
        // Automerge's reader of whole documents panics at some of these. Only the relay sends them, after it read
        // them back itself, and what is in storage has its digest; so it is enough that the panic is caught.
        Some(0x85) => drop(world.meet(&Piece::Snapshot(bytes.to_vec()))),
        Some(_) | None => {
            let card = Card::decode(bytes);
            assert!(card.iter().all(|card| Card::decode(&card.encode()).as_ref() == Some(card)), "a card reads back");
        }
    })
}

fn changes() -> Vec<Vec<u8>> {
    let world = World::new();
    let honest = world.changes().map(|(_, change)| change.bytes().to_vec());
    honest.chain([forge::Change::default().seal()]).chain(files("hostile", ".bin")).collect()
}

fn change() -> Box<Door> {
    let mut world = World::new();
    Box::new(move |bytes| {
        if let Ok(sealed) = Sealed::check(bytes.to_vec()) {
            assert!(sealed.origin().number <= MAX_DOCUMENT_CHANGES, "whose it is stands in what was checked");
            let refused = world.meet(&Piece::Change(sealed));
            // A panic that is caught here would end the page in a browser, and again each time it is opened.
            assert!(!refused.iter().any(panicked), "{refused:?}");
        }
    })
}

fn tables() -> Vec<Vec<u8>> {
    files("../shared/tests/data/import", ".csv")
}

fn table(bytes: &[u8]) {
    let lossy = |bytes: &[u8], _| Some(String::from_utf8_lossy(bytes).into_owned());
    let Ok(table) = Table::read(bytes, lossy) else { return };
    let workspace = Workspace::default();
    let mapping = guess(&table, &workspace);
    let now = Timestamp::from_millis(1_790_000_000_000);
    drop(plan(&workspace, &table, &mapping, BatchId::minted("fuzz"), now));
}
