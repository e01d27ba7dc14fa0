//! Folded documents in SQLite. A snapshot whose digest does not fit is never handed out.

use rusqlite::{Connection, OptionalExtension, Transaction};
use sha2::{Digest as _, Sha256};
use shared::change::ChangeHash;
use shared::id::{DocumentId, WorkspaceId};
use shared::wire::{Entry, Position};

use super::log::signed;
use super::{Sqlite, document_number, workspace_number};
use crate::store::{Past, Snapshot, Snapshots, StoreError, Unfolded};

const IN_USE: &str = "SELECT upto, digest, bytes FROM snapshots WHERE document = ?1 AND in_use = 1";
// Without the hint SQLite may walk the whole workspace's log to spare itself a sort.
const AFTER: &str = "SELECT position, hash, bytes FROM log INDEXED BY log_by_document
    WHERE document = ?1 AND position > ?2 ORDER BY position";
const RECOUNT: &str = "UPDATE documents SET unfolded =
    (SELECT count(*) FROM log INDEXED BY log_by_document WHERE document = ?1 AND position > ?2) WHERE number = ?1";

impl Snapshots for Sqlite {
    fn unfolded(&self, at_least: u64) -> Result<Vec<Unfolded>, StoreError> {
        self.read(|transaction| {
            let mut query = transaction.prepare_cached(
                "SELECT workspaces.id, documents.name, documents.unfolded
                 FROM documents JOIN workspaces ON workspaces.number = documents.workspace
                 WHERE documents.unfolded >= ?1 ORDER BY documents.unfolded DESC",
            )?;
            let mut rows = query.query([signed(at_least)])?;
            let mut unfolded = Vec::new();
            while let Some(row) = rows.next()? {
                unfolded.push(Unfolded {
                    workspace: WorkspaceId::from_bytes(row.get(0)?),
                    document: row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?.parse()?,
                    changes: row.get::<_, i64>(2)?.cast_unsigned(),
                });
            }
            Ok(unfolded)
        })
    }

    fn past(&self, workspace: WorkspaceId, document: DocumentId) -> Result<Past, StoreError> {
        self.read(|transaction| {
            let workspace = workspace_number(transaction, workspace)?;
            let Some(number) = document_number(transaction, workspace, document)? else {
                return Ok(Past { snapshot: None, changes: Vec::new(), upto: 0 });
            };
            past_of(transaction, number, document)
        })
    }

    fn propose(&self, workspace: WorkspaceId, document: DocumentId, snapshot: &Snapshot) -> Result<(), StoreError> {
        let digest: [u8; 32] = Sha256::digest(&snapshot.bytes).into();
        self.on_document(workspace, document, |transaction, number| {
            transaction.execute(
                "INSERT INTO snapshots (document, upto, digest, bytes, in_use) VALUES (?1, ?2, ?3, ?4, 0)
                 ON CONFLICT (document, upto) DO UPDATE SET digest = ?3, bytes = ?4, in_use = 0",
                (number, signed(snapshot.upto), digest, &snapshot.bytes),
            )
        })
    }

    fn proposed(
        &self,
        workspace: WorkspaceId,
        document: DocumentId,
        upto: Position,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        self.read(|transaction| {
            let workspace = workspace_number(transaction, workspace)?;
            let Some(number) = document_number(transaction, workspace, document)? else { return Ok(None) };
            let bytes = transaction
                .prepare_cached("SELECT bytes FROM snapshots WHERE document = ?1 AND upto = ?2")?
                .query_row((number, signed(upto)), |row| row.get(0))
                .optional()?;
            Ok(bytes)
        })
    }

    fn adopt(&self, workspace: WorkspaceId, document: DocumentId, upto: Position) -> Result<(), StoreError> {
        self.on_document(workspace, document, |transaction, number| {
            let snapshot = (number, signed(upto));
            let found =
                transaction.execute("UPDATE snapshots SET in_use = 1 WHERE document = ?1 AND upto = ?2", snapshot)?;
            if found == 1 {
                transaction.execute("DELETE FROM snapshots WHERE document = ?1 AND upto <> ?2", snapshot)?;
                transaction.execute(RECOUNT, snapshot)?;
            }
            Ok(found)
        })
    }

    fn discard(&self, workspace: WorkspaceId, document: DocumentId, upto: Position) -> Result<(), StoreError> {
        self.on_document(workspace, document, |transaction, number| {
            transaction.execute(
                "DELETE FROM snapshots WHERE document = ?1 AND upto = ?2 AND in_use = 0",
                (number, signed(upto)),
            )
        })
    }
}

impl Sqlite {
    fn on_document(
        &self,
        workspace: WorkspaceId,
        document: DocumentId,
        work: impl FnOnce(&Transaction<'_>, i64) -> rusqlite::Result<usize>,
    ) -> Result<(), StoreError> {
        self.write(|transaction| {
            let workspace = workspace_number(transaction, workspace)?;
            if let Some(number) = document_number(transaction, workspace, document)? {
                work(transaction, number)?;
            }
            Ok(())
        })
    }
}

/// All that is known of a document that is here.
pub(super) fn past_of(connection: &Connection, number: i64, document: DocumentId) -> Result<Past, StoreError> {
    let snapshot = snapshot_in_use(connection, number, document)?;
    let mut upto = snapshot.as_ref().map_or(0, |snapshot| snapshot.upto);
    let mut query = connection.prepare_cached(AFTER)?;
    let mut rows = query.query((number, signed(upto)))?;
    let mut changes = Vec::new();
    while let Some(row) = rows.next()? {
        upto = row.get::<_, i64>(0)?.cast_unsigned();
        changes.push(Entry { document, hash: ChangeHash(row.get(1)?), bytes: row.get(2)? });
    }
    Ok(Past { snapshot, changes, upto })
}

/// The snapshot in use, unless it rotted: the log has all of it, so it is only slower without.
fn snapshot_in_use(connection: &Connection, number: i64, document: DocumentId) -> Result<Option<Snapshot>, StoreError> {
    let found: Option<(i64, [u8; 32], Vec<u8>)> = connection
        .prepare_cached(IN_USE)?
        .query_row([number], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))
        .optional()?;
    let Some((upto, digest, bytes)) = found else { return Ok(None) };
    if Sha256::digest(&bytes)[..] != digest {
        tracing::error!(%document, upto, "a stored snapshot is damaged and left out; its changes are sent instead");
        return Ok(None);
    }
    Ok(Some(Snapshot { upto: upto.cast_unsigned(), bytes }))
}
