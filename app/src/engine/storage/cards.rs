//! Cards in storage: packed blocks, and a small store of cards changed since, folded in when idle.

use indexed_db_futures::error::Error;
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::Transaction;
use indexed_db_futures::typed_array::Uint8Array;
use shared::gather::Gather;
use shared::id::DocumentId;
use shared::sorted::{SortedMap, SortedSet};
use shared::stored::Card;

use super::frame::{Kind, unwrap, wrap};
use super::{BLOCKS, CARDS, Storage, Trouble, reading, writing};

/// How many blocks there are.
const BLOCK_COUNT: u8 = 64;

/// All cards in storage.
pub(crate) struct Stock {
    /// The cards that can be read.
    pub cards: Vec<Card>,
    /// Whether some cannot; their documents have them.
    pub damaged: bool,
}

impl Storage {
    /// Reads all cards.
    pub(crate) async fn stock(&self) -> Result<Stock, Trouble> {
        let (blocks, loose) = self
            .attempt(async |database| {
                let transaction = reading(database, &[BLOCKS, CARDS])?;
                let (blocks, loose) = (transaction.object_store(BLOCKS)?, transaction.object_store(CARDS)?);
                let blocks = blocks.get_all::<Uint8Array>().primitive()?;
                let loose = loose.get_all::<Uint8Array>().primitive()?;
                let blocks = blocks.await?.collect::<Result<Vec<_>, Error>>()?;
                Ok((blocks, loose.await?.collect::<Result<Vec<_>, Error>>()?))
            })
            .await?;
        let blocks: Vec<Vec<Option<Card>>> = blocks.iter().map(|block| unpack(block)).collect();
        let all = blocks.into_iter().flatten().chain(loose.iter().map(|frame| read(frame)));
        let (mut cards, mut damaged) = (SortedMap::new(), false);
        for card in all {
            match card {
                Some(card) => drop(cards.insert(card.document(), card)),
                None => damaged = true,
            }
        }
        Ok(Stock { cards: cards.into_values().collect(), damaged })
    }

    /// The stored card of a document.
    pub(crate) async fn card(&self, document: DocumentId) -> Result<Option<Card>, Trouble> {
        let (loose, block) = self
            .attempt(async |database| {
                let transaction = reading(database, &[BLOCKS, CARDS])?;
                let (blocks, loose) = (transaction.object_store(BLOCKS)?, transaction.object_store(CARDS)?);
                let loose = loose.get::<Uint8Array, _, _>(card_key(document)).primitive()?;
                let block = blocks.get::<Uint8Array, _, _>(block_key(block_of(document))).primitive()?;
                Ok((loose.await?, block.await?))
            })
            .await?;
        let packed = || {
            let cards = block.map(|block| unpack(&block)).unwrap_or_default();
            cards.into_iter().flatten().find(|card| card.document() == document)
        };
        Ok(loose.and_then(|frame| read(&frame)).or_else(packed))
    }

    /// Packs the loose cards of one block into it, and says whether there were any.
    pub(crate) async fn pack(&self, block: u8) -> Result<bool, Trouble> {
        self.attempt(async |database| {
            let transaction = writing(database, &[BLOCKS, CARDS])?;
            let (blocks, cards) = (transaction.object_store(BLOCKS)?, transaction.object_store(CARDS)?);
            let loose = cards.get_all::<Uint8Array>().with_query(card_keys(block)).primitive()?;
            let packed = blocks.get::<Uint8Array, _, _>(block_key(block)).primitive()?;
            let loose = loose.await?.collect::<Result<Vec<_>, Error>>()?;
            let packed = packed.await?.map(|packed| unpack(&packed)).unwrap_or_default();
            if loose.is_empty() {
                return Ok(false);
            }
            let all = packed.into_iter().chain(loose.iter().map(|frame| read(frame))).flatten();
            let all: SortedMap<DocumentId, Card> = all.map(|card| (card.document(), card)).into_map();
            let _put = blocks.put(Uint8Array::from(pack(all.values()))).with_key(block_key(block)).primitive()?;
            let _deleted = cards.delete(card_keys(block)).primitive()?;
            transaction.commit().await?;
            Ok(true)
        })
        .await
    }

    /// How many cards were changed since their block was packed.
    pub(crate) async fn loose_cards(&self) -> Result<usize, Trouble> {
        let count = self
            .attempt(async |database| {
                let transaction = reading(database, &[CARDS])?;
                transaction.object_store(CARDS)?.count().primitive()?.await
            })
            .await?;
        Ok(usize::try_from(count).unwrap_or(usize::MAX))
    }

    /// The numbers of all blocks.
    pub(crate) fn blocks() -> std::ops::Range<u8> {
        0..BLOCK_COUNT
    }
}

/// Takes cards out, loose or packed.
pub(super) async fn forget(transaction: &Transaction<'_>, documents: &SortedSet<DocumentId>) -> Result<(), Error> {
    let (blocks, loose) = (transaction.object_store(BLOCKS)?, transaction.object_store(CARDS)?);
    for document in documents {
        let _deleted = loose.delete(card_key(*document)).primitive()?;
    }
    for block in documents.iter().map(|document| block_of(*document)).into_set() {
        let key = block_key(block);
        let Some(packed) = blocks.get::<Uint8Array, _, _>(key.clone()).primitive()?.await? else { continue };
        // What cannot be read of a block is left as it is: its cards are derived from their documents.
        if let Some(mut cards) = unpack(&packed).into_iter().collect::<Option<Vec<Card>>>() {
            cards.retain(|card| !documents.contains(&card.document()));
            let _put = blocks.put(Uint8Array::from(pack(cards.iter()))).with_key(key).primitive()?;
        }
    }
    Ok(())
}

/// A card's bytes for the store of loose cards.
pub(super) fn write(card: &Card) -> Vec<u8> {
    wrap(Kind::Card, &card.encode())
}

/// Loose cards lie in the order of their blocks, so that those of one block are one range.
pub(super) fn card_key(document: DocumentId) -> String {
    format!("{}|{document}", block_key(block_of(document)))
}

fn card_keys(block: u8) -> std::ops::Range<String> {
    let block = block_key(block);
    format!("{block}|")..format!("{block}}}")
}

fn block_key(block: u8) -> String {
    format!("{block:02x}")
}

fn block_of(document: DocumentId) -> u8 {
    let low = match document {
        DocumentId::Workspace | DocumentId::Views => 0,
        DocumentId::Company(company) => company.as_bytes()[15],
        DocumentId::Deal(deal) => deal.as_bytes()[15],
        DocumentId::Lead(lead) => lead.as_bytes()[15],
    };
    low % BLOCK_COUNT
}

fn read(frame: &[u8]) -> Option<Card> {
    unwrap(frame).filter(|(kind, _)| *kind == Kind::Card).and_then(|(_, bytes)| Card::decode(bytes))
}

fn pack<'a>(cards: impl Iterator<Item = &'a Card>) -> Vec<u8> {
    let cards: Vec<Vec<u8>> = cards.map(Card::encode).collect();
    wrap(Kind::Block, &postcard::to_stdvec(&cards).expect("a Vec takes every byte of plain data"))
}

fn unpack(frame: &[u8]) -> Vec<Option<Card>> {
    let bytes = unwrap(frame).filter(|(kind, _)| *kind == Kind::Block).map(|(_, bytes)| bytes);
    match bytes.map(postcard::from_bytes::<Vec<Vec<u8>>>) {
        Some(Ok(cards)) => cards.iter().map(|card| Card::decode(card)).collect(),
        Some(Err(_)) | None => vec![None],
    }
}
