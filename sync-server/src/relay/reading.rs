//! What a device lacks, one bounded frame at a time, read at the device's own pace.

use std::sync::Arc;

use shared::id::WorkspaceId;
use shared::membership::Horizon;
use shared::wire::{Entry, FRAME_FILL_BYTES, Frame, MAX_CHANGES, Pass, Position};
use tokio::sync::watch;
use tokio::task::spawn_blocking;

use self::choosing::Choosing;
use self::delivery::{Delivery, End, Step};
use super::{Feed, Own};
use crate::error::Error;
use crate::store::{Limits, Logged, Store};

mod choosing;
mod delivery;
mod fate;

/// Small enough for a slow phone to take in seconds, and because the socket library keeps room for the
/// largest frame it ever sent; large enough that frames cost nothing.
const FILL: Limits = Limits { changes: MAX_CHANGES, bytes: FRAME_FILL_BYTES / 16 };

/// Which deals a device's member sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Outlook {
    pub(crate) horizon: Horizon,
    /// As so many entries of the list of members say.
    pub(crate) under: u64,
}

/// What a device came with.
pub(crate) struct Baggage {
    /// After which position of this log it continues. Where it has none, it begins anew.
    pub(crate) after: Option<Position>,
    /// By what it was sent what it has; nothing if it never had anything.
    pub(crate) held: Option<Outlook>,
}

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
    /// The device gets all documents before the log.
    lacks_all: bool,
    /// By what it was sent what it has: several where its member saw other deals before all were there.
    held: Vec<Horizon>,
    outlook: Outlook,
    /// The device is to hear by which entries of the list it now sees.
    untold: bool,
    delivery: Option<Box<Delivery>>,
}

impl Reading {
    /// A device that sees so far continues with what it came with.
    pub(crate) fn new(store: Arc<dyn Store>, feed: Arc<Feed>, outlook: Outlook, came: Baggage) -> Self {
        let head = feed.follow();
        let (greeted, anew, position) = (*head.borrow(), came.after.is_none(), came.after.unwrap_or(0));
        // A device that has nothing hears it with the welcome.
        let untold = came.held.as_ref().is_some_and(|held| held.under < outlook.under);
        // A log that is empty now is followed from its first change.
        let lacks_all = position == 0 && greeted > 0;
        let begins = || (!lacks_all).then(|| outlook.horizon.clone());
        let held = came.held.map(|held| held.horizon).or_else(begins).into_iter().collect();
        let own = Own::default();
        Self { store, feed, head, own, position, anew, lacks_all, held, outlook, untold, delivery: None }
    }

    /// Where it is noted what the device pushes.
    pub(crate) fn own(&self) -> Own {
        self.own.clone()
    }

    /// What the device is told first: also how many entries the list has by which it is sent what follows.
    pub(crate) fn welcome(&self, pass: Pass) -> Frame {
        let (log, members) = (self.feed.workspace.log, self.outlook.under);
        Frame::Welcome { log, head: *self.head.borrow(), members, anew: self.anew, pass }
    }

    /// From now on the device's member sees this. What was chosen by something else, and is not said yet, is chosen
    /// again; only a turn that has begun comes to its end, because the next is counted from there.
    pub(crate) fn look(&mut self, outlook: Outlook) {
        let before = std::mem::replace(&mut self.outlook, outlook);
        if before.horizon == self.outlook.horizon {
            return;
        }
        self.untold = true;
        match self.delivery.as_ref().map(|delivery| &delivery.end) {
            Some(End::All(_)) => {
                self.held.push(before.horizon);
                (self.lacks_all, self.delivery) = (true, None);
            }
            Some(End::Log { .. }) => self.delivery = None,
            Some(End::Sighted(_)) | None => {}
        }
    }

