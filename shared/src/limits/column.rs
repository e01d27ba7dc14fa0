//! The columns that changes and folded pasts lie in, held against what a document can have.
//!
//! A column is runs: a length and a value for that many rows, a negative length and as many values, or a zero and a
//! number of rows without value. One run of a few bytes can claim any number of rows, so they are counted first.

use std::ops::RangeInclusive;

use super::{
    Limit, MAX_CHANGE_BYTES, MAX_DOCUMENT_CHANGES, MAX_DOCUMENT_OPERATIONS, MAX_KEY_BYTES, MAX_MESSAGE_BYTES, MOMENTS,
    Reader,
};

/// What a column may hold.
#[derive(Clone, Copy)]
pub(super) enum Rule {
    /// Places in the list of writers.
    Actor,
    /// The same, or none: of the map that an operation lies in.
    MapActor,
    /// Counts of operations, or none: of the map that an operation lies in.
    MapCount,
    /// Counts of operations, each as the step from the last.
    CountSteps,
    /// Seconds, each as the step from the last.
    MomentSteps,
    /// Numbers of changes of their writers, each as the step from the last.
    ChangeSteps,
    /// Places in the list of changes, each as the step from the last.
    PlaceSteps,
    /// Keys.
    Key,
    /// Messages.
    Message,
    /// Kinds of operations: make a map, put, delete.
    Kind,
    /// No yes, only no.
    Never,
    /// For each row how many rows of the following columns belong to it.
    Group,
    /// Kinds and lengths of values.
    Values,
    /// The values.
    Raw,
}

/// A column by its number in the format, and what it may hold.
pub(super) type Table = &'static [(u32, Rule)];

/// The columns of the operations of a change.
pub(super) const CHANGE: Table = &[
    (0x01, Rule::MapActor),
    (0x02, Rule::MapCount),
    (0x15, Rule::Key),
    (0x34, Rule::Never),
    (0x42, Rule::Kind),
    (0x56, Rule::Values),
    (0x57, Rule::Raw),
    (0x70, Rule::Group),
    (0x71, Rule::Actor),
    (0x73, Rule::CountSteps),
];

/// The columns of the operations of a folded past.
pub(super) const OPERATIONS: Table = &[
    (0x01, Rule::MapActor),
    (0x02, Rule::MapCount),
    (0x15, Rule::Key),
    (0x21, Rule::Actor),
    (0x23, Rule::CountSteps),
    (0x34, Rule::Never),
    (0x42, Rule::Kind),
    (0x56, Rule::Values),
    (0x57, Rule::Raw),
    (0x80, Rule::Group),
    (0x81, Rule::Actor),
    (0x83, Rule::CountSteps),
];

/// The columns of the changes of a folded past.
pub(super) const CHANGES: Table = &[
    (0x01, Rule::Actor),
    (0x03, Rule::ChangeSteps),
    (0x13, Rule::CountSteps),
    (0x23, Rule::MomentSteps),
    (0x35, Rule::Message),
    (0x40, Rule::Group),
    (0x43, Rule::PlaceSteps),
    (0x56, Rule::Values),
    (0x57, Rule::Raw),
];

/// Goes through the columns of one table.
pub(super) struct Columns {
    /// How many writers there are.
    pub(super) actors: u64,
    /// How many rows a column may have.
    pub(super) rows: u64,
    /// What it is to have more.
    pub(super) too_many: Limit,
    /// How many bytes the values announce that were not seen yet.
    announced: u64,
    /// How many rows the first column has.
    first: Option<u64>,
}

impl Columns {
    pub(super) fn new(actors: u64, rows: u64, too_many: Limit) -> Self {
        Self { actors, rows, too_many, announced: 0, first: None }
    }

    /// Holds columns, each with its number, against a table.
    pub(super) fn hold(&mut self, table: Table, columns: &[(u32, &[u8])]) -> Result<(), Limit> {
        let mut table = table.iter();
        for (number, bytes) in columns {
            // In the order of the table, so that none comes twice.
            let (_, rule) = table.find(|(known, _)| known == number).ok_or(Limit::Column(*number))?;
            let rows = self.column(*rule, bytes)?;
            self.first.get_or_insert(rows);
        }
        if self.announced == 0 { Ok(()) } else { Err(Limit::Values) }
    }

