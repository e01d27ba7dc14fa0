//! A file of comma-separated values as a header, rows, and the rows that could not be read.

mod scan;

use std::fmt;

use super::encoding::Encoding;
use super::problem::{Problem, Reason};
use crate::text::Lang;
use scan::{Record, Scanner};

/// The largest file, in bytes.
pub const MAX_FILE_BYTES: usize = 64 * 1024 * 1024;

/// The most rows of a file.
pub const MAX_ROWS: usize = 200_000;

/// The most columns of a file.
pub const MAX_COLUMNS: usize = 256;

/// The largest cell, in bytes.
pub const MAX_CELL_BYTES: usize = 32 * 1024;

/// How many lines above the header, such as a report's title, are passed over.
const MAX_PREAMBLE: usize = 10;

/// What a file holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The names of the columns: never blank, never twice the same.
    pub header: Vec<String>,
    /// The rows, each with as many cells as the header.
    pub rows: Vec<Row>,
    /// The rows that could not be read.
    pub problems: Vec<Problem>,
}

/// One row of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The line it begins on; the first line of the file is 1.
    pub line: usize,
    /// The cells, as written.
    pub cells: Vec<String>,
}

/// Why a file cannot be read at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TableError {
    /// Larger than [`MAX_FILE_BYTES`].
    FileSize,
    /// More rows than [`MAX_ROWS`].
    Rows,
    /// More columns than [`MAX_COLUMNS`].
    Columns(usize),
    /// A workbook, a PDF, a picture.
    NotText,
    /// No decoder for the encoding here.
    Encoding(Encoding),
    /// Not a line with a column's name.
    NoHeader,
}

impl fmt::Display for TableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&Lang::En.table_error(self))
    }
}

impl std::error::Error for TableError {}

impl Table {
    /// Reads a file. What is not UTF-8 is decoded by `decode`, which puts U+FFFD where bytes mean nothing.
    ///
    /// # Errors
    /// The file as a whole cannot be read. Single rows that cannot are listed in `problems`.
    pub fn read(bytes: &[u8], decode: impl FnOnce(&[u8], Encoding) -> Option<String>) -> Result<Self, TableError> {
        if bytes.len() > MAX_FILE_BYTES {
            return Err(TableError::FileSize);
        }
        let encoding = Encoding::of(bytes);
        if is_binary(bytes, encoding) {
            return Err(TableError::NotText);
        }
        if let Ok(text) = std::str::from_utf8(bytes) {
            return Self::of_text(text, Broken::Impossible);
        }
        let text = match encoding {
            Encoding::Utf8 => Some(String::from_utf8_lossy(bytes).into_owned()),
            other => decode(bytes, other),
        };
        Self::of_text(&text.ok_or(TableError::Encoding(encoding))?, Broken::Marked)
    }

    /// Which column has this name.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.header.iter().position(|each| each == name)
    }

    fn of_text(text: &str, broken: Broken) -> Result<Self, TableError> {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text);
        let delimiter = scan::delimiter(text);
        let above = Scanner::new(text, delimiter).take(MAX_PREAMBLE).position(|record| record.filled() >= 2);
        let mut scanner = Scanner::new(text, delimiter);
        let first = scanner.nth(above.unwrap_or(0)).ok_or(TableError::NoHeader)?;
        let mut table = Self { header: names(&first)?, ..Self::default() };
        while let Some(record) = scanner.next() {
            if record.filled() > 0 {
                table.take(record, broken, &mut scanner)?;
            }
        }
        Ok(table)
    }

    fn take(&mut self, record: Record, broken: Broken, scanner: &mut Scanner) -> Result<(), TableError> {
        if self.rows.len() + self.problems.len() >= MAX_ROWS {
            return Err(TableError::Rows);
        }
        match fault(&record, &self.header, broken) {
            None => {
                let mut cells = record.cells;
                cells.truncate(self.header.len());
                self.rows.push(Row { line: record.line, cells });
            }
            Some((column, reason)) => {
                scanner.resume_after_first_line(&record);
                self.problems.push(Problem { row: record.line, column, reason });
            }
        }
        Ok(())
    }
}

/// Whether U+FFFD in the text stands for bytes that could not be decoded.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Broken {
    Impossible,
    Marked,
}

fn is_binary(bytes: &[u8], encoding: Encoding) -> bool {
    let wide = matches!(encoding, Encoding::Utf16Le | Encoding::Utf16Be);
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"%PDF") || (!wide && bytes.contains(&0))
}

fn fault(record: &Record, header: &[String], broken: Broken) -> Option<(String, Reason)> {
    let (expected, found) = (header.len(), record.cells.len());
    let name = |index: usize| header.get(index).cloned().unwrap_or_else(|| numbered(index));
    let large = record.cells.iter().position(|cell| cell.len() > MAX_CELL_BYTES);
    let unread = record.cells.iter().position(|cell| broken == Broken::Marked && cell.contains('\u{fffd}'));
    let surplus = record.cells.iter().skip(expected).any(|cell| !cell.trim().is_empty());
    match (record.broken, large, unread) {
        (Some(index), _, _) => Some((name(index), Reason::Quotation)),
        (None, Some(index), _) => Some((name(index), Reason::CellSize)),
        (None, None, Some(index)) => Some((name(index), Reason::Unreadable)),
        (None, None, None) if found < expected || surplus => {
            Some((name(found.min(expected)), Reason::Cells { expected, found }))
        }
        (None, None, None) => None,
    }
}

fn names(header: &Record) -> Result<Vec<String>, TableError> {
    match (header.filled(), header.cells.len()) {
        (0, _) => return Err(TableError::NoHeader),
        (_, columns) if columns > MAX_COLUMNS => return Err(TableError::Columns(columns)),
        (_, _) => {}
    }
    let mut names: Vec<String> = Vec::with_capacity(header.cells.len());
    for (index, cell) in header.cells.iter().enumerate() {
        let name = cell.trim();
        let taken = name.is_empty() || names.iter().any(|each| each == name);
        names.push(if taken { format!("{name} {}", numbered(index)).trim().to_owned() } else { name.to_owned() });
    }
    Ok(names)
}

/// A name that needs no language.
fn numbered(index: usize) -> String {
    format!("#{}", index + 1)
}
