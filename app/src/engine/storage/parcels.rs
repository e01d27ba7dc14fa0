//! Files on their way, in a database of their own: which they are and how far, and the pieces of those that arrive.

use indexed_db_futures::error::Error;
use indexed_db_futures::object_store::ObjectStore;
use indexed_db_futures::prelude::*;
use indexed_db_futures::typed_array::Uint8Array;
use shared::freight::Parcel;
use shared::id::{DocumentId, WorkspaceId};
use shared::model::FileHash;

use super::files::put;
use super::{FILES, Layout, Storage, Trouble, reading};

/// Under which key stands what the relay last said of its room.
const ROOM: &str = "room";

impl Storage {
    /// Where a workspace's parcels are kept.
    pub(crate) fn of_parcels(workspace: WorkspaceId) -> Self {
        Self::new(format!("sluice-parcels-{workspace}"), Layout::Files)
    }

    /// All parcels. One of another version of the app is left out: whoever looks at its file takes it on again.
    pub(crate) async fn parcels(&self) -> Result<Vec<Parcel>, Trouble> {
        let stored = self
            .attempt(async |database| {
                let transaction = reading(database, &[FILES])?;
                let all = "parcel/".to_owned().."parcel0".to_owned();
                let store = transaction.object_store(FILES)?;
                let parcels = store.get_all::<Uint8Array>().with_query(all).primitive()?;
                parcels.await?.collect::<Result<Vec<Uint8Array>, Error>>()
            })
            .await?;
        Ok(stored.iter().filter_map(|bytes| postcard::from_bytes(bytes).ok()).collect())
    }

    /// Writes parcels down as they are now, all or none.
    pub(crate) async fn put_parcels(&self, parcels: &[Parcel]) -> Result<(), Trouble> {
        self.change_files(|store| parcels.iter().try_for_each(|parcel| put_parcel(store, parcel))).await
    }

    /// There is no such file here any more.
    pub(crate) async fn drop_parcel(&self, parcel: &Parcel) -> Result<(), Trouble> {
        self.change_files(|store| {
            let _deleted = store.delete(key_of(parcel)).primitive()?;
            Ok(())
        })
        .await
    }

    /// Keeps a piece of a file, together with how far its parcel is.
    pub(crate) async fn keep_piece(
        &self,
        hash: FileHash,
        from: u64,
        piece: &[u8],
        parcel: &Parcel,
    ) -> Result<(), Trouble> {
        self.change_files(|store| {
            // So many digits that keys stand in the order of pieces.
            put(store, format!("piece/{hash}/{from:012}"), piece)?;
            put_parcel(store, parcel)
        })
        .await
    }

    /// All pieces of a file, one behind the other.
    pub(crate) async fn pieces(&self, hash: FileHash) -> Result<Vec<u8>, Trouble> {
        self.attempt(async |database| {
            let transaction = reading(database, &[FILES])?;
            let store = transaction.object_store(FILES)?;
            let pieces = store.get_all::<Uint8Array>().with_query(pieces_of(hash)).primitive()?;
            let pieces = pieces.await?.collect::<Result<Vec<Uint8Array>, Error>>()?;
            Ok(pieces.iter().map(|piece| &piece[..]).collect::<Vec<_>>().concat())
        })
        .await
    }

    /// The pieces of a file are needed no more.
    pub(crate) async fn drop_pieces(&self, hash: FileHash) -> Result<(), Trouble> {
        self.change_files(|store| {
            let _deleted = store.delete(pieces_of(hash)).primitive()?;
            Ok(())
        })
        .await
    }

    /// What the relay last said of its room.
    pub(crate) async fn room(&self) -> Result<Option<Vec<u8>>, Trouble> {
        let room = self
            .attempt(async |database| {
                let transaction = reading(database, &[FILES])?;
                transaction.object_store(FILES)?.get::<Uint8Array, _, _>(ROOM.to_owned()).primitive()?.await
            })
            .await?;
        Ok(room.map(|room| room.to_vec()))
    }

    /// Keeps what the relay says of its room.
    pub(crate) async fn put_room(&self, room: &[u8]) -> Result<(), Trouble> {
        self.change_files(|store| put(store, ROOM.to_owned(), room)).await
    }
}

fn key_of(parcel: &Parcel) -> String {
    let (document, hash): (DocumentId, FileHash) = (parcel.document, parcel.hash);
    format!("parcel/{document}/{hash}")
}

fn pieces_of(hash: FileHash) -> std::ops::Range<String> {
    format!("piece/{hash}/")..format!("piece/{hash}0")
}

fn put_parcel(store: &ObjectStore<'_>, parcel: &Parcel) -> Result<(), Error> {
    let written =
        postcard::to_stdvec(parcel).expect("a Vec takes every byte, and nothing of a parcel refuses to be written");
    put(store, key_of(parcel), &written)
}
