//! The relay behind the sockets: one committer, one feed for each workspace in use, and the chores.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use shared::id::LogId;
use tokio::sync::{Semaphore, watch};
use tokio::task::spawn_blocking;

use crate::access::{Digest, draw};
use crate::config::{Config, Patience};
use crate::error::Error;
use crate::fold;
use crate::limits::Limits;
use crate::metrics::Metrics;
use crate::store::{Device, Store, Workspace};

mod chores;
mod committer;
mod feed;
mod hearing;
mod reading;

pub(crate) use committer::{Bench, Committer, Outcome, Storing};
pub(crate) use feed::{Feed, Feeds};
pub(crate) use hearing::{Asked, Greeting, greeted, hear};
pub(crate) use reading::Reading;

/// How many connections may be at their greeting at once; others wait for their turn.
const GREETINGS: usize = 256;

/// A running relay.
pub(crate) struct Relay {
    pub(crate) patience: Patience,
    pub(crate) committer: Committer,
    pub(crate) limits: Limits,
    pub(crate) metrics: Arc<Metrics>,
    pub(crate) metrics_token: Option<String>,
    /// One for each connection there may be.
    pub(crate) places: Arc<Semaphore>,
    /// One for each connection that may be at its greeting.
    pub(crate) greetings: Semaphore,
    store: Arc<dyn Store>,
    feeds: Arc<Feeds>,
    stop: watch::Sender<bool>,
    seen: Arc<chores::Seen>,
}

impl Relay {
    /// Starts the committer and the chores.
    pub(crate) fn start(store: Arc<dyn Store>, config: &Config) -> io::Result<Self> {
        rename_logs(&*store).map_err(io::Error::other)?;
        let feeds = Arc::new(Feeds::default());
        let (stop, metrics) = (watch::Sender::new(false), Arc::new(Metrics::default()));
        let committer = Committer::start(Bench {
            store: store.clone(),
            feeds: feeds.clone(),
            metrics: metrics.clone(),
            allowed: config.allowance.workspace_bytes,
        })?;
        tokio::spawn(chores::watch_outside(store.clone(), feeds.clone(), config.patience.outside, stop.subscribe()));
        let seen = Arc::new(chores::Seen::default());
        tokio::spawn(chores::note_seen(store.clone(), seen.clone(), stop.subscribe()));
        tokio::spawn(fold::keep_folding(store.clone(), config.patience.folding, stop.subscribe()));
        let limits = Limits::new(config.allowance);
        let places = Arc::new(Semaphore::new(config.allowance.connections.min(Semaphore::MAX_PERMITS)));
        let (patience, metrics_token) = (config.patience, config.metrics_token.clone());
        let greetings = Semaphore::new(GREETINGS);
        Ok(Self { patience, committer, limits, metrics, metrics_token, places, greetings, store, feeds, stop, seen })
    }

    /// Asks the store without holding up the sockets.
    pub(crate) async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&dyn Store) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let store = self.store.clone();
        spawn_blocking(move || question(&*store)).await.map_err(|_| Error::Stopping)?
    }

    /// The device that shows this token.
    pub(crate) async fn device(&self, token: &str) -> Result<Device, Error> {
        let token = Digest::of(token);
        let device = self.ask(move |store| Ok(store.device(token)?)).await?.ok_or(Error::NotJoined)?;
        self.seen.note(device.id);
        Ok(device)
    }

    /// The feed of a device's workspace, and where on it the device continues.
    pub(crate) async fn reading(&self, device: &Device, greeting: &Greeting) -> Result<Reading, Error> {
        let (feeds, workspace, known) = (self.feeds.clone(), device.workspace, greeting.log);
        let (feed, reached) = self
            .ask(move |store| {
                let feed = feeds.open(store, workspace)?;
                let reached = known.map(|log| store.reached(workspace, log)).transpose()?.flatten();
                Ok((feed, reached))
            })
            .await?;
        Ok(Reading::new(self.store.clone(), feed, device.id, greeting.after, reached))
    }

    /// How many workspaces have a device connected.
    pub(crate) fn workspaces_in_use(&self) -> u64 {
        self.feeds.all().len() as u64
    }

    /// Turns true when the relay stops. The relay waits until all of these are dropped.
    pub(crate) fn stop_sign(&self) -> watch::Receiver<bool> {
        self.stop.subscribe()
    }

    /// Tells everybody to come to an end.
    pub(crate) fn ring_out(&self) {
        self.stop.send_replace(true);
    }

    /// Waits for everybody, then for the disk.
    pub(crate) async fn close(&self, farewell: Duration) {
        self.ring_out();
        if tokio::time::timeout(farewell, self.stop.closed()).await.is_err() {
            tracing::warn!("some devices did not take their farewell in time");
        }
        self.committer.close().await;
    }
}

/// Gives each log a name that no older copy of the store knows. A device whose position is of a time that this store
/// has lost then notices, whatever was written since.
fn rename_logs(store: &dyn Store) -> Result<(), Error> {
    let fresh = |known: Workspace| Ok(Workspace { log: LogId::from_bytes(draw()?), ..known });
    let renamed: Vec<Workspace> = store.workspaces()?.into_iter().map(fresh).collect::<Result<_, Error>>()?;
    Ok(store.rename_logs(&renamed)?)
}
