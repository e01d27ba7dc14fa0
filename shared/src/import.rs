//! Import: rows of a file and a mapping become commands. Pure: reads a workspace, changes nothing.

mod custom;
mod encoding;
mod guess;
mod mapping;
mod names;
mod own;
mod plan;
mod problem;
mod reading;
mod table;
mod undo;
mod value;
mod vocabulary;

pub use encoding::Encoding;
pub(crate) use guess::{apart, whole};
pub use guess::{guess, values};
pub use mapping::{Asked, Columns, Dates, Decimal, Mapping, MappingError, Status, Target};
pub use plan::{Fate, Plan, RowPlan, Summary, plan};
pub use problem::{Problem, Reason};
pub use table::{MAX_CELL_BYTES, MAX_COLUMNS, MAX_FILE_BYTES, MAX_ROWS, Row, Table, TableError};
pub use undo::{PastImport, past, redo, undo};
pub(crate) use value::FORMULA;

#[cfg(test)]
mod tests;
