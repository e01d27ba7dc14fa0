//! Frames that belong together, such as whole documents and what is said before and after them.

use std::collections::VecDeque;

use shared::id::{DocumentId, WorkspaceId};
use shared::membership::Horizon;
use shared::wire::{Entry, Frame, MAX_CHANGES, Position, Whole, Withdrawn, fill_frames};

use super::{FILL, Outlook};
use crate::error::Error;
use crate::ownership::is_owned;
use crate::store::{Past, Store};

/// What is on its way.
pub(super) struct Delivery {
    /// What is said first.
    first: VecDeque<Frame>,
    /// The documents that follow.
    left: VecDeque<DocumentId>,
    pub(super) end: End,
}

/// With what a delivery ends.
pub(super) enum End {
    /// The device has all documents as they were when the log stood here.
    All(Position),
    /// The log goes on. Nothing is said if there is nothing worth a frame.
    Log { upto: Position, entries: Vec<Entry>, is_worth: bool },
    /// The device has all that it sees now.
    Sighted(Outlook),
}

/// A step of a delivery.
pub(super) enum Step {
    /// To be said; more follows.
    Say(Frame),
    /// To be said, and then all is there up to a position.
    Last(Frame, Position),
    /// Nothing is left but the end.
    Over,
}

impl Delivery {
    pub(super) fn new(first: impl IntoIterator<Item = Frame>, left: Vec<DocumentId>, end: End) -> Self {
        Self { first: first.into_iter().collect(), left: left.into(), end }
    }

    /// The next frame, for a device that stands here and sees so far.
    pub(super) fn next(
        &mut self,
        (store, workspace): (&dyn Store, WorkspaceId),
        horizon: &Horizon,
        position: Position,
    ) -> Result<Step, Error> {
        if let Some(frame) = self.first.pop_front() {
            return Ok(Step::Say(frame));
        }
        let (mut documents, mut bytes) = (Vec::new(), 0);
        while bytes < FILL.bytes && documents.len() < FILL.changes && self.first.is_empty() {
            let Some(document) = self.left.pop_front() else { break };
            // Read first: what was written after the deal was given away is then not in it.
            let past = store.past(workspace, document)?;
            if sees(store, workspace, horizon, document)? {
                let whole = self.whole(document, past, position);
                bytes += size(&whole);
                documents.push(whole);
            }
        }
        let (left, is_last) = (self.left.len() as u64, self.left.is_empty() && self.first.is_empty());
        Ok(match self.end {
            End::All(head) if is_last => Step::Last(Frame::Wholes { documents, left, upto: Some(head) }, head),
            _ if documents.is_empty() && is_last => Step::Over,
            _ => Step::Say(Frame::Wholes { documents, left, upto: None }),
        })
    }

    /// What does not fit beside the snapshot follows as frames of the log that claim nothing new.
    fn whole(&mut self, document: DocumentId, past: Past, position: Position) -> Whole {
        let mut runs = fill_frames(past.changes).into_iter();
        let changes = runs.next().unwrap_or_default();
        self.first.extend(runs.map(|entries| Frame::Log { upto: position, entries }));
        Whole { document, snapshot: past.snapshot.map(|snapshot| snapshot.bytes), changes }
    }
}

/// The frames that withdraw deals.
pub(super) fn withdrawals(deals: &[Withdrawn]) -> impl Iterator<Item = Frame> {
    deals.chunks(MAX_CHANGES).map(|deals| Frame::Withdrawn { deals: deals.to_vec() })
}

/// A deal may have become another's since it was chosen.
fn sees(store: &dyn Store, workspace: WorkspaceId, horizon: &Horizon, document: DocumentId) -> Result<bool, Error> {
    if !is_owned(document) || *horizon == Horizon::Everything {
        return Ok(true);
    }
    let tenures = store.tenures(workspace, &[document])?;
    Ok(tenures.get(&document).is_some_and(|tenure| horizon.sees(tenure.now())))
}

fn size(whole: &Whole) -> usize {
    let changes: usize = whole.changes.iter().map(|entry| entry.bytes.len()).sum();
    whole.snapshot.as_ref().map_or(0, |snapshot| snapshot.len()) + changes
}
