//! Files under the SHA-256 of their bytes, in a database of their own: it grows and fails apart from the deals.

use indexed_db_futures::error::Error;
use indexed_db_futures::object_store::ObjectStore;
use indexed_db_futures::prelude::*;
use indexed_db_futures::typed_array::Uint8Array;
use shared::gather::Gather as _;
use shared::id::WorkspaceId;
use shared::model::FileHash;
use shared::sorted::SortedSet;

use super::{FILES, Layout, Storage, Trouble, reading, writing};

impl Storage {
    /// Where a workspace's files are kept. It is opened when the first file comes.
    pub(crate) fn of_files(workspace: WorkspaceId) -> Self {
        Self::new(format!("sluice-files-{workspace}"), Layout::Files)
    }

    /// Keeps a file's bytes.
    pub(crate) async fn keep_file(&self, hash: FileHash, bytes: &[u8]) -> Result<(), Trouble> {
        self.change_files(|store| put(store, hash.to_string(), bytes)).await
    }

    /// Takes a file's bytes away.
    pub(crate) async fn drop_file(&self, hash: FileHash) -> Result<(), Trouble> {
        self.change_files(|store| {
            let _deleted = store.delete(hash.to_string()).primitive()?;
            Ok(())
        })
        .await
    }

    /// The names of all files that are here.
    pub(crate) async fn files_here(&self) -> Result<SortedSet<FileHash>, Trouble> {
        let names = self
            .attempt(async |database| {
                let transaction = reading(database, &[FILES])?;
                let store = transaction.object_store(FILES)?;
                let names = store.get_all_keys::<String>().primitive()?.await?;
                names.collect::<Result<Vec<String>, Error>>()
            })
            .await?;
        Ok(names.iter().filter_map(|name| name.parse().ok()).into_set())
    }

    /// A file's bytes; none if it is not here, or is not what its name says any more.
    pub(crate) async fn file(&self, hash: FileHash) -> Result<Option<Vec<u8>>, Trouble> {
        let bytes = self
            .attempt(async |database| {
                let transaction = reading(database, &[FILES])?;
                transaction.object_store(FILES)?.get::<Uint8Array, _, _>(hash.to_string()).primitive()?.await
            })
            .await?;
        Ok(bytes.map(|bytes| bytes.to_vec()).filter(|bytes| FileHash::of(bytes) == hash))
    }

    /// Changes what is kept of files, or of what is on its way of them, all or nothing.
    pub(super) async fn change_files(
        &self,
        change: impl Fn(&ObjectStore<'_>) -> Result<(), Error>,
    ) -> Result<(), Trouble> {
        self.attempt(async |database| {
            let transaction = writing(database, &[FILES])?;
            change(&transaction.object_store(FILES)?)?;
            transaction.commit().await
        })
        .await
    }
}

/// Puts bytes under a key.
pub(super) fn put(store: &ObjectStore<'_>, key: String, bytes: &[u8]) -> Result<(), Error> {
    let _put = store.put(Uint8Array::from(bytes.to_vec())).with_key(key).primitive()?;
    Ok(())
}
