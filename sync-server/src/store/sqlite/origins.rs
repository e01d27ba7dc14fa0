//! Whose change each is: which one came first of those that share their document, writer and number.

use rusqlite::{Connection, Transaction};
use shared::change::Origin;
use shared::wire::{Entry, Position};

use super::log::signed;
use crate::store::StoreError;

const KEEP: &str = "INSERT INTO origins (document, writer, number, position) VALUES (?1, ?2, ?3, ?4)
    ON CONFLICT DO NOTHING";
const ALL: &str = "SELECT document, position, bytes FROM log ORDER BY workspace, position";

/// Notes whose a fresh change is; the number it shares with another change that came first, if it does.
pub(super) fn keep(
    transaction: &Transaction<'_>,
    document: i64,
    position: Position,
    entry: &Entry,
) -> Result<Option<u64>, StoreError> {
    // Bytes that do not begin as a change does are kept all the same: whoever reads them will name them.
    let Ok(origin) = Origin::of(&entry.bytes) else { return Ok(None) };
    let is_first = note(transaction, document, signed(position), origin)?;
    Ok((!is_first).then_some(origin.number))
}

/// Notes it for the changes that are in the log of an older program.
pub(super) fn fill(connection: &Connection) -> Result<(), StoreError> {
    let mut query = connection.prepare(ALL)?;
    let mut rows = query.query(())?;
    while let Some(row) = rows.next()? {
        let bytes = row.get_ref(2)?.as_blob().map_err(rusqlite::Error::from)?;
        if let Ok(origin) = Origin::of(bytes) {
            note(connection, row.get(0)?, row.get(1)?, origin)?;
        }
    }
    Ok(())
}

fn note(connection: &Connection, document: i64, position: i64, origin: Origin) -> Result<bool, StoreError> {
    let kept = connection.prepare_cached(KEEP)?.execute((document, origin.writer, signed(origin.number), position))?;
    Ok(kept == 1)
}
