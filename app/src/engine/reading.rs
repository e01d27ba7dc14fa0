//! Looking through documents without keeping them open: what only they have, such as notes, can be searched so.

use shared::id::{DealId, DocumentId};
use shared::model::Deal;
use shared::replica::Replica;

use super::Engine;
use super::clock::Slice;
use super::storage::Chunk;

impl Engine {
    /// Reads these deals one after the other, in slices that leave the page free to draw, and shows each to `see`
    /// until it has seen enough. What cannot be read is passed over; opening the deal tells what is wrong with it.
    pub async fn read_through(&self, deals: Vec<DealId>, mut see: impl FnMut(Option<&Deal>) -> bool) {
        let mut slice = Slice::begin();
        for deal in deals {
            let read = self.read(deal).await;
            if !see(read.as_ref()) {
                return;
            }
            slice.breathe().await;
        }
    }

    async fn read(&self, id: DealId) -> Option<Deal> {
        let document = DocumentId::Deal(id);
        let open = self.replica.borrow().workspace().open_deals.get(&id).map(|deal| deal.as_ref().clone());
        if open.is_some() {
            return open;
        }
        let (chunks, _) = self.storage.load(document).await.ok()?;
        let mut alone = Replica::new(self.actor.get());
        let _damaged = alone.open(document, chunks.iter().map(Chunk::piece).collect());
        alone.workspace().open_deals.get(&id).map(|deal| deal.as_ref().clone())
    }
}
