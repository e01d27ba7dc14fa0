//! The one transaction that saves work: pieces, cards, outbox and position together or not at all.

use indexed_db_futures::error::Error;
use indexed_db_futures::object_store::ObjectStore;
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::Transaction;
use indexed_db_futures::typed_array::Uint8Array;
use shared::change::ChangeHash;
use shared::id::DocumentId;
use shared::sorted::SortedSet;
use shared::stored::Card;

use super::chunk::{Chunk, key, keys};
use super::chunks::strangers;
use super::stand::Fact;
use super::telling::TELLING;
use super::{CARDS, CHUNKS, META, OUTBOX, Storage, Trouble, cards, writing};

/// What one transaction writes.
#[derive(Default)]
pub(crate) struct Batch {
    /// The pieces, and whether the relay is still to get them.
    pub chunks: Vec<(DocumentId, Chunk, bool)>,
    /// The cards of their documents.
    pub cards: Vec<Card>,
    /// Facts that become true with them.
    pub facts: Vec<Fact>,
}

/// Whoever has work to save. It is asked inside the transaction, when nobody else can write.
pub(crate) trait Ledger {
    /// The documents of the work.
    fn documents(&self) -> SortedSet<DocumentId>;
    /// How many stored pieces of a document it knows.
    fn count(&self, document: DocumentId) -> usize;
    /// Whether it knows a stored piece.
    fn knows(&self, document: DocumentId, hash: ChangeHash) -> bool;
    /// Which telling of the stored changes it builds on.
    fn telling(&self) -> Option<String>;
    /// Other tabs wrote these meanwhile.
    fn catch_up(&self, document: DocumentId, chunks: Vec<Chunk>);
    /// The work, with cards that hold all that is known of its documents.
    fn batch(&self) -> Batch;
}

/// What became of a ledger's work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kept {
    /// It is in storage.
    Saved,
    /// Nothing was saved: what it builds on was told again under another name.
    ToldAgain,
}

impl Storage {
    /// Saves a ledger's work. A card is never stored that lacks what another tab wrote.
    pub(crate) async fn save(&self, ledger: &impl Ledger) -> Result<Kept, Trouble> {
        self.attempt(async |database| {
            let transaction = writing(database, &[CHUNKS, CARDS, OUTBOX, META])?;
            let store = transaction.object_store(CHUNKS)?;
            let told = transaction.object_store(META)?.get::<String, _, _>(TELLING).primitive()?.await?;
            if told != ledger.telling() {
                return Ok(Kept::ToldAgain);
            }
            let mut compared = SortedSet::new();
            loop {
                let documents = ledger.documents();
                let next: Vec<DocumentId> = documents.difference(&compared).copied().collect();
                if next.is_empty() {
                    break;
                }
                compare(&store, ledger, &next).await?;
                compared.extend(next);
            }
            put(&transaction, ledger.batch())?;
            transaction.commit().await?;
            Ok(Kept::Saved)
        })
        .await
    }
}

async fn compare(store: &ObjectStore<'_>, ledger: &impl Ledger, documents: &[DocumentId]) -> Result<(), Error> {
    let count = |document: &DocumentId| store.count().with_query(keys(*document)).primitive();
    let counts: Vec<_> = documents.iter().map(count).collect::<Result<_, Error>>()?;
    let mut behind = Vec::new();
    for (document, count) in documents.iter().zip(counts) {
        let count = usize::try_from(count.await?).unwrap_or(usize::MAX);
        if count != ledger.count(*document) {
            behind.push(*document);
        }
    }
    for document in behind {
        let chunks = strangers(store, document, |hash| ledger.knows(document, hash)).await?;
        ledger.catch_up(document, chunks);
    }
    Ok(())
}

/// Puts everything in its place.
pub(super) fn put(transaction: &Transaction<'_>, batch: Batch) -> Result<(), Error> {
    let (chunks, outbox) = (transaction.object_store(CHUNKS)?, transaction.object_store(OUTBOX)?);
    for (document, chunk, made_here) in batch.chunks {
        let key = key(document, chunk.hash());
        let _put = chunks.put(Uint8Array::from(chunk.to_frame())).with_key(key.clone()).primitive()?;
        if made_here {
            let _put = outbox.put(key).primitive()?;
        }
    }
    let (store, meta) = (transaction.object_store(CARDS)?, transaction.object_store(META)?);
    for card in batch.cards {
        let frame = Uint8Array::from(cards::write(&card));
        let _put = store.put(frame).with_key(cards::card_key(card.document())).primitive()?;
    }
    for (name, value) in batch.facts {
        let _put = meta.put(value).with_key(name.to_owned()).primitive()?;
    }
    Ok(())
}