    /// Holds one column against its rule; the number of its rows.
    fn column(&mut self, rule: Rule, bytes: &[u8]) -> Result<u64, Limit> {
        let (actors, rows, too_many) = (self.actors, self.rows, self.too_many);
        let operations = 0..=MAX_DOCUMENT_OPERATIONS.cast_signed();
        let changes = 0..=MAX_DOCUMENT_CHANGES.cast_signed();
        match rule {
            Rule::Raw => self.raw(bytes),
            Rule::Never => self.never(bytes),
            Rule::Values => self.values(bytes),
            Rule::Group => {
                let mut sum = 0;
                self.runs(bytes, &mut |count, reader| {
                    sum = added(sum, count, reader.unsigned()?).filter(|sum| *sum <= rows).ok_or(too_many)?;
                    Ok(())
                })
            }
            Rule::Actor => self.runs(bytes, &mut |_, reader| below(reader.unsigned()?, actors, Limit::Actors)),
            Rule::MapActor => self.gaps(bytes, &mut |_, reader| below(reader.unsigned()?, actors, Limit::Actors)),
            Rule::MapCount => {
                self.gaps(bytes, &mut |_, reader| below(reader.unsigned()?, MAX_DOCUMENT_OPERATIONS + 1, Limit::Count))
            }
            Rule::Kind => self.runs(bytes, &mut |_, reader| match reader.unsigned()? {
                0 | 1 | 3 => Ok(()),
                _ => Err(Limit::Kind),
            }),
            Rule::CountSteps => self.steps(bytes, operations, Limit::Count),
            Rule::ChangeSteps => self.steps(bytes, changes, Limit::Changes),
            Rule::PlaceSteps => self.steps(bytes, 0..=self.first.unwrap_or(0).cast_signed() - 1, Limit::Changes),
            Rule::MomentSteps => self.steps(bytes, MOMENTS, Limit::Moment),
            Rule::Key => self.gaps(bytes, &mut |_, reader| text(reader, MAX_KEY_BYTES, Limit::Key)),
            Rule::Message => self.gaps(bytes, &mut |_, reader| text(reader, MAX_MESSAGE_BYTES, Limit::Message)),
        }
    }

    fn values(&mut self, bytes: &[u8]) -> Result<u64, Limit> {
        let mut sum = 0;
        let rows = self.runs(bytes, &mut |count, reader| {
            let value = reader.unsigned()?;
            let is_known = value & 0xf <= 9 && value >> 4 <= MAX_CHANGE_BYTES as u64;
            sum = added(sum, count, value >> 4).filter(|_| is_known).ok_or(Limit::Values)?;
            Ok(())
        })?;
        self.announced = sum;
        Ok(rows)
    }

    fn raw(&mut self, bytes: &[u8]) -> Result<u64, Limit> {
        let announced = std::mem::take(&mut self.announced);
        if announced == bytes.len() as u64 { Ok(announced) } else { Err(Limit::Values) }
    }

    /// A number that goes up and down by steps stays in its bounds. Within a run it goes one way only.
    fn steps(&self, bytes: &[u8], bounds: RangeInclusive<i64>, broken: Limit) -> Result<u64, Limit> {
        let mut sum: i64 = 0;
        self.runs(bytes, &mut |count, reader| {
            let step = reader.signed()?.checked_mul(count.cast_signed());
            sum = step.and_then(|step| sum.checked_add(step)).filter(|sum| bounds.contains(sum)).ok_or(broken)?;
            Ok(())
        })
    }

    /// The runs of yes and no, which begin with a no.
    fn never(&self, bytes: &[u8]) -> Result<u64, Limit> {
        let mut reader = Reader(bytes);
        let rows = reader.unsigned()?;
        below(rows, self.rows + 1, self.too_many)?;
        if reader.is_empty() { Ok(rows) } else { Err(Limit::Kind) }
    }

    /// Runs in which every row has a value.
    fn runs(&self, bytes: &[u8], each: &mut Each<'_>) -> Result<u64, Limit> {
        self.walk(bytes, Err(Limit::Gap), each)
    }

    /// Runs in which rows may be without value.
    fn gaps(&self, bytes: &[u8], each: &mut Each<'_>) -> Result<u64, Limit> {
        self.walk(bytes, Ok(()), each)
    }

    /// Counts the rows of all runs and shows each value with the number of its rows.
    fn walk(&self, bytes: &[u8], gap: Result<(), Limit>, each: &mut Each<'_>) -> Result<u64, Limit> {
        let (mut reader, mut rows) = (Reader(bytes), 0u64);
        while !reader.is_empty() {
            let length = reader.signed()?;
            let count = if length == 0 { reader.unsigned()? } else { length.unsigned_abs() };
            rows = rows.checked_add(count).filter(|rows| *rows <= self.rows).ok_or(self.too_many)?;
            match length {
                0 => gap?,
                1.. => each(count, &mut reader)?,
                _ => (0..count).try_for_each(|_| each(1, &mut reader))?,
            }
        }
        Ok(rows)
    }
}

/// What is done with a value that stands for so many rows.
type Each<'a> = dyn FnMut(u64, &mut Reader<'_>) -> Result<(), Limit> + 'a;

fn below(number: u64, end: u64, broken: Limit) -> Result<(), Limit> {
    if number < end { Ok(()) } else { Err(broken) }
}

fn added(sum: u64, count: u64, each: u64) -> Option<u64> {
    count.checked_mul(each)?.checked_add(sum)
}

fn text(reader: &mut Reader<'_>, most: u64, broken: Limit) -> Result<(), Limit> {
    let length = reader.unsigned()?;
    below(length, most + 1, broken)?;
    reader.take(length).map(drop)
}
