//! Conditions on a deal's fields and those of the records around it: a small typed tree, bounded, the same on every
//! device.

mod around;
mod contradiction;
mod draft;
mod typed;

use serde::{Deserialize, Serialize};

use crate::id::{ChoiceId, CompanyId, FieldId, MemberId};
use crate::model::{Category, CustomField, DealCard, Entry, Field, FieldKind, RecordKind};
use crate::money::Money;
use crate::number::Number;
use crate::sorted::SortedMap;
use crate::time::Day;
pub use around::Around;
pub use draft::{Clause, Draft, Node, NodeId, Subject};

/// The most nodes a condition may have.
pub const MAX_NODES: usize = 64;

/// The deepest nesting of a condition.
pub const MAX_DEPTH: usize = 8;

/// Something that is true or false of a deal's fields.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Condition {
    /// Each of these holds.
    All(Vec<Condition>),
    /// At least one of these holds.
    Any(Vec<Condition>),
    /// This does not hold.
    Not(Box<Condition>),
    /// The field is filled in.
    Filled(Field),
    /// The field compares so with a value. An empty field compares with nothing.
    Compare {
        /// The field on the left.
        field: Field,
        /// How.
        is: Comparison,
        /// The value on the right.
        value: Literal,
    },
    /// The deal's products cost together what the deal is worth.
    LinesAddUp,
}

/// How a field compares with a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Comparison {
    /// The same.
    Equal,
    /// The value or more; that day or later.
    AtLeast,
    /// The value or less; that day or earlier.
    AtMost,
    /// The words stand in it; the choice is one of those made.
    Has,
}

impl Comparison {
    /// Every comparison, in the order they are offered.
    pub const ALL: [Self; 4] = [Self::Equal, Self::AtLeast, Self::AtMost, Self::Has];
}

/// A value to compare a field with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Literal {
    /// An amount; compares only with amounts of the same currency.
    Money(Money),
    /// A day.
    Day(Day),
    /// Words; upper and lower case are alike.
    Text(String),
    /// A number.
    Number(Number),
    /// One of the values a field offers.
    Choice(ChoiceId),
    /// Somebody of the team.
    Person(MemberId),
    /// A customer.
    Company(CompanyId),
    /// How sure the seller is.
    Category(Category),
    /// Yes or no.
    Flag(bool),
}

/// Why a condition cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConditionError {
    /// The field cannot be compared with a value of this type, or not in this way.
    #[error("{0:?} cannot be compared so")]
    Type(Field),
    /// There is no such field, or it is no longer asked for.
    #[error("there is no field {0}")]
    NoField(FieldId),
    /// Its parts can never hold together.
    #[error("what it asks of {0:?} can never hold together")]
    Contradiction(Field),
    /// More than [`MAX_NODES`] parts or deeper than [`MAX_DEPTH`].
    #[error("the condition has more than {MAX_NODES} parts or is nested deeper than {MAX_DEPTH}")]
    TooLarge,
    /// A group without parts.
    #[error("a group has no parts")]
    Empty,
}

impl Condition {
    /// Whether it holds for a deal. Where several records have the field that is asked for, one of them is enough.
    pub fn holds(&self, card: &DealCard, around: &impl Around) -> bool {
        match self {
            Self::All(parts) => parts.iter().all(|part| part.holds(card, around)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(card, around)),
            Self::Not(part) => !part.holds(card, around),
            Self::Filled(field) => filled(card, around, *field),
            Self::Compare { field, is, value } => typed::compare(card, around, *field, *is, value),
            Self::LinesAddUp => card.lines.is_some() && card.lines == card.amount,
        }
    }

    /// Checks types, size and sense, so that a condition that is stored can always be judged and met.
    ///
    /// # Errors
    /// Names the first fault.
    pub fn check(&self, fields: &SortedMap<FieldId, CustomField>) -> Result<(), ConditionError> {
        let mut nodes = 0;
        self.check_part(fields, 1, &mut nodes)?;
        contradiction::of(fields, [self]).map_or(Ok(()), |field| Err(ConditionError::Contradiction(field)))
    }

    /// What kind of field it is; fields with fixed values, such as the customer, count as [`FieldKind::Choice`].
    ///
    /// # Errors
    /// There is no such field, or conditions cannot ask for it.
    pub fn kind(fields: &SortedMap<FieldId, CustomField>, field: Field) -> Result<FieldKind, ConditionError> {
        typed::known(fields, field)
    }

    /// How fields of a kind compare with a value, the most usual way first.
    pub const fn ways(kind: FieldKind) -> &'static [Comparison] {
        typed::ways(kind)
    }

    /// The field about which these conditions can never hold together.
    pub fn contradiction<'a>(
        fields: &SortedMap<FieldId, CustomField>,
        together: impl IntoIterator<Item = &'a Self>,
    ) -> Option<Field> {
        contradiction::of(fields, together)
    }

    /// Whether it asks for a field that the team added to records of this kind.
    pub fn asks_of(&self, on: RecordKind, fields: &SortedMap<FieldId, CustomField>) -> bool {
        let mut found = false;
        self.fields(&mut |field| found |= field.record(fields) == on);
        found
    }

    /// Visits every field it names.
    pub fn fields(&self, visit: &mut impl FnMut(Field)) {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.fields(visit)),
            Self::Not(part) => part.fields(visit),
            Self::Filled(field) | Self::Compare { field, .. } => visit(*field),
            Self::LinesAddUp => visit(Field::Amount),
        }
    }

    fn check_part(
        &self,
        fields: &SortedMap<FieldId, CustomField>,
        depth: usize,
        nodes: &mut usize,
    ) -> Result<(), ConditionError> {
        *nodes += 1;
        if *nodes > MAX_NODES || depth > MAX_DEPTH {
            return Err(ConditionError::TooLarge);
        }
        match self {
            Self::All(parts) | Self::Any(parts) if parts.is_empty() => Err(ConditionError::Empty),
            Self::All(parts) | Self::Any(parts) => {
                parts.iter().try_for_each(|part| part.check_part(fields, depth + 1, nodes))
            }
            Self::Not(part) => part.check_part(fields, depth + 1, nodes),
            Self::Filled(field) => typed::known(fields, *field).map(drop),
            Self::Compare { field, is, value } => typed::check(fields, *field, *is, value),
            Self::LinesAddUp => Ok(()),
        }
    }
}

fn filled(card: &DealCard, around: &impl Around, field: Field) -> bool {
    match field {
        Field::Title => !card.title.is_empty(),
        Field::Company => card.company.is_some(),
        Field::Owner => card.owner.is_some(),
        Field::Amount => card.amount.is_some_and(|money| money.minor > 0),
        Field::Close => card.close.is_some(),
        Field::Category => card.category.is_some(),
        Field::Stage | Field::Outcome => true,
        Field::Custom(field) => around.says(card, field, &says_something),
    }
}

fn says_something(entry: &Entry) -> bool {
    match entry {
        Entry::Text(text) | Entry::Link(text) => !text.trim().is_empty(),
        Entry::Choices(choices) => !choices.is_empty(),
        _ => true,
    }
}

#[cfg(test)]
mod tests;
