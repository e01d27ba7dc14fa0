//! How what was written elsewhere becomes part of a document: each change once all that it builds on is here.
//!
//! Nothing reaches Automerge that is known to panic it: sizes and counts were held by `limits`, and `Past` holds a
//! change against the document. `catch_unwind` stands behind both for what nobody knows yet. It works in the relay
//! and in tests only: the app's program cannot unwind, so a panic there ends the page whatever is written here.

use std::panic::{AssertUnwindSafe, catch_unwind};

use automerge::{Automerge, AutomergeError, Change};

use super::past::Past;
use super::{Damaged, Document, DocumentError, Piece, genesis};
use crate::change::{ChangeHash, Sealed};
use crate::limits::hold_snapshot;

const PANICKED: &str = "reading it panicked";

impl Document {
    /// Merges a piece in, and what waited for it. What is known already changes nothing. Returns what cannot be read,
    /// this piece or one that waited; the rest is there.
    pub(crate) fn merge(&mut self, piece: Piece) -> Vec<Damaged> {
        match piece {
            Piece::Change(sealed) if self.past.knows(&automerge::ChangeHash(sealed.hash().0)) => Vec::new(),
            Piece::Change(sealed) => match read(sealed) {
                Ok(change) => self.take(vec![change]),
                Err(damaged) => vec![damaged],
            },
            Piece::Snapshot(bytes) => match self.merge_snapshot(&bytes) {
                Ok(()) => {
                    let waiting = std::mem::take(&mut self.waiting);
                    self.take(waiting.into_values().flatten().collect())
                }
                Err(why) => {
                    let piece = ChangeHash::of_snapshot(&bytes);
                    vec![Damaged { piece, error: DocumentError::Snapshot(piece, why) }]
                }
            },
        }
    }

    /// Applies changes, and each that waited for one of them; has those wait whose turn is not yet.
    fn take(&mut self, mut changes: Vec<Change>) -> Vec<Damaged> {
        let mut damaged = Vec::new();
        while let Some(change) = changes.pop() {
            if let Some(lacking) = self.past.lacks(&change) {
                self.waiting.entry(lacking).or_default().push(change);
                continue;
            }
            let hash = change.hash();
            match self.apply(change) {
                Ok(()) => changes.extend(self.waiting.remove(&hash).unwrap_or_default()),
                Err(why) => damaged.push(unreadable(ChangeHash(hash.0), why)),
            }
        }
        damaged
    }

    fn apply(&mut self, change: Change) -> Result<(), String> {
        if self.past.knows(&change.hash()) {
            return Ok(());
        }
        self.guarded(|past, doc| {
            past.admits(doc, &change)?;
            past.add(&change);
            doc.apply_changes([change]).map_err(told)
        })
    }

    /// Merges a snapshot in; one that holds all that is here takes its place, which is quicker.
    fn merge_snapshot(&mut self, bytes: &[u8]) -> Result<(), String> {
        let (read, of_read) = read_snapshot(bytes)?;
        self.guarded(|past, doc| {
            if doc.get_heads().iter().all(|head| of_read.knows(head)) {
                (*doc, *past) = (read, of_read);
            } else {
                doc.load_incremental(bytes).map_err(told)?;
                *past = Past::of(doc)?;
            }
            Ok(())
        })
    }

    /// Lets Automerge work. A document in which it panicked is not what it was: it is read and written no more.
    fn guarded(&mut self, work: impl FnOnce(&mut Past, &mut Automerge) -> Result<(), String>) -> Result<(), String> {
        if self.broken {
            return Err(format!("{} is closed: another piece of it panicked or breaks a limit", self.id));
        }
        let (past, doc) = (&mut self.past, &mut self.doc);
        catch_unwind(AssertUnwindSafe(|| work(past, doc))).unwrap_or_else(|_| {
            (self.doc, self.broken) = (genesis::genesis(self.id), true);
            Err(PANICKED.to_owned())
        })
    }
}

/// The document in a snapshot, read apart from the one it is for: Automerge holds it against its hashes only so. Merged
/// unread, what can be read of damaged bytes stays in the document, and Automerge panics later at what it let in.
fn read_snapshot(bytes: &[u8]) -> Result<(Automerge, Past), String> {
    hold_snapshot(bytes).map_err(|error| error.to_string())?;
    let read = catch_unwind(|| Automerge::load(bytes).map_err(told)).unwrap_or_else(|_| Err(PANICKED.to_owned()))?;
    let past = Past::of(&read)?;
    Ok((read, past))
}

/// The change in these bytes.
pub(super) fn read(sealed: Sealed) -> Result<Change, Damaged> {
    let hash = sealed.hash();
    let read = catch_unwind(|| Change::from_bytes(sealed.into_bytes()).map_err(|error| error.to_string()));
    match read.unwrap_or_else(|_| Err(PANICKED.to_owned())) {
        // Automerge computes a hash of its own, also of what it mended while reading.
        Ok(change) if change.hash().0 != hash.0 => Err(unreadable(hash, "it has another hash".to_owned())),
        Ok(change) => Ok(change),
        Err(why) => Err(unreadable(hash, why)),
    }
}

fn unreadable(piece: ChangeHash, why: String) -> Damaged {
    Damaged { piece, error: DocumentError::Change(piece, why) }
}

fn told(error: AutomergeError) -> String {
    error.to_string()
}
