//! What is waiting to be saved, in order, and who waits for it.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;

use futures::channel::{mpsc, oneshot};
use shared::gather::Gather;
use shared::id::DocumentId;
use shared::refusal::Refusal;
use shared::sorted::SortedSet;
use shared::wire::Stand;

use super::storage::Chunk;

/// Pieces that are saved in one transaction or not at all.
pub(super) struct Job {
    /// The pieces.
    pub chunks: Vec<(DocumentId, Chunk)>,
    /// Whether they were made here, so that the relay is still to get them.
    pub made_here: bool,
    /// Where the device stands once they are saved.
    pub mark: Option<Stand>,
}

/// Whether a job was saved, or why not.
pub(super) type Saved = Result<(), Refusal>;

/// The line of jobs.
pub(super) struct Queue {
    jobs: RefCell<VecDeque<(Job, oneshot::Sender<Saved>)>>,
    taken: Cell<usize>,
    failures: Cell<u64>,
    cause: RefCell<Refusal>,
    wake: mpsc::UnboundedSender<()>,
}

impl Queue {
    /// An empty line, and what wakes the one who serves it.
    pub(super) fn new() -> (Self, mpsc::UnboundedReceiver<()>) {
        let (wake, woken) = mpsc::unbounded();
        let cause = RefCell::new(Refusal::Unsaved);
        (Self { jobs: RefCell::default(), taken: Cell::new(0), failures: Cell::new(0), cause, wake }, woken)
    }

    /// Puts a job at the end. The answer says whether it was saved, or why not.
    pub(super) fn push(&self, job: Job) -> oneshot::Receiver<Saved> {
        let (done, saved) = oneshot::channel();
        self.jobs.borrow_mut().push_back((job, done));
        self.wake();
        saved
    }

    /// Calls the one who serves the line.
    pub(super) fn wake(&self) {
        let _served = self.wake.unbounded_send(());
    }

    /// How many pieces are waiting.
    pub(super) fn len(&self) -> usize {
        self.jobs.borrow().iter().map(|(job, _)| job.chunks.len()).sum()
    }

    /// Whether nothing is waiting.
    pub(super) fn is_empty(&self) -> bool {
        self.jobs.borrow().is_empty()
    }

    /// The documents of all jobs.
    pub(super) fn documents(&self) -> SortedSet<DocumentId> {
        let jobs = self.jobs.borrow();
        jobs.iter().flat_map(|(job, _)| job.chunks.iter().map(|(document, _)| *document)).into_set()
    }

    /// Visits all jobs, which are from now on the ones being saved.
    pub(super) fn take(&self, mut each: impl FnMut(&Job)) {
        let jobs = self.jobs.borrow();
        self.taken.set(jobs.len());
        jobs.iter().for_each(|(job, _)| each(job));
    }

    /// The jobs being saved are saved: tells who waits, and gives them back.
    pub(super) fn settle(&self) -> Vec<Job> {
        let saved: Vec<_> = self.jobs.borrow_mut().drain(..self.taken.take()).collect();
        saved
            .into_iter()
            .map(|(job, done)| {
                let _waiting = done.send(Ok(()));
                job
            })
            .collect()
    }

    /// How often everything that waited was lost. Work in several jobs must not go on over such a gap.
    pub(super) fn failures(&self) -> u64 {
        self.failures.get()
    }

    /// Why everything that waited was lost the last time.
    pub(super) fn cause(&self) -> Refusal {
        self.cause.borrow().clone()
    }

    /// Nothing of the line can be saved: tells everybody who waits why.
    pub(super) fn fail(&self, cause: Refusal) {
        self.cause.replace(cause.clone());
        self.taken.set(0);
        self.failures.set(self.failures.get() + 1);
        let lost: Vec<_> = self.jobs.borrow_mut().drain(..).collect();
        for (_, done) in lost {
            let _waiting = done.send(Err(cause.clone()));
        }
    }
}
