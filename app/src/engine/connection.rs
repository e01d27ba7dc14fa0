//! The connection to the relay: one tab holds it, tries again with patience, and tells the others how it is.

mod arriving;
mod conversation;
mod giving;
mod pushing;
mod socket;

use std::rc::Rc;

use futures::StreamExt as _;
use futures::channel::mpsc::{self, UnboundedReceiver, UnboundedSender};
use futures::future::{Either, select};
use shared::wire::Ended;
use wasm_bindgen::prelude::*;

use super::Engine;
use super::clock::{dice, sleep};
use super::tabs::{self, Reach};
use crate::mirror::Problem;

use conversation::Conversation;

/// How often it is asked whether the relay is still there, in milliseconds.
const BEAT_MILLIS: i32 = 20_000;

/// The longest silence of a relay that is there, in milliseconds.
const SILENCE_MILLIS: i64 = 40_000;

/// The longest wait between two tries, in milliseconds.
const PATIENCE_MILLIS: i32 = 30_000;

/// What happens on the link.
#[derive(Debug)]
pub(super) enum Event {
    /// The socket of this number brought a frame.
    Heard(u64, Vec<u8>),
    /// The socket of this number is closed.
    Closed(u64),
    /// It is time to look whether the relay is still there.
    Beat,
    /// Something new lies in the outbox.
    Nudge,
    /// The relay is to be greeted anew, at once.
    Restart,
    /// The device thinks that it is on a network again.
    Online,
    /// The relay is to be asked when devices were last there.
    AskSeen,
}

/// How a conversation came to its end.
enum Parting {
    /// The connection broke, or what it brought cannot be saved; `true` if it had worked.
    Lost(bool),
    /// The relay said why it ends. Trying again at once would bring the same.
    Ended(Ended),
    /// The relay shows a list of members that does not follow from the one that is known here.
    Forged,
}

/// Holds the link for as long as the page lives.
pub(super) async fn run(engine: Rc<Engine>) {
    if tabs::take_over_link().await {
        let _shown = engine.catch_up_with_storage().await;
    }
    engine.holds_link.set(true);
    let (sender, mut events) = mpsc::unbounded();
    engine.link.replace(Some(sender.clone()));
    watch_network(&sender);
    beat(&sender);
    let mut tries = 0;
    for number in 0.. {
        engine.show_link(Reach::Connecting);
        let parting = Conversation::hold(&engine, number, &sender, &mut events).await;
        engine.courier.admit(None);
        engine.show_link(Reach::Offline);
        match parting {
            Parting::Lost(worked) => tries = if worked { 0 } else { tries + 1 },
            Parting::Ended(Ended::Unavailable | Ended::Crowded) => tries += 1,
            Parting::Ended(Ended::Removed) => {
                // A key that was taken off the list never gets on it again.
                engine.status.set_ended(Some(Problem::Ended(Ended::Removed)));
                return;
            }
            Parting::Ended(ended) => {
                engine.status.set_ended(Some(Problem::Ended(ended)));
                tries = i32::MAX;
            }
            Parting::Forged => {
                engine.status.set_ended(Some(Problem::Forged));
                tries = i32::MAX;
            }
        }
        rest(tries, &mut events).await;
    }
}

/// Waits twice as long after each failure, and never as long as other devices that failed at the same moment.
async fn rest(tries: i32, events: &mut UnboundedReceiver<Event>) {
    let longest = 500_i32.saturating_mul(1 << tries.clamp(0, 6)).min(PATIENCE_MILLIS);
    let jitter = i32::from(dice()[0]) * longest / 512;
    let slept = std::pin::pin!(sleep(longest / 2 + jitter));
    let network = std::pin::pin!(async {
        while let Some(event) = events.next().await {
            if matches!(event, Event::Online | Event::Restart) {
                return;
            }
        }
    });
    match select(slept, network).await {
        Either::Left(_) | Either::Right(_) => {}
    }
}

fn watch_network(sender: &UnboundedSender<Event>) {
    let sender = sender.clone();
    let online = Closure::<dyn FnMut()>::new(move || drop(sender.unbounded_send(Event::Online)));
    if let Some(window) = web_sys::window() {
        let _listening = window.add_event_listener_with_callback("online", online.as_ref().unchecked_ref());
        // The page listens for as long as it lives.
        online.forget();
    }
}

fn beat(sender: &UnboundedSender<Event>) {
    let sender = sender.clone();
    wasm_bindgen_futures::spawn_local(async move {
        while sender.unbounded_send(Event::Beat).is_ok() {
            sleep(BEAT_MILLIS).await;
        }
    });
}
