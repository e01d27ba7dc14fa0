//! The tables, and how a connection must be set up to keep its word.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, TransactionBehavior};

use crate::store::StoreError;

/// The version of the tables below.
const VERSION: i64 = 2;

/// How long to wait while another process writes.
const PATIENCE: Duration = Duration::from_secs(10);

/// Statements that stay prepared on each connection.
const PREPARED: usize = 32;

/// The log is ordered by position, so appending writes at its end only; the one index beside it
/// both finds a document's changes and keeps a change from being stored twice.
const TABLES: &str = "
CREATE TABLE workspaces (
    number INTEGER PRIMARY KEY,
    id BLOB NOT NULL UNIQUE,
    log BLOB NOT NULL
) STRICT;

CREATE TABLE documents (
    number INTEGER PRIMARY KEY,
    workspace INTEGER NOT NULL REFERENCES workspaces,
    name TEXT NOT NULL,
    touched INTEGER NOT NULL,
    unfolded INTEGER NOT NULL,
    UNIQUE (workspace, name)
) STRICT;

CREATE TABLE log (
    workspace INTEGER NOT NULL REFERENCES workspaces,
    position INTEGER NOT NULL,
    document INTEGER NOT NULL REFERENCES documents,
    hash BLOB NOT NULL,
    device BLOB NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (workspace, position)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX log_by_document ON log (document, hash);

CREATE TABLE snapshots (
    document INTEGER NOT NULL REFERENCES documents,
    upto INTEGER NOT NULL,
    digest BLOB NOT NULL,
    bytes BLOB NOT NULL,
    in_use INTEGER NOT NULL,
    PRIMARY KEY (document, upto)
) STRICT;
";

/// Who may come in: the list of each workspace's members, entry by entry.
const ACCESS: &str = "
CREATE TABLE entries (
    workspace INTEGER NOT NULL REFERENCES workspaces,
    place INTEGER NOT NULL,
    at INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (workspace, place)
) STRICT, WITHOUT ROWID;

CREATE TABLE keys (
    key BLOB PRIMARY KEY,
    workspace INTEGER NOT NULL REFERENCES workspaces,
    expires INTEGER
) STRICT;

CREATE TABLE console (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    seed BLOB NOT NULL
) STRICT;

CREATE TABLE seen (
    device BLOB PRIMARY KEY,
    at INTEGER NOT NULL
) STRICT;
";

/// Version 1 let devices in by secrets that they held; their people join again, and find their records.
const AFTER_1: &str = "
DROP TABLE devices;
DROP TABLE invites;
";

/// Opens the file so that a commit is on disk when it returns and other processes may write too.
pub(super) fn connect(path: &Path) -> Result<Connection, StoreError> {
    let connection = Connection::open(path)?;
    connection.busy_timeout(PATIENCE)?;
    connection.set_prepared_statement_cache_capacity(PREPARED);
    connection.pragma_update(None, "journal_mode", "WAL")?;
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    // Larger than the default, so that a burst is not interrupted by copying the log into the file.
    connection.pragma_update(None, "wal_autocheckpoint", 4000)?;
    connection.pragma_update(None, "journal_size_limit", 64 * 1024 * 1024)?;
    Ok(connection)
}

/// Makes the tables that are not there yet; refuses the file of a newer program.
pub(super) fn bring_up(connection: &mut Connection, path: &Path) -> Result<(), StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found: i64 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if found > VERSION {
        return Err(StoreError::Newer { path: path.display().to_string(), found, known: VERSION });
    }
    if found < VERSION {
        transaction.execute_batch(if found == 0 { TABLES } else { AFTER_1 })?;
        transaction.execute_batch(ACCESS)?;
        transaction.pragma_update(None, "user_version", VERSION)?;
    }
    transaction.commit()?;
    Ok(())
}
