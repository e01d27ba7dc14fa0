//! Lists of members in SQLite: an entry has its place, or none.

use rusqlite::{OptionalExtension, Transaction};
use shared::id::{DeviceId, WorkspaceId};
use shared::membership::PublicKey;

use super::{Sqlite, workspace_number};
use crate::store::{Access, KeptEntry, Millis, Opening, StoreError};

impl Access for Sqlite {
    fn entries(&self, workspace: WorkspaceId, after: u64) -> Result<Vec<KeptEntry>, StoreError> {
        self.read(|transaction| {
            let workspace = workspace_number(transaction, workspace)?;
            let mut query = transaction
                .prepare_cached("SELECT at, bytes FROM entries WHERE workspace = ?1 AND place >= ?2 ORDER BY place")?;
            let after = i64::try_from(after).unwrap_or(i64::MAX);
            let rows = query.query_map((workspace, after), |row| Ok(KeptEntry { at: row.get(0)?, bytes: row.get(1)? }));
            Ok(rows?.collect::<Result<_, _>>()?)
        })
    }

    fn amend(
        &self,
        workspace: WorkspaceId,
        length: u64,
        entry: &KeptEntry,
        opened_by: Option<PublicKey>,
    ) -> Result<bool, StoreError> {
        self.write(|transaction| {
            let workspace = workspace_number(transaction, workspace)?;
            if length_of(transaction, workspace)? != length {
                return Ok(false);
            }
            transaction.execute(
                "INSERT INTO entries (workspace, place, at, bytes) VALUES (?1, ?2, ?3, ?4)",
                (workspace, length, entry.at, &entry.bytes),
            )?;
            if let Some(key) = opened_by {
                transaction.execute("INSERT INTO keys (key, workspace) VALUES (?1, ?2)", (key.0, workspace))?;
            }
            Ok(true)
        })
    }

    fn opening(&self, key: PublicKey) -> Result<Option<Opening>, StoreError> {
        const OPENING: &str = "SELECT workspaces.id, keys.expires FROM keys
            JOIN workspaces ON workspaces.number = keys.workspace WHERE keys.key = ?1";
        self.read(|transaction| {
            let read = |row: &rusqlite::Row<'_>| {
                Ok(Opening { workspace: WorkspaceId::from_bytes(row.get(0)?), expires: row.get(1)? })
            };
            Ok(transaction.prepare_cached(OPENING)?.query_row([key.0], read).optional()?)
        })
    }

    fn put_start_key(&self, workspace: WorkspaceId, key: PublicKey, expires: Millis) -> Result<(), StoreError> {
        self.write(|transaction| {
            let workspace = workspace_number(transaction, workspace)?;
            transaction.execute("DELETE FROM keys WHERE workspace = ?1 AND expires IS NOT NULL", [workspace])?;
            transaction.execute(
                "INSERT INTO keys (key, workspace, expires) VALUES (?1, ?2, ?3)",
                (key.0, workspace, expires),
            )?;
            Ok(())
        })
    }

    fn console_seed(&self, fresh: [u8; 32]) -> Result<[u8; 32], StoreError> {
        self.write(|transaction| {
            transaction.execute("INSERT OR IGNORE INTO console (one, seed) VALUES (1, ?1)", [fresh])?;
            Ok(transaction.query_row("SELECT seed FROM console", [], |row| row.get(0))?)
        })
    }

    fn seen(&self, devices: &[DeviceId], at: Millis) -> Result<(), StoreError> {
        self.write(|transaction| {
            let mut note = transaction.prepare_cached("INSERT OR REPLACE INTO seen (device, at) VALUES (?1, ?2)")?;
            for device in devices {
                note.execute((device.as_bytes(), at))?;
            }
            Ok(())
        })
    }

    fn last_seen(&self, devices: &[DeviceId]) -> Result<Vec<(DeviceId, Millis)>, StoreError> {
        self.read(|transaction| {
            let mut query = transaction.prepare_cached("SELECT at FROM seen WHERE device = ?1")?;
            let mut seen = Vec::new();
            for device in devices {
                let at: Option<Millis> = query.query_row([device.as_bytes()], |row| row.get(0)).optional()?;
                seen.extend(at.map(|at| (*device, at)));
            }
            Ok(seen)
        })
    }
}

fn length_of(transaction: &Transaction<'_>, workspace: i64) -> Result<u64, StoreError> {
    Ok(transaction
        .prepare_cached("SELECT count(*) FROM entries WHERE workspace = ?1")?
        .query_row([workspace], |row| row.get(0))?)
}
