//! Group commit: all pushes that wait share one transaction and one sync to disk.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Instant;

use shared::id::{DeviceId, WorkspaceId};
use shared::wire::{Entry, Position};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, oneshot};

use super::{Feeds, Own};
use crate::error::Error;
use crate::files::Files;
use crate::metrics::{Metrics, Reason};
use crate::store::{Append, Appended, Fork, Logged, Placed, Store};

#[cfg(test)]
mod tests;

/// Pushes that may wait for the disk.
const WAITING: usize = 1024;

/// Bytes of changes that may wait for the disk, of all devices together.
const WAITING_BYTES: u32 = 64 * 1024 * 1024;

/// Answers once it is settled; nothing if the push could not be stored.
pub(crate) type Storing = oneshot::Receiver<Outcome>;

/// What became of a push.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// It is on disk, up to this position.
    Stored { upto: Position },
    /// The workspace holds as much as it may: so many bytes. Nothing of the push was stored.
    Full { allowed: u64 },
    /// It holds a fork, or came after one. Nothing of the push was stored.
    Forked(Fork),
}

/// The only one who appends to the log in this process.
pub(crate) struct Committer {
    queue: mpsc::Sender<Work>,
    room: Arc<Semaphore>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

enum Work {
    Append(Push),
    Stop,
}

struct Push {
    append: Append,
    /// Where it is noted what came over the connection.
    own: Own,
    done: oneshot::Sender<Outcome>,
    room: OwnedSemaphorePermit,
}

/// What the committer's thread works with.
pub(crate) struct Bench {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) files: Arc<Files>,
    pub(crate) feeds: Arc<Feeds>,
    pub(crate) metrics: Arc<Metrics>,
    /// How many bytes of changes and files a workspace may hold; one that does gets no more.
    pub(crate) allowed: u64,
}

impl Committer {
    /// Starts its thread.
    pub(crate) fn start(bench: Bench) -> io::Result<Self> {
        let (queue, work) = mpsc::channel(WAITING);
        let thread = std::thread::Builder::new().name("committer".to_owned()).spawn(move || bench.run(work))?;
        let room = Arc::new(Semaphore::new(WAITING_BYTES as usize));
        Ok(Self { queue, room, thread: Mutex::new(Some(thread)) })
    }

    /// Queues a push, waiting while the queue is full.
    pub(crate) async fn append(
        &self,
        workspace: WorkspaceId,
        device: DeviceId,
        own: Own,
        entries: Vec<Entry>,
    ) -> Storing {
        let (done, storing) = oneshot::channel();
        let bytes: usize = entries.iter().map(|entry| entry.bytes.len()).sum();
        let bytes = u32::try_from(bytes).unwrap_or(WAITING_BYTES).min(WAITING_BYTES);
        if let Ok(room) = self.room.clone().acquire_many_owned(bytes).await {
            let append = Append { workspace, device, entries };
            // A closed queue drops `done`, which the device is told as "not stored".
            let _ = self.queue.send(Work::Append(Push { append, own, done, room })).await;
        }
        storing
    }

    /// Lets everything queued so far reach the disk.
    pub(crate) async fn close(&self) {
        let _ = self.queue.send(Work::Stop).await;
        let thread = self.thread.lock().unwrap_or_else(PoisonError::into_inner).take();
        if let Some(thread) = thread {
            let joined = tokio::task::spawn_blocking(|| thread.join().is_ok()).await;
            if !matches!(joined, Ok(true)) {
                tracing::error!("the committer did not end well; see the messages before");
            }
        }
    }
}

impl Bench {
    fn run(self, mut work: mpsc::Receiver<Work>) {
        let mut batch = Vec::new();
        while work.blocking_recv_many(&mut batch, WAITING) > 0 {
            let mut pushes = Vec::new();
            let mut stop = false;
            for one in batch.drain(..) {
                match one {
                    Work::Append(push) => pushes.push(push),
                    Work::Stop => stop = true,
                }
            }
            self.commit(self.within_bounds(after_no_fork(pushes)));
            if stop {
                return;
            }
        }
    }

