//! `GET /sync`: one device's conversation over a WebSocket. The only file that touches the socket.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::State;
use axum::extract::ws::WebSocketUpgrade;
use axum::response::Response;
use shared::id::DocumentId;
use shared::model::Role;
use shared::wire::{Ended, Entry, Frame, MAX_FRAME_BYTES};
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until, timeout};

use self::line::{Line, Over};
use self::pushes::Pushes;
use crate::access::draw;
use crate::error::Error;
use crate::limits::Admission;
use crate::metrics::Reason;
use crate::relay::{Asked, GUESSED, Issued, Reading, Relay, Seat, Writing, greeted, hear};

mod line;
mod pushes;

/// Kept small: most connections are idle, and each holds both.
const BUFFER_BYTES: usize = 4 * 1024;

/// Room above the largest frame, so that one just over the bound is named rather than cut off.
const SLACK_BYTES: usize = 64 * 1024;

/// Begins a conversation.
pub(crate) async fn sync(State(relay): State<Arc<Relay>>, upgrade: WebSocketUpgrade) -> Result<Response, Error> {
    let place = relay.places.clone().try_acquire_owned().map_err(|_| {
        relay.metrics.refused(Reason::Busy);
        Error::Busy
    })?;
    let upgraded = upgrade
        .read_buffer_size(BUFFER_BYTES)
        .write_buffer_size(BUFFER_BYTES)
        .max_write_buffer_size(2 * MAX_FRAME_BYTES)
        .max_frame_size(MAX_FRAME_BYTES + SLACK_BYTES)
        .max_message_size(MAX_FRAME_BYTES + SLACK_BYTES)
        .on_upgrade(|socket| async move {
            let mut line = Line::new(socket, relay.patience.sending, relay.metrics.clone());
            let mut stop = relay.stop_sign();
            let over = tokio::select! {
                over = talk(&mut line, &relay) => over,
                () = stopped(&mut stop) => Ended::Unavailable.into(),
            };
            line.hang_up(over).await;
            drop(place);
        });
    Ok(upgraded)
}

/// Ready when the relay stops, or is gone.
async fn stopped(stop: &mut watch::Receiver<bool>) {
    let _ = stop.wait_for(|stop| *stop).await;
}

/// Talks until something ends it; this says what.
async fn talk(line: &mut Line, relay: &Relay) -> Over {
    match greet(line, relay).await {
        Ok((seat, reading, writing, _issued)) => {
            line.device = Some(seat.device);
            let admission = match relay.limits.admit(seat.device, Instant::now()) {
                Ok(admission) => admission,
                Err(ended) => return ended.into(),
            };
            let pushes = Pushes::default();
            let conversation = Conversation { relay, seat, reading, writing, admission, slowed: false, pushes };
            let _present = relay.metrics.present();
            match conversation.carry_on(line).await {
                Ok(never) => match never {},
                Err(over) => over,
            }
        }
        Err(over) => over,
    }
}

/// The relay draws, the device signs what was drawn: a greeting that was recorded is worth nothing.
async fn greet(line: &mut Line, relay: &Relay) -> Result<(Seat, Reading, Writing, Issued), Over> {
    // Strangers may send large frames too; so many at once bound what that costs.
    let _turn = relay.greetings.acquire().await.map_err(|_| Ended::Unavailable)?;
    let nonce = draw()?;
    line.say(&Frame::Challenge(nonce)).await?;
    let wait = relay.patience.greeting;
    let first = timeout(wait, line.hear())
        .await
        .map_err(|_| Ended::Malformed(format!("no Hello within {} s", wait.as_secs_f32())))??;
    let heard = Instant::now();
    let welcomed = relay.welcome(nonce, greeted(&first)?).await?;
    if welcomed.is_err() {
        sleep_until(heard + GUESSED).await;
    }
    let (seat, reading, writing) = welcomed.map_err(Over::Noted)?;
    let pass = draw()?;
    let issued = relay.passes.issue(&pass, seat.holder());
    line.say(&reading.welcome(pass)).await?;
    Ok((seat, reading, writing, issued))
}

struct Conversation<'relay> {
    relay: &'relay Relay,
    seat: Seat,
    reading: Reading,
    writing: Writing,
    admission: Admission,
    /// It was ahead of its allowance, which was logged.
    slowed: bool,
    pushes: Pushes,
}

