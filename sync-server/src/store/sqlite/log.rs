//! The log's tables: positions are given inside the writing transaction, so that processes take turns.

use std::collections::HashMap;

use rusqlite::{OptionalExtension, Row, Transaction};
use shared::change::ChangeHash;
use shared::id::{DeviceId, DocumentId, LogId, WorkspaceId};
use shared::wire::{Entry, Position};

use super::{Sqlite, document_number, lives, locked, origins, owners, workspace_number};
use crate::ownership::may_name_owner;
use crate::store::{Append, Appended, Fork, Limits, Listing, Log, Logged, Placed, StoreError, Workspace, in_turn};

const INSERT: &str = "INSERT INTO log (workspace, position, document, hash, device, bytes)
    VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (document, hash) DO NOTHING";
const FIND: &str = "SELECT position FROM log WHERE document = ?1 AND hash = ?2";
const SINCE: &str = "SELECT log.position, log.device, documents.name, log.hash, log.bytes
    FROM log JOIN documents ON documents.number = log.document
    WHERE log.workspace = ?1 AND log.position > ?2 ORDER BY log.position LIMIT ?3";
const GROW: &str = "UPDATE workspaces SET stored = stored + ?2 WHERE number = ?1";
const TOUCH: &str = "UPDATE documents SET touched = ?2, unfolded = unfolded + ?3 WHERE number = ?1";

impl Log for Sqlite {
    fn create_workspace(&self, workspace: Workspace) -> Result<(), StoreError> {
        self.write(|transaction| {
            transaction.execute(
                "INSERT INTO workspaces (id, log) VALUES (?1, ?2)",
                (workspace.id.as_bytes(), workspace.log.as_bytes()),
            )?;
            lives::begin(transaction, &workspace)
        })
    }

    fn workspaces(&self) -> Result<Vec<Workspace>, StoreError> {
        self.read(|transaction| {
            let mut query = transaction.prepare_cached("SELECT id, log FROM workspaces ORDER BY number")?;
            let rows = query.query_map((), |row| {
                Ok(Workspace { id: WorkspaceId::from_bytes(row.get(0)?), log: LogId::from_bytes(row.get(1)?) })
            })?;
            Ok(rows.collect::<Result<_, _>>()?)
        })
    }

    fn workspace(&self, id: WorkspaceId) -> Result<Workspace, StoreError> {
        self.read(|transaction| {
            let mut query = transaction.prepare_cached("SELECT log FROM workspaces WHERE id = ?1")?;
            let log = query.query_row([id.as_bytes()], |row| Ok(LogId::from_bytes(row.get(0)?))).optional()?;
            Ok(Workspace { id, log: log.ok_or(StoreError::NoWorkspace(id))? })
        })
    }

    fn rename_logs(&self, renamed: &[Workspace]) -> Result<(), StoreError> {
        self.write(|transaction| renamed.iter().try_for_each(|workspace| lives::begin(transaction, workspace)))
    }

    fn reached(&self, workspace: WorkspaceId, log: LogId) -> Result<Option<Position>, StoreError> {
        self.read(|transaction| lives::reached(transaction, workspace_number(transaction, workspace)?, log))
    }

    fn append_all(&self, appends: &[Append]) -> Result<Vec<Appended>, StoreError> {
        self.write(|transaction| in_turn(appends, |append| place_or_none(transaction, append)))
    }

    fn since(&self, workspace: WorkspaceId, after: Position, limits: Limits) -> Result<Vec<Logged>, StoreError> {
        self.read(|transaction| {
            let workspace = workspace_number(transaction, workspace)?;
            let mut query = transaction.prepare_cached(SINCE)?;
            let mut rows = query.query((workspace, signed(after), limits.changes))?;
            let (mut logged, mut bytes) = (Vec::new(), 0);
            while let Some(row) = rows.next()? {
                let next = read_logged(row)?;
                bytes += next.entry.bytes.len();
                if bytes > limits.bytes && !logged.is_empty() {
                    break;
                }
                logged.push(next);
            }
            Ok(logged)
        })
    }

    fn stored_bytes(&self, workspace: WorkspaceId) -> Result<u64, StoreError> {
        self.read(|transaction| {
            let query = "SELECT stored FROM workspaces WHERE id = ?1";
            let found =
                transaction.prepare_cached(query)?.query_row([workspace.as_bytes()], |row| row.get(0)).optional()?;
            found.ok_or(StoreError::NoWorkspace(workspace))
        })
    }

    fn head(&self, workspace: WorkspaceId) -> Result<Position, StoreError> {
        self.read(|transaction| last_position(transaction, workspace_number(transaction, workspace)?))
    }

    fn outside_commits(&self) -> Result<i64, StoreError> {
        // Asked of the writing connection, which does not count its own commits.
        Ok(locked(&self.writer).pragma_query_value(None, "data_version", |row| row.get(0))?)
    }

