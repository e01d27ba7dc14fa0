//! The rows of a database file as they are, sound or not, for whoever judges the whole file. Nothing is written but
//! tables that an older program did not make.

use std::path::{Path, PathBuf};

use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension, Row, Transaction};
use shared::wire::Position;

mod packed;

pub(crate) use packed::Packed;

use super::{FILE, schema};
use crate::store::StoreError;

/// How many faults of the file itself are named.
const FAULTS: u32 = 20;

const LOG: &str = "SELECT log.position, log.document, documents.workspace, documents.name, log.hash, log.bytes
    FROM log LEFT JOIN documents ON documents.number = log.document WHERE log.workspace = ?1 ORDER BY log.position";
const DOCUMENTS: &str = "SELECT documents.number, documents.name, documents.touched, documents.unfolded,
    (SELECT max(log.position) FROM log INDEXED BY log_by_document WHERE log.document = documents.number)
    FROM documents WHERE documents.workspace = ?1 ORDER BY documents.number";
const SNAPSHOTS: &str = "SELECT upto, digest, bytes, in_use FROM snapshots WHERE document = ?1 ORDER BY upto";
const PLACES: &str = "SELECT position, hash FROM log INDEXED BY log_by_document WHERE document = ?1 ORDER BY position";
const CHANGES: &str = "SELECT hash, bytes FROM log INDEXED BY log_by_document WHERE document = ?1 ORDER BY position";
const OWNER: &str = "SELECT owner FROM owners WHERE document = ?1 ORDER BY position DESC LIMIT 1";

/// A database file.
pub(crate) struct RawFile {
    connection: Connection,
    path: PathBuf,
}

/// One state of it.
pub(crate) struct RawState<'a> {
    transaction: Transaction<'a>,
}

/// A row of the workspaces.
pub(crate) struct RawWorkspace {
    pub(crate) number: i64,
    pub(crate) id: Vec<u8>,
    pub(crate) log: Vec<u8>,
}

/// A row of the names a log has gone by.
pub(crate) struct RawLife {
    pub(crate) log: Vec<u8>,
    pub(crate) began: Position,
}

/// A row of the log, with what its document's row says.
pub(crate) struct RawChange {
    pub(crate) position: Position,
    pub(crate) workspace: Option<i64>,
    pub(crate) name: Option<String>,
    pub(crate) hash: Vec<u8>,
    pub(crate) bytes: Vec<u8>,
}

/// A row of the documents, with the last position of the log that belongs to it.
pub(crate) struct RawDocument {
    pub(crate) number: i64,
    pub(crate) name: String,
    pub(crate) touched: Position,
    pub(crate) unfolded: u64,
    pub(crate) last: Position,
}

/// A change's name and its bytes.
pub(crate) type RawBytes = (Vec<u8>, Vec<u8>);

/// A row of the snapshots.
pub(crate) struct RawSnapshot {
    pub(crate) upto: Position,
    pub(crate) digest: Vec<u8>,
    pub(crate) bytes: Vec<u8>,
    pub(crate) in_use: bool,
}

impl RawFile {
    /// Where the database of a data directory lies.
    pub(crate) fn of(directory: &Path) -> PathBuf {
        directory.join(FILE)
    }

    /// Opens a file that is there. A relay may be serving from it.
    pub(crate) fn open(path: &Path) -> Result<Self, StoreError> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags)?;
        connection.busy_timeout(schema::PATIENCE)?;
        Ok(Self { connection, path: path.to_owned() })
    }

    /// Writes all of it into a file that is empty, as it is at one moment. Writers are not held up.
    pub(crate) fn copy_into(&self, file: &Path) -> Result<(), StoreError> {
        self.connection.execute("VACUUM INTO ?1", [file.to_string_lossy()])?;
        Ok(())
    }

    /// Whether another process, or another part of this one, has the file open. One that cannot be read is in nobody's
    /// use.
    pub(crate) fn is_in_use(path: &Path) -> bool {
        // Only who is alone may end the write-ahead log, which also takes what is left in it into the file.
        let alone = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_WRITE)
            .and_then(|connection| connection.pragma_update(None, "journal_mode", "DELETE"));
        alone.is_err_and(|error| error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy))
    }

    /// The state of now; what is written meanwhile is not in it. A file of an older program is brought up first.
    pub(crate) fn state(&mut self) -> Result<RawState<'_>, StoreError> {
        schema::bring_up(&mut self.connection, &self.path)?;
        Ok(RawState { transaction: self.connection.transaction()? })
    }
}

