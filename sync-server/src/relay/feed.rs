//! What is new in a workspace: its head, and the last changes in memory.
//!
//! Each connection reads from its own position, so a slow one holds nobody back and costs nothing.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use shared::id::WorkspaceId;
use shared::wire::Position;
use tokio::sync::watch;

use crate::error::Error;
use crate::store::{Limits, Logged, Store, Workspace};

/// How much of the log's end is kept in memory for each workspace in use.
const TAIL_BYTES: usize = 256 * 1024;

/// The feeds of the workspaces that have a device connected.
#[derive(Default)]
pub(crate) struct Feeds {
    open: Mutex<HashMap<WorkspaceId, Weak<Feed>>>,
}

impl Feeds {
    /// The feed of a workspace, begun at its head if nobody else reads it.
    pub(crate) fn open(&self, store: &dyn Store, id: WorkspaceId) -> Result<Arc<Feed>, Error> {
        let feed = self.get_or_begin(store, id)?;
        // Read after the feed is known to the committer, so that no commit falls in between.
        feed.raise(store.head(id)?);
        Ok(feed)
    }

    fn get_or_begin(&self, store: &dyn Store, id: WorkspaceId) -> Result<Arc<Feed>, Error> {
        if let Some(feed) = self.get(id) {
            return Ok(feed);
        }
        let workspace = store.workspace(id)?;
        let mut open = locked(&self.open);
        if let Some(feed) = open.get(&id).and_then(Weak::upgrade) {
            return Ok(feed);
        }
        let feed = Arc::new(Feed { workspace, head: watch::Sender::new(0), tail: Mutex::default() });
        open.retain(|_, feed| feed.strong_count() > 0);
        open.insert(id, Arc::downgrade(&feed));
        Ok(feed)
    }

    /// The feed of a workspace, if any device reads it.
    pub(crate) fn get(&self, id: WorkspaceId) -> Option<Arc<Feed>> {
        locked(&self.open).get(&id).and_then(Weak::upgrade)
    }

    /// All feeds somebody reads.
    pub(crate) fn all(&self) -> Vec<Arc<Feed>> {
        locked(&self.open).values().filter_map(Weak::upgrade).collect()
    }
}

/// The end of one workspace's log.
pub(crate) struct Feed {
    pub(crate) workspace: Workspace,
    head: watch::Sender<Position>,
    tail: Mutex<Tail>,
}

/// An unbroken run of the log. Commits of other processes leave gaps; then it begins anew.
#[derive(Default)]
struct Tail {
    run: VecDeque<Arc<Logged>>,
    bytes: usize,
}

impl Feed {
    /// Follows the head.
    pub(crate) fn follow(&self) -> watch::Receiver<Position> {
        self.head.subscribe()
    }

    /// Makes it known that the log reaches to `head`.
    pub(crate) fn raise(&self, head: Position) {
        self.head.send_if_modified(|known| {
            let higher = *known < head;
            *known = head.max(*known);
            higher
        });
    }

    /// Adds freshly committed changes, in order.
    pub(crate) fn extend(&self, logged: impl IntoIterator<Item = Arc<Logged>>) {
        let mut tail = locked(&self.tail);
        logged.into_iter().for_each(|logged| tail.push(logged));
        let last = tail.run.back().map_or(0, |logged| logged.position);
        drop(tail);
        self.raise(last);
    }

    /// The log after a position, if it is in memory.
    pub(crate) fn after(&self, position: Position, limits: Limits) -> Option<Vec<Arc<Logged>>> {
        let tail = locked(&self.tail);
        let first = tail.run.front()?.position;
        let skip = usize::try_from((position + 1).checked_sub(first)?).ok()?;
        let mut bytes = 0;
        let run = tail.run.iter().skip(skip).take(limits.changes).take_while(|logged| {
            let fits = bytes == 0 || bytes + logged.entry.bytes.len() <= limits.bytes;
            bytes += logged.entry.bytes.len();
            fits
        });
        Some(run.cloned().collect::<Vec<_>>()).filter(|run| !run.is_empty())
    }
}

impl Tail {
    fn push(&mut self, logged: Arc<Logged>) {
        if self.run.back().is_some_and(|last| last.position + 1 != logged.position) {
            self.run.clear();
            self.bytes = 0;
        }
        self.bytes += logged.entry.bytes.len();
        self.run.push_back(logged);
        while self.bytes > TAIL_BYTES && self.run.len() > 1 {
            let oldest = self.run.pop_front();
            self.bytes -= oldest.map_or(0, |oldest| oldest.entry.bytes.len());
        }
    }
}

/// Nothing here can be left half changed by a panic.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use shared::change::ChangeHash;
    use shared::id::{DeviceId, DocumentId, LogId};
    use shared::wire::Entry;

    use super::*;

    const AMPLE: Limits = Limits { changes: 100, bytes: usize::MAX };

    fn feed() -> Feed {
        let workspace = Workspace { id: WorkspaceId::minted("w"), log: LogId::minted("l") };
        Feed { workspace, head: watch::Sender::new(0), tail: Mutex::default() }
    }

    fn logged(position: Position, size: usize) -> Arc<Logged> {
        let entry = Entry { document: DocumentId::Workspace, hash: ChangeHash([0; 32]), bytes: vec![0; size] };
        Arc::new(Logged { position, device: DeviceId::minted("d"), entry })
    }

    fn positions(feed: &Feed, after: Position) -> Option<Vec<Position>> {
        Some(feed.after(after, AMPLE)?.iter().map(|logged| logged.position).collect())
    }

    #[test]
    fn the_tail_answers_only_what_it_holds_without_a_gap() {
        let feed = feed();
        assert_eq!(positions(&feed, 0), None);
        feed.extend([logged(5, 1), logged(6, 1)]);
        assert_eq!(positions(&feed, 4), Some(vec![5, 6]));
        assert_eq!(positions(&feed, 5), Some(vec![6]));
        assert_eq!(positions(&feed, 6), None);
        assert_eq!(positions(&feed, 3), None, "4 is not in memory");
        feed.extend([logged(9, 1)]);
        assert_eq!(positions(&feed, 6), None, "7 and 8 came from another process");
        assert_eq!(positions(&feed, 8), Some(vec![9]));
        assert_eq!(*feed.follow().borrow(), 9);
    }

    #[test]
    fn the_tail_forgets_its_oldest_changes() {
        let feed = feed();
        feed.extend((1..=10).map(|position| logged(position, TAIL_BYTES / 4)));
        assert_eq!(positions(&feed, 6), Some(vec![7, 8, 9, 10]));
        assert_eq!(positions(&feed, 5), None);
    }
}
