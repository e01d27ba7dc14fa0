//! Lines of a CSV file whose cells are never run as formulas.

use csv::{Terminator, Writer, WriterBuilder};

use crate::import::FORMULA;

/// Spreadsheets take a file without it for their country's old encoding.
const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();

/// A CSV file that grows in memory.
pub(super) struct File(Writer<Vec<u8>>);

impl File {
    pub(super) fn new() -> Self {
        Self(WriterBuilder::new().terminator(Terminator::CRLF).from_writer(BYTE_ORDER_MARK.to_vec()))
    }

    pub(super) fn line(&mut self, cells: impl IntoIterator<Item = String>) {
        let cells = cells.into_iter().map(armed).collect::<Vec<_>>();
        self.0.write_record(cells).expect("memory takes everything, and every line has as many cells as the first");
    }

    pub(super) fn bytes(self) -> Vec<u8> {
        self.0.into_inner().expect("memory takes everything")
    }
}

/// A spreadsheet runs what begins like a formula; an apostrophe makes it text, and an import takes it off again.
fn armed(cell: String) -> String {
    match cell.starts_with(FORMULA) {
        true => format!("'{cell}"),
        false => cell,
    }
}
