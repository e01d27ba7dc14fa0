//! What the badge says, derived from durable acknowledgements only.

use std::cell::{Cell, RefCell};

use shared::model::Role;
use shared::replica::Replica;
use shared::time::Timestamp;
use shared::workspace::Touched;

use super::tabs::Reach;
use crate::mirror::{Link, MirrorWriter, Problem, SyncState, Trouble};

/// The mirror's one writer, and the state of the device beside it.
pub(super) struct Status {
    writer: MirrorWriter,
    trouble: RefCell<Option<Trouble>>,
    ended: RefCell<Option<Problem>>,
    damaged: Cell<usize>,
    refused: Cell<usize>,
    held: Cell<Option<Role>>,
    waiting: Cell<usize>,
    link: Cell<Reach>,
    last: Cell<Option<Timestamp>>,
    digest: RefCell<String>,
}

impl Status {
    /// Nothing is known yet.
    pub(super) fn new(writer: MirrorWriter) -> Self {
        Self {
            writer,
            trouble: RefCell::default(),
            ended: RefCell::default(),
            damaged: Cell::new(0),
            refused: Cell::new(0),
            held: Cell::new(None),
            waiting: Cell::new(0),
            link: Cell::new(Reach::Offline),
            last: Cell::new(None),
            digest: RefCell::default(),
        }
    }

    /// Shows records that were touched.
    pub(super) fn show(&self, replica: &Replica, touched: &Touched) {
        self.writer.refresh(replica.workspace(), touched);
        self.digest.replace(replica.digest().to_string());
        self.publish();
    }

    /// Shows everything anew.
    pub(super) fn reset(&self, replica: &Replica) {
        self.writer.reset(replica.workspace());
        self.digest.replace(replica.digest().to_string());
        self.publish();
    }

    /// Whether storage did not work when it was last used.
    pub(super) fn is_troubled(&self) -> bool {
        self.trouble.borrow().is_some()
    }

    /// Storage works again, or does not.
    pub(super) fn set_trouble(&self, trouble: Option<Trouble>) {
        self.trouble.replace(trouble);
        self.publish();
    }

    /// The relay ended the conversation for good, or talks again.
    pub(super) fn set_ended(&self, ended: Option<Problem>) {
        self.ended.replace(ended);
        self.publish();
    }

    /// So many stored pieces are not what they were; they are kept, and asked for again.
    pub(super) fn add_damaged(&self, pieces: usize) {
        self.damaged.set(self.damaged.get() + pieces);
        self.publish();
    }

    /// So many sound pieces break a limit or do not fit their documents; they are kept.
    pub(super) fn add_refused(&self, pieces: usize) {
        if pieces > 0 {
            self.refused.set(self.refused.get() + pieces);
            self.publish();
        }
    }

    /// Changes made here wait for a role that they need, or none do.
    pub(super) fn set_held(&self, needs: Option<Role>) {
        self.held.set(needs);
        self.publish();
    }

    /// How many changes the relay has not acknowledged.
    pub(super) fn set_waiting(&self, waiting: usize) {
        self.waiting.set(waiting);
        self.publish();
    }

    /// How the connection is.
    pub(super) fn set_link(&self, link: Reach, last: Option<Timestamp>) {
        self.link.set(link);
        self.last.set(last.max(self.last.get()));
        self.publish();
    }

    /// How the connection is, for other tabs.
    pub(super) fn link(&self) -> (Reach, Option<Timestamp>) {
        (self.link.get(), self.last.get())
    }

    /// Whether changes are on their way to the relay right now.
    pub(super) fn is_sending(&self) -> bool {
        let hindered = self.held.get().is_some() || self.ended.borrow().is_some();
        self.waiting.get() > 0 && self.link.get() == Reach::Online && !hindered
    }

    fn publish(&self) {
        self.writer.set_sync(SyncState {
            problem: self.problem(),
            waiting: self.waiting.get(),
            link: match self.link.get() {
                Reach::Offline => Link::Offline,
                Reach::Connecting => Link::Connecting,
                Reach::Online => Link::Online,
            },
            last: self.last.get(),
            digest: self.digest.borrow().clone(),
        });
    }

    fn problem(&self) -> Option<Problem> {
        let trouble = self.trouble.borrow().clone().map(Problem::Storage);
        let ended = self.ended.borrow().clone();
        let damaged = Some(self.damaged.get()).filter(|pieces| *pieces > 0).map(Problem::Damaged);
        let refused = Some(self.refused.get()).filter(|pieces| *pieces > 0).map(Problem::Refused);
        let held = self.held.get().map(Problem::Held);
        trouble.or(ended).or(damaged).or(held).or(refused)
    }
}
