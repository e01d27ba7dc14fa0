//! One conversation with the relay, from hello to its end: what is sent, and what is done with what comes.

use std::collections::{BTreeMap, VecDeque};
use std::rc::Rc;

use futures::StreamExt as _;
use futures::channel::mpsc::{UnboundedReceiver, UnboundedSender};
use minicbor::bytes::ByteVec;
use shared::change::SealError;
use shared::id::{DocumentId, LogId};
use shared::membership::Contradiction;
use shared::model::Role;
use shared::wire::{Entry, Frame, MAX_CHANGES, Position, Whole, fill_frames};
use wasm_bindgen_futures::spawn_local;

use super::socket::Socket;
use super::{Event, Parting, SILENCE_MILLIS};
use crate::engine::Engine;
use crate::engine::clock::now;
use crate::engine::opening::MEND;
use crate::engine::queue::Mark;
use crate::engine::roster::Untaken;
use crate::engine::storage::{Chunk, Trouble, Waiting};
use crate::engine::tabs::{Reach, Said};

/// How many pushes are on their way at most before the first is answered.
const PUSHES_AT_MOST: usize = 4;

/// A push that was not answered yet.
struct Push {
    number: u64,
    places: Vec<f64>,
}

/// The state of one conversation.
pub(super) struct Conversation<'a> {
    engine: &'a Rc<Engine>,
    socket: Socket,
    log: Option<LogId>,
    pushes: VecDeque<Push>,
    sent: f64,
    next: u64,
    heard: i64,
    greeted: bool,
    /// Everything was asked for once more, because pieces are lacking.
    mending: bool,
    /// How many entries of the list of members were here when the relay was greeted.
    known_members: u64,
}

impl<'a> Conversation<'a> {
    /// Connects and talks until one side stops.
    pub(super) async fn hold(
        engine: &'a Rc<Engine>,
        number: u64,
        sender: &UnboundedSender<Event>,
        events: &mut UnboundedReceiver<Event>,
    ) -> Parting {
        let Some(socket) = Socket::open(number, sender) else { return Parting::Lost(false) };
        let heard = now().millis();
        let pushes = VecDeque::new();
        let (log, greeted, mending, known_members) = (None, false, false, 0);
        let mut talk = Self { engine, socket, log, pushes, sent: 0.0, next: 1, heard, greeted, mending, known_members };
        while let Some(event) = events.next().await {
            let done = match event {
                Event::Heard(of, bytes) if of == number => talk.hear(&bytes).await,
                Event::Closed(of) if of == number => Err(talk.lost()),
                Event::Restart => Err(talk.lost()),
                Event::Beat => talk.beat(),
                Event::AskSeen if talk.greeted => {
                    talk.socket.send(&Frame::AskSeen);
                    Ok(())
                }
                Event::Nudge if talk.greeted => talk.push().await,
                // A socket of the network that was there before is dead or hangs, often without a word.
                Event::Online => Err(Parting::Lost(true)),
                Event::Heard(..) | Event::Closed(_) | Event::Nudge | Event::AskSeen => Ok(()),
            };
            if let Err(parting) = done {
                return parting;
            }
        }
        talk.lost()
    }

    /// Signs what the relay drew, so that it knows that this is the device, and that it is here now.
    async fn greet(&mut self, nonce: [u8; 32]) -> Result<(), Parting> {
        let (log, after) = self.stand().await.map_err(|_| self.lost())?;
        let mend = self.engine.storage.fact(MEND).await.map_err(|_| self.lost())?;
        self.mending = mend.is_some_and(|answer| answer == "yes");
        let after = if self.mending { 0 } else { after };
        let (workspace, device) = (self.engine.workspace, self.engine.identity.device);
        let members = self.engine.known_members().await.map_err(|_| self.lost())?;
        let signature = self.engine.sign_greeting(nonce).await.map_err(|_| self.lost())?;
        self.known_members = members;
        self.socket.send(&Frame::Hello { workspace, device, signature, members, log, after });
        Ok(())
    }

