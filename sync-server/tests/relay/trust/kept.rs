//! All that a relay keeps, to be compared before and after.

use std::collections::BTreeMap;
use std::path::Path;

use rusqlite::{Connection, OpenFlags, Row};

/// The rows of every table but the one of when devices were last here.
#[derive(Debug, PartialEq)]
pub(super) struct Kept(BTreeMap<String, Vec<String>>);

impl Kept {
    pub(super) fn read(file: &Path) -> Self {
        let file = Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
        let tables = rows(&file, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'seen'", |row| {
            row.get(0).unwrap()
        });
        Self(tables.into_iter().map(|table: String| (table.clone(), table_of(&file, &table))).collect())
    }

    /// How many rows more than before there are of changes, and of entries of the list.
    pub(super) fn grew(&self, before: &Self) -> (usize, usize) {
        let more = |table: &str| self.0[table].len() - before.0[table].len();
        (more("log"), more("entries"))
    }
}

fn table_of(file: &Connection, table: &str) -> Vec<String> {
    rows(file, &format!("SELECT * FROM {table}"), |row| {
        let values = 0..row.as_ref().column_count();
        values.map(|column| format!("{:?} ", row.get_ref(column).unwrap())).collect()
    })
}

fn rows(file: &Connection, asked: &str, read: impl Fn(&Row<'_>) -> String) -> Vec<String> {
    let mut asked = file.prepare(asked).unwrap();
    let rows = asked.query_map([], |row| Ok(read(row))).unwrap();
    rows.map(Result::unwrap).collect()
}
