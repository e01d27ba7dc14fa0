//! How much of anything is accepted, checked before Automerge sees a byte: one table for relay, device and tests.
//!
//! Automerge trusts the counts in what it reads: a hundred bytes can claim four billion operations, inflate to a
//! gigabyte or name an operation that panics it, and a panic ends the app. What passes here is small and plain.
//! Whether it fits the document it is for is the business of `document`.

mod change;
mod column;
mod reading;
mod snapshot;

pub(crate) use change::{hold as hold_change, origin as origin_of_change};
pub(crate) use reading::Reader;
pub(crate) use snapshot::hold as hold_snapshot;

/// The largest frame, in bytes, in either direction.
pub const MAX_FRAME_BYTES: usize = 4 * 1024 * 1024;

/// The most changes one frame may carry.
pub const MAX_CHANGES: usize = 512;

/// The largest change that is accepted, in bytes. One command writes a few hundred;
/// the bound leaves room for a long quoted mail.
pub const MAX_CHANGE_BYTES: usize = 256 * 1024;

/// The most operations in one change.
pub const MAX_OPERATIONS: u64 = 20_000;

/// The most changes that one change may directly build on. A change builds on everything that devices wrote apart,
/// so a low bound would close a document for good to whoever comes after many of them.
pub const MAX_DEPENDENCIES: u64 = 1024;

/// The most other writers one change may name.
pub const MAX_ACTORS: u64 = 1024;

/// How long the name of a writer is, in bytes.
pub const ACTOR_BYTES: u64 = 16;

/// The longest message of a change, in bytes. It tells a title and a reason, escaped.
pub const MAX_MESSAGE_BYTES: u64 = 64 * 1024;

/// The longest key, in bytes. Keys are written again for each operation, so a long one multiplies.
pub const MAX_KEY_BYTES: u64 = 256;

/// The earliest and the last second that a change may be of, the years 1 to 9999: clocks of devices are often wrong.
pub const MOMENTS: std::ops::RangeInclusive<i64> = -62_135_596_800..=253_402_300_799;

/// The most changes in the history of one document.
pub const MAX_DOCUMENT_CHANGES: u64 = 100_000;

/// The most operations in the history of one document.
pub const MAX_DOCUMENT_OPERATIONS: u64 = 2_000_000;

/// The most bytes a folded past may have when it is inflated.
pub const MAX_INFLATED_BYTES: usize = 16 * 1024 * 1024;

/// Which limit bytes break.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Limit {
    /// A change longer than [`MAX_CHANGE_BYTES`], a folded past longer than [`MAX_FRAME_BYTES`].
    #[error("it is larger than {MAX_CHANGE_BYTES} bytes, or folded than {MAX_FRAME_BYTES}")]
    Bytes,
    /// It ends before what it announces.
    #[error("it ends before what it announces")]
    Cut,
    /// More follows than it announces.
    #[error("more follows than it announces")]
    Tail,
    /// A number of more than 64 bits.
    #[error("a number has more than 64 bits")]
    Number,
    /// More than [`MAX_DEPENDENCIES`].
    #[error("it builds on more than {MAX_DEPENDENCIES} changes")]
    Dependencies,
    /// The name of a writer is not [`ACTOR_BYTES`] long, or the one that nobody writes under.
    #[error("its writer is nobody's name, or not one of {ACTOR_BYTES} bytes")]
    Actor,
    /// It names more than [`MAX_ACTORS`] other writers, or a number that stands for none.
    #[error("it names a writer that it does not list, or more than {MAX_ACTORS}")]
    Actors,
    /// A message longer than [`MAX_MESSAGE_BYTES`].
    #[error("its message is longer than {MAX_MESSAGE_BYTES} bytes")]
    Message,
    /// Not in [`MOMENTS`].
    #[error("its moment is before the year 1 or after the year 9999")]
    Moment,
    /// More than [`MAX_OPERATIONS`], or in a folded past more than [`MAX_DOCUMENT_OPERATIONS`].
    #[error("it has more operations than {MAX_OPERATIONS}, or {MAX_DOCUMENT_OPERATIONS} with its past")]
    Operations,
    /// More than [`MAX_DOCUMENT_CHANGES`], or one that is not there.
    #[error("it folds more than {MAX_DOCUMENT_CHANGES} changes, or names one that is not there")]
    Changes,
    /// An operation, its place or its writer's count lies outside a document.
    #[error("it counts beyond the {MAX_DOCUMENT_OPERATIONS} operations of a document")]
    Count,
    /// A column that no document has, or one that comes out of turn, or is compressed where none may be.
    #[error("it has a column {0} that no document has there")]
    Column(u32),
    /// An operation that no document has: a list, a text, a counter's step, a mark.
    #[error("it does something that no document does: a list, a text, a step, a mark")]
    Kind,
    /// A row without a value where every row has one.
    #[error("a row lacks its value")]
    Gap,
    /// A key longer than [`MAX_KEY_BYTES`].
    #[error("a key is longer than {MAX_KEY_BYTES} bytes")]
    Key,
    /// A value of an unknown kind, or values that are not as long as they say.
    #[error("its values are of no known kind, or not as long as they say")]
    Values,
    /// More than [`MAX_INFLATED_BYTES`], or not compressed as it says.
    #[error("it inflates to more than {MAX_INFLATED_BYTES} bytes, or not at all")]
    Inflated,
}