impl Conversation<'_> {
    async fn carry_on(mut self, line: &mut Line) -> Result<Infallible, Over> {
        let mut silence = Silence::begins();
        loop {
            tokio::select! {
                heard = hear_in_time(line, self.admission.until()), if self.pushes.has_room() => {
                    silence = Silence::begins();
                    let heard = heard?;
                    self.count(heard.len());
                    self.answer(line, &heard).await?;
                }
                answer = self.pushes.answer(), if !self.pushes.is_empty() => {
                    line.say(&answer?).await?;
                }
                () = self.reading.behind() => {
                    self.look();
                    if let Some(frame) = self.reading.next().await? {
                        line.say(&frame).await?;
                    }
                }
                () = self.seat.behind() => {
                    self.seat.role()?;
                    self.look();
                    if self.seat.lacks_entries() {
                        line.say(&self.relay.next_members(&mut self.seat).await?).await?;
                    }
                }
                () = silence.lasts(self.relay) => {
                    silence.asked_or_gone()?;
                    line.say(&Frame::Ping).await?;
                }
            }
        }
    }

    /// What the device's member sees may be something else now.
    fn look(&mut self) {
        if let Some(outlook) = self.seat.look() {
            self.reading.look(outlook);
        }
    }

    /// A device that sends more than it may is heard later; that is told the log once for each connection.
    fn count(&mut self, bytes: usize) {
        let ahead = self.admission.count(bytes, Instant::now());
        if let Some(wait) = ahead
            && !std::mem::replace(&mut self.slowed, true)
        {
            self.relay.metrics.refused(Reason::Slowed);
            tracing::warn!(device = %self.seat.device, ?wait, "a device sends more than it may and is heard later");
        }
    }

    async fn answer(&mut self, line: &mut Line, heard: &[u8]) -> Result<(), Over> {
        let role = self.seat.role()?;
        match hear(heard, role)? {
            Asked::Store { number, entries } => {
                match self.relay.unseen(&self.seat, &mut self.writing, &entries).await? {
                    None => self.store(number, entries, heard.len()).await,
                    // Whoever is a manager writes it, whose ever it is.
                    Some(deal) => self.refuse(line, number, (deal, Role::Manager)).await?,
                }
            }
            Asked::Refused { number, document, needs } => self.refuse(line, number, (document, needs)).await?,
            Asked::Seen => line.say(&self.relay.last_seen(&self.seat).await?).await?,
            Asked::Answer => line.say(&Frame::Pong).await?,
            Asked::Nothing => {}
        }
        Ok(())
    }

    async fn store(&mut self, number: u64, entries: Vec<Entry>, bytes: usize) {
        let (committer, own) = (&self.relay.committer, self.reading.own());
        let storing = committer.append(self.seat.workspace, self.seat.device, own, entries).await;
        self.pushes.add(number, bytes, storing);
    }

    async fn refuse(&self, line: &mut Line, number: u64, (document, needs): (DocumentId, Role)) -> Result<(), Over> {
        let (device, role) = (self.seat.device, self.seat.role()?);
        tracing::warn!(%device, %role, %document, %needs, number, "a push was refused");
        self.relay.metrics.refused(Reason::Role);
        line.say(&Frame::Refused { number, document, needs }).await
    }
}

/// The next frame's bytes, not before a device that is ahead of its allowance may be heard again. What it sends
/// meanwhile waits on its side.
async fn hear_in_time(line: &mut Line, until: Instant) -> Result<Bytes, Over> {
    if Instant::now() < until {
        sleep_until(until).await;
    }
    line.hear().await
}

/// How long the device has said nothing, and whether it was asked why.
struct Silence {
    since: Instant,
    asked: bool,
}

impl Silence {
    fn begins() -> Self {
        Self { since: Instant::now(), asked: false }
    }

    async fn lasts(&self, relay: &Relay) {
        let patience: Duration = if self.asked { relay.patience.gone } else { relay.patience.quiet };
        sleep_until(self.since + patience).await;
    }

    fn asked_or_gone(&mut self) -> Result<(), Over> {
        if self.asked {
            return Err(Over::Gone);
        }
        self.asked = true;
        Ok(())
    }
}

impl From<Error> for Over {
    fn from(error: Error) -> Self {
        match error {
            Error::Store(_)
            | Error::Dice(_)
            | Error::Request(_)
            | Error::Membership(_)
            | Error::File(_)
            | Error::LinkExpired
            | Error::Busy
            | Error::Stopping => {
                tracing::error!(%error, "a conversation could not go on");
                Self::Noted(Ended::Unavailable)
            }
        }
    }
}
