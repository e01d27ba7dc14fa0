//! Every attack that is known, as a file: each is refused by its own name, in little time and memory, leaves nothing
//! in the document, and the document goes on. `tests/hostile/README.md` says how a file is added.

mod attacks;

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use attacks::{ATTACKS, Door};
use e2e::forge::Change;
use peak_alloc::PeakAlloc;
use shared::change::Sealed;
use shared::id::{DocumentId, LeadId};
use shared::replica::{Actor, Piece, Replica};
use shared::wire::Frame;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

const MOST_BYTES: usize = 64 * 1024 * 1024;
const MOST_TIME: Duration = Duration::from_secs(2);

fn document() -> DocumentId {
    DocumentId::Lead(LeadId::minted("hostile"))
}

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("hostile").join(format!("{name}.bin"))
}

/// What is answered to bytes at a door; nothing if they are let in.
fn answer(door: Door, replica: &mut Replica, bytes: Vec<u8>) -> Option<String> {
    let piece = match door {
        Door::Frame => return Frame::decode(&bytes).err().map(|error| error.to_string()),
        Door::Change => return Sealed::check(bytes).err().map(|error| error.to_string()),
        Door::Folded => {
            // Of what comes to a document that holds something Automerge takes a part in silence.
            replica.receive(document(), vec![honest()]);
            Piece::Snapshot(bytes)
        }
        Door::Document => Piece::Change(Sealed::check(bytes).expect("it gets as far as the document")),
    };
    let (_, damaged) = replica.receive(document(), vec![piece]);
    damaged.first().map(|damaged| damaged.error.to_string())
}

fn honest() -> Piece {
    Piece::Change(Sealed::check(Change { actor: vec![5; 16], ..Change::default() }.seal()).expect("a sound change"))
}

/// One test, because memory is counted for the whole process.
#[test]
fn every_attack_is_refused_by_name_and_the_document_goes_on() {
    let mut alone = Replica::new(Actor([1; 16]));
    alone.receive(document(), vec![honest()]);
    let untouched = alone.card(document());
    for (name, door, says, _) in ATTACKS {
        let bytes = std::fs::read(file(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        let mut replica = Replica::new(Actor([1; 16]));
        MEMORY.reset_peak_usage();
        let (before, start) = (MEMORY.current_usage(), Instant::now());
        let answer = answer(*door, &mut replica, bytes);
        let (took, peak) = (start.elapsed(), MEMORY.peak_usage().saturating_sub(before));
        assert!(answer.as_deref().is_some_and(|answer| answer.contains(says)), "{name}: {answer:?} should say {says}");
        assert!(took < MOST_TIME, "{name} took {took:?}");
        assert!(peak < MOST_BYTES, "{name} took {peak} bytes");
        let (_, damaged) = replica.receive(document(), vec![honest()]);
        assert_eq!(damaged, [], "after {name}");
        assert_eq!(replica.card(document()), untouched, "{name} left something");
    }
}

#[test]
fn the_forge_writes_sound_changes_too() {
    assert_eq!(Replica::new(Actor([1; 16])).receive(document(), vec![honest()]).1, []);
}

#[test]
#[ignore = "writes the files of attacks that have none yet"]
fn files_are_written() {
    for (name, _, _, forge) in ATTACKS {
        if !file(name).exists() {
            std::fs::write(file(name), forge()).expect("the folder can be written");
        }
    }
}