    async fn hear(&mut self, bytes: &[u8]) -> Result<(), Parting> {
        self.heard = now().millis();
        let Ok(frame) = Frame::decode(bytes) else { return Err(self.lost()) };
        let done = match frame {
            Frame::Challenge(nonce) => return self.greet(nonce).await,
            Frame::Members { from, entries } => return self.take_members(from, entries).await,
            Frame::Welcome { log, head, members } => {
                if members < self.known_members {
                    let engine = self.engine.clone();
                    spawn_local(async move {
                        let _given = engine.give_members_back(members).await;
                    });
                }
                self.welcome(log, head).await
            }
            Frame::Refused { number, needs, .. } => {
                self.pushes.retain(|push| push.number != number);
                self.engine.status.set_held(Some(needs));
                Ok(())
            }
            Frame::Seen { devices } => {
                self.engine.tabs.say(&Said::Seen(devices.clone()));
                self.engine.seen.answer(&devices);
                Ok(())
            }
            Frame::Stored { number } => self.stored(number).await,
            Frame::Log { upto, entries } => self.take(group(entries), Some(upto)).await,
            Frame::Wholes { documents, upto, .. } => self.take(open(documents), upto).await,
            Frame::Ping => {
                self.socket.send(&Frame::Pong);
                Ok(())
            }
            Frame::End(ended) => return Err(Parting::Ended(ended)),
            Frame::Pong | Frame::Hello { .. } | Frame::Push { .. } | Frame::AskSeen => Ok(()),
        };
        // Where nothing can be saved, asking again at once would only bring the same.
        done.map_err(|_| Parting::Lost(false))?;
        if self.greeted { self.push().await } else { Ok(()) }
    }

    /// A relay with another log has lost the one that is known here: it gets back what this device has.
    async fn welcome(&mut self, log: LogId, head: Position) -> Result<(), Trouble> {
        let (known, position) = self.stand().await?;
        if known != Some(log) {
            if known.is_some() {
                self.engine.storage.push_all_again().await?;
                self.engine.recount().await;
            }
            let facts = [("log", log.to_string()), ("position", "0".to_owned())];
            self.engine.storage.note(&facts).await?;
        }
        (self.log, self.greeted) = (Some(log), true);
        self.engine.status.set_ended(None);
        self.engine.status.set_held(None);
        if head == 0 || (known == Some(log) && position >= head && !self.mending) {
            self.caught_up();
        }
        Ok(())
    }

    async fn take(&mut self, arrived: Result<Arrived, SealError>, upto: Option<Position>) -> Result<(), Trouble> {
        let arrived = arrived.map_err(|_| Trouble::Broken("DataError".to_owned()))?;
        let mark = self.log.zip(upto).map(|(log, position)| Mark { log, position });
        self.engine.take(arrived, mark).await?;
        self.heard = now().millis();
        if upto.is_some() {
            if std::mem::take(&mut self.mending) {
                self.engine.storage.note(&[(MEND, "no".to_owned())]).await?;
            }
            self.caught_up();
        }
        Ok(())
    }

    async fn take_members(&self, from: u64, entries: Vec<ByteVec>) -> Result<(), Parting> {
        self.engine.take_members(from, entries).await.map_err(|untaken| match untaken {
            Untaken::Contradiction(Contradiction::Forged) => Parting::Forged,
            Untaken::Contradiction(Contradiction::Gap) | Untaken::Unkept | Untaken::NotHere => Parting::Lost(false),
        })
    }

    fn caught_up(&self) {
        self.engine.show_link(Reach::Online);
    }

    async fn stored(&mut self, number: u64) -> Result<(), Trouble> {
        let (done, open): (Vec<Push>, Vec<Push>) = self.pushes.drain(..).partition(|push| push.number == number);
        self.pushes.extend(open);
        for push in done {
            self.engine.storage.acknowledge(&push.places).await?;
        }
        self.engine.recount().await;
        let (link, _) = self.engine.status.link();
        self.engine.status.set_link(link, Some(now()));
        self.engine.tabs.say(&Said::Acknowledged);
        self.engine.say_link();
        Ok(())
    }

