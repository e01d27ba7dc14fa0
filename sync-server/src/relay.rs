//! The relay behind the sockets: one committer, one feed for each workspace in use, and the chores.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::spawn_blocking;

use crate::access::Digest;
use crate::config::{Config, Patience};
use crate::error::Error;
use crate::fold;
use crate::store::{Device, Store};

mod chores;
mod committer;
mod feed;
mod hearing;
mod reading;

pub(crate) use committer::{Committer, Storing};
pub(crate) use feed::{Feed, Feeds};
pub(crate) use hearing::{Asked, Greeting, greeted, hear};
pub(crate) use reading::Reading;

/// A running relay.
pub(crate) struct Relay {
    pub(crate) patience: Patience,
    pub(crate) committer: Committer,
    store: Arc<dyn Store>,
    feeds: Arc<Feeds>,
    stop: watch::Sender<bool>,
    seen: Arc<chores::Seen>,
}

impl Relay {
    /// Starts the committer and the chores.
    pub(crate) fn start(store: Arc<dyn Store>, config: &Config) -> io::Result<Self> {
        let feeds = Arc::new(Feeds::default());
        let stop = watch::Sender::new(false);
        let committer = Committer::start(store.clone(), feeds.clone())?;
        tokio::spawn(chores::watch_outside(store.clone(), feeds.clone(), config.patience.outside, stop.subscribe()));
        let seen = Arc::new(chores::Seen::default());
        tokio::spawn(chores::note_seen(store.clone(), seen.clone(), stop.subscribe()));
        tokio::spawn(fold::keep_folding(store.clone(), config.patience.folding, stop.subscribe()));
        Ok(Self { patience: config.patience, committer, store, feeds, stop, seen })
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
        let (feeds, workspace) = (self.feeds.clone(), device.workspace);
        let feed = self.ask(move |store| feeds.open(store, workspace)).await?;
        Ok(Reading::new(self.store.clone(), feed, device.id, greeting))
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
