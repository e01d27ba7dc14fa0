//! The files on a disk of their own: pieces, bounds, damage, and what a killed relay leaves.

use std::time::Duration;

use shared::id::DealId;
use tempfile::TempDir;

use super::disk::LEAST;
use super::*;

const ROOM: u64 = 1 << 20;

fn place(bytes: &[u8]) -> Place {
    let (workspace, document) = (WorkspaceId::minted("w"), DocumentId::Deal(DealId::minted("d")));
    Place { workspace, document, hash: FileHash::of(bytes) }
}

fn fresh() -> (TempDir, Files) {
    let directory = tempfile::tempdir().unwrap();
    let files = Files::of(directory.path());
    (directory, files)
}

fn piece(offset: u64, length: u64, bytes: &[u8]) -> Piece<'_> {
    Piece { offset, length, bytes }
}

#[test]
fn a_file_comes_in_pieces_and_goes_on_after_a_restart() {
    let (directory, files) = fresh();
    let place = place(b"hello world");
    assert_eq!(files.progress(&place).unwrap(), Progress::default());
    let first = files.append(&place, piece(0, 11, b"hello "), ROOM).unwrap();
    assert_eq!(first, Progress { has: 6, complete: false });
    let files = Files::of(directory.path());
    assert_eq!(files.progress(&place).unwrap(), first);
    assert!(files.read(&place, 0, 99).unwrap().is_none(), "half a file is not given");
    let whole = Progress { has: 11, complete: true };
    assert_eq!(files.append(&place, piece(6, 11, b"world"), ROOM).unwrap(), whole);
    assert_eq!(files.append(&place, piece(0, 11, b"hello"), ROOM).unwrap(), whole, "once is enough");
    assert_eq!(files.read(&place, 6, 3).unwrap(), Some((b"wor".to_vec(), 11)));
    assert_eq!(files.read(&place, 99, 3).unwrap(), Some((Vec::new(), 11)));
    assert_eq!(files.bytes(place.workspace).unwrap(), LEAST);
}

#[test]
fn pieces_that_do_not_fit_are_refused_and_change_nothing() {
    let (_directory, files) = fresh();
    let place = place(b"hello world");
    files.append(&place, piece(0, 11, b"hello "), ROOM).unwrap();
    let too_long = MAX_FILE_BYTES as u64 + 1;
    let cases: [(Piece<'_>, u64, &str); 7] = [
        (piece(7, 11, b"orld"), ROOM, "6 bytes of this file are here"),
        (piece(0, 11, b"hello "), ROOM, "6 bytes of this file are here"),
        (piece(6, 11, b""), ROOM, "at least one byte"),
        (piece(6, 11, b"world!"), ROOM, "ends within its file"),
        (piece(6, 0, b"world"), ROOM, "ends within its file"),
        (piece(6, too_long, b"world"), ROOM, "25 MiB at most"),
        (piece(6, 11, b"world"), LEAST - 1, "may have 4095 bytes"),
    ];
    for (piece, allowed, words) in cases {
        let refused = files.append(&place, piece, allowed).unwrap_err().to_string();
        assert!(refused.contains(words), "{refused}");
        assert_eq!(files.progress(&place).unwrap().has, 6);
    }
    assert!(files.append(&place, piece(6, 11, b"world"), ROOM).unwrap().complete);
}

#[test]
fn what_is_not_its_name_is_dropped() {
    let (_directory, files) = fresh();
    let place = place(b"hello");
    let refused = files.append(&place, piece(0, 5, b"hallo"), ROOM);
    assert!(matches!(refused, Err(FileRefusal::Damaged)), "{refused:?}");
    assert_eq!((files.progress(&place).unwrap(), files.bytes(place.workspace).unwrap()), (Progress::default(), 0));
    assert!(files.append(&place, piece(0, 5, b"hello"), ROOM).unwrap().complete);
}

#[test]
fn a_part_that_is_whole_is_looked_at_and_one_that_is_too_long_begins_anew() {
    let (directory, files) = fresh();
    let place = place(b"hello");
    files.append(&place, piece(0, 5, b"he"), ROOM).unwrap();
    let part = directory.path().join("files").join(place.workspace.to_string()).join(place.document.to_string());
    let part = part.join(format!("{}.part", place.hash));
    fs::write(&part, "hello and more").unwrap();
    let refused = files.append(&place, piece(2, 5, b"llo"), ROOM);
    assert!(matches!(refused, Err(FileRefusal::Offset(Progress { has: 0, .. }))), "{refused:?}");
    files.append(&place, piece(0, 5, b"he"), ROOM).unwrap();
    fs::write(&part, "hello").unwrap();
    assert_eq!(files.progress(&place).unwrap(), Progress { has: 5, complete: false }, "killed before it was looked at");
    assert_eq!(files.append(&place, piece(5, 5, b""), ROOM).unwrap(), Progress { has: 5, complete: true });
}

#[test]
fn a_workspace_is_full_before_a_file_that_will_not_fit_is_sent() {
    let (_directory, files) = fresh();
    let (one, other) = (place(b"one"), place(b"other"));
    files.append(&one, piece(0, 3, b"one"), 2 * LEAST).unwrap();
    let refused = files.append(&other, piece(0, LEAST + 1, b"o"), 2 * LEAST);
    assert!(matches!(refused, Err(FileRefusal::Full { .. })), "{refused:?}");
    files.append(&other, piece(0, 5, b"ot"), 2 * LEAST).unwrap();
    assert!(files.append(&other, piece(2, 5, b"her"), 2 * LEAST).unwrap().complete, "its own part costs nothing more");
}

#[test]
fn parts_that_nobody_goes_on_with_are_taken_away() {
    let (_directory, files) = fresh();
    files.append(&place(b"whole"), piece(0, 5, b"whole"), ROOM).unwrap();
    files.append(&place(b"hello"), piece(0, 5, b"he"), ROOM).unwrap();
    let now = SystemTime::now();
    assert_eq!(files.drop_left(now - Duration::from_secs(60)).unwrap(), 0);
    assert_eq!(files.drop_left(now + Duration::from_secs(60)).unwrap(), 1);
    assert_eq!(files.progress(&place(b"hello")).unwrap(), Progress::default());
    assert!(files.progress(&place(b"whole")).unwrap().complete);
    assert_eq!(files.bytes(place(b"").workspace).unwrap(), LEAST);
}

#[test]
fn what_lies_there_is_read_back_and_strangers_are_named() {
    let (directory, files) = fresh();
    files.append(&place(b"whole"), piece(0, 5, b"whole"), ROOM).unwrap();
    files.append(&place(b"hello"), piece(0, 5, b"he"), ROOM).unwrap();
    fs::write(directory.path().join("files/notes.txt"), "mine").unwrap();
    let (mut wholes, mut strays, mut parts) = (Vec::new(), Vec::new(), Vec::new());
    let all = files.each(|found| {
        match found {
            Found::Whole(place, _) => wholes.push(place),
            Found::Stray(stray) => strays.push(stray),
            Found::Part(place) => parts.push(place),
        }
        Ok::<(), FileRefusal>(())
    });
    all.unwrap();
    assert_eq!((wholes, parts), (vec![place(b"whole")], vec![place(b"hello")]));
    assert_eq!(strays, [Stray("notes.txt".to_owned())]);
}