    async fn push(&mut self) -> Result<(), Parting> {
        while self.pushes.len() < PUSHES_AT_MOST {
            let limit = u32::try_from(MAX_CHANGES).unwrap_or(u32::MAX);
            let waiting = self.engine.storage.waiting_after(self.sent, limit).await.map_err(|_| self.lost())?;
            let Some(last) = waiting.last() else { return Ok(()) };
            self.sent = last.place;
            let (nothing, waiting): (Vec<Waiting>, Vec<Waiting>) =
                waiting.into_iter().partition(|each| each.entry.is_none());
            if !nothing.is_empty() {
                let nothing: Vec<f64> = nothing.iter().map(|each| each.place).collect();
                self.engine.storage.acknowledge(&nothing).await.map_err(|_| self.lost())?;
            }
            let waiting = self.hold_back(waiting);
            let mut places: VecDeque<f64> = waiting.iter().map(|each| each.place).collect();
            for entries in fill_frames(waiting.into_iter().filter_map(|each| each.entry).collect()) {
                let places = places.drain(..entries.len()).collect();
                self.pushes.push_back(Push { number: self.next, places });
                self.socket.send(&Frame::Push { number: self.next, entries });
                self.next += 1;
            }
        }
        Ok(())
    }

    /// What the member may not write any more stays here: the relay would refuse all that goes with it.
    fn hold_back(&self, waiting: Vec<Waiting>) -> Vec<Waiting> {
        let role = self.engine.role();
        let needs =
            |each: &Waiting| each.entry.as_ref().map_or(Role::Viewer, |entry| Role::least_to_write(entry.document));
        let (sent, held): (Vec<Waiting>, Vec<Waiting>) = waiting.into_iter().partition(|each| role >= needs(each));
        if let Some(needs) = held.iter().map(needs).max() {
            self.engine.status.set_held(Some(needs));
        }
        sent
    }

    fn beat(&self) -> Result<(), Parting> {
        if now().millis() - self.heard > SILENCE_MILLIS {
            return Err(self.lost());
        }
        if self.greeted {
            self.socket.send(&Frame::Ping);
        }
        Ok(())
    }

    async fn stand(&self) -> Result<(Option<LogId>, Position), Trouble> {
        let log = self.engine.storage.fact("log").await?.and_then(|log| log.parse().ok());
        let position = self.engine.storage.fact("position").await?.and_then(|position| position.parse().ok());
        Ok((log, position.unwrap_or(0)))
    }

    fn lost(&self) -> Parting {
        Parting::Lost(self.greeted)
    }
}

type Arrived = Vec<(DocumentId, Vec<Chunk>)>;

/// The changes of a frame by document. Bytes that do not fit their name were damaged on the way; the position
/// must not go past them, so the whole frame is refused and asked for again.
fn group(entries: Vec<Entry>) -> Result<Arrived, SealError> {
    let mut groups: BTreeMap<DocumentId, Vec<Chunk>> = BTreeMap::new();
    for entry in entries {
        let (document, change) = entry.open()?;
        groups.entry(document).or_default().push(Chunk::Change(change));
    }
    Ok(groups.into_iter().collect())
}

fn open(documents: Vec<Whole>) -> Result<Arrived, SealError> {
    documents.into_iter().map(open_one).collect()
}

fn open_one(whole: Whole) -> Result<(DocumentId, Vec<Chunk>), SealError> {
    let snapshot = whole.snapshot.map(|bytes| Ok(Chunk::snapshot(bytes)));
    let changes = whole.changes.into_iter().map(|entry| Ok(Chunk::Change(entry.open()?.1)));
    Ok((whole.document, snapshot.into_iter().chain(changes).collect::<Result<_, SealError>>()?))
}
