//! The table of attacks: the file, the door, the answer, and how the file was forged.

use std::io::Write as _;

use e2e::forge::{CHANGE, Change, Columns, contain, contained, folded, signed, unsigned};
use e2e::world::World;
use flate2::Compression;
use flate2::write::DeflateEncoder;
use shared::change::Sealed;
use shared::wire::{MAX_CHANGES, WIRE_VERSION};

/// Where bytes come in.
#[derive(Clone, Copy)]
pub(crate) enum Door {
    /// As a frame on the socket.
    Frame,
    /// As a change, before anybody reads it.
    Change,
    /// As a folded past.
    Folded,
    /// As a change that keeps every limit and does not fit its document.
    Document,
}

type Attack = (&'static str, Door, &'static str, fn() -> Vec<u8>);

pub(crate) const ATTACKS: &[Attack] = &[
    // Automerge's own sync messages, which it panics at or hashes for hours over. Nothing here reads them.
    ("sync-no-bits", Door::Frame, "wire version 66", || vec![0x42, 0, 0, 1, 0, 3, 1, 0, 7, 0]),
    ("sync-many-probes", Door::Frame, "wire version 66", || {
        [vec![0x42, 0, 0, 1, 0, 8, 1, 10], unsigned(u64::from(u32::MAX)), vec![0, 0]].concat()
    }),
    // Arrays of CBOR that announce more than there is.
    ("frame-four-billion", Door::Frame, "cut short", || {
        vec![WIRE_VERSION, 0x82, 2, 0x82, 1, 0x9a, 0xff, 0xff, 0xff, 0xff]
    }),
    ("frame-long-bytes", Door::Frame, "cut short", || {
        [&[WIRE_VERSION, 0x82, 2, 0x82, 1, 0x81, 0x83, 0x69][..], b"workspace", &[0x5b, 0x7f], &[0xff; 7]].concat()
    }),
    ("frame-deep", Door::Frame, "malformed frame", || [vec![WIRE_VERSION], vec![0x81; 60_000]].concat()),
    ("frame-many", Door::Frame, "too many changes", || {
        let entry = [&[0x83, 0x69][..], b"workspace", &[0x58, 32], &[7; 32], &[0x41, 1]].concat();
        let count = MAX_CHANGES as u16 + 1;
        let head = [&[WIRE_VERSION, 0x82, 2, 0x82, 1, 0x99][..], &count.to_be_bytes()].concat();
        [head, entry.repeat(count.into())].concat()
    }),
    // Sixty thousand bytes that inflate to sixty million. A compressed change is never sent.
    ("change-inflates", Door::Change, "not a plain change", || contain(2, &deflated(60_000_000))),
    // One bit: Automerge would read another change and give it a name of its own.
    ("change-flipped", Door::Change, "does not match its hash", || {
        let mut bytes = Change::default().seal();
        *bytes.last_mut().expect("it has bytes") ^= 1;
        bytes
    }),
    ("change-cut", Door::Change, "cut short", || {
        let mut bytes = Change::default().seal();
        bytes.truncate(20);
        bytes
    }),
    // Runs: a few bytes that claim more rows than a machine has memory, or than a number holds.
    ("change-operations-without-end", Door::Change, "more operations than 20000", || {
        let run = |value: u8| [signed(1 << 62), vec![value]].concat();
        let keys = [signed(1 << 62), vec![1, b'a']].concat();
        sealed(vec![(0x15, keys), (0x34, unsigned(1 << 62)), (0x42, run(1)), (0x56, run(0)), (0x57, vec![])])
    }),
    ("change-rows-overflow", Door::Change, "more operations than 20000", || {
        let run = [signed(i64::MAX), vec![1]].concat();
        sealed(vec![(0x42, [run.clone(), run.clone(), run].concat())])
    }),
    ("change-rows-negative", Door::Change, "more operations than 20000", || {
        sealed(vec![(0x42, [signed(i64::MIN), vec![1]].concat())])
    }),
    ("change-preds-without-end", Door::Change, "more operations than 20000", || {
        let run = [signed(1 << 40), vec![0]].concat();
        sealed(vec![(0x70, [vec![0x7f], unsigned(1 << 40)].concat()), (0x71, run.clone()), (0x73, run)])
    }),
    // Automerge makes room for a text before it looks whether it is there.
    ("change-key-of-a-gigabyte", Door::Change, "a key is longer", || {
        sealed(vec![(0x15, [vec![0x7f], unsigned(999_999_999), vec![b'a']].concat())])
    }),
    ("change-long-key-many-times", Door::Change, "a key is longer", || {
        let key = vec![b'k'; 20_000];
        sealed(vec![(0x15, [signed(10_000), unsigned(20_000), key].concat())])
    }),
    // Numbers that do not fit where Automerge puts them: each panics it while reading.
    ("change-object-beyond-32-bits", Door::Change, "counts beyond", || {
        sealed(vec![(0x01, vec![0x7f, 0]), (0x02, [vec![0x7f], unsigned(1 << 33)].concat())])
    }),
    ("change-pred-beyond-32-bits", Door::Change, "counts beyond", || {
        let pred = [vec![0x7f], signed(1 << 33)].concat();
        sealed(vec![(0x70, vec![0x7f, 1]), (0x71, vec![0x7f, 0]), (0x73, pred)])
    }),
    ("change-actor-beyond-32-bits", Door::Change, "names a writer that it does not list", || {
        sealed(vec![(0x01, [vec![0x7f], unsigned(1 << 33)].concat()), (0x02, vec![0x7f, 1])])
    }),
    ("change-actor-not-listed", Door::Change, "names a writer that it does not list", || {
        sealed(vec![(0x70, vec![0x7f, 1]), (0x71, vec![0x7f, 7]), (0x73, vec![0x7f, 1])])
    }),
    ("change-starts-at-the-end", Door::Change, "counts beyond", || {
        Change { start: u64::from(u32::MAX) - 1, ..Change::default() }.seal()
    }),
    ("change-number-of-70-bits", Door::Change, "more than 64 bits", || sealed(vec![(0x42, vec![0xff; 12])])),
    // What documents here never do. Inserting after what is not there panics Automerge.
    ("change-makes-a-list", Door::Change, "does something that no document does", || {
        sealed(vec![(0x42, vec![0x7f, 2])])
    }),
    ("change-makes-a-text", Door::Change, "does something that no document does", || {
        sealed(vec![(0x42, vec![0x7f, 4])])
    }),
    ("change-steps-a-counter", Door::Change, "does something that no document does", || {
        sealed(vec![(0x42, vec![0x7f, 5])])
    }),
    ("change-inserts", Door::Change, "does something that no document does", || sealed(vec![(0x34, vec![0, 1])])),
    ("change-inserts-after-nothing", Door::Change, "column 17", || {
        sealed(vec![(0x11, vec![0x7f, 0]), (0x13, vec![0x7f, 5]), (0x15, vec![])])
    }),
    ("change-marks", Door::Change, "column 165", || sealed(vec![(0xa5, vec![0x7f, 1, b'b'])])),
    ("change-column-inflates", Door::Change, "column 95", || sealed(vec![(0x5f, deflated(60_000_000))])),
    ("change-columns-without-end", Door::Change, "column 4294967295", || {
        let sound = Change { columns: vec![], ..Change::default() }.seal();
        let (_, body) = contained(&sound).expect("the forge makes containers");
        let (_, head) = body.split_last().expect("a body has bytes");
        contain(CHANGE, &[head.to_vec(), unsigned(u64::MAX)].concat())
    }),
    ("change-values-longer-than-they-are", Door::Change, "not as long as they say", || {
        sealed(vec![(0x56, [vec![0x7f], unsigned((200_000 << 4) | 6)].concat())])
    }),
    ("change-value-of-no-kind", Door::Change, "not as long as they say", || sealed(vec![(0x56, vec![0x7f, 0x1f])])),
    // An author in a later change panics Automerge; here nothing follows the operations.
    ("change-names-an-author", Door::Change, "more follows", || {
        Change { number: 2, tail: vec![1, 1, 7], ..Change::default() }.seal()
    }),
    ("change-builds-on-thousands", Door::Change, "builds on more than", || {
        Change { dependencies: vec![[7; 32]; 1025], ..Change::default() }.seal()
    }),
    ("change-of-nobody", Door::Change, "its writer is nobody's name", || {
        Change { actor: vec![0; 16], ..Change::default() }.seal()
    }),
    ("change-of-a-long-name", Door::Change, "its writer is nobody's name", || {
        Change { actor: vec![7; 2000], ..Change::default() }.seal()
    }),
    ("change-names-thousands", Door::Change, "or more than 1024", || {
        Change { others: vec![vec![7; 16]; 1025], ..Change::default() }.seal()
    }),
    ("change-long-message", Door::Change, "its message is longer", || {
        Change { message: vec![b'm'; 64 * 1024 + 1], ..Change::default() }.seal()
    }),
    ("change-before-time", Door::Change, "before the year 1", || {
        Change { seconds: i64::MIN, ..Change::default() }.seal()
    }),
    // Every number is small, and yet each of these panics Automerge, or hides under another's operation.
    ("document-map-that-is-not-there", Door::Document, "a map that is not here", || {
        Change { start: 1, ..Change::default() }.with(vec![(0x01, vec![0x7f, 0]), (0x02, vec![0x7f, 3])]).seal()
    }),
    ("document-map-of-itself", Door::Document, "a map that is not here", || {
        let columns = vec![(0x01, vec![0x7f, 0]), (0x02, vec![0x7f, 1]), (0x42, vec![0x7f, 0]), (0x56, vec![0x7f, 0])];
        Change::default().with([columns, vec![(0x57, vec![])]].concat()).seal()
    }),
    ("document-writer-who-wrote-nothing", Door::Document, "a writer who wrote nothing here", || {
        Change { others: vec![vec![8; 16]], ..Change::default() }.seal()
    }),
    ("document-second-change-first", Door::Document, "not the next change of its writer", || {
        Change { number: 2, ..Change::default() }.seal()
    }),
    ("document-leaves-a-gap", Door::Document, "do not follow those it builds on", || {
        Change { start: 1_999_999, ..Change::default() }.seal()
    }),
    // Automerge tells a change again from what it kept of it, and panics where that is another.
    ("document-written-otherwise", Door::Document, "not written as Automerge writes it", || {
        sealed(vec![(0x42, vec![0x01, 0x01])])
    }),
    ("document-value-of-a-map", Door::Document, "not written as Automerge writes it", || {
        sealed(vec![(0x42, vec![0x7f, 0])])
    }),
    ("document-replaces-nothing", Door::Document, "a value that is not here", || {
        sealed(vec![(0x70, vec![0x7f, 1]), (0x71, vec![0x7f, 0]), (0x73, vec![0x7f, 1])])
    }),
    ("document-deletes-nothing", Door::Document, "a value that is not here", || {
        sealed(vec![(0x42, vec![0x7f, 3]), (0x56, vec![0x7f, 0]), (0x57, vec![])])
    }),
    // Folded pasts.
    ("folded-inflates", Door::Folded, "it inflates to more than", || {
        folded(&[], &vec![(0x3d, deflated(60_000_000))], &Columns::new())
    }),
    ("folded-does-not-inflate", Door::Folded, "or not at all", || {
        folded(&[], &vec![(0x3d, vec![0xff; 40])], &Columns::new())
    }),
    ("folded-rows-overflow", Door::Folded, "with its past", || {
        let run = [signed(i64::MAX), vec![1]].concat();
        folded(&[], &Columns::new(), &vec![(0x42, [run.clone(), run.clone(), run].concat())])
    }),
    ("folded-makes-a-list", Door::Folded, "does something that no document does", || {
        folded(&[], &Columns::new(), &vec![(0x42, vec![0x7f, 2])])
    }),
    ("folded-lacks-a-value", Door::Folded, "lacks its value", || {
        folded(&[], &Columns::new(), &vec![(0x42, vec![0, 5])])
    }),
    ("folded-builds-on-nothing", Door::Folded, "folds more than", || {
        folded(&[], &vec![(0x01, vec![0x7f, 0]), (0x40, vec![0x7f, 1]), (0x43, vec![0x7f, 7])], &Columns::new())
    }),
    ("folded-bundle", Door::Folded, "not a plain change", || contain(3, &[0; 40])),
    ("folded-flipped", Door::Folded, "does not match its hash", || {
        let mut bytes = World::new().folded();
        *bytes.last_mut().expect("it has bytes") ^= 1;
        bytes
    }),
    ("folded-and-more", Door::Folded, "cut short or has a tail", || [World::new().folded(), vec![0; 9]].concat()),
    // Merged unread, all of it stays in the document.
    ("folded-other-heads", Door::Folded, "mismatching heads", || {
        let bytes = World::new().folded();
        let (kind, body) = contained(&bytes).expect("a folded past is a container");
        let actors = usize::from(body[0]);
        let mut body = body.to_vec();
        body[2 + 17 * actors..][..32].fill(7);
        contain(kind, &body)
    }),
    // How far a change came is in no hash. Automerge keeps large changes in another way, without counting them.
    ("folded-came-further", Door::Folded, "do not follow those it builds on", || {
        let change = Change::default();
        let head = Sealed::check(change.seal()).expect("a sound change").hash().0;
        let changes = vec![
            (0x01, vec![0x7f, 0]),
            (0x03, vec![0x7f, 1]),
            (0x13, [vec![0x7f], signed(1_000)].concat()),
            (0x23, [vec![0x7f], signed(change.seconds)].concat()),
            (0x40, vec![0x7f, 0]),
            (0x56, vec![0x7f, 7]),
        ];
        let identities = [(0x21, vec![0x7f, 0]), (0x23, vec![0x7f, 1])];
        let mut operations: Columns = change.columns.into_iter().filter(|(column, _)| *column < 0x70).collect();
        operations.splice(1..1, identities);
        operations.push((0x80, vec![0x7f, 0]));
        folded(&[head], &changes, &operations)
    }),
];

fn sealed(columns: Columns) -> Vec<u8> {
    Change::default().with(columns).seal()
}

/// So many zeros, compressed.
fn deflated(length: usize) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&vec![0; length]).expect("a Vec takes every byte");
    encoder.finish().expect("a Vec takes every byte")
}
