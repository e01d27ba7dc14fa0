//! Documents are opened when somebody looks inside or edits, and closed when nobody does.

use shared::gather::Gather;
use shared::id::DocumentId;
use shared::sorted::SortedSet;
use shared::workspace::Touched;

use super::storage::{Chunk, Trouble};
use super::tabs::Said;
use super::{Engine, clock};

/// The fact that pieces are lacking, so that the relay must send everything once more.
pub(super) const MEND: &str = "mend";

/// How many documents are shown together while many are loaded.
const TOGETHER: usize = 10;

impl Engine {
    /// Opens a document from storage. What cannot be read is put aside, and the relay is asked for it.
    pub(super) async fn open(&self, document: DocumentId) -> Result<(), Trouble> {
        while !self.is_open(document) {
            let others = self.shelf.borrow().others;
            let (chunks, damaged) = self.storage.load(document).await?;
            // Another tab wrote while storage was read: what was read may be old.
            if others == self.shelf.borrow().others && !self.is_open(document) {
                let refused = self.open_from(document, &chunks);
                self.set_aside(&refused).await?;
                self.put_aside(&damaged).await?;
            }
        }
        self.shelf.borrow_mut().touch(document);
        Ok(())
    }

    /// Opens a document that somebody looks at, and shows it.
    pub async fn look_into(&self, document: DocumentId) {
        self.shelf.borrow_mut().pin(document);
        match self.open(document).await {
            Ok(()) => self.show(&Touched(SortedSet::from([document]))),
            Err(trouble) => self.status.set_trouble(Some(trouble)),
        }
    }

    /// Somebody looks at these from now on, whether they are loaded or not.
    pub fn look_at(&self, documents: &[DocumentId]) {
        let mut shelf = self.shelf.borrow_mut();
        documents.iter().for_each(|document| shelf.pin(*document));
    }

    /// Opens documents that somebody looks at and shows them, some at a time, until nobody looks at the next ones.
    pub async fn load_each(&self, documents: Vec<DocumentId>) {
        for some in documents.chunks(TOGETHER) {
            for document in some.iter().filter(|document| self.shelf.borrow().is_pinned(**document)) {
                if let Err(trouble) = self.open(*document).await {
                    return self.status.set_trouble(Some(trouble));
                }
            }
            self.show(&Touched(some.iter().copied().filter(|document| self.is_open(*document)).into_set()));
            clock::pause().await;
        }
    }

    /// Nobody looks at it any more.
    pub fn look_away(&self, document: DocumentId) {
        self.shelf.borrow_mut().unpin(document);
        self.trim();
    }

    /// Closes what was not used for long. What waits to be saved stays open, because storage lacks it.
    pub(super) fn trim(&self) {
        let overdue = self.shelf.borrow_mut().overdue(&self.queue.documents());
        let mut replica = self.replica.borrow_mut();
        overdue.into_iter().for_each(|document| replica.close(document));
    }

    pub(super) fn is_open(&self, document: DocumentId) -> bool {
        self.replica.borrow().is_open(document)
    }

    /// Opens from pieces; returns the keys of those the document refuses.
    pub(super) fn open_from(&self, document: DocumentId, chunks: &[Chunk]) -> Vec<String> {
        let pieces = chunks.iter().map(Chunk::piece).collect();
        let (_, damaged) = self.replica.borrow_mut().receive(document, pieces);
        let is_refused = |chunk: &&Chunk| damaged.iter().any(|each| each.piece == chunk.hash());
        let (refused, taken): (Vec<&Chunk>, Vec<&Chunk>) = chunks.iter().partition(is_refused);
        self.shelf.borrow_mut().learn(document, taken.into_iter().map(Chunk::hash));
        refused.into_iter().map(|chunk| chunk.key(document)).collect()
    }

    /// Puts pieces aside that are sound and that their document refuses. Asking the relay would bring the same.
    pub(super) async fn set_aside(&self, refused: &[String]) -> Result<(), Trouble> {
        if !refused.is_empty() {
            self.storage.quarantine(refused).await?;
            self.status.add_refused(refused.len());
        }
        Ok(())
    }

    /// Puts damaged pieces aside. The relay is asked for everything again, and this device's actors are not
    /// used any more: one of their changes may be among the damaged.
    pub(super) async fn put_aside(&self, damaged: &[String]) -> Result<(), Trouble> {
        if damaged.is_empty() {
            return Ok(());
        }
        self.storage.quarantine(damaged).await?;
        self.storage.retire_actors().await?;
        self.storage.note(&[(MEND, "yes".to_owned())]).await?;
        self.status.add_damaged(damaged.len());
        self.begin_anew();
        self.tabs.say(&Said::Damaged);
        self.restart_link();
        Ok(())
    }

    /// What this tab writes from now on, it writes under a fresh actor; memory is made what storage is before that.
    pub(super) fn begin_anew(&self) {
        self.actor.set(shared::replica::Actor(clock::dice()));
        self.stale.set(true);
        self.loading.set(true);
        self.queue.wake();
    }
}
