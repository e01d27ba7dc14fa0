//! Documents that are not for this device any more go as a whole: pieces and cards in one transaction.

use indexed_db_futures::prelude::*;
use shared::id::DocumentId;
use shared::sorted::SortedSet;

use super::chunk::keys;
use super::outbox::documents_in;
use super::stand::Fact;
use super::{BLOCKS, CARDS, CHUNKS, META, OUTBOX, Storage, Trouble, cards, writing};

impl Storage {
    /// Takes documents out, and writes facts down with that. False, and nothing is done, if something of them waits for
    /// the relay.
    pub(crate) async fn part_with(&self, gone: &SortedSet<DocumentId>, facts: &[Fact]) -> Result<bool, Trouble> {
        self.attempt(async |database| {
            let transaction = writing(database, &[CHUNKS, CARDS, BLOCKS, OUTBOX, META])?;
            if !documents_in(&transaction.object_store(OUTBOX)?).await?.is_disjoint(gone) {
                return Ok(false);
            }
            let (chunks, meta) = (transaction.object_store(CHUNKS)?, transaction.object_store(META)?);
            for document in gone {
                let _deleted = chunks.delete(keys(*document)).primitive()?;
            }
            cards::forget(&transaction, gone).await?;
            for (name, value) in facts {
                let _put = meta.put(value.clone()).with_key((*name).to_owned()).primitive()?;
            }
            transaction.commit().await?;
            Ok(true)
        })
        .await
    }
}
