//! Small facts by name: who this device is, where it stands in the log, which actors its tabs use.

use indexed_db_futures::error::Error;
use indexed_db_futures::object_store::ObjectStore;
use indexed_db_futures::prelude::*;

use super::{META, Storage, Trouble, reading, writing};

impl Storage {
    /// A fact.
    pub(crate) async fn fact(&self, name: &str) -> Result<Option<String>, Trouble> {
        self.attempt(async |database| {
            let transaction = reading(database, &[META])?;
            transaction.object_store(META)?.get::<String, _, _>(name).primitive()?.await
        })
        .await
    }

    /// Writes facts down, all or none.
    pub(crate) async fn note(&self, facts: &[(&str, String)]) -> Result<(), Trouble> {
        self.attempt(async |database| {
            let transaction = writing(database, &[META])?;
            let store = transaction.object_store(META)?;
            for (name, value) in facts {
                let _put = store.put(value.clone()).with_key((*name).to_owned()).primitive()?;
            }
            transaction.commit().await
        })
        .await
    }

    /// Takes all actors out of use. One whose change was damaged must never count on from before it.
    pub(crate) async fn retire_actors(&self) -> Result<(), Trouble> {
        self.attempt(async |database| {
            let transaction = writing(database, &[META])?;
            retire(&transaction.object_store(META)?)?;
            transaction.commit().await
        })
        .await
    }
}

/// Takes all actors out of use.
pub(super) fn retire(meta: &ObjectStore<'_>) -> Result<(), Error> {
    let actors = "actor/".to_owned().."actor0".to_owned();
    let _deleted = meta.delete(actors).primitive()?;
    Ok(())
}
