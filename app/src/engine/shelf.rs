//! Which documents are open: what is known of their storage, who looks at them, and which go next.

use std::collections::VecDeque;

use shared::change::ChangeHash;
use shared::gather::Gather;
use shared::id::DocumentId;
use shared::sorted::{SortedMap, SortedSet};

/// How many documents stay open when nobody looks at them.
const OPEN_AT_MOST: usize = 32;

/// The open documents.
#[derive(Default)]
pub(super) struct Shelf {
    known: SortedMap<DocumentId, SortedSet<ChangeHash>>,
    pinned: SortedMap<DocumentId, usize>,
    recent: VecDeque<DocumentId>,
    /// Counts what other tabs wrote, so that a slow read can tell that it is old.
    pub others: u64,
}

impl Shelf {
    /// Remembers the stored pieces of a document.
    pub(super) fn learn(&mut self, document: DocumentId, hashes: impl IntoIterator<Item = ChangeHash>) {
        self.known.entry(document).or_default().extend(hashes);
    }

    /// How many stored pieces of a document are in memory.
    pub(super) fn count(&self, document: DocumentId) -> usize {
        self.known.get(&document).map_or(0, SortedSet::len)
    }

    /// Whether a stored piece is in memory.
    pub(super) fn knows(&self, document: DocumentId, hash: ChangeHash) -> bool {
        self.known.get(&document).is_some_and(|known| known.contains(&hash))
    }

    /// Puts a document last in the line of those that are closed.
    pub(super) fn touch(&mut self, document: DocumentId) {
        self.recent.retain(|other| *other != document);
        self.recent.push_back(document);
    }

    /// Somebody looks at it.
    pub(super) fn pin(&mut self, document: DocumentId) {
        *self.pinned.entry(document).or_default() += 1;
    }

    /// Somebody looks away.
    pub(super) fn unpin(&mut self, document: DocumentId) {
        if let Some(count) = self.pinned.get_mut(&document) {
            *count = count.saturating_sub(1);
        }
        self.pinned.retain(|_, count| *count > 0);
    }

    /// Whether somebody looks at it.
    pub(super) fn is_pinned(&self, document: DocumentId) -> bool {
        self.pinned.contains_key(&document)
    }

    /// The documents somebody looks at.
    pub(super) fn pinned(&self) -> Vec<DocumentId> {
        self.pinned.keys().copied().collect()
    }

    /// Takes out what is to be closed: the longest unused that nobody looks at and nothing waits for.
    pub(super) fn overdue(&mut self, waiting: &SortedSet<DocumentId>) -> Vec<DocumentId> {
        let surplus = self.recent.len().saturating_sub(OPEN_AT_MOST);
        let idle = |document: &DocumentId| {
            !document.is_of_team() && !self.pinned.contains_key(document) && !waiting.contains(document)
        };
        let overdue: Vec<DocumentId> = self.recent.iter().copied().filter(idle).take(surplus).collect();
        let gone: SortedSet<DocumentId> = overdue.iter().copied().into_set();
        self.recent.retain(|document| !gone.contains(document));
        self.known.retain(|document, _| !gone.contains(document));
        overdue
    }

    /// Forgets a document; who looks at it stays.
    pub(super) fn forget(&mut self, document: DocumentId) {
        self.known.remove(&document);
        self.recent.retain(|other| *other != document);
    }

    /// Forgets what was open; who looks at what stays.
    pub(super) fn clear(&mut self) {
        self.known.clear();
        self.recent.clear();
    }
}