impl RawState<'_> {
    /// What SQLite finds wrong with the file: pages, indexes, references.
    pub(crate) fn faults(&self) -> Result<Vec<String>, StoreError> {
        let mut query = self.transaction.prepare(&format!("PRAGMA integrity_check({FAULTS})"))?;
        let mut faults: Vec<String> = query.query_map((), |row| row.get(0))?.collect::<Result<_, _>>()?;
        faults.retain(|fault| fault != "ok");
        let mut query = self.transaction.prepare("PRAGMA foreign_key_check")?;
        let dangling = query.query_map((), |row| {
            let (table, referred): (String, String) = (row.get(0)?, row.get(2)?);
            Ok(format!("a row of {table} belongs to a row of {referred} that is not there"))
        })?;
        faults.extend(dangling.collect::<Result<Vec<_>, _>>()?);
        faults.dedup();
        Ok(faults)
    }

    /// All workspaces.
    pub(crate) fn workspaces(&self) -> Result<Vec<RawWorkspace>, StoreError> {
        self.rows("SELECT number, id, log FROM workspaces ORDER BY number", (), |row| {
            Ok(RawWorkspace { number: row.get(0)?, id: row.get(1)?, log: row.get(2)? })
        })
    }

    /// The last name of a workspace's log.
    pub(crate) fn life(&self, workspace: i64) -> Result<Option<RawLife>, StoreError> {
        let last = "SELECT log, began FROM lives WHERE workspace = ?1 ORDER BY number DESC LIMIT 1";
        let life = |row: &Row<'_>| Ok(RawLife { log: row.get(0)?, began: row.get(1)? });
        Ok(self.transaction.query_row(last, [workspace], life).optional()?)
    }

    /// The entries of a workspace's list of members, in order.
    pub(crate) fn entries(&self, workspace: i64) -> Result<Vec<Vec<u8>>, StoreError> {
        self.rows("SELECT bytes FROM entries WHERE workspace = ?1 ORDER BY place", [workspace], |row| row.get(0))
    }

    /// Shows every change of a workspace's log, in order.
    pub(crate) fn each_change(&self, workspace: i64, mut show: impl FnMut(RawChange)) -> Result<(), StoreError> {
        let mut query = self.transaction.prepare(LOG)?;
        let mut rows = query.query([workspace])?;
        while let Some(row) = rows.next()? {
            show(RawChange {
                position: row.get(0)?,
                workspace: row.get(2)?,
                name: row.get(3)?,
                hash: row.get(4)?,
                bytes: row.get(5)?,
            });
        }
        Ok(())
    }

    /// The documents of a workspace.
    pub(crate) fn documents(&self, workspace: i64) -> Result<Vec<RawDocument>, StoreError> {
        self.rows(DOCUMENTS, [workspace], |row| {
            let last: Option<u64> = row.get(4)?;
            Ok(RawDocument {
                number: row.get(0)?,
                name: row.get(1)?,
                touched: row.get(2)?,
                unfolded: row.get(3)?,
                last: last.unwrap_or(0),
            })
        })
    }

    /// The snapshots of a document.
    pub(crate) fn snapshots(&self, document: i64) -> Result<Vec<RawSnapshot>, StoreError> {
        self.rows(SNAPSHOTS, [document], |row| {
            Ok(RawSnapshot { upto: row.get(0)?, digest: row.get(1)?, bytes: row.get(2)?, in_use: row.get(3)? })
        })
    }

    /// Where the changes of a document stand, and their names.
    pub(crate) fn places(&self, document: i64) -> Result<Vec<(Position, Vec<u8>)>, StoreError> {
        self.rows(PLACES, [document], |row| Ok((row.get(0)?, row.get(1)?)))
    }

    /// The changes of a document, each with its name.
    pub(crate) fn changes(&self, document: i64) -> Result<Vec<RawBytes>, StoreError> {
        self.rows(CHANGES, [document], |row| Ok((row.get(0)?, row.get(1)?)))
    }

    /// Whose a document is noted to be; the outer none where nothing is noted.
    pub(crate) fn owner(&self, document: i64) -> Result<Option<Option<Vec<u8>>>, StoreError> {
        Ok(self.transaction.query_row(OWNER, [document], |row| row.get(0)).optional()?)
    }

    fn rows<T>(
        &self,
        query: &str,
        parameters: impl rusqlite::Params,
        read: impl FnMut(&Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, StoreError> {
        let mut query = self.transaction.prepare(query)?;
        Ok(query.query_map(parameters, read)?.collect::<Result<_, _>>()?)
    }
}
