//! The lists of members of the workspaces in use, verified and in memory, so that whoever is removed is cut off at once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};

use shared::id::WorkspaceId;
use tokio::sync::watch;

use crate::access::Roster;
use crate::error::Error;
use crate::store::Store;

/// The rosters of the workspaces that have a device connected.
#[derive(Default)]
pub(crate) struct Rosters {
    open: Mutex<HashMap<WorkspaceId, Weak<Watched>>>,
}

/// One workspace's roster, for everybody to watch.
pub(crate) struct Watched(watch::Sender<Arc<Roster>>);

impl Rosters {
    /// The roster of a workspace, read if nobody else watches it.
    pub(crate) fn open(&self, store: &dyn Store, id: WorkspaceId) -> Result<Arc<Watched>, Error> {
        let Some(watched) = self.get(id) else { return self.begin(store, id) };
        watched.catch_up(store)?;
        Ok(watched)
    }

    /// Puts entries at the end of a list, all or those before the first that is refused.
    pub(crate) fn amend(&self, store: &dyn Store, id: WorkspaceId, entries: &[&[u8]]) -> Result<(), Error> {
        let watched = self.open(store, id)?;
        let mut roster = Roster::clone(&watched.0.borrow());
        let done = entries.iter().try_for_each(|bytes| roster.amend(store, bytes));
        watched.show(roster);
        done
    }

    /// Reads what other processes added.
    pub(crate) fn catch_up(&self, store: &dyn Store) -> Result<(), Error> {
        let all: Vec<Arc<Watched>> = self.locked().values().filter_map(Weak::upgrade).collect();
        all.iter().try_for_each(|watched| watched.catch_up(store))
    }

    fn begin(&self, store: &dyn Store, id: WorkspaceId) -> Result<Arc<Watched>, Error> {
        store.workspace(id)?;
        // A copy has no room left to grow in: most lists stay as they are for weeks.
        let roster = Roster::read(store, id)?.clone();
        let fresh = Arc::new(Watched(watch::Sender::new(Arc::new(roster))));
        let mut open = self.locked();
        if let Some(watched) = open.get(&id).and_then(Weak::upgrade) {
            return Ok(watched);
        }
        open.retain(|_, watched| watched.strong_count() > 0);
        open.insert(id, Arc::downgrade(&fresh));
        Ok(fresh)
    }

    fn get(&self, id: WorkspaceId) -> Option<Arc<Watched>> {
        self.locked().get(&id).and_then(Weak::upgrade)
    }

    /// Nothing here can be left half changed by a panic.
    fn locked(&self) -> MutexGuard<'_, HashMap<WorkspaceId, Weak<Watched>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Watched {
    /// Watches the roster.
    pub(crate) fn follow(&self) -> watch::Receiver<Arc<Roster>> {
        self.0.subscribe()
    }

    fn catch_up(&self, store: &dyn Store) -> Result<(), Error> {
        let mut roster = Roster::clone(&self.0.borrow());
        roster.catch_up(store)?;
        self.show(roster);
        Ok(())
    }

    /// Two may read at the same moment; the longer list is the later one.
    fn show(&self, roster: Roster) {
        self.0.send_if_modified(|shown| {
            let is_later = roster.list().length() > shown.list().length();
            if is_later {
                *shown = Arc::new(roster);
            }
            is_later
        });
    }
}
