//! The outbox: what the relay has not acknowledged, in order. These are changes made here, and after a loss at the
//! relay everything there is.

use indexed_db_futures::KeyRange;
use indexed_db_futures::error::Error;
use indexed_db_futures::object_store::ObjectStore;
use indexed_db_futures::prelude::*;
use indexed_db_futures::typed_array::Uint8Array;
use shared::gather::Gather;
use shared::id::DocumentId;
use shared::sorted::SortedSet;

use super::chunk::{Chunk, name};
use super::stand::Fact;
use super::{CHUNKS, META, OUTBOX, Storage, Trouble, reading, writing};

/// What waits for the relay.
pub(crate) struct Waiting {
    /// Its place in the outbox.
    pub place: f64,
    /// A change, or after a loss at the relay a folded past; none if its bytes are damaged.
    pub piece: Option<(DocumentId, Chunk)>,
}

impl Storage {
    /// How many changes wait.
    pub(crate) async fn waiting(&self) -> Result<usize, Trouble> {
        let count = self
            .attempt(async |database| {
                let transaction = reading(database, &[OUTBOX])?;
                transaction.object_store(OUTBOX)?.count().primitive()?.await
            })
            .await?;
        Ok(usize::try_from(count).unwrap_or(usize::MAX))
    }

    /// The next changes that wait after a place, in order.
    pub(crate) async fn waiting_after(&self, place: f64, limit: u32) -> Result<Vec<Waiting>, Trouble> {
        self.attempt(async |database| {
            let transaction = reading(database, &[OUTBOX, CHUNKS])?;
            let (outbox, chunks) = (transaction.object_store(OUTBOX)?, transaction.object_store(CHUNKS)?);
            let after = || KeyRange::LowerBound(place, true);
            let places = outbox.get_all_keys::<f64>().with_query::<f64, _>(after()).with_limit(limit).primitive()?;
            let keys = outbox.get_all::<String>().with_query::<f64, _>(after()).with_limit(limit).primitive()?;
            let places = places.await?.collect::<Result<Vec<f64>, Error>>()?;
            let keys = keys.await?.collect::<Result<Vec<String>, Error>>()?;
            let frames: Vec<_> = keys
                .iter()
                .map(|key| chunks.get::<Uint8Array, _, _>(key.clone()).primitive())
                .collect::<Result<_, Error>>()?;
            let mut waiting = Vec::new();
            for ((place, key), frame) in places.into_iter().zip(keys).zip(frames) {
                let frame = frame.await?;
                waiting.push(Waiting { place, piece: frame.and_then(|frame| piece(&key, &frame)) });
            }
            Ok(waiting)
        })
        .await
    }

    /// The documents of which something waits.
    pub(crate) async fn waiting_documents(&self) -> Result<SortedSet<DocumentId>, Trouble> {
        self.attempt(async |database| documents_in(&reading(database, &[OUTBOX])?.object_store(OUTBOX)?).await).await
    }

    /// The relay has these, and facts become true with that: what is off the outbox and lost by the relay is told by
    /// them alone.
    pub(crate) async fn acknowledge(&self, places: &[f64], facts: &[Fact]) -> Result<(), Trouble> {
        self.attempt(async |database| {
            let transaction = writing(database, &[OUTBOX, META])?;
            let (outbox, meta) = (transaction.object_store(OUTBOX)?, transaction.object_store(META)?);
            for place in places {
                let _deleted = outbox.delete(*place).primitive()?;
            }
            for (name, value) in facts {
                let _put = meta.put(value.clone()).with_key((*name).to_owned()).primitive()?;
            }
            transaction.commit().await
        })
        .await
    }

    /// The relay lost what it had: everything in storage waits again.
    pub(crate) async fn push_all_again(&self) -> Result<(), Trouble> {
        self.attempt(async |database| {
            let transaction = writing(database, &[OUTBOX, CHUNKS])?;
            let (outbox, chunks) = (transaction.object_store(OUTBOX)?, transaction.object_store(CHUNKS)?);
            let keys = chunks.get_all_keys::<String>().primitive()?.await?.collect::<Result<Vec<_>, Error>>()?;
            let _cleared = outbox.clear()?;
            for key in keys {
                let _put = outbox.put(key).primitive()?;
            }
            transaction.commit().await
        })
        .await
    }
}

/// The documents of which something is in the outbox, read inside a transaction.
pub(super) async fn documents_in(outbox: &ObjectStore<'_>) -> Result<SortedSet<DocumentId>, Error> {
    let keys = outbox.get_all::<String>().primitive()?.await?.collect::<Result<Vec<String>, Error>>()?;
    Ok(keys.iter().filter_map(|key| name(key)).map(|(document, _)| document).into_set())
}

fn piece(key: &str, frame: &[u8]) -> Option<(DocumentId, Chunk)> {
    let (document, hash) = name(key)?;
    Some((document, Chunk::from_frame(hash, frame)?))
}
