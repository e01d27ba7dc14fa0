//! The names of logs: each start of a relay gives a new one, so that what was lost in between is noticed.

use rusqlite::{OptionalExtension, Transaction};
use shared::id::LogId;
use shared::wire::Position;

use super::log::{last_position, signed};
use super::workspace_number;
use crate::store::{StoreError, Workspace};

/// How many names of a log are remembered. A device that comes back after more starts than that begins anew, which
/// costs it time and nothing else.
const REMEMBERED: i64 = 1000;

const BEGIN: &str = "INSERT INTO lives (workspace, log, began) VALUES (?1, ?2, ?3)";
const RENAME: &str = "UPDATE workspaces SET log = ?2 WHERE number = ?1";
const FORGET: &str = "DELETE FROM lives WHERE workspace = ?1 AND number <=
    (SELECT number FROM lives WHERE workspace = ?1 ORDER BY number DESC LIMIT 1 OFFSET ?2)";
const ENDED: &str = "SELECT
    (SELECT min(later.began) FROM lives AS later WHERE later.workspace = this.workspace AND later.number > this.number)
    FROM lives AS this WHERE this.workspace = ?1 AND this.log = ?2";

/// The log goes by this name from now on.
pub(super) fn begin(transaction: &Transaction<'_>, workspace: &Workspace) -> Result<(), StoreError> {
    let number = workspace_number(transaction, workspace.id)?;
    let (log, began) = (workspace.log.as_bytes(), signed(last_position(transaction, number)?));
    transaction.prepare_cached(BEGIN)?.execute((number, log, began))?;
    transaction.prepare_cached(RENAME)?.execute((number, log))?;
    transaction.prepare_cached(FORGET)?.execute((number, REMEMBERED))?;
    Ok(())
}

/// How far the log reached under a name: to where the next name began, or to its end under the last.
pub(super) fn reached(
    transaction: &Transaction<'_>,
    workspace: i64,
    log: LogId,
) -> Result<Option<Position>, StoreError> {
    let found =
        transaction.prepare_cached(ENDED)?.query_row((workspace, log.as_bytes()), |row| row.get(0)).optional()?;
    match found {
        None => Ok(None),
        Some(Some(ended)) => Ok(Some(i64::cast_unsigned(ended))),
        Some(None) => last_position(transaction, workspace).map(Some),
    }
}
