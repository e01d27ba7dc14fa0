//! What a device lacks, one bounded frame at a time, read at the device's own pace.

use std::collections::VecDeque;
use std::sync::Arc;

use shared::id::{DocumentId, WorkspaceId};
use shared::wire::{Entry, FRAME_FILL_BYTES, Frame, MAX_CHANGES, Pass, Position, Whole, fill_frames};
use tokio::sync::watch;
use tokio::task::spawn_blocking;

use super::{Feed, Own};
use crate::error::Error;
use crate::store::{Limits, Logged, Past, Store};

/// Small enough for a slow phone to take in seconds, and because the socket library keeps room for the
/// largest frame it ever sent; large enough that frames cost nothing.
const FILL: Limits = Limits { changes: MAX_CHANGES, bytes: FRAME_FILL_BYTES / 16 };

/// Where one device stands.
pub(crate) struct Reading {
    store: Arc<dyn Store>,
    feed: Arc<Feed>,
    head: watch::Receiver<Position>,
    /// What the device pushed in this conversation, and therefore has. What it wrote before, its disk may have lost, as
    /// when its power failed.
    own: Own,
    position: Position,
    /// The device's stand is none of this log.
    anew: bool,
    /// On the way while a device that has nothing gets whole documents.
    wholes: Option<Box<Wholes>>,
}

/// The documents a new device still lacks.
#[derive(Default)]
struct Wholes {
    /// Where the log stood when the documents were listed.
    head: Option<Position>,
    left: VecDeque<DocumentId>,
    /// Frames for a document with more changes than fit beside it.
    overflow: VecDeque<Frame>,
}

impl Reading {
    /// A device continues `after` a position of this log. Where it has none, it begins anew.
    pub(crate) fn new(store: Arc<dyn Store>, feed: Arc<Feed>, after: Option<Position>) -> Self {
        let head = feed.follow();
        let (greeted, anew, position) = (*head.borrow(), after.is_none(), after.unwrap_or(0));
        // A log that is empty now is followed from its first change.
        let wholes = (position == 0 && greeted > 0).then(Box::default);
        Self { store, feed, head, own: Own::default(), position, anew, wholes }
    }

    /// Where it is noted what the device pushes.
    pub(crate) fn own(&self) -> Own {
        self.own.clone()
    }

    /// What the device is told first.
    pub(crate) fn welcome(&self, members: u64, pass: Pass) -> Frame {
        Frame::Welcome { log: self.feed.workspace.log, head: *self.head.borrow(), members, anew: self.anew, pass }
    }

    /// Ready when the device lacks something. Can be dropped and asked again.
    pub(crate) async fn behind(&mut self) {
        if self.wholes.is_some() {
            return;
        }
        let position = self.position;
        if self.head.wait_for(|head| *head > position).await.is_err() {
            // The feed is held right here, so its head cannot have gone away.
            std::future::pending::<()>().await;
        }
    }

    /// The next frame; none if there was nothing worth one.
    pub(crate) async fn next(&mut self) -> Result<Option<Frame>, Error> {
        match self.wholes.take() {
            Some(wholes) => self.next_wholes(wholes).await.map(Some),
            None => self.next_log().await,
        }
    }

    async fn next_log(&mut self) -> Result<Option<Frame>, Error> {
        let run = match self.feed.after(self.position, FILL) {
            Some(run) => run,
            None => self.stored_run().await?,
        };
        let Some(last) = run.last() else { return Ok(None) };
        self.position = last.position;
        let lacked = run.iter().filter(|logged| !self.own.has(logged.position));
        let entries: Vec<Entry> = lacked.map(|logged| logged.entry.clone()).collect();
        self.own.forget(self.position);
        // A run of only its own changes is worth a frame when it ends at the head.
        let worth = !entries.is_empty() || self.position >= *self.head.borrow();
        Ok(worth.then_some(Frame::Log { upto: self.position, entries }))
    }

    async fn stored_run(&self) -> Result<Vec<Arc<Logged>>, Error> {
        let (store, workspace, after) = (self.store.clone(), self.feed.workspace.id, self.position);
        let run = spawn_blocking(move || store.since(workspace, after, FILL)).await.map_err(|_| Error::Stopping)??;
        Ok(run.into_iter().map(Arc::new).collect())
    }

    async fn next_wholes(&mut self, mut wholes: Box<Wholes>) -> Result<Frame, Error> {
        let (store, workspace) = (self.store.clone(), self.feed.workspace.id);
        let read = spawn_blocking(move || Ok::<_, Error>((wholes.next(&*store, workspace)?, wholes)));
        let (frame, wholes) = read.await.map_err(|_| Error::Stopping)??;
        match &frame {
            Frame::Wholes { upto: Some(upto), .. } => self.position = *upto,
            _ => self.wholes = Some(wholes),
        }
        Ok(frame)
    }
}

impl Wholes {
    fn next(&mut self, store: &dyn Store, workspace: WorkspaceId) -> Result<Frame, Error> {
        if let Some(frame) = self.overflow.pop_front() {
            return Ok(frame);
        }
        let head = self.listed(store, workspace)?;
        let (mut documents, mut bytes) = (Vec::new(), 0);
        while bytes < FILL.bytes && documents.len() < FILL.changes && self.overflow.is_empty() {
            let Some(document) = self.left.pop_front() else { break };
            let whole = self.whole(document, store.past(workspace, document)?);
            bytes += size(&whole);
            documents.push(whole);
        }
        let all = self.left.is_empty() && self.overflow.is_empty();
        Ok(Frame::Wholes { documents, left: self.left.len() as u64, upto: all.then_some(head) })
    }

    /// Lists the documents the first time. What comes later follows from the log.
    fn listed(&mut self, store: &dyn Store, workspace: WorkspaceId) -> Result<Position, Error> {
        if let Some(head) = self.head {
            return Ok(head);
        }
        let listing = store.documents(workspace)?;
        self.left = listing.documents.into();
        self.head = Some(listing.head);
        Ok(listing.head)
    }

    /// What does not fit beside the snapshot follows as frames of the log that claim no position.
    fn whole(&mut self, document: DocumentId, past: Past) -> Whole {
        let mut runs = fill_frames(past.changes).into_iter();
        let changes = runs.next().unwrap_or_default();
        self.overflow.extend(runs.map(|entries| Frame::Log { upto: 0, entries }));
        Whole { document, snapshot: past.snapshot.map(|snapshot| snapshot.bytes), changes }
    }
}

fn size(whole: &Whole) -> usize {
    let changes: usize = whole.changes.iter().map(|entry| entry.bytes.len()).sum();
    whole.snapshot.as_ref().map_or(0, |snapshot| snapshot.len()) + changes
}
