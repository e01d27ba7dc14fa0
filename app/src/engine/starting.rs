//! Starting: from cards, the team's among them. No document is read before somebody looks into one or writes.

use shared::gather::Gather;
use shared::id::DocumentId;
use shared::replica::{Actor, Replica};
use shared::sorted::SortedSet;

use super::clock::{Slice, dice, sleep};
use super::storage::{Storage, TELLING, Trouble};
use super::{Engine, tabs};

/// How many loose cards are left lying.
const LOOSE_AT_MOST: usize = 256;

/// How long the page is left alone before loose cards are packed, in milliseconds.
const IDLE_MILLIS: i32 = 5_000;

impl Engine {
    /// Makes memory what storage is, and shows it.
    pub(super) async fn load(&self) -> Result<(), Trouble> {
        self.loading.set(true);
        let loaded = self.load_all().await;
        match &loaded {
            // An actor taken out of use meanwhile means that everything is loaded once more.
            Ok(()) => self.loading.set(self.stale.get()),
            Err(trouble) => self.status.set_trouble(Some(trouble.clone())),
        }
        loaded
    }

    async fn load_all(&self) -> Result<(), Trouble> {
        // Before what is read: memory is rather taken for older than it is than for newer.
        self.telling.replace(self.storage.fact(TELLING).await?);
        let stock = loop {
            let others = self.shelf.borrow().others;
            let read = self.storage.stock().await?;
            // Another tab wrote while storage was read: what was read may be old.
            if others == self.shelf.borrow().others {
                break read;
            }
        };
        let mut replica = Replica::new(self.actor.get());
        replica.restore(stock.cards);
        self.shelf.borrow_mut().clear();
        self.replica.replace(replica);
        self.seat().await?;
        let pinned = self.shelf.borrow().pinned();
        for document in pinned {
            self.open(document).await?;
        }
        self.status.reset(&self.replica.borrow());
        if stock.damaged {
            self.derive_cards().await?;
        }
        self.recount().await;
        Ok(())
    }

    /// Cards that cannot be read (damaged, or of another version) are derived from their documents.
    async fn derive_cards(&self) -> Result<(), Trouble> {
        let mut slice = Slice::begin();
        let stored = self.storage.documents().await?;
        let lacking = |document: &DocumentId| self.replica.borrow().card(*document).is_none();
        let lacking: SortedSet<DocumentId> = stored.into_iter().filter(lacking).into_set();
        for document in lacking {
            self.open(document).await?;
            self.trim();
            slice.breathe().await;
        }
        self.status.reset(&self.replica.borrow());
        Ok(())
    }

    /// Packs loose cards into their blocks while nothing else is to be done.
    pub(super) async fn pack_when_idle(&self) {
        loop {
            sleep(IDLE_MILLIS).await;
            let loose = self.storage.loose_cards().await.unwrap_or(0);
            if loose > LOOSE_AT_MOST && self.holds_link.get() && self.queue.is_empty() {
                for block in Storage::blocks() {
                    let _packed = self.storage.pack(block).await;
                }
            }
        }
    }
}

/// The actor of this tab: that of the slot it leased, so that a device does not gather actors; a fresh one where
/// slots cannot be leased.
pub(super) async fn lease_actor(storage: &Storage) -> Result<Actor, Trouble> {
    let Some(slot) = tabs::lease_slot().await else { return Ok(Actor(dice())) };
    let name = format!("actor/{slot}");
    let stored = storage.fact(&name).await?.and_then(|text| u128::from_str_radix(&text, 16).ok());
    let actor = stored.unwrap_or_else(|| u128::from_be_bytes(dice()));
    if stored.is_none() {
        // On a full disk the device can still be read; its next tab then draws an actor of its own.
        let _kept = storage.note(&[(name.as_str(), format!("{actor:032x}"))]).await;
    }
    Ok(Actor(actor.to_be_bytes()))
}
