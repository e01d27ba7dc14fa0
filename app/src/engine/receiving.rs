//! What others wrote: from the relay, and from other tabs of this browser.

use std::rc::Rc;

use shared::change::ChangeHash;
use shared::gather::Gather;
use shared::id::DocumentId;
use shared::replica::Piece;
use shared::sorted::SortedSet;
use shared::stored::Card;
use shared::wire::{Entry, Stand};
use shared::workspace::Touched;

use super::Engine;
use super::clock::Slice;
use super::forks::Noticed;
use super::queue::Job;
use super::storage::{Chunk, Trouble};
use super::tabs::Said;

impl Engine {
    /// Takes what the relay sent: merged in short slices, saved with the new position, then shown.
    pub(super) async fn take(
        &self,
        arrived: Vec<(DocumentId, Vec<Chunk>)>,
        mark: Option<Stand>,
    ) -> Result<(), Trouble> {
        let mut slice = Slice::begin();
        let failures = self.queue.failures();
        let mut touched = SortedSet::new();
        for (document, chunks) in arrived {
            self.open_for(document).await?;
            // What is merged while memory is being replaced would be lost with it, and yet count as known.
            if self.loading.get() || failures != self.queue.failures() {
                return Err(unsaved());
            }
            let fresh: Vec<Chunk> = chunks.into_iter().filter(|chunk| !self.has(document, chunk.hash())).collect();
            if !fresh.is_empty() {
                let refused = self.try_merge(document, &fresh);
                if refused > 0 && self.settle_fork(document, Noticed::Arrived(fresh.clone())).await? {
                    // What it forked from here is told again: when it comes once more, it is taken.
                    return Err(unsaved());
                }
                self.status.add_refused(refused);
                self.queue_received(document, fresh);
                touched.insert(document);
            }
            slice.breathe().await;
        }
        let whole = failures == self.queue.failures();
        if whole && self.queue.push(Job { chunks: Vec::new(), made_here: false, mark }).await == Ok(Ok(())) {
            self.show_slowly(touched).await;
            return Ok(());
        }
        Err(unsaved())
    }

    /// Keeps changes that break a limit, by name, before the device's position goes past them.
    pub(super) async fn refuse(&self, refused: &[Entry]) -> Result<(), Trouble> {
        if !refused.is_empty() {
            self.storage.keep_aside(refused).await?;
            self.status.add_refused(refused.len());
        }
        Ok(())
    }

    /// Merges pieces into an open document. Pieces that it refuses are kept with the others, for whoever can.
    pub(super) fn merge(&self, document: DocumentId, chunks: &[Chunk]) {
        let refused = self.try_merge(document, chunks);
        self.status.add_refused(refused);
    }

    /// How many pieces the document refuses.
    fn try_merge(&self, document: DocumentId, chunks: &[Chunk]) -> usize {
        let pieces: Vec<Piece> = chunks.iter().map(Chunk::piece).collect();
        self.replica.borrow_mut().receive(document, pieces).1.len()
    }

    /// Another tab said something.
    pub(super) async fn hear_tab(self: Rc<Self>, said: Said) {
        match said {
            Said::Saved(named) => {
                self.shelf.borrow_mut().others += 1;
                let _shown = self.catch_up_with_tab(named).await;
                self.recount().await;
                self.nudge();
            }
            Said::Damaged => self.restart_link(),
            Said::ToldAgain => self.begin_anew(),
            Said::Acknowledged => self.recount().await,
            Said::Link(link, last) => self.status.set_link(link, last.map(shared::time::Timestamp::from_millis)),
            Said::AskLink if self.holds_link.get() => self.say_link(),
            Said::Seated => drop(self.seat().await),
            Said::AskSeen if self.holds_link.get() => self.ask_relay_seen(),
            Said::Seen(devices) => self.seen.answer(&devices),
            Said::Carried => self.courier.ring(),
            Said::AskLink | Said::AskSeen => {}
        }
    }

    async fn catch_up_with_tab(&self, named: Vec<(DocumentId, ChangeHash)>) -> Result<(), Trouble> {
        let documents: SortedSet<DocumentId> = named.iter().map(|(document, _)| *document).into_set();
        for document in &documents {
            match self.is_open(*document) {
                true => self.load_missing(*document, &named).await?,
                false => self.load_card(*document).await?,
            }
        }
        self.show_slowly(documents).await;
        Ok(())
    }

    /// Shows what a tab saved that went before it could tell.
    pub(super) async fn catch_up_with_storage(&self) -> Result<(), Trouble> {
        let stored = self.storage.stock().await?.cards;
        let is_strange = |card: &&Card| self.replica.borrow().card(card.document()).as_ref() != Some(card);
        let strange: SortedSet<DocumentId> = stored.iter().filter(is_strange).map(Card::document).into_set();
        for document in &strange {
            match self.is_open(*document) {
                true => self.load_strangers(*document).await?,
                false => self.load_card(*document).await?,
            }
        }
        self.show_slowly(strange).await;
        Ok(())
    }

    async fn load_strangers(&self, document: DocumentId) -> Result<(), Trouble> {
        let (mut chunks, _) = self.storage.load(document).await?;
        chunks.retain(|chunk| !self.has(document, chunk.hash()));
        if self.is_open(document) {
            self.merge(document, &chunks);
            self.shelf.borrow_mut().learn(document, chunks.iter().map(Chunk::hash));
        }
        Ok(())
    }

    async fn load_missing(&self, document: DocumentId, named: &[(DocumentId, ChangeHash)]) -> Result<(), Trouble> {
        for (_, hash) in named.iter().filter(|(of, hash)| *of == document && !self.has(document, *hash)) {
            let chunk = self.storage.chunk(document, *hash).await?;
            if let Some(chunk) = chunk.filter(|_| self.is_open(document)) {
                self.merge(document, std::slice::from_ref(&chunk));
                self.shelf.borrow_mut().learn(document, [*hash]);
            }
        }
        Ok(())
    }

    async fn load_card(&self, document: DocumentId) -> Result<(), Trouble> {
        let card = self.storage.card(document).await?;
        if !self.is_open(document) {
            self.replica.borrow_mut().restore(card);
        }
        Ok(())
    }

    /// Opens a document that something arrived for. One without a card has nothing in storage, and what another
    /// tab may have put there just now is found when it is saved.
    async fn open_for(&self, document: DocumentId) -> Result<(), Trouble> {
        let is_new = self.replica.borrow().card(document).is_none();
        match is_new && !self.is_open(document) {
            true => {
                self.open_from(document, &[]);
                self.shelf.borrow_mut().touch(document);
                Ok(())
            }
            false => self.open(document).await,
        }
    }

    fn queue_received(&self, document: DocumentId, chunks: Vec<Chunk>) {
        let chunks = chunks.into_iter().map(|chunk| (document, chunk)).collect();
        drop(self.queue.push(Job { chunks, made_here: false, mark: None }));
    }

    async fn show_slowly(&self, touched: SortedSet<DocumentId>) {
        let mut slice = Slice::begin();
        let touched: Vec<DocumentId> = touched.into_iter().collect();
        for some in touched.chunks(64) {
            self.show(&Touched(some.iter().copied().into_set()));
            slice.breathe().await;
        }
    }

    fn has(&self, document: DocumentId, hash: ChangeHash) -> bool {
        self.shelf.borrow().knows(document, hash)
    }
}

/// Something that waited to be saved is lost.
pub(super) fn unsaved() -> Trouble {
    Trouble::Broken("AbortError".to_owned())
}
