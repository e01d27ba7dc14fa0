//! Pushing the outbox out: a few pushes at a time are on their way, and each is done with when the relay answers it.

use std::collections::VecDeque;

use shared::id::DocumentId;
use shared::sorted::SortedSet;
use shared::wire::{Frame, MAX_CHANGES};

use super::giving::Giving;
use super::socket::Socket;
use crate::engine::Engine;

/// How many pushes are on their way at most before the first is answered.
const PUSHES_AT_MOST: usize = 4;

/// A push that was not answered yet.
struct Push {
    number: u64,
    places: Vec<f64>,
}

/// What is on its way to the relay.
#[derive(Default)]
pub(super) struct Pushing {
    pushes: VecDeque<Push>,
    /// The place in the outbox up to which everything was looked at.
    sent: f64,
    /// The number of the last push.
    last: u64,
    /// The relay takes no more of this workspace.
    full: bool,
    /// Documents that the relay takes nothing of in this conversation.
    barred: SortedSet<DocumentId>,
}

impl Pushing {
    /// Sends what waits, as far as it may be on its way at once. None if it cannot be read now.
    pub(super) async fn push(&mut self, engine: &Engine, socket: &Socket) -> Option<()> {
        while !self.full && self.pushes.len() < PUSHES_AT_MOST {
            let limit = u32::try_from(MAX_CHANGES).unwrap_or(u32::MAX);
            let waiting = engine.storage.waiting_after(self.sent, limit).await.ok()?;
            if waiting.is_empty() {
                break;
            }
            let giving = Giving::of(waiting, engine.role(), &self.barred).await.ok()?;
            self.sent = giving.last;
            if giving.held.is_some() {
                engine.status.set_held(giving.held);
            }
            if !giving.nothing.is_empty() {
                engine.storage.acknowledge(&giving.nothing, &[]).await.ok()?;
            }
            self.send(giving, socket);
        }
        Some(())
    }

    /// A push was answered: which places of the outbox it was of.
    pub(super) fn answered(&mut self, number: u64) -> Option<Vec<f64>> {
        let at = self.pushes.iter().position(|push| push.number == number)?;
        self.pushes.remove(at).map(|push| push.places)
    }

    /// The relay refused a push because of a document. What was kept out with it is sent once more, without it.
    pub(super) fn bar(&mut self, number: u64, document: DocumentId) {
        let _refused = self.answered(number);
        self.barred.insert(document);
        self.sent = 0.0;
    }

    /// The relay has no room for a push, nor for others.
    pub(super) fn stop(&mut self, number: u64) {
        let _refused = self.answered(number);
        self.full = true;
    }

    fn send(&mut self, giving: Giving, socket: &Socket) {
        for (entries, places) in giving.frames() {
            self.last += 1;
            self.pushes.push_back(Push { number: self.last, places });
            socket.send(&Frame::Push { number: self.last, entries });
        }
    }
}