    fn documents(&self, workspace: WorkspaceId) -> Result<Listing, StoreError> {
        self.read(|transaction| {
            let workspace = workspace_number(transaction, workspace)?;
            let mut query = transaction.prepare_cached(
                "SELECT name FROM documents WHERE workspace = ?1 ORDER BY name <> 'workspace', touched DESC",
            )?;
            let mut rows = query.query([workspace])?;
            let mut documents = Vec::new();
            while let Some(row) = rows.next()? {
                documents.push(row.get_ref(0)?.as_str().map_err(rusqlite::Error::from)?.parse()?);
            }
            Ok(Listing { head: last_position(transaction, workspace)?, documents })
        })
    }
}

/// A document as one transaction finds and leaves it.
struct Touch {
    number: i64,
    last: Position,
    added: u64,
    names_owner: bool,
}

/// An append whose changes are kept together or, for a fork, not at all. The other appends of the transaction stay.
fn place_or_none(transaction: &Transaction<'_>, append: &Append) -> Result<Appended, StoreError> {
    let run = |statement| transaction.prepare_cached(statement)?.execute(()).map(drop);
    run("SAVEPOINT append")?;
    let appended = place(transaction, append)?;
    if appended.is_err() {
        run("ROLLBACK TO append")?;
    }
    run("RELEASE append")?;
    Ok(appended)
}

fn place(transaction: &Transaction<'_>, append: &Append) -> Result<Appended, StoreError> {
    let workspace = workspace_number(transaction, append.workspace)?;
    let mut next = last_position(transaction, workspace)? + 1;
    let mut touches: HashMap<DocumentId, Touch> = HashMap::new();
    let (mut placed, mut stored) = (Vec::with_capacity(append.entries.len()), 0);
    let mut forks: Vec<(u64, Fork)> = Vec::new();
    for entry in &append.entries {
        let touch = match touches.entry(entry.document) {
            std::collections::hash_map::Entry::Occupied(known) => known.into_mut(),
            std::collections::hash_map::Entry::Vacant(new) => {
                let number = number_of(transaction, workspace, entry.document)?;
                new.insert(Touch { number, last: 0, added: 0, names_owner: false })
            }
        };
        let values =
            (workspace, signed(next), touch.number, entry.hash.0, append.device.as_bytes(), entry.bytes.as_slice());
        if transaction.prepare_cached(INSERT)?.execute(values)? == 1 {
            if let Some(number) = origins::keep(transaction, touch.number, next, entry)? {
                forks.push((number, Fork { document: entry.document, hash: entry.hash }));
            }
            placed.push(Placed { position: next, fresh: true });
            stored += entry.bytes.len();
            touch.names_owner |= may_name_owner(entry);
            (touch.last, touch.added, next) = (next, touch.added + 1, next + 1);
        } else {
            let position = transaction
                .prepare_cached(FIND)?
                .query_row((touch.number, entry.hash.0), |row| Ok(row.get::<_, i64>(0)?.cast_unsigned()))?;
            placed.push(Placed { position, fresh: false });
        }
    }
    if let Some((_, fork)) = forks.into_iter().min_by_key(|(number, _)| *number) {
        return Ok(Err(fork));
    }
    for (document, touch) in touches.iter().filter(|(_, touch)| touch.added > 0) {
        transaction.prepare_cached(TOUCH)?.execute((touch.number, signed(touch.last), signed(touch.added)))?;
        owners::keep(transaction, touch.number, (*document, touch.last), touch.names_owner)?;
    }
    if stored > 0 {
        transaction.prepare_cached(GROW)?.execute((workspace, stored))?;
    }
    Ok(Ok(placed))
}

/// The document's row, made if this is its first change.
fn number_of(transaction: &Transaction<'_>, workspace: i64, document: DocumentId) -> Result<i64, StoreError> {
    if let Some(number) = document_number(transaction, workspace, document)? {
        return Ok(number);
    }
    transaction
        .prepare_cached("INSERT INTO documents (workspace, name, touched, unfolded) VALUES (?1, ?2, 0, 0)")?
        .execute((workspace, document.to_string()))?;
    Ok(transaction.last_insert_rowid())
}

pub(super) fn last_position(transaction: &Transaction<'_>, workspace: i64) -> Result<Position, StoreError> {
    let last: Option<i64> = transaction
        .prepare_cached("SELECT max(position) FROM log WHERE workspace = ?1")?
        .query_row([workspace], |row| row.get(0))?;
    Ok(last.unwrap_or(0).cast_unsigned())
}

fn read_logged(row: &Row<'_>) -> Result<Logged, StoreError> {
    let document = row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?.parse()?;
    Ok(Logged {
        position: row.get::<_, i64>(0)?.cast_unsigned(),
        device: DeviceId::from_bytes(row.get(1)?),
        entry: Entry { document, hash: ChangeHash(row.get(3)?), bytes: row.get(4)? },
    })
}

/// SQLite's integers are signed. A device may claim any position; one that no log reaches is past every end.
pub(super) fn signed(position: Position) -> i64 {
    i64::try_from(position).unwrap_or(i64::MAX)
}
