//! `GET /sync`: one device's conversation over a WebSocket. The only file that touches the socket.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::State;
use axum::extract::ws::WebSocketUpgrade;
use axum::response::Response;
use shared::wire::{Ended, Frame, MAX_FRAME_BYTES};
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until, timeout};

use self::line::{Line, Over};
use crate::access::draw;
use crate::error::Error;
use crate::relay::{Asked, Reading, Relay, Seat, Storing, greeted, hear};

mod line;

/// Kept small: most connections are idle, and each holds both.
const BUFFER_BYTES: usize = 4 * 1024;

/// Room above the largest frame, so that one just over the bound is named rather than cut off.
const SLACK_BYTES: usize = 64 * 1024;

/// Pushes of one device that may wait for the disk before more is read from it.
const PUSHES: usize = 256;

/// Begins a conversation.
pub(crate) async fn sync(State(relay): State<Arc<Relay>>, upgrade: WebSocketUpgrade) -> Response {
    upgrade
        .read_buffer_size(BUFFER_BYTES)
        .write_buffer_size(BUFFER_BYTES)
        .max_write_buffer_size(2 * MAX_FRAME_BYTES)
        .max_frame_size(MAX_FRAME_BYTES + SLACK_BYTES)
        .max_message_size(MAX_FRAME_BYTES + SLACK_BYTES)
        .on_upgrade(|socket| async move {
            let mut line = Line::new(socket, relay.patience.sending);
            let mut stop = relay.stop_sign();
            let over = tokio::select! {
                over = talk(&mut line, &relay) => over,
                () = stopped(&mut stop) => Ended::Unavailable.into(),
            };
            line.hang_up(over).await;
        })
}

/// Ready when the relay stops, or is gone.
async fn stopped(stop: &mut watch::Receiver<bool>) {
    let _ = stop.wait_for(|stop| *stop).await;
}

/// Talks until something ends it; this says what.
async fn talk(line: &mut Line, relay: &Relay) -> Over {
    match greet(line, relay).await {
        Ok((seat, reading)) => {
            let conversation = Conversation { relay, seat, reading, storing: VecDeque::new() };
            match conversation.carry_on(line).await {
                Ok(never) => match never {},
                Err(over) => over,
            }
        }
        Err(over) => over,
    }
}

/// The relay draws, the device signs what was drawn: a greeting that was recorded is worth nothing.
async fn greet(line: &mut Line, relay: &Relay) -> Result<(Seat, Reading), Over> {
    let nonce = draw()?;
    line.say(&Frame::Challenge(nonce)).await?;
    let wait = relay.patience.greeting;
    let first = timeout(wait, line.hear())
        .await
        .map_err(|_| Ended::Malformed(format!("no Hello within {} s", wait.as_secs_f32())))??;
    let (seat, reading) = relay.welcome(nonce, greeted(&first)?).await??;
    let (log, head) = reading.log();
    line.say(&Frame::Welcome { log, head, members: seat.members() }).await?;
    Ok((seat, reading))
}

struct Conversation<'relay> {
    relay: &'relay Relay,
    seat: Seat,
    reading: Reading,
    /// Pushes on their way to the disk, oldest first.
    storing: VecDeque<(u64, Storing)>,
}

impl Conversation<'_> {
    async fn carry_on(mut self, line: &mut Line) -> Result<Infallible, Over> {
        let mut silence = Silence::begins();
        loop {
            tokio::select! {
                heard = line.hear(), if self.storing.len() < PUSHES => {
                    silence = Silence::begins();
                    self.answer(line, &heard?).await?;
                }
                stored = oldest(&mut self.storing), if !self.storing.is_empty() => {
                    line.say(&Frame::Stored { number: stored? }).await?;
                }
                () = self.reading.behind() => {
                    if let Some(frame) = self.reading.next().await? {
                        line.say(&frame).await?;
                    }
                }
                () = self.seat.behind() => {
                    self.seat.role()?;
                    line.say(&self.relay.next_members(&mut self.seat).await?).await?;
                }
                () = silence.lasts(self.relay) => {
                    silence.asked_or_gone()?;
                    line.say(&Frame::Ping).await?;
                }
            }
        }
    }

    async fn answer(&mut self, line: &mut Line, heard: &[u8]) -> Result<(), Over> {
        let role = self.seat.role()?;
        match hear(heard, role)? {
            Asked::Store { number, entries } => {
                let storing = self.relay.committer.append(self.seat.workspace, self.seat.device, entries).await;
                self.storing.push_back((number, storing));
            }
            Asked::Refused { number, document, needs } => {
                let device = self.seat.device;
                tracing::warn!(%device, %role, %document, %needs, number, "a push was refused");
                line.say(&Frame::Refused { number, document, needs }).await?;
            }
            Asked::Seen => line.say(&self.relay.last_seen(&self.seat).await?).await?,
            Asked::Answer => line.say(&Frame::Pong).await?,
            Asked::Nothing => {}
        }
        Ok(())
    }
}

/// Waits for the oldest push to be on disk; asking again after being dropped loses nothing.
async fn oldest(storing: &mut VecDeque<(u64, Storing)>) -> Result<u64, Ended> {
    let Some((number, done)) = storing.front_mut() else { return std::future::pending().await };
    let (number, stored) = (*number, done.await);
    storing.pop_front();
    if stored == Ok(true) { Ok(number) } else { Err(Ended::Unavailable) }
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
            | Error::LinkExpired
            | Error::Stopping => {
                tracing::error!(%error, "a conversation could not go on");
                Self::Ended(Ended::Unavailable)
            }
        }
    }
}
