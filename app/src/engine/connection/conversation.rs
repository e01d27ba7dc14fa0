//! One conversation with the relay, from hello to its end: what is sent, and what is done with what comes.

use std::rc::Rc;

use futures::StreamExt as _;
use futures::channel::mpsc::{UnboundedReceiver, UnboundedSender};
use minicbor::bytes::ByteVec;
use shared::change::{ChangeHash, SealError};
use shared::id::{DocumentId, LogId};
use shared::membership::Contradiction;
use shared::wire::{Ended, Frame, Position, Stand};
use wasm_bindgen_futures::spawn_local;

use super::arriving::{Arrived, group, open};
use super::pushing::Pushing;
use super::socket::Socket;
use super::{Event, Parting, SILENCE_MILLIS};
use crate::engine::Engine;
use crate::engine::clock::now;
use crate::engine::courier::AGAIN;
use crate::engine::forks::Noticed;
use crate::engine::handing::Handing;
use crate::engine::opening::MEND;
use crate::engine::roster::Untaken;
use crate::engine::storage::{Trouble, heard, standing};
use crate::engine::tabs::{Reach, Said};
use crate::mirror::Problem;

/// The state of one conversation.
pub(super) struct Conversation<'a> {
    engine: &'a Rc<Engine>,
    socket: Socket,
    /// Where this device stands in the log, once the relay was greeted.
    stand: Option<Stand>,
    pushing: Pushing,
    heard: i64,
    greeted: bool,
    /// Everything was asked for once more, because pieces are lacking.
    mending: bool,
    /// How many entries of the list of members were here when the relay was greeted.
    known_members: u64,
    /// What was heard of deals that change hands, and is not settled.
    handing: Handing,
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
        let (stand, pushing, handing) = (None, Pushing::default(), Handing::default());
        let (greeted, mending, known_members) = (false, false, 0);
        let mut talk = Self { engine, socket, stand, pushing, heard, greeted, mending, known_members, handing };
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
        let stand = self.stand_to_tell().await.map_err(|_| self.lost())?;
        let (workspace, device) = (self.engine.workspace, self.engine.identity.device);
        let members = self.engine.known_members().await.map_err(|_| self.lost())?;
        let signature = self.engine.sign_greeting(nonce).await.map_err(|_| self.lost())?;
        self.known_members = members;
        self.socket.send(&Frame::Hello { workspace, device, signature, members, stand });
        Ok(())
    }

    /// Where pieces are lacking, everything is to come once more. How far the log reached is not forgotten by that.
    async fn stand_to_tell(&mut self) -> Result<Option<Stand>, Trouble> {
        let storage = &self.engine.storage;
        let (stand, mend) = (storage.stand().await?, storage.fact(MEND).await?);
        self.mending = mend.is_some_and(|answer| answer == "yes");
        let Some(stand) = stand.filter(|_| self.mending) else { return Ok(stand) };
        let again = Stand { after: 0, ..stand };
        storage.note(&standing(again)).await?;
        Ok(Some(again))
    }

    async fn hear(&mut self, bytes: &[u8]) -> Result<(), Parting> {
        self.heard = now().millis();
        let Ok(frame) = Frame::decode(bytes) else { return Err(self.lost()) };
        let done = match frame {
            Frame::Challenge(nonce) => return self.greet(nonce).await,
            Frame::Members { from, entries } => return self.take_members(from, entries).await,
            Frame::Welcome { log, head, members, anew, pass } => {
                if members < self.known_members {
                    let engine = self.engine.clone();
                    spawn_local(async move {
                        let _given = engine.give_members_back(members).await;
                    });
                }
                let welcomed = self.welcome(log, head, (anew, members)).await;
                self.engine.courier.admit(Some(pass));
                welcomed
            }
            Frame::Refused { number, document, needs } => {
                self.pushing.bar(number, document);
                self.engine.status.set_held(Some(needs));
                Ok(())
            }
            Frame::Withdrawn { deals } => {
                self.handing.withdrawn.extend(deals);
                Ok(())
            }
            Frame::Sighted(under) => {
                self.stand = self.stand.map(|stand| Stand { under, ..stand });
                self.handing.stand = self.stand;
                Ok(())
            }
            Frame::Seen { devices } => {
                self.engine.tabs.say(&Said::Seen(devices.clone()));
                self.engine.seen.answer(&devices);
                Ok(())
            }
            Frame::Stored { number, upto } => self.stored(number, upto).await,
            // What is on its way builds on what is told again: the relay is to be greeted anew.
            Frame::Forked { document, hash, .. } => return Err(self.forked(document, hash).await),
            Frame::Full { number, allowed } => {
                self.refused(number, allowed);
                Ok(())
            }
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
        if !self.handing.withdrawn.is_empty() {
            self.handing.stand = self.stand;
        }
        self.engine.hand(&mut self.handing).await.map_err(|_| Parting::Lost(false))?;
        if self.greeted { self.push().await } else { Ok(()) }
    }

    /// A relay that does not know this device's position has lost what was there: it gets back all that is here.
    async fn welcome(&mut self, log: LogId, head: Position, (anew, members): (bool, u64)) -> Result<(), Trouble> {
        let known = self.engine.storage.stand().await?;
        if anew && known.is_some() {
            self.engine.storage.push_all_again().await?;
            // Before the stand is: once it is known, the relay is not heard to have lost anything.
            self.engine.storage.note(&[(AGAIN, "yes".to_owned())]).await?;
            self.engine.recount().await;
        }
        let before = Stand { under: known.map_or(members, |known| known.under), ..Stand::before(log) };
        let mut stand = Stand { log, ..known.filter(|_| !anew).unwrap_or(before) };
        // Whole documents come before the position up to which they are.
        stand.hear(head);
        if known != Some(stand) {
            self.engine.storage.note(&standing(stand)).await?;
        }
        (self.stand, self.greeted) = (Some(stand), true);
        self.engine.status.set_ended(None);
        self.engine.status.set_held(None);
        if head == 0 || (stand.after >= head && !self.mending) {
            self.caught_up();
        }
        Ok(())
    }

    async fn take(&mut self, brought: Result<Arrived, SealError>, upto: Option<Position>) -> Result<(), Trouble> {
        let brought = brought.map_err(|_| Trouble::Broken("DataError".to_owned()))?;
        self.note_reach(upto).await?;
        let documents = || brought.pieces.iter().map(|(document, _)| *document);
        // What comes again is not to go any more.
        self.handing.withdrawn.retain(|gone| documents().all(|document| document != gone.document));
        if self.stand.is_some_and(|stand| stand.after > 0) && !self.mending {
            self.handing.before = self.engine.owners(documents());
        }
        self.stand = self.stand.map(|stand| Stand { after: upto.unwrap_or(stand.after), ..stand });
        // One that is held back must not be written down later as it was before this.
        self.handing.stand = self.handing.stand.and(self.stand);
        let mark = self.stand.filter(|_| upto.is_some() && self.handing.withdrawn.is_empty());
        self.engine.refuse(&brought.refused).await?;
        self.engine.take(brought.pieces, mark).await?;
        self.heard = now().millis();
        if upto.is_some() {
            if std::mem::take(&mut self.mending) {
                self.engine.storage.note(&[(MEND, "no".to_owned())]).await?;
            }
            self.caught_up();
        }
        Ok(())
    }

    /// What arrives may be kept without its position, as when another machine forked from here or the tab goes in the
    /// middle. That the log reached so far is therefore written down before.
    async fn note_reach(&mut self, upto: Option<Position>) -> Result<(), Trouble> {
        match (&mut self.stand, upto) {
            (Some(stand), Some(upto)) if upto > stand.furthest => {
                stand.hear(upto);
                self.engine.storage.note(&[heard(*stand)]).await
            }
            _ => Ok(()),
        }
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

    async fn stored(&mut self, number: u64, upto: Position) -> Result<(), Trouble> {
        let Some(stand) = &mut self.stand else { return Ok(()) };
        stand.hear(upto);
        let furthest = heard(*stand);
        if let Some(places) = self.pushing.answered(number) {
            self.engine.storage.acknowledge(&places, &[furthest]).await?;
        }
        self.engine.recount().await;
        let (link, _) = self.engine.status.link();
        self.engine.status.set_link(link, Some(now()));
        self.engine.tabs.say(&Said::Acknowledged);
        self.engine.say_link();
        Ok(())
    }

    /// Another machine wrote as this device. Where nothing is told again, asking at once would bring the same.
    async fn forked(&self, document: DocumentId, hash: ChangeHash) -> Parting {
        Parting::Lost(matches!(self.engine.settle_fork(document, Noticed::Named(hash)).await, Ok(true)))
    }

    /// What is here stays in the outbox, and what others wrote still arrives. The next conversation tries again.
    fn refused(&mut self, number: u64, allowed: u64) {
        self.pushing.stop(number);
        self.engine.status.set_ended(Some(Problem::Ended(Ended::Full(allowed))));
    }

    async fn push(&mut self) -> Result<(), Parting> {
        self.pushing.push(self.engine, &self.socket).await.ok_or_else(|| self.lost())
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

    fn lost(&self) -> Parting {
        Parting::Lost(self.greeted)
    }
}
