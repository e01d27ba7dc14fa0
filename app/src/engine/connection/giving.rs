//! What waits for the relay, as entries of frames. A folded past is given back change by change: it came from a relay
//! that had it all, and a relay that lost it takes changes only.

use std::collections::VecDeque;

use leptos::wasm_split::{SplitLoaderError, wasm_split};
use shared::change::Sealed;
use shared::document::unfold;
use shared::id::DocumentId;
use shared::model::Role;
use shared::sorted::SortedSet;
use shared::wire::{Entry, MAX_CHANGES, fill_frames};

use crate::engine::clock::Slice;
use crate::engine::storage::{Chunk, Waiting};

/// Some of what waits.
#[derive(Default)]
pub(super) struct Giving {
    entries: Vec<Entry>,
    /// For each entry the place that is done with once the relay has it.
    places: VecDeque<Option<f64>>,
    /// Places of bytes that are damaged: there is nothing to send.
    pub(super) nothing: Vec<f64>,
    /// The last place that was looked at.
    pub(super) last: f64,
    /// What the member would have to be to write what stays here.
    pub(super) held: Option<Role>,
}

/// Why the changes of a folded past cannot be given now.
pub(super) enum NotGiven {
    /// The part of the program that unfolds is not here and could not be loaded.
    Unready,
    /// It is damaged.
    Unreadable,
}

impl From<SplitLoaderError> for NotGiven {
    fn from(_: SplitLoaderError) -> Self {
        Self::Unready
    }
}

impl Giving {
    /// Takes from what waits until a frame is full. What the member may not write any more stays here: the relay would
    /// refuse all that goes with it.
    pub(super) async fn of(
        waiting: Vec<Waiting>,
        role: Role,
        barred: &SortedSet<DocumentId>,
    ) -> Result<Self, NotGiven> {
        let (mut giving, mut slice) = (Self::default(), Slice::begin());
        for Waiting { place, piece } in waiting {
            if giving.entries.len() >= MAX_CHANGES {
                break;
            }
            giving.last = place;
            let needs = piece.as_ref().map(|(document, _)| match barred.contains(document) {
                // A manager writes it, whatever it is.
                true => Role::Manager,
                false => Role::least_to_write(*document),
            });
            match needs.filter(|needs| role < *needs) {
                Some(needs) => giving.held = giving.held.max(Some(needs)),
                None => giving.take(place, entries(piece).await?),
            }
            slice.breathe().await;
        }
        Ok(giving)
    }

    /// The frames, each with the places that are done with once the relay has it.
    pub(super) fn frames(mut self) -> impl Iterator<Item = (Vec<Entry>, Vec<f64>)> {
        let frames = fill_frames(self.entries).into_iter();
        frames.map(move |entries| {
            let places = self.places.drain(..entries.len()).flatten().collect();
            (entries, places)
        })
    }

    fn take(&mut self, place: f64, entries: Vec<Entry>) {
        if entries.is_empty() {
            return self.nothing.push(place);
        }
        // The relay answers in order: once it has the last, it has them all.
        self.places.extend((1..entries.len()).map(|_| None));
        self.places.push_back(Some(place));
        self.entries.extend(entries);
    }
}

async fn entries(piece: Option<(DocumentId, Chunk)>) -> Result<Vec<Entry>, NotGiven> {
    match piece {
        Some((document, Chunk::Change(change))) => Ok(vec![Entry::new(document, change)]),
        Some((document, Chunk::Snapshot(_, bytes))) => match unfolded(document, bytes).await {
            Ok(changes) => Ok(changes.into_iter().map(|change| Entry::new(document, change)).collect()),
            Err(NotGiven::Unreadable) => Ok(Vec::new()),
            Err(NotGiven::Unready) => Err(NotGiven::Unready),
        },
        None => Ok(Vec::new()),
    }
}

/// Few devices ever do this: it is with the later part of the program.
#[wasm_split(later, wasm_split_path = leptos::wasm_split, fallible)]
fn unfolded(document: DocumentId, snapshot: Vec<u8>) -> Result<Vec<Sealed>, NotGiven> {
    unfold(document, &snapshot).map_err(|_| NotGiven::Unreadable)
}
