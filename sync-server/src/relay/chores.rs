//! What the relay does unasked: it notices what other processes commit, for instance an import
//! at the console, and fans it out; it writes down who was here; it takes away parts of files that nobody goes on with.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

use shared::id::DeviceId;
use tokio::sync::watch;
use tokio::task::spawn_blocking;

use super::{Feeds, Rosters};
use crate::access::now;
use crate::error::Error;
use crate::files::Files;
use crate::store::Store;

/// Between two notes of who was here. Often enough to be told, seldom enough to cost nothing.
const NOTING: Duration = Duration::from_secs(60);

/// Between two looks for parts of files that were left.
const TIDYING: Duration = Duration::from_secs(60 * 60);

/// How long a device may be away and go on with a file.
const PART_LASTS: Duration = Duration::from_secs(14 * 24 * 60 * 60);

/// Devices that are here, and those that left and are not yet noted in the store.
#[derive(Default)]
pub(crate) struct Seen(Mutex<Presence>);

#[derive(Default)]
struct Presence {
    /// How many connections each has.
    here: BTreeMap<DeviceId, usize>,
    left: BTreeSet<DeviceId>,
}

/// A device's presence, for as long as it is held.
pub(crate) struct Here {
    seen: Arc<Seen>,
    device: DeviceId,
}

impl Seen {
    /// A device is here from now on.
    pub(super) fn arrives(self: &Arc<Self>, device: DeviceId) -> Here {
        *self.locked().here.entry(device).or_default() += 1;
        Here { seen: self.clone(), device }
    }

    /// The devices that are here, or were since this was last noted.
    pub(super) fn lately(&self) -> BTreeSet<DeviceId> {
        let presence = self.locked();
        presence.here.keys().chain(&presence.left).copied().collect()
    }

    fn take(&self) -> Vec<DeviceId> {
        let lately = self.lately();
        self.locked().left.clear();
        lately.into_iter().collect()
    }

    /// Nothing here can be left half changed by a panic.
    fn locked(&self) -> MutexGuard<'_, Presence> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Here {
    fn drop(&mut self) {
        let mut presence = self.seen.locked();
        if let Some(connections) = presence.here.get_mut(&self.device) {
            *connections -= 1;
            if *connections == 0 {
                presence.here.remove(&self.device);
                presence.left.insert(self.device);
            }
        }
    }
}

/// Writes down who was here, a last time when the relay stops.
pub(super) async fn note_seen(store: Arc<dyn Store>, seen: Arc<Seen>, mut stop: watch::Receiver<bool>) {
    let mut stopped = false;
    while !stopped {
        tokio::select! {
            () = tokio::time::sleep(NOTING) => {}
            _ = stop.wait_for(|stop| *stop) => stopped = true,
        }
        let (store, devices) = (store.clone(), seen.take());
        if devices.is_empty() {
            continue;
        }
        let noted = spawn_blocking(move || store.seen(&devices, now())).await;
        if let Ok(Err(error)) = noted {
            tracing::warn!(%error, "when devices were last seen was not noted");
        }
    }
}

/// Takes parts of files away that were left.
pub(super) async fn drop_left(files: Arc<Files>, mut stop: watch::Receiver<bool>) {
    loop {
        let (files, since) = (files.clone(), SystemTime::now() - PART_LASTS);
        match spawn_blocking(move || files.drop_left(since)).await {
            Ok(Ok(0)) | Err(_) => {}
            Ok(Ok(parts)) => tracing::info!(parts, "parts of files that nobody went on with were taken away"),
            Ok(Err(error)) => tracing::warn!(%error, "parts of files that were left stay"),
        }
        tokio::select! {
            () = tokio::time::sleep(TIDYING) => {}
            _ = stop.wait_for(|stop| *stop) => return,
        }
    }
}

/// What is to be told when another process committed something.
pub(super) struct Outside {
    pub(super) store: Arc<dyn Store>,
    pub(super) feeds: Arc<Feeds>,
    pub(super) rosters: Arc<Rosters>,
}

impl Outside {
    /// Looks for outside commits until the relay stops.
    pub(super) async fn watch(self, pause: Duration, mut stop: watch::Receiver<bool>) {
        let (outside, mut known) = (Arc::new(self), None);
        loop {
            tokio::select! {
                () = tokio::time::sleep(pause) => {}
                _ = stop.wait_for(|stop| *stop) => return,
            }
            let outside = outside.clone();
            match spawn_blocking(move || outside.look(known)).await {
                Ok(Ok(now)) => known = Some(now),
                Ok(Err(error)) => tracing::error!(%error, "commits of other processes cannot be seen"),
                Err(_) => return,
            }
        }
    }

    fn look(&self, known: Option<i64>) -> Result<i64, Error> {
        // Asked before the heads are read: a commit in between is then seen twice rather than never.
        let now = self.store.outside_commits()?;
        if known != Some(now) {
            for feed in self.feeds.all() {
                feed.raise(self.store.head(feed.workspace.id)?);
            }
            self.rosters.catch_up(&*self.store)?;
        }
        Ok(now)
    }
}
