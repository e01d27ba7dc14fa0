//! Saving: everything that waits goes into one transaction; then it is announced, and sent.

use std::rc::Rc;

use futures::StreamExt as _;
use futures::channel::mpsc::UnboundedReceiver;
use shared::change::ChangeHash;
use shared::id::DocumentId;
use shared::refusal::Refusal;
use shared::sorted::SortedSet;
use shared::workspace::Touched;

use super::Engine;
use super::queue::Job;
use super::storage::{Batch, Chunk, Kept, Ledger, Trouble, arrived};
use super::tabs::Said;

impl Ledger for Engine {
    fn documents(&self) -> SortedSet<DocumentId> {
        self.queue.documents()
    }

    fn count(&self, document: DocumentId) -> usize {
        self.shelf.borrow().count(document)
    }

    fn knows(&self, document: DocumentId, hash: ChangeHash) -> bool {
        self.shelf.borrow().knows(document, hash)
    }

    fn catch_up(&self, document: DocumentId, chunks: Vec<Chunk>) {
        self.merge(document, &chunks);
        self.shelf.borrow_mut().learn(document, chunks.iter().map(Chunk::hash));
        self.show(&Touched(SortedSet::from([document])));
    }

    fn telling(&self) -> Option<String> {
        self.telling.borrow().clone()
    }

    fn batch(&self) -> Batch {
        let mut batch = Batch::default();
        self.queue.take(|job| {
            let made_here = job.made_here;
            batch.chunks.extend(job.chunks.iter().map(|(document, chunk)| (*document, chunk.clone(), made_here)));
            if let Some(mark) = job.mark {
                batch.facts = arrived(mark).into();
            }
        });
        let replica = self.replica.borrow();
        batch.cards = self.queue.documents().into_iter().filter_map(|document| replica.card(document)).collect();
        batch
    }
}

/// Serves the queue for as long as the page lives.
pub(super) async fn serve(engine: Rc<Engine>, mut woken: UnboundedReceiver<()>) {
    while woken.next().await.is_some() {
        while !engine.queue.is_empty() {
            match engine.storage.save(&*engine).await {
                Ok(Kept::Saved) => engine.saved().await,
                Ok(Kept::ToldAgain) => engine.fall_behind(),
                Err(trouble) => engine.roll_back(trouble).await,
            }
        }
        // An actor that was taken out of use may write nothing more: start again under a fresh one.
        if engine.stale.take() {
            let _shown = engine.load().await;
        }
    }
}

impl Engine {
    async fn saved(&self) {
        let jobs = self.queue.settle();
        let named: Vec<(DocumentId, ChangeHash)> = jobs.iter().flat_map(names).collect();
        for (document, hash) in &named {
            self.shelf.borrow_mut().learn(*document, [*hash]);
        }
        if self.status.is_troubled() {
            self.status.set_trouble(None);
            // What the relay sent meanwhile could not be saved either, and the link waits longer after each try.
            self.restart_link();
        }
        self.tabs.say(&Said::Saved(named));
        self.trim();
        self.recount().await;
        if jobs.iter().any(|job| job.made_here) {
            self.nudge();
        }
    }

    /// What could not be saved is taken off the screen, so that nothing looks saved that is not.
    async fn roll_back(&self, trouble: Trouble) {
        self.loading.set(true);
        self.queue.fail(if trouble == Trouble::Full { Refusal::Full } else { Refusal::Unsaved });
        self.status.set_trouble(Some(trouble));
        let _shown = self.load().await;
    }

    /// Another tab told changes again on which what was to be saved builds: it is lost, and told so, rather than shown
    /// and never sent.
    fn fall_behind(&self) {
        self.begin_anew();
        self.queue.fail(Refusal::Unsaved);
    }

    /// Counts what the relay has not acknowledged.
    pub(super) async fn recount(&self) {
        if let Ok(waiting) = self.storage.waiting().await {
            self.status.set_waiting(waiting);
        }
    }
}

fn names(job: &Job) -> impl Iterator<Item = (DocumentId, ChangeHash)> + '_ {
    job.chunks.iter().map(|(document, chunk)| (*document, chunk.hash()))
}
