//! Files inside a backup: a table that only the one file has that all data is written into.

use rusqlite::{Row, Transaction};
use shared::model::FileHash;

use super::RawFile;
use crate::files::Place;
use crate::store::StoreError;

const TABLE: &str = "CREATE TABLE packed_files (
    workspace BLOB NOT NULL,
    document TEXT NOT NULL,
    hash BLOB NOT NULL,
    bytes BLOB NOT NULL
) STRICT";
const ADD: &str = "INSERT INTO packed_files (workspace, document, hash, bytes) VALUES (?1, ?2, ?3, ?4)";
const ALL: &str = "SELECT workspace, document, hash, bytes FROM packed_files ORDER BY rowid";

/// A row of the files in a backup.
pub(crate) struct Packed {
    pub(crate) workspace: Vec<u8>,
    pub(crate) document: String,
    pub(crate) hash: Vec<u8>,
    pub(crate) bytes: Vec<u8>,
}

/// Files on their way into a backup.
pub(crate) struct Packing<'a>(Transaction<'a>);

impl Packed {
    /// Which file it is; none if the row does not read.
    pub(crate) fn place(&self) -> Option<Place> {
        let workspace = <[u8; 16]>::try_from(&*self.workspace).ok()?;
        let hash = <[u8; 32]>::try_from(&*self.hash).ok()?;
        let document = self.document.parse().ok()?;
        Some(Place { workspace: shared::id::WorkspaceId::from_bytes(workspace), document, hash: FileHash(hash) })
    }

    fn of(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self { workspace: row.get(0)?, document: row.get(1)?, hash: row.get(2)?, bytes: row.get(3)? })
    }
}

impl Packing<'_> {
    /// Adds one.
    pub(crate) fn add(&self, packed: &Packed) -> Result<(), StoreError> {
        let Packed { workspace, document, hash, bytes } = packed;
        self.0.prepare_cached(ADD)?.execute((workspace, document, hash, bytes))?;
        Ok(())
    }

    /// All are in.
    pub(crate) fn done(self) -> Result<(), StoreError> {
        Ok(self.0.commit()?)
    }
}

impl RawFile {
    /// Begins to put files into a copy that has none.
    pub(crate) fn pack(&self) -> Result<Packing<'_>, StoreError> {
        let transaction = self.connection.unchecked_transaction()?;
        transaction.execute_batch(TABLE)?;
        Ok(Packing(transaction))
    }

    /// Shows every file that is packed into it; none are in the database of a relay, or a backup of before.
    pub(crate) fn each_packed<E: From<StoreError>>(
        &self,
        mut show: impl FnMut(Packed) -> Result<(), E>,
    ) -> Result<(), E> {
        if !self.connection.table_exists(None, "packed_files").map_err(StoreError::from)? {
            return Ok(());
        }
        let mut query = self.connection.prepare(ALL).map_err(StoreError::from)?;
        let mut rows = query.query_map((), Packed::of).map_err(StoreError::from)?;
        rows.try_for_each(|packed| show(packed.map_err(StoreError::from)?))
    }

    /// Takes the files out, and the room that they had.
    pub(crate) fn unpacked(&self) -> Result<(), StoreError> {
        Ok(self.connection.execute_batch("DROP TABLE IF EXISTS packed_files; VACUUM")?)
    }
}
