//! When devices were last at the relay: asked by the tab that holds the link, for all tabs.

use std::cell::RefCell;

use futures::channel::oneshot;
use futures::future::{Either, select};
use shared::gather::Gather;
use shared::id::DeviceId;
use shared::sorted::SortedMap;
use shared::time::Timestamp;

use super::connection::Event;
use super::tabs::Said;
use super::{Engine, clock};

/// How long a page waits for the answer, in milliseconds.
const PATIENCE_MILLIS: i32 = 3_000;

/// Devices, and milliseconds since 1970.
type Answer = Vec<(DeviceId, i64)>;

/// Who waits for the answer.
#[derive(Default)]
pub(super) struct Seen(RefCell<Vec<oneshot::Sender<Answer>>>);

impl Seen {
    /// The relay answered.
    pub(super) fn answer(&self, devices: &[(DeviceId, i64)]) {
        for waiting in self.0.take() {
            let _heard = waiting.send(devices.to_vec());
        }
    }

    fn wait(&self) -> oneshot::Receiver<Answer> {
        let (waiting, answer) = oneshot::channel();
        self.0.borrow_mut().push(waiting);
        answer
    }
}

impl Engine {
    /// When each device was last at the relay; nothing while it cannot be asked.
    pub async fn last_seen(&self) -> SortedMap<DeviceId, Timestamp> {
        let answer = self.seen.wait();
        match self.holds_link.get() {
            true => self.ask_relay_seen(),
            false => self.tabs.say(&Said::AskSeen),
        }
        let tired = std::pin::pin!(clock::sleep(PATIENCE_MILLIS));
        let answer = match select(answer, tired).await {
            Either::Left((answer, _)) => answer.unwrap_or_default(),
            Either::Right(_) => Answer::default(),
        };
        answer.into_iter().map(|(device, at)| (device, Timestamp::from_millis(at))).into_map()
    }

    /// Asks the relay; the answer goes to all tabs.
    pub(super) fn ask_relay_seen(&self) {
        if let Some(link) = self.link.borrow().as_ref() {
            let _asked = link.unbounded_send(Event::AskSeen);
        }
    }
}
