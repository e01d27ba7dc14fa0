//! A relay without a socket: one ordered log, each change once.

use std::collections::BTreeSet;

use shared::change::{ChangeHash, Sealed};
use shared::wire::{Entry, Position};

/// The log of one workspace.
#[derive(Default)]
pub struct Log {
    entries: Vec<Entry>,
    known: BTreeSet<ChangeHash>,
}

impl Log {
    /// Stores what is new. Everything in `entries` is durable when this returns.
    pub fn append(&mut self, entries: Vec<Entry>) {
        for entry in entries {
            let sealed = Sealed::named(entry.hash, entry.bytes.clone()).expect("devices send what they sealed");
            if self.known.insert(sealed.hash()) {
                self.entries.push(entry);
            }
        }
    }

    /// What came after a position, and the position up to which that is all.
    pub fn since(&self, after: Position) -> (Vec<Entry>, Position) {
        let from = usize::try_from(after).unwrap_or(usize::MAX).min(self.entries.len());
        (self.entries[from..].to_vec(), self.entries.len() as Position)
    }

    /// Whether a change is in the log.
    pub fn has(&self, hash: ChangeHash) -> bool {
        self.known.contains(&hash)
    }

    /// How many changes there are.
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether nobody has pushed yet.
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }
}
