//! Why a store cannot answer, and what to do about it.

use shared::id::{DocumentId, IdError, WorkspaceId};

use super::Fork;

/// Why a store cannot answer.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database refused: disk full, locked for too long, not writable.
    #[error("the relay's database cannot be read or written: {0}; look at the disk and rights of the data directory")]
    Database(#[from] rusqlite::Error),
    /// The data directory cannot be made or read.
    #[error("the data directory {path}: {cause}; name a directory this user may write to with --data")]
    Directory {
        /// The directory.
        path: String,
        /// What the system says.
        cause: std::io::Error,
    },
    /// The file was written by a newer program.
    #[error("{path} has schema {found}, this sluice knows {known}; use the newer sluice that wrote it")]
    Newer {
        /// The file.
        path: String,
        /// The schema in the file.
        found: i64,
        /// The newest schema known here.
        known: i64,
    },
    /// No such workspace.
    #[error("no workspace {0} in this store")]
    NoWorkspace(WorkspaceId),
    /// A stored name does not read.
    #[error("a stored name is damaged: {0}; restore the database from a backup")]
    Damaged(#[from] IdError),
    /// Two writers went by one name.
    #[error("nothing was stored: {0}; two programs write as one device")]
    Forked(#[from] Fork),
    /// The bytes of a document are no document.
    #[error("{document} cannot be read: {why}; restore the database from a backup")]
    Unreadable {
        /// Which document.
        document: DocumentId,
        /// What is wrong with it.
        why: String,
    },
}
