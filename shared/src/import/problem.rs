//! What is wrong with a row, as data that a screen can put in its own words.

use serde::{Serialize, Serializer};

use crate::money::MoneyError;
use crate::refusal::Refusal;

/// A row that was not imported: where it is and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// The line of the file the row begins on; the first line is 1.
    pub row: usize,
    /// The name of the column at fault.
    pub column: String,
    /// Why.
    pub reason: Reason,
}

/// Why a row was not imported.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// More or fewer cells than the header has.
    #[error("the row has {found} cells where the header has {expected}; quote cells that contain the separator")]
    Cells {
        /// As many as the header has.
        expected: usize,
        /// As many as the row has.
        found: usize,
    },
    /// A cell longer than [`super::MAX_CELL_BYTES`].
    #[error("a cell is larger than {} KiB; look for a quotation mark that is not closed", super::MAX_CELL_BYTES / 1024)]
    CellSize,
    /// A quotation that goes on to the end of the file.
    #[error("a quotation mark is not closed")]
    Quotation,
    /// Bytes that are no text in the file's encoding.
    #[error("the text has bytes that cannot be read; save the file as UTF-8")]
    Unreadable,
    /// The mapping does not know the stage.
    #[error("unknown stage {0:?}; map it to a stage, to won or to lost")]
    Stage(String),
    /// The stage is empty, and no status says how the deal stands.
    #[error("the stage is empty")]
    NoStage,
    /// The mapping does not know the status.
    #[error("unknown status {0:?}; map it to open, won or lost")]
    Status(String),
    /// Not an amount a deal may have.
    #[error("{0}")]
    Amount(#[from] MoneyError),
    /// Not a day, or one too far from now.
    #[error("not a possible date: {0:?}")]
    Date(String),
    /// Nothing says what the deal is called.
    #[error("the row has neither a title nor a company nor an id")]
    Untitled,
    /// A text longer than allowed, in characters.
    #[error("the text is longer than {0} characters")]
    TooLong(usize),
    /// The same id with other content.
    #[error("line {0} has the same id with other content; that one is kept")]
    Repeated(usize),
    /// The door refused what the row asks for.
    #[error("{0}")]
    Refused(#[from] Refusal),
}

impl Serialize for Reason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
