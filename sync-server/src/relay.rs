//! The relay behind the sockets: one committer, one feed for each workspace in use, and the chores.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use minicbor::bytes::ByteVec;
use shared::id::{DeviceId, DocumentId, LogId, WorkspaceId};
use shared::wire::{Ended, Entry, Frame, Position};
use tokio::sync::{Semaphore, watch};
use tokio::task::spawn_blocking;
use tokio::time::{Instant, sleep_until};

use crate::access::{draw, now};
use crate::config::{Allowance, Config, Patience};
use crate::error::Error;
use crate::files::Files;
use crate::fold;
use crate::limits::Limits;
use crate::metrics::Metrics;
use crate::store::{Millis, Store, StoreError, Workspace};

mod chores;
mod committer;
mod feed;
mod hearing;
mod own;
mod passes;
mod reading;
mod rosters;
mod seat;
mod writing;

pub(crate) use committer::{Bench, Committer, Outcome, Storing};
pub(crate) use feed::{Feed, Feeds};
pub(crate) use hearing::{Asked, Greeting, greeted, hear};
pub(crate) use own::Own;
pub(crate) use passes::{Holder, Issued, Passes};
pub(crate) use reading::{Baggage, Outlook, Reading};
pub(crate) use rosters::Rosters;
pub(crate) use seat::Seat;
pub(crate) use writing::Writing;

/// How many connections may be at their greeting at once; others wait for their turn.
const GREETINGS: usize = 256;

/// How long it takes to refuse a stranger, so that the time does not tell what was right about a guess.
pub(crate) const GUESSED: Duration = Duration::from_millis(100);

/// A running relay.
pub(crate) struct Relay {
    pub(crate) patience: Patience,
    pub(crate) committer: Committer,
    pub(crate) limits: Limits,
    pub(crate) metrics: Arc<Metrics>,
    pub(crate) metrics_token: Option<String>,
    /// What the devices that are here show with what they ask of files.
    pub(crate) passes: Arc<Passes>,
    pub(crate) allowance: Allowance,
    files: Arc<Files>,
    /// One for each connection there may be.
    pub(crate) places: Arc<Semaphore>,
    /// One for each connection that may be at its greeting.
    pub(crate) greetings: Semaphore,
    store: Arc<dyn Store>,
    feeds: Arc<Feeds>,
    rosters: Arc<Rosters>,
    stop: watch::Sender<bool>,
    seen: Arc<chores::Seen>,
}

impl Relay {
    /// Starts the committer and the chores.
    pub(crate) fn start(store: Arc<dyn Store>, files: Files, config: &Config) -> io::Result<Self> {
        rename_logs(&*store).map_err(io::Error::other)?;
        let (feeds, rosters) = (Arc::new(Feeds::default()), Arc::new(Rosters::default()));
        let (stop, metrics) = (watch::Sender::new(false), Arc::new(Metrics::default()));
        let files = Arc::new(files);
        let committer = Committer::start(Bench {
            store: store.clone(),
            files: files.clone(),
            feeds: feeds.clone(),
            metrics: metrics.clone(),
            allowed: config.allowance.workspace_bytes,
        })?;
        let outside = chores::Outside { store: store.clone(), feeds: feeds.clone(), rosters: rosters.clone() };
        tokio::spawn(outside.watch(config.patience.outside, stop.subscribe()));
        let seen = Arc::new(chores::Seen::default());
        tokio::spawn(chores::note_seen(store.clone(), seen.clone(), stop.subscribe()));
        tokio::spawn(chores::drop_left(files.clone(), stop.subscribe()));
        tokio::spawn(fold::keep_folding(store.clone(), config.patience.folding, stop.subscribe()));
        let places = config.allowance.connections.min(Semaphore::MAX_PERMITS);
        Ok(Self {
            patience: config.patience,
            committer,
            limits: Limits::new(config.allowance),
            metrics,
            metrics_token: config.metrics_token.clone(),
            passes: Arc::new(Passes::default()),
            allowance: config.allowance,
            files,
            places: Arc::new(Semaphore::new(places)),
            greetings: Semaphore::new(GREETINGS),
            store,
            feeds,
            rosters,
            stop,
            seen,
        })
    }

