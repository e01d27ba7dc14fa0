//! The device's place in its workspace: its key, and the list of members as far as it is known here.

use indexed_db_futures::error::Error;
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::Transaction;
use indexed_db_futures::typed_array::Uint8Array;
use wasm_bindgen::prelude::*;

use super::{META, Storage, Trouble, reading, writing};
use crate::engine::key::Key;

const KEY: &str = "key";
const ENTRIES: &str = "members";
/// The fact that says what the list says.
pub(crate) const SEATS: &str = "seats";
/// The fact that says how long the list is.
pub(crate) const LENGTH: &str = "members-length";

/// The list of members, verified, and what it says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Roster {
    /// The entries.
    pub entries: Vec<u8>,
    /// What they say, for those who judge and show.
    pub seats: String,
    /// How many there are.
    pub length: u64,
}

impl Storage {
    /// The device's key.
    pub(crate) async fn key(&self) -> Result<Option<Key>, Trouble> {
        let stored = self.attempt(async |database| {
            let transaction = reading(database, &[META])?;
            transaction.object_store(META)?.get::<JsValue, _, _>(KEY).primitive()?.await
        });
        Ok(stored.await?.and_then(Key::from_stored))
    }

    /// The list; none before this device came in.
    pub(crate) async fn roster(&self) -> Result<Option<Roster>, Trouble> {
        self.attempt(async |database| roster_in(&reading(database, &[META])?).await).await
    }

    /// Keeps a list, unless a longer one is here already: another tab was quicker. Whether it was kept.
    pub(crate) async fn keep_roster(&self, roster: &Roster) -> Result<bool, Trouble> {
        self.attempt(async |database| {
            let transaction = writing(database, &[META])?;
            let known = roster_in(&transaction).await?.unwrap_or_default();
            let is_longer = roster.length > known.length;
            if is_longer {
                put_roster(&transaction, roster)?;
            }
            transaction.commit().await?;
            Ok(is_longer)
        })
        .await
    }

    /// Keeps who this device is, before anybody hears of it.
    pub(crate) async fn found(&self, key: &Key, roster: &Roster, facts: &[(&str, String)]) -> Result<(), Trouble> {
        let key = key.stored();
        self.attempt(async |database| {
            let transaction = writing(database, &[META])?;
            put_roster(&transaction, roster)?;
            let store = transaction.object_store(META)?;
            let _put = store.put(key.clone()).with_key(KEY).primitive()?;
            for (name, value) in facts {
                let _put = store.put(value.clone()).with_key((*name).to_owned()).primitive()?;
            }
            transaction.commit().await
        })
        .await
    }
}

async fn roster_in(transaction: &Transaction<'_>) -> Result<Option<Roster>, Error> {
    let store = transaction.object_store(META)?;
    let entries = store.get::<Uint8Array, _, _>(ENTRIES).primitive()?;
    let seats = store.get::<String, _, _>(SEATS).primitive()?;
    let length = store.get::<String, _, _>(LENGTH).primitive()?;
    let (entries, seats, length) = (entries.await?, seats.await?, length.await?);
    let length = length.and_then(|length| length.parse().ok());
    Ok(entries.zip(seats).zip(length).map(|((entries, seats), length)| Roster {
        entries: entries.to_vec(),
        seats,
        length,
    }))
}

fn put_roster(transaction: &Transaction<'_>, roster: &Roster) -> Result<(), Error> {
    let store = transaction.object_store(META)?;
    let _entries = store.put(Uint8Array::from(roster.entries.clone())).with_key(ENTRIES).primitive()?;
    let _seats = store.put(roster.seats.clone()).with_key(SEATS).primitive()?;
    let _length = store.put(roster.length.to_string()).with_key(LENGTH).primitive()?;
    Ok(())
}
