//! The store in one SQLite file: WAL, synced at every commit, shared with other processes.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior};
use shared::id::{DocumentId, WorkspaceId};

use crate::store::StoreError;

mod access;
mod lives;
mod log;
mod origins;
mod owners;
mod raw;
mod recovery;
mod schema;
mod snapshots;

pub(crate) use raw::{Packed, RawBytes, RawChange, RawDocument, RawFile, RawSnapshot, RawState, RawWorkspace};

/// The name of the database within the data directory.
const FILE: &str = "relay.db";

/// Reading connections that are kept open while nobody reads.
const IDLE_READERS: usize = 8;

/// How much of the file a reading connection keeps in memory. The system keeps what is read often as well, once for all
/// of them.
const READER_CACHE_KIB: i64 = 256;

/// A store in a data directory.
pub struct Sqlite {
    path: PathBuf,
    writer: Mutex<Connection>,
    readers: Mutex<Vec<Connection>>,
}

impl Sqlite {
    /// Opens the store in a directory, making both if they are not there.
    ///
    /// # Errors
    /// The directory cannot be made, or the file cannot be read or is a newer program's.
    pub fn open(directory: &Path) -> Result<Self, StoreError> {
        make_private(directory)
            .map_err(|cause| StoreError::Directory { path: directory.display().to_string(), cause })?;
        let path = directory.join(FILE);
        let mut writer = schema::connect(&path)?;
        schema::bring_up(&mut writer, &path)?;
        Ok(Self { path, writer: Mutex::new(writer), readers: Mutex::new(Vec::new()) })
    }

    /// Runs `work` alone among all processes; what it wrote is on disk when this returns.
    fn write<T>(&self, work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let mut writer = locked(&self.writer);
        let transaction = writer.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let value = work(&transaction)?;
        transaction.commit()?;
        Ok(value)
    }

    fn reader(&self) -> Result<Connection, StoreError> {
        let reader = schema::connect(&self.path)?;
        // Less than nothing: in KiB rather than pages.
        reader.pragma_update(None, "cache_size", -READER_CACHE_KIB)?;
        Ok(reader)
    }

    /// Runs `work` on one consistent state, next to any writer.
    fn read<T>(&self, work: impl FnOnce(&Transaction<'_>) -> Result<T, StoreError>) -> Result<T, StoreError> {
        let idle = locked(&self.readers).pop();
        let mut reader = match idle {
            Some(reader) => reader,
            None => self.reader()?,
        };
        let value = work(&reader.transaction()?);
        let mut readers = locked(&self.readers);
        if readers.len() < IDLE_READERS {
            readers.push(reader);
        }
        value
    }
}

/// A thread that panicked left no half-written state behind: its transaction was rolled back.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The row number of a workspace.
fn workspace_number(transaction: &Transaction<'_>, workspace: WorkspaceId) -> Result<i64, StoreError> {
    transaction
        .prepare_cached("SELECT number FROM workspaces WHERE id = ?1")?
        .query_row([workspace.as_bytes()], |row| row.get(0))
        .optional()?
        .ok_or(StoreError::NoWorkspace(workspace))
}

/// The row number of a document, if any change of it was stored.
fn document_number(
    transaction: &Transaction<'_>,
    workspace: i64,
    document: DocumentId,
) -> Result<Option<i64>, StoreError> {
    Ok(transaction
        .prepare_cached("SELECT number FROM documents WHERE workspace = ?1 AND name = ?2")?
        .query_row((workspace, document.to_string()), |row| row.get(0))
        .optional()?)
}

#[cfg(unix)]
pub(crate) fn make_private(directory: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt as _;
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(directory)
}

#[cfg(not(unix))]
pub(crate) fn make_private(directory: &Path) -> std::io::Result<()> {
    std::fs::create_dir_all(directory)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::conformance;

    #[test]
    fn sqlite_fulfils_the_store() {
        conformance::hold(|| {
            let directory = tempfile::tempdir().unwrap();
            (Sqlite::open(directory.path()).unwrap(), directory)
        });
    }

    #[test]
    fn what_was_stored_is_there_when_opened_again() {
        let directory = tempfile::tempdir().unwrap();
        let workspace = conformance::filled(&Sqlite::open(directory.path()).unwrap());
        conformance::is_filled(&Sqlite::open(directory.path()).unwrap(), workspace);
    }

    #[test]
    fn two_handles_append_to_one_log() {
        let directory = tempfile::tempdir().unwrap();
        let [one, other] = [(); 2].map(|()| Sqlite::open(directory.path()).unwrap());
        conformance::take_turns(&one, &other);
    }

    #[test]
    fn a_file_of_before_forks_were_refused_refuses_them() {
        let directory = tempfile::tempdir().unwrap();
        let workspace = conformance::half_a_fork(&Sqlite::open(directory.path()).unwrap());
        let older = "DROP TABLE origins; DROP TABLE owners; PRAGMA user_version = 4";
        Connection::open(directory.path().join(FILE)).unwrap().execute_batch(older).unwrap();
        conformance::refuses_the_other_half(&Sqlite::open(directory.path()).unwrap(), workspace);
    }

    #[test]
    fn a_file_of_before_owners_were_noted_notes_them() {
        let directory = tempfile::tempdir().unwrap();
        let workspace = conformance::owned(&Sqlite::open(directory.path()).unwrap());
        let older = "DROP TABLE owners; PRAGMA user_version = 5";
        Connection::open(directory.path().join(FILE)).unwrap().execute_batch(older).unwrap();
        conformance::is_owned(&Sqlite::open(directory.path()).unwrap(), workspace);
    }

    #[test]
    fn a_newer_programs_file_is_left_alone() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join(FILE);
        Connection::open(&path).unwrap().pragma_update(None, "user_version", 99).unwrap();
        let error = Sqlite::open(directory.path()).err().unwrap();
        assert!(matches!(error, StoreError::Newer { found: 99, .. }), "{error}");
    }
}
