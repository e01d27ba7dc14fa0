//! Group commit: all pushes that wait share one transaction and one sync to disk.

use std::collections::BTreeMap;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use shared::id::{DeviceId, WorkspaceId};
use shared::wire::Entry;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, oneshot};

use super::Feeds;
use crate::store::{Append, Logged, Placed, Store};

/// Pushes that may wait for the disk.
const WAITING: usize = 1024;

/// Bytes of changes that may wait for the disk, of all devices together.
const WAITING_BYTES: u32 = 64 * 1024 * 1024;

/// Answers true once the push is on disk; false or nothing if it could not be stored.
pub(crate) type Storing = oneshot::Receiver<bool>;

/// The only one who appends to the log in this process.
pub(crate) struct Committer {
    queue: mpsc::Sender<Work>,
    room: Arc<Semaphore>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

enum Work {
    Append { append: Append, done: oneshot::Sender<bool>, _room: OwnedSemaphorePermit },
    Stop,
}

impl Committer {
    /// Starts its thread.
    pub(crate) fn start(store: Arc<dyn Store>, feeds: Arc<Feeds>) -> io::Result<Self> {
        let (queue, work) = mpsc::channel(WAITING);
        let thread =
            std::thread::Builder::new().name("committer".to_owned()).spawn(move || run(work, &*store, &feeds))?;
        let room = Arc::new(Semaphore::new(WAITING_BYTES as usize));
        Ok(Self { queue, room, thread: Mutex::new(Some(thread)) })
    }

    /// Queues a push, waiting while the queue is full.
    pub(crate) async fn append(&self, workspace: WorkspaceId, device: DeviceId, entries: Vec<Entry>) -> Storing {
        let (done, storing) = oneshot::channel();
        let bytes: usize = entries.iter().map(|entry| entry.bytes.len()).sum();
        let bytes = u32::try_from(bytes).unwrap_or(WAITING_BYTES).min(WAITING_BYTES);
        if let Ok(room) = self.room.clone().acquire_many_owned(bytes).await {
            let append = Append { workspace, device, entries };
            // A closed queue drops `done`, which the device is told as "not stored".
            let _ = self.queue.send(Work::Append { append, done, _room: room }).await;
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

fn run(mut work: mpsc::Receiver<Work>, store: &dyn Store, feeds: &Feeds) {
    let mut batch = Vec::new();
    while work.blocking_recv_many(&mut batch, WAITING) > 0 {
        let (mut appends, mut waiting) = (Vec::new(), Vec::new());
        let mut stop = false;
        for one in batch.drain(..) {
            match one {
                Work::Append { append, done, _room: room } => {
                    appends.push(append);
                    waiting.push((done, room));
                }
                Work::Stop => stop = true,
            }
        }
        let stored = commit(appends, store, feeds);
        for (done, _room) in waiting {
            // A device that went away meanwhile pushes again and finds it stored.
            let _ = done.send(stored);
        }
        if stop {
            return;
        }
    }
}

fn commit(appends: Vec<Append>, store: &dyn Store, feeds: &Feeds) -> bool {
    match store.append_all(&appends) {
        Ok(placed) => {
            publish(appends, placed, feeds);
            true
        }
        Err(error) => {
            tracing::error!(%error, pushes = appends.len(), "nothing was stored; the devices keep their changes");
            false
        }
    }
}

/// Hands what is new to the feeds, one run for each workspace.
fn publish(appends: Vec<Append>, placed: Vec<Vec<Placed>>, feeds: &Feeds) {
    let mut fresh: BTreeMap<WorkspaceId, Vec<Arc<Logged>>> = BTreeMap::new();
    for (append, placed) in appends.into_iter().zip(placed) {
        let Append { workspace, device, entries } = append;
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
