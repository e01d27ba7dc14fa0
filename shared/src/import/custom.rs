//! Cells of the team's own fields, read by the kind of field.

use super::mapping::{Dates, Decimal, Mapping};
use super::problem::Reason;
use super::value;
use crate::id::ChoiceId;
use crate::model::{CustomField, Entry, FieldKind, is_link};
use crate::money::Currency;
use crate::refusal::Wording;
use crate::rules::{MAX_YEARS, limit};
use crate::sorted::SortedSet;
use crate::time::Day;

/// What a cell says; who is meant by a name is found out where members are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Said<'a> {
    Entry(Entry),
    Person(&'a str),
}

/// How a column's values are written.
pub(super) struct Spelling {
    pub(super) currency: Currency,
    pub(super) scale: u32,
    pub(super) decimal: Decimal,
    pub(super) dates: Dates,
    pub(super) today: Day,
}

impl Spelling {
    /// The unit of a file's amounts is not that of its other columns, unless a column's own name says so.
    pub(super) fn of(mapping: &Mapping, column: &str, today: Day) -> Self {
        let Mapping { currency, decimal, dates, .. } = *mapping;
        Self { currency, scale: if column.contains('万') { 10_000 } else { 1 }, decimal, dates, today }
    }
}

/// What a cell that is not blank says for a field.
pub(super) fn read<'a>(text: &'a str, field: &CustomField, spelling: &Spelling) -> Result<Said<'a>, Reason> {
    let own = || text.to_owned();
    let entry = match field.kind {
        FieldKind::Person => return Ok(Said::Person(text)),
        FieldKind::Text => short(text).map(Entry::Text)?,
        FieldKind::Link if is_link(text) => short(text).map(Entry::Link)?,
        FieldKind::Link => return Err(Reason::Link(own())),
        FieldKind::Number => Entry::Number(value::number(text, spelling.decimal).ok_or_else(|| Reason::Number(own()))?),
        FieldKind::Money => {
            let money = value::amount(text, None, spelling.currency, spelling.decimal, spelling.scale);
            Entry::Money(money.map_err(Reason::Amount)?)
        }
        FieldKind::Date => Entry::Date(day(text, spelling).ok_or_else(|| Reason::Date(own()))?),
        FieldKind::Choice => Entry::Choice(choice(text, field)?),
        FieldKind::Choices => Entry::Choices(choices(text, field)?),
        FieldKind::Flag => Entry::Flag(value::flag(text).ok_or_else(|| Reason::Flag(own()))?),
    };
    Ok(Said::Entry(entry))
}

fn short(text: &str) -> Result<String, Reason> {
    let limit = limit(Wording::Entry);
    match text.chars().nth(limit) {
        None => Ok(text.to_owned()),
        Some(_) => Err(Reason::TooLong(limit)),
    }
}

fn day(text: &str, spelling: &Spelling) -> Option<Day> {
    let near = |day: &Day| day.days_since(spelling.today).abs() < i64::from(MAX_YEARS) * 365;
    value::day(text, spelling.dates).filter(near)
}

fn choice(text: &str, field: &CustomField) -> Result<ChoiceId, Reason> {
    let found = field.choice_called(text).map(|choice| choice.id);
    found.ok_or_else(|| Reason::Choice(text.trim().to_owned()))
}

/// Semicolons part choices; commas only where the words between them are not one choice.
fn choices(text: &str, field: &CustomField) -> Result<SortedSet<ChoiceId>, Reason> {
    let mut found = SortedSet::new();
    for part in text.split([';', '；']).filter(|part| !part.trim().is_empty()) {
        match choice(part, field) {
            Ok(one) => {
                found.insert(one);
            }
            Err(_) => {
                let parts = part.split([',', '，', '、', '|']).filter(|part| !part.trim().is_empty());
                for part in parts {
                    found.insert(choice(part, field)?);
                }
            }
        }
    }
    Ok(found)
}
