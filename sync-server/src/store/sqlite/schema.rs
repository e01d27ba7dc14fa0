//! The tables, and how a connection must be set up to keep its word.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, TransactionBehavior};

use super::{origins, owners};
use crate::store::StoreError;

/// How long to wait while another process writes.
pub(super) const PATIENCE: Duration = Duration::from_secs(10);

/// Statements that stay prepared on each connection.
const PREPARED: usize = 32;

/// What each version adds to the one before; the file says how many of them it has.
const STEPS: &[&str] = &[TABLES, ACCESS, LIVES, STORED, ORIGINS, OWNERS];

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

/// Who may come in: the list of each workspace's members, entry by entry. Version 1 let devices in by secrets that they
/// held; their people join again, and find their records.
const ACCESS: &str = "
DROP TABLE IF EXISTS devices;
DROP TABLE IF EXISTS invites;
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

/// The names a log has gone by, and how far it reached when each began. A file that was put back from an older copy
/// lacks the last of them.
const LIVES: &str = "
CREATE TABLE lives (
    number INTEGER PRIMARY KEY,
    workspace INTEGER NOT NULL REFERENCES workspaces,
    log BLOB NOT NULL UNIQUE,
    began INTEGER NOT NULL
) STRICT;
CREATE INDEX lives_by_workspace ON lives (workspace, number);
INSERT INTO lives (workspace, log, began) SELECT number, log, 0 FROM workspaces;
";

/// How many bytes of changes each workspace holds, so that nobody has to add them up.
const STORED: &str = "
ALTER TABLE workspaces ADD COLUMN stored INTEGER NOT NULL DEFAULT 0;
UPDATE workspaces SET stored =
    (SELECT coalesce(sum(length(bytes)), 0) FROM log WHERE log.workspace = workspaces.number);
";

/// Which change came first of those of one writer and number. In the order of documents, so that a writer's changes lie
/// together; the changes that are there already are filled in.
const ORIGINS: &str = "
CREATE TABLE origins (
    document INTEGER NOT NULL REFERENCES documents,
    writer BLOB NOT NULL,
    number INTEGER NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (document, writer, number)
) STRICT, WITHOUT ROWID;
";

/// Whose each deal is from a position on, and whether a change that waits may still say otherwise. The deals that are
/// there already are filled in.
const OWNERS: &str = "
CREATE TABLE owners (
    document INTEGER NOT NULL REFERENCES documents,
    position INTEGER NOT NULL,
    owner BLOB,
    settled INTEGER NOT NULL,
    PRIMARY KEY (document, position)
) STRICT, WITHOUT ROWID;
";

/// How many steps a file has that notes whose changes are.
const WITH_ORIGINS: usize = 5;

/// How many steps a file has that notes whose deals are.
const WITH_OWNERS: usize = 6;

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

/// Makes the tables that the file lacks; refuses one of a newer program.
pub(super) fn bring_up(connection: &mut Connection, path: &Path) -> Result<(), StoreError> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found = version(&transaction, path)?;
    for step in &STEPS[found..] {
        transaction.execute_batch(step)?;
    }
    if found < WITH_ORIGINS {
        origins::fill(&transaction)?;
    }
    if found < WITH_OWNERS {
        owners::fill(&transaction)?;
    }
    if found < STEPS.len() {
        transaction.pragma_update(None, "user_version", STEPS.len())?;
    }
    transaction.commit()?;
    Ok(())
}

/// How many steps the file has.
pub(super) fn version(connection: &Connection, path: &Path) -> Result<usize, StoreError> {
    let found: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    match usize::try_from(found) {
        Ok(found) if found <= STEPS.len() => Ok(found),
        Ok(_) | Err(_) => Err(StoreError::Newer { path: path.display().to_string(), found, known: STEPS.len() as i64 }),
    }
}
