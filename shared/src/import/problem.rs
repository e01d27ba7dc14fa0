//! What is wrong with a row, as data that a screen can put in its own words.

use std::fmt;

use serde::{Serialize, Serializer};

use crate::money::MoneyError;
use crate::refusal::Refusal;
use crate::text::Lang;

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
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// More or fewer cells than the header has.
    Cells {
        /// As many as the header has.
        expected: usize,
        /// As many as the row has.
        found: usize,
    },
    /// A cell longer than [`super::MAX_CELL_BYTES`].
    CellSize,
    /// A quotation that goes on to the end of the file.
    Quotation,
    /// Bytes that are no text in the file's encoding.
    Unreadable,
    /// The mapping does not know the stage.
    Stage(String),
    /// The stage is empty, and no status says how the deal stands.
    NoStage,
    /// The mapping does not know the status.
    Status(String),
    /// Not an amount a deal may have.
    Amount(MoneyError),
    /// Not a day, or one too far from now.
    Date(String),
    /// Not a number.
    Number(String),
    /// No choice that the field offers.
    Choice(String),
    /// Nobody of the team.
    Person(String),
    /// Not a web address.
    Link(String),
    /// Neither yes nor no.
    Flag(String),
    /// It says something of a customer, and there is none.
    NoCompany,
    /// It says something of a person, and names none.
    NoContact,
    /// An earlier line says otherwise of the same record.
    Contrary(usize),
    /// Nothing says what the deal is called.
    Untitled,
    /// A text longer than allowed, in characters.
    TooLong(usize),
    /// The same id with other content.
    Repeated(usize),
    /// The door refused what the row asks for.
    Refused(Refusal),
}

/// In English, for logs and for programs that read them.
impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&Lang::En.row_reason(self))
    }
}

impl Serialize for Reason {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