    /// Ready when the device lacks something. Can be dropped and asked again.
    pub(crate) async fn behind(&mut self) {
        if self.delivery.is_some() || self.lacks_all || self.untold {
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
        let delivery = match self.delivery.take() {
            Some(delivery) => Some(delivery),
            None => self.prepared().await?,
        };
        match delivery {
            Some(delivery) => self.deliver(delivery).await,
            None => self.next_log().await,
        }
    }

    /// What is to be delivered before the log goes on.
    async fn prepared(&mut self) -> Result<Option<Box<Delivery>>, Error> {
        let (lacks_all, position) = (self.lacks_all, self.position);
        if !lacks_all && !self.untold {
            return Ok(None);
        }
        let delivery = self.choosing(move |choosing| if lacks_all { choosing.all() } else { choosing.turn(position) });
        let delivery = delivery.await?;
        (self.lacks_all, self.untold) = (false, false);
        Ok(Some(Box::new(delivery)))
    }

    async fn deliver(&mut self, mut delivery: Box<Delivery>) -> Result<Option<Frame>, Error> {
        let (position, horizon) = (self.position, self.outlook.horizon.clone());
        let (step, delivery) = self
            .asked(move |store, workspace| {
                let step = delivery.next((store, workspace), &horizon, position)?;
                Ok((step, delivery))
            })
            .await?;
        match step {
            Step::Say(frame) => {
                self.delivery = Some(delivery);
                Ok(Some(frame))
            }
            Step::Last(frame, upto) => {
                (self.position, self.held) = (upto, vec![self.outlook.horizon.clone()]);
                self.own.forget(upto);
                Ok(Some(frame))
            }
            Step::Over => Ok(self.ended(delivery.end)),
        }
    }

    fn ended(&mut self, end: End) -> Option<Frame> {
        match end {
            End::Sighted(outlook) => {
                self.held = vec![outlook.horizon];
                // Meanwhile its member may see something else again.
                self.untold |= self.held[0] != self.outlook.horizon;
                Some(Frame::Sighted(outlook.under))
            }
            End::Log { upto, entries, is_worth } => self.told(upto, entries, is_worth),
            End::All(_) => None,
        }
    }

    async fn next_log(&mut self) -> Result<Option<Frame>, Error> {
        let run = match self.feed.after(self.position, FILL) {
            Some(run) => run,
            None => self.stored_run().await?,
        };
        if self.outlook.horizon != Horizon::Everything {
            return self.next_chosen(run).await;
        }
        let Some(last) = run.last() else { return Ok(None) };
        let lacked = run.iter().filter(|logged| !self.own.has(logged.position));
        let entries: Vec<Entry> = lacked.map(|logged| logged.entry.clone()).collect();
        let (upto, is_worth) = (last.position, !entries.is_empty());
        Ok(self.told(upto, entries, is_worth))
    }

    async fn next_chosen(&mut self, run: Vec<Arc<Logged>>) -> Result<Option<Frame>, Error> {
        let (after, own) = (self.position, self.own.clone());
        match self.choosing(move |choosing| choosing.run(after, run, &own)).await? {
            Some(delivery) => self.deliver(Box::new(delivery)).await,
            None => Ok(None),
        }
    }

    /// A run of which nothing is told is worth a frame when it ends at the head.
    fn told(&mut self, upto: Position, entries: Vec<Entry>, is_worth: bool) -> Option<Frame> {
        self.position = upto;
        self.own.forget(upto);
        (is_worth || upto >= *self.head.borrow()).then_some(Frame::Log { upto, entries })
    }

    async fn stored_run(&self) -> Result<Vec<Arc<Logged>>, Error> {
        let after = self.position;
        let run = self.asked(move |store, workspace| Ok(store.since(workspace, after, FILL)?)).await?;
        Ok(run.into_iter().map(Arc::new).collect())
    }

    async fn choosing<T: Send + 'static>(
        &self,
        choose: impl FnOnce(Choosing<'_>) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let (held, outlook) = (self.held.clone(), self.outlook.clone());
        let asked =
            move |store: &dyn Store, workspace| choose(Choosing { store, workspace, held: &held, outlook: &outlook });
        self.asked(asked).await
    }

    async fn asked<T: Send + 'static>(
        &self,
        question: impl FnOnce(&dyn Store, WorkspaceId) -> Result<T, Error> + Send + 'static,
    ) -> Result<T, Error> {
        let (store, workspace) = (self.store.clone(), self.feed.workspace.id);
        spawn_blocking(move || question(&*store, workspace)).await.map_err(|_| Error::Stopping)?
    }
}
