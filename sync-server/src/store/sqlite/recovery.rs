//! A workspace in place of one that nobody founded.

use rusqlite::{OptionalExtension, Transaction};
use shared::id::WorkspaceId;
use shared::wire::Position;

use super::log::last_position;
use super::{Sqlite, workspace_number};
use crate::store::{Brought, Recovery, StoreError};

const FOUNDED: &str = "SELECT 1 FROM entries WHERE workspace = ?1";
const TAKEN: &str = "SELECT 1 FROM workspaces WHERE id = ?2 AND number <> ?1";
const NAME: &str = "UPDATE workspaces SET id = ?2, stored = 0 WHERE number = ?1";
const ENTRY: &str = "INSERT INTO entries (workspace, place, at, bytes) VALUES (?1, ?2, ?3, ?4)";
/// What a relay founds a workspace with, the brought one was founded with long ago.
const UNFOUND: &[&str] = &[
    "DELETE FROM snapshots WHERE document IN (SELECT number FROM documents WHERE workspace = ?1)",
    "DELETE FROM owners WHERE document IN (SELECT number FROM documents WHERE workspace = ?1)",
    "DELETE FROM origins WHERE document IN (SELECT number FROM documents WHERE workspace = ?1)",
    "DELETE FROM log WHERE workspace = ?1",
    "DELETE FROM documents WHERE workspace = ?1",
    "DELETE FROM lives WHERE workspace = ?1 AND log <> (SELECT log FROM workspaces WHERE number = ?1)",
    "UPDATE lives SET began = 0 WHERE workspace = ?1",
];

impl Recovery for Sqlite {
    fn take_up(&self, here: WorkspaceId, brought: &Brought, founding: Position) -> Result<bool, StoreError> {
        self.write(|transaction| {
            let number = workspace_number(transaction, here)?;
            let founded = transaction.query_row(FOUNDED, [number], |_| Ok(())).optional()?;
            let named = (number, brought.workspace.as_bytes());
            let taken = transaction.query_row(TAKEN, named, |_| Ok(())).optional()?;
            if founded.or(taken).is_some() || last_position(transaction, number)? > founding {
                return Ok(false);
            }
            UNFOUND.iter().try_for_each(|statement| transaction.execute(statement, [number]).map(drop))?;
            transaction.execute(NAME, named)?;
            keep_list(transaction, number, brought)?;
            Ok(true)
        })
    }
}

fn keep_list(transaction: &Transaction<'_>, workspace: i64, brought: &Brought) -> rusqlite::Result<()> {
    transaction.execute("DELETE FROM keys WHERE workspace = ?1", [workspace])?;
    for (place, entry) in brought.entries.iter().enumerate() {
        transaction.execute(ENTRY, (workspace, place, entry.at, &entry.bytes))?;
    }
    if let Some(key) = brought.recovery {
        transaction.execute("INSERT INTO keys (key, workspace) VALUES (?1, ?2)", (key.0, workspace))?;
    }
    Ok(())
}
