//! Changes told again under another name take the place of those they were, all at once.

use indexed_db_futures::error::Error;
use indexed_db_futures::object_store::ObjectStore;
use indexed_db_futures::prelude::*;
use shared::change::ChangeHash;
use shared::gather::Gather;
use shared::id::DocumentId;
use shared::sorted::SortedSet;
use shared::stored::Card;

use super::chunk::{Chunk, key};
use super::chunks::set_aside;
use super::meta::retire;
use super::save::put;
use super::{Batch, CARDS, CHUNKS, META, OUTBOX, QUARANTINE, Storage, Trouble, writing};

/// The fact that names the last telling; what is in memory of an earlier one builds on what is gone.
pub(crate) const TELLING: &str = "telling";

/// What changes of a document when some of it is told again.
#[derive(Default)]
pub(crate) struct Telling {
    /// The pieces that go.
    pub gone: Vec<ChangeHash>,
    /// Those that come, all of which the relay is to get.
    pub told: Vec<Chunk>,
    /// The card of the document as it is then.
    pub card: Option<Card>,
}

impl Storage {
    /// Writes a telling down under a name of its own. What goes is put aside, and no actor of before is used any more.
    pub(crate) async fn tell_again(&self, document: DocumentId, telling: &Telling, name: &str) -> Result<(), Trouble> {
        let gone: SortedSet<String> = telling.gone.iter().map(|hash| key(document, *hash)).into_set();
        self.attempt(async |database| {
            let transaction = writing(database, &[CHUNKS, QUARANTINE, CARDS, OUTBOX, META])?;
            let (store, aside) = (transaction.object_store(CHUNKS)?, transaction.object_store(QUARANTINE)?);
            for key in &gone {
                set_aside(&store, &aside, key).await?;
            }
            send_no_more(&transaction.object_store(OUTBOX)?, &gone).await?;
            retire(&transaction.object_store(META)?)?;
            put(&transaction, batch(document, telling, name))?;
            transaction.commit().await
        })
        .await
    }
}

async fn send_no_more(outbox: &ObjectStore<'_>, gone: &SortedSet<String>) -> Result<(), Error> {
    let (places, keys) = (outbox.get_all_keys::<f64>().primitive()?, outbox.get_all::<String>().primitive()?);
    let places = places.await?.collect::<Result<Vec<f64>, Error>>()?;
    let keys = keys.await?.collect::<Result<Vec<String>, Error>>()?;
    for (place, _) in places.into_iter().zip(keys).filter(|(_, key)| gone.contains(key)) {
        let _deleted = outbox.delete(place).primitive()?;
    }
    Ok(())
}

fn batch(document: DocumentId, telling: &Telling, name: &str) -> Batch {
    Batch {
        chunks: telling.told.iter().map(|chunk| (document, chunk.clone(), true)).collect(),
        cards: telling.card.iter().cloned().collect(),
        facts: vec![(TELLING, name.to_owned())],
    }
}