    /// Asks the store without holding up the sockets.
    pub(crate) async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce(&dyn Store) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let store = self.store.clone();
        spawn_blocking(move || question(&*store)).await.map_err(|_| Error::Stopping)?
    }

    /// Asks the disk for files, without holding up the sockets.
    pub(crate) async fn ask_files<T: Send + 'static>(
        &self,
        question: impl FnOnce(&Files, &dyn Store) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let files = self.files.clone();
        self.ask(move |store| question(&files, store)).await
    }

    /// Puts entries at the end of a list of members, and shows it to everybody who is connected.
    pub(crate) async fn amend(&self, workspace: WorkspaceId, entries: Vec<ByteVec>) -> Result<(), Error> {
        let (rosters, heard) = (self.rosters.clone(), Instant::now());
        let amended = self.ask(move |store| {
            let entries: Vec<&[u8]> = entries.iter().map(|entry| entry.as_slice()).collect();
            rosters.amend(store, workspace, &entries)
        });
        let amended = amended.await;
        if amended.as_ref().is_err_and(Error::may_be_a_guess) {
            sleep_until(heard + GUESSED).await;
        }
        amended
    }

    /// The seat of a device that signed its greeting, where it continues on the workspace's feed, and which deals it
    /// writes. The inner error is for the device, which is not let in.
    pub(crate) async fn welcome(
        &self,
        nonce: [u8; 32],
        said: Greeting,
    ) -> Result<Result<(Seat, Reading, Writing), Ended>, Error> {
        let (store, feeds) = (self.store.clone(), self.feeds.clone());
        let (rosters, seen) = (self.rosters.clone(), self.seen.clone());
        self.ask(move |known| {
            let watched = match rosters.open(known, said.workspace) {
                Err(Error::Store(StoreError::NoWorkspace(_))) => return Ok(Err(said.refused("no such workspace"))),
                opened => opened?,
            };
            let feed = feeds.open(known, said.workspace)?;
            let after = position(known, &said)?;
            let seat = match Seat::take(watched, &nonce, &said) {
                Ok(seat) => seat.with(&seen),
                Err(ended) => return Ok(Err(ended)),
            };
            let came = Baggage { after, held: seat.held(known, said.stand)? };
            let (outlook, writing) = (seat.outlook(), Writing::begin(&seat.outlook(), &came));
            Ok(Ok((seat, Reading::new(store, feed, outlook, came), writing)))
        })
        .await
    }

    /// The next entries of the list that a device lacks.
    pub(crate) async fn next_members(&self, seat: &mut Seat) -> Result<Frame, Error> {
        let (workspace, from) = (seat.workspace, seat.knows);
        let kept = self.ask(move |store| Ok(store.entries(workspace, from)?)).await?;
        Ok(seat.tell(kept))
    }

    /// The first deal among these changes that the device's member does not see, and did not since it last heard.
    pub(crate) async fn unseen(
        &self,
        seat: &Seat,
        writing: &mut Writing,
        entries: &[Entry],
    ) -> Result<Option<DocumentId>, Error> {
        let (workspace, outlook) = (seat.workspace, seat.outlook());
        let asked = writing.not_known(&outlook, entries);
        if asked.is_empty() {
            return Ok(None);
        }
        let tenures = self.ask(move |store| Ok(store.tenures(workspace, &asked)?)).await?;
        Ok(writing.unseen(&outlook, tenures))
    }

    /// When the devices of a workspace were last here.
    pub(crate) async fn last_seen(&self, seat: &Seat) -> Result<Frame, Error> {
        let devices = seat.devices();
        let (lately, now) = (self.seen.lately(), now());
        let (here, away): (Vec<DeviceId>, Vec<DeviceId>) = devices.into_iter().partition(|one| lately.contains(one));
        let mut seen: Vec<(DeviceId, Millis)> = here.into_iter().map(|device| (device, now)).collect();
        self.ask(move |store| {
            seen.extend(store.last_seen(&away)?);
            Ok(Frame::Seen { devices: seen })
        })
        .await
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

/// After which position of the log a device continues: none if its stand is none of this log, which never reached so far
/// under the name the device knows it by.
fn position(known: &dyn Store, said: &Greeting) -> Result<Option<Position>, StoreError> {
    let Some(stand) = said.stand else { return Ok(None) };
    let reached = known.reached(said.workspace, stand.log)?;
    Ok(reached.filter(|reached| stand.after.max(stand.furthest) <= *reached).map(|_| stand.after))
}

/// Gives each log a name that no older copy of the store knows. A device whose position is of a time that this store
/// has lost then notices, whatever was written since.
fn rename_logs(store: &dyn Store) -> Result<(), Error> {
    let fresh = |known: Workspace| Ok(Workspace { log: LogId::from_bytes(draw()?), ..known });
    let renamed: Vec<Workspace> = store.workspaces()?.into_iter().map(fresh).collect::<Result<_, Error>>()?;
    Ok(store.rename_logs(&renamed)?)
}
