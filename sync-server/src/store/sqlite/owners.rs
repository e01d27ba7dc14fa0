//! Whose deals are and were, in SQLite.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, Row, Transaction};
use shared::id::{DocumentId, MemberId, WorkspaceId};
use shared::wire::Position;

use super::log::signed;
use super::snapshots::past_of;
use super::{Sqlite, document_number, workspace_number};
use crate::ownership;
use crate::store::{Holding, Owners, StoreError, Tenure};

const KEEP: &str = "INSERT INTO owners (document, position, owner, settled) VALUES (?1, ?2, ?3, ?4)";
const OF: &str = "SELECT position, owner, settled FROM owners WHERE document = ?1 ORDER BY position";
const LAST: &str = "SELECT position, owner, settled FROM owners WHERE document = ?1 ORDER BY position DESC LIMIT 1";
const ALL: &str = "SELECT owners.position, owners.owner, owners.settled, documents.name
    FROM owners JOIN documents ON documents.number = owners.document
    WHERE documents.workspace = ?1 ORDER BY owners.document, owners.position";
const DEALS: &str = "SELECT number, name, touched FROM documents";

impl Owners for Sqlite {
    fn tenures(
        &self,
        workspace: WorkspaceId,
        deals: &[DocumentId],
    ) -> Result<BTreeMap<DocumentId, Tenure>, StoreError> {
        self.read(|transaction| {
            let workspace = workspace_number(transaction, workspace)?;
            deals.iter().map(|deal| Ok((*deal, tenure(transaction, workspace, *deal)?))).collect()
        })
    }

    fn all_tenures(&self, workspace: WorkspaceId) -> Result<BTreeMap<DocumentId, Tenure>, StoreError> {
        self.read(|transaction| {
            let mut query = transaction.prepare_cached(ALL)?;
            let mut rows = query.query([workspace_number(transaction, workspace)?])?;
            let mut tenures = BTreeMap::<DocumentId, Tenure>::new();
            while let Some(row) = rows.next()? {
                let deal = row.get_ref(3)?.as_str().map_err(rusqlite::Error::from)?.parse()?;
                tenures.entry(deal).or_default().0.push(holding(row)?);
            }
            Ok(tenures)
        })
    }
}

/// Notes whose a document is after fresh changes of it, the last of which stands at a position.
pub(super) fn keep(
    connection: &Connection,
    number: i64,
    changed: (DocumentId, Position),
    names_owner: bool,
) -> Result<(), StoreError> {
    if !ownership::is_owned(changed.0) {
        return Ok(());
    }
    let last = connection.prepare_cached(LAST)?.query_row([number], holding).optional()?;
    let past = || past_of(connection, number, changed.0);
    if let Some(Holding { position, owner, is_settled }) = ownership::noted(changed, last, names_owner, past)? {
        let owner = owner.as_ref().map(MemberId::as_bytes);
        connection.prepare_cached(KEEP)?.execute((number, signed(position), owner, is_settled))?;
    }
    Ok(())
}

/// Notes it for the deals that an older program kept.
pub(super) fn fill(connection: &Connection) -> Result<(), StoreError> {
    let mut query = connection.prepare(DEALS)?;
    let mut rows = query.query(())?;
    while let Some(row) = rows.next()? {
        let document = row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?.parse()?;
        keep(connection, row.get(0)?, (document, row.get::<_, i64>(2)?.cast_unsigned()), true)?;
    }
    Ok(())
}

fn tenure(transaction: &Transaction<'_>, workspace: i64, deal: DocumentId) -> Result<Tenure, StoreError> {
    let Some(number) = document_number(transaction, workspace, deal)? else { return Ok(Tenure::default()) };
    let mut query = transaction.prepare_cached(OF)?;
    Ok(Tenure(query.query_map([number], holding)?.collect::<Result<_, _>>()?))
}

fn holding(row: &Row<'_>) -> rusqlite::Result<Holding> {
    let owner: Option<[u8; 16]> = row.get(1)?;
    Ok(Holding {
        position: row.get::<_, i64>(0)?.cast_unsigned(),
        owner: owner.map(MemberId::from_bytes),
        is_settled: row.get(2)?,
    })
}
