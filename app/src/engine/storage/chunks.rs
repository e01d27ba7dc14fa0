//! The pieces of documents: loading them, and putting damaged ones aside without losing them.

use indexed_db_futures::error::Error;
use indexed_db_futures::object_store::ObjectStore;
use indexed_db_futures::prelude::*;
use indexed_db_futures::typed_array::Uint8Array;
use shared::change::ChangeHash;
use shared::gather::{Arrange as _, Gather};
use shared::id::DocumentId;
use shared::sorted::SortedSet;
use shared::wire::Entry;

use super::chunk::{Chunk, key, keys, name};
use super::frame::{Kind, wrap};
use super::{CHUNKS, QUARANTINE, Storage, Trouble, reading, writing};

impl Storage {
    /// All sound pieces of a document, and the keys of those that are not.
    pub(crate) async fn load(&self, document: DocumentId) -> Result<(Vec<Chunk>, Vec<String>), Trouble> {
        let stored = self
            .attempt(async |database| {
                let transaction = reading(database, &[CHUNKS])?;
                let store = transaction.object_store(CHUNKS)?;
                let names = store.get_all_keys::<String>().with_query(keys(document)).primitive()?;
                let frames = store.get_all::<Uint8Array>().with_query(keys(document)).primitive()?;
                let names: Vec<String> = names.await?.collect::<Result<_, Error>>()?;
                let frames: Vec<Uint8Array> = frames.await?.collect::<Result<_, Error>>()?;
                Ok(names.into_iter().zip(frames).collect::<Vec<_>>())
            })
            .await?;
        let (mut chunks, mut damaged) = (Vec::new(), Vec::new());
        for (key, frame) in stored {
            match name(&key).and_then(|(_, hash)| Chunk::from_frame(hash, &frame)) {
                Some(chunk) => chunks.push(chunk),
                None => damaged.push(key),
            }
        }
        // The folded past first: what comes after it can then be read at once.
        chunks.arrange_by_key(|chunk| matches!(chunk, Chunk::Change(_)));
        Ok((chunks, damaged))
    }

    /// One piece, if it is there and sound.
    pub(crate) async fn chunk(&self, document: DocumentId, hash: ChangeHash) -> Result<Option<Chunk>, Trouble> {
        let frame = self
            .attempt(async |database| {
                let transaction = reading(database, &[CHUNKS])?;
                let store = transaction.object_store(CHUNKS)?;
                store.get::<Uint8Array, _, _>(key(document, hash)).primitive()?.await
            })
            .await?;
        Ok(frame.and_then(|frame| Chunk::from_frame(hash, &frame)))
    }

    /// Moves pieces that cannot be read out of the way. They are kept for whoever can.
    pub(crate) async fn quarantine(&self, damaged: &[String]) -> Result<(), Trouble> {
        self.attempt(async |database| {
            let transaction = writing(database, &[CHUNKS, QUARANTINE])?;
            let (store, aside) = (transaction.object_store(CHUNKS)?, transaction.object_store(QUARANTINE)?);
            for key in damaged {
                set_aside(&store, &aside, key).await?;
            }
            transaction.commit().await
        })
        .await
    }

    /// Keeps what arrived and broke a limit out of the way of what can be read.
    pub(crate) async fn keep_aside(&self, refused: &[Entry]) -> Result<(), Trouble> {
        self.attempt(async |database| {
            let transaction = writing(database, &[QUARANTINE])?;
            let aside = transaction.object_store(QUARANTINE)?;
            for entry in refused {
                let frame = Uint8Array::from(wrap(Kind::Change, &entry.bytes));
                let _put = aside.put(frame).with_key(key(entry.document, entry.hash)).primitive()?;
            }
            transaction.commit().await
        })
        .await
    }

    /// The keys of all pieces, in the order of documents.
    pub(crate) async fn chunk_keys(&self) -> Result<Vec<String>, Trouble> {
        self.attempt(async |database| {
            let transaction = reading(database, &[CHUNKS])?;
            let store = transaction.object_store(CHUNKS)?;
            store.get_all_keys::<String>().primitive()?.await?.collect()
        })
        .await
    }

    /// Every document that has a stored piece.
    pub(crate) async fn documents(&self) -> Result<SortedSet<DocumentId>, Trouble> {
        Ok(self.chunk_keys().await?.iter().filter_map(|key| name(key)).map(|(document, _)| document).into_set())
    }
}

/// Moves a piece from one store to the other.
pub(super) async fn set_aside(store: &ObjectStore<'_>, aside: &ObjectStore<'_>, key: &str) -> Result<(), Error> {
    if let Some(frame) = store.get::<Uint8Array, _, _>(key.to_owned()).primitive()?.await? {
        let _put = aside.put(frame).with_key(key.to_owned()).primitive()?;
        let _deleted = store.delete(key.to_owned()).primitive()?;
    }
    Ok(())
}

/// The pieces of a document that `known` does not know, read inside a transaction.
pub(super) async fn strangers(
    store: &ObjectStore<'_>,
    document: DocumentId,
    known: impl Fn(ChangeHash) -> bool,
) -> Result<Vec<Chunk>, Error> {
    let mut chunks = Vec::new();
    let stored = store.get_all_keys::<String>().with_query(keys(document)).primitive()?.await?;
    for stored in stored.collect::<Result<Vec<String>, Error>>()? {
        if let Some((_, hash)) = name(&stored).filter(|(_, hash)| !known(*hash)) {
            let frame = store.get::<Uint8Array, _, _>(stored).primitive()?.await?;
            chunks.extend(frame.and_then(|frame| Chunk::from_frame(hash, &frame)));
        }
    }
    Ok(chunks)
}