    /// Refuses the pushes of workspaces that are full, and drops those of workspaces of which nobody knows; the others.
    fn within_bounds(&self, pushes: Vec<Push>) -> Vec<Push> {
        let mut held = BTreeMap::new();
        let fits = |push: Push| {
            let workspace = push.append.workspace;
            match *held.entry(workspace).or_insert_with(|| self.held(workspace)) {
                Some(bytes) if bytes < self.allowed => Some(push),
                Some(_) => {
                    self.refuse(push);
                    None
                }
                None => None,
            }
        };
        pushes.into_iter().filter_map(fits).collect()
    }
    /// How much a workspace holds. One whose disk fails does not keep the others' changes from theirs.
    fn held(&self, workspace: WorkspaceId) -> Option<u64> {
        let asked = || Ok::<u64, Error>(self.store.stored_bytes(workspace)? + self.files.bytes(workspace)?);
        let failed = |error: &Error| {
            tracing::error!(%workspace, %error, "nothing of this workspace was stored; its devices keep their changes");
        };
        asked().inspect_err(failed).ok()
    }

    fn refuse(&self, push: Push) {
        let Append { workspace, device, entries } = &push.append;
        let (changes, allowed) = (entries.len(), self.allowed);
        tracing::warn!(%workspace, %device, changes, allowed, "a push was refused: the workspace is full");
        self.metrics.refused(Reason::Full);
        let _ = push.done.send(Outcome::Full { allowed });
    }

    fn commit(&self, pushes: Vec<Push>) {
        let (appends, waiting): (Vec<_>, Vec<_>) =
            pushes.into_iter().map(|push| (push.append, (push.own, push.done, push.room))).unzip();
        let begun = Instant::now();
        let appended = match self.store.append_all(&appends) {
            Ok(appended) => appended,
            Err(error) => {
                tracing::error!(%error, pushes = appends.len(), "nothing was stored; the devices keep their changes");
                return;
            }
        };
        let stored = appended.iter().flatten().map(Vec::len).sum();
        self.metrics.committed(stored, begun.elapsed());
        // Noted before the feeds show it, so that no connection is told what came over it.
        let each = appends.iter().zip(&appended).zip(&waiting);
        let outcomes: Vec<Outcome> =
            each.map(|((append, appended), (own, ..))| self.outcome(append, appended, own)).collect();
        publish(appends, appended, &self.feeds);
        for ((_, done, _room), outcome) in waiting.into_iter().zip(outcomes) {
            // A device that went away meanwhile pushes again and finds it stored.
            let _ = done.send(outcome);
        }
    }

    /// A fork is told the log once for each connection.
    fn outcome(&self, append: &Append, appended: &Appended, own: &Own) -> Outcome {
        match appended {
            Ok(placed) => {
                own.note(placed.iter());
                Outcome::Stored { upto: placed.iter().map(|placed| placed.position).max().unwrap_or(0) }
            }
            Err(fork) => {
                if own.forks(*fork) {
                    let Append { workspace, device, entries } = append;
                    tracing::warn!(%workspace, %device, changes = entries.len(), %fork, "a push was refused: it forks");
                    self.metrics.refused(Reason::Forked);
                }
                Outcome::Forked(*fork)
            }
        }
    }
}

/// Refuses what comes over connections after a fork, on which it may build; the others.
fn after_no_fork(pushes: Vec<Push>) -> Vec<Push> {
    let settled = |push: Push| match push.own.fork() {
        Some(fork) => {
            let _ = push.done.send(Outcome::Forked(fork));
            None
        }
        None => Some(push),
    };
    pushes.into_iter().filter_map(settled).collect()
}

/// Hands what is new to the feeds, one run for each workspace.
fn publish(appends: Vec<Append>, appended: Vec<Appended>, feeds: &Feeds) {
    let mut fresh: BTreeMap<WorkspaceId, Vec<Arc<Logged>>> = BTreeMap::new();
    for (append, placed) in appends.into_iter().zip(appended) {
        let Append { workspace, device, entries } = append;
        let placed: Vec<Placed> = placed.unwrap_or_default();
        let logged = entries.into_iter().zip(placed).filter(|(_, placed)| placed.fresh);
        let logged = logged.map(|(entry, placed)| Arc::new(Logged { position: placed.position, device, entry }));
        fresh.entry(workspace).or_default().extend(logged);
    }
    for (workspace, logged) in fresh {
        if let Some(feed) = feeds.get(workspace) {
            feed.extend(logged);
        }
    }
}
