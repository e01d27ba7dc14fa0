//! Frames read back, stay small and in bounds, and what is none is refused by name.

use super::*;
use crate::id::DealId;

fn hello() -> Frame {
    let (workspace, device) = (WorkspaceId::minted("w"), DeviceId::minted("d"));
    let (log, signature) = (LogId::minted("log"), Signature([255; 64]));
    let stand = Some(Stand { log, after: 7, furthest: u64::MAX, under: u64::MAX });
    Frame::Hello { workspace, device, signature, members: u64::MAX, stand }
}

fn withdrawn() -> Withdrawn {
    Withdrawn { document: DocumentId::Deal(DealId::minted("d")), owner: Some(MemberId::minted("m")) }
}

fn entry(size: usize) -> Entry {
    Entry { document: DocumentId::Workspace, hash: ChangeHash([7; 32]), bytes: vec![1; size] }
}

#[test]
fn every_frame_reads_back() {
    let log = LogId::minted("log");
    for frame in [
        Frame::Challenge([7; 32]),
        hello(),
        Frame::Welcome { log, head: 9, members: 4, anew: true, pass: [7; 32] },
        Frame::Members { from: 3, entries: vec![vec![1, 2].into()] },
        Frame::Refused { number: 1, document: DocumentId::Workspace, needs: Role::Manager },
        Frame::AskSeen,
        Frame::Seen { devices: vec![(DeviceId::minted("d"), 5)] },
        Frame::Push { number: 1, entries: vec![entry(3)] },
        Frame::Log { upto: 4, entries: vec![entry(1), entry(2)] },
        Frame::Wholes {
            documents: vec![Whole { document: DocumentId::Workspace, snapshot: Some(vec![1, 2]), changes: vec![] }],
            left: 2,
            upto: None,
        },
        Frame::Stored { number: 1, upto: 5 },
        Frame::Full { number: 1, allowed: 5 },
        Frame::Forked { number: 1, document: DocumentId::Workspace, hash: ChangeHash([7; 32]) },
        Frame::Withdrawn { deals: vec![withdrawn()] },
        Frame::Sighted(7),
        Frame::End(Ended::Version(2)),
        Frame::End(Ended::Full(5)),
    ] {
        assert_eq!(Frame::decode(&frame.encode()), Ok(frame));
    }
}

#[test]
fn hello_and_welcome_stay_small() {
    let log = LogId::minted("log");
    assert!(hello().encode().len() < 200, "{}", hello().encode().len());
    let welcome = Frame::Welcome { log, head: u64::MAX, members: u64::MAX, anew: true, pass: [7; 32] }.encode();
    let challenge = Frame::Challenge([255; 32]).encode();
    assert!(welcome.len() + challenge.len() < 200, "{}", welcome.len() + challenge.len());
}

#[test]
fn bytes_that_are_not_a_frame_are_refused_by_name() {
    let good = Frame::Push { number: 1, entries: vec![entry(40)] }.encode();
    assert_eq!(Frame::decode(&[]), Err(FrameError::Empty));
    assert_eq!(Frame::decode(&vec![1; MAX_FRAME_BYTES + 1]), Err(FrameError::TooLarge(MAX_FRAME_BYTES + 1)));
    let mut other = good.clone();
    other[0] = WIRE_VERSION + 1;
    assert_eq!(Frame::decode(&other), Err(FrameError::Version(WIRE_VERSION + 1)));
    for cut in 1..good.len() {
        assert!(Frame::decode(&good[..cut]).is_err(), "cut at {cut}");
    }
    let mut tail = good;
    tail.push(0);
    assert!(matches!(Frame::decode(&tail), Err(FrameError::Malformed(_))));
    let many = Frame::Push { number: 1, entries: vec![entry(1); MAX_CHANGES + 1] };
    assert_eq!(Frame::decode(&many.encode()), Err(FrameError::Bounds));
    let large = Frame::Push { number: 1, entries: vec![entry(MAX_CHANGE_BYTES + 1)] };
    assert_eq!(Frame::decode(&large.encode()), Err(FrameError::Bounds));
    let long = Frame::Members { from: 0, entries: vec![vec![0; MAX_ENTRY_BYTES + 1].into()] };
    assert_eq!(Frame::decode(&long.encode()), Err(FrameError::Bounds));
}

#[test]
fn frames_are_filled_in_order_and_within_bounds() {
    let entries: Vec<Entry> = (0..1300).map(|_| entry(2000)).collect();
    let frames = fill_frames(entries);
    assert_eq!(frames.iter().map(Vec::len).sum::<usize>(), 1300);
    assert!(frames.iter().all(|frame| frame.len() <= MAX_CHANGES
        && Frame::Log { upto: 0, entries: frame.clone() }.encode().len() < MAX_FRAME_BYTES));
}
