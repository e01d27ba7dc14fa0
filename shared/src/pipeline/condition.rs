//! Conditions on a deal's fields: a small typed tree, bounded, the same on every device.

use serde::{Deserialize, Serialize};

use crate::model::{DealCard, Field};
use crate::money::{Currency, Money};
use crate::time::Day;

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
}

/// A value to compare a field with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Literal {
    /// For the amount; compares only with amounts of the same currency.
    Money(Money),
    /// For the day it is expected to close.
    Day(Day),
    /// For the title.
    Text(String),
}

/// Why a condition cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConditionError {
    /// The field cannot be compared with a value of this type, or not in this way.
    #[error("{0:?} cannot be compared so")]
    Type(Field),
    /// More than [`MAX_NODES`] parts or deeper than [`MAX_DEPTH`].
    #[error("the condition has more than {MAX_NODES} parts or is nested deeper than {MAX_DEPTH}")]
    TooLarge,
    /// A group without parts.
    #[error("a group has no parts")]
    Empty,
}

impl Condition {
    /// Whether it holds for a deal.
    pub fn holds(&self, card: &DealCard) -> bool {
        match self {
            Self::All(parts) => parts.iter().all(|part| part.holds(card)),
            Self::Any(parts) => parts.iter().any(|part| part.holds(card)),
            Self::Not(part) => !part.holds(card),
            Self::Filled(field) => filled(card, *field),
            Self::Compare { field, is, value } => compare(card, *field, *is, value),
        }
    }

    /// Checks types and size, so that a condition that is stored can always be judged.
    ///
    /// # Errors
    /// Names the first fault.
    pub fn check(&self) -> Result<(), ConditionError> {
        let mut nodes = 0;
        self.check_part(1, &mut nodes)
    }

    fn check_part(&self, depth: usize, nodes: &mut usize) -> Result<(), ConditionError> {
        *nodes += 1;
        if *nodes > MAX_NODES || depth > MAX_DEPTH {
            return Err(ConditionError::TooLarge);
        }
        match self {
            Self::All(parts) | Self::Any(parts) if parts.is_empty() => Err(ConditionError::Empty),
            Self::All(parts) | Self::Any(parts) => parts.iter().try_for_each(|part| part.check_part(depth + 1, nodes)),
            Self::Not(part) => part.check_part(depth + 1, nodes),
            Self::Filled(_) => Ok(()),
            Self::Compare { field, is, value } => match (field, value, is) {
                (Field::Amount, Literal::Money(_), _) | (Field::Close, Literal::Day(_), _) => Ok(()),
                (Field::Title, Literal::Text(_), Comparison::Equal) => Ok(()),
                (field, _, _) => Err(ConditionError::Type(*field)),
            },
        }
    }
}

fn filled(card: &DealCard, field: Field) -> bool {
    match field {
        Field::Title => !card.title.is_empty(),
        Field::Company => card.company.is_some(),
        Field::Owner => card.owner.is_some(),
        Field::Amount => card.amount.is_some_and(|money| money.minor > 0),
        Field::Close => card.close.is_some(),
        Field::Stage | Field::Outcome => true,
    }
}

fn compare(card: &DealCard, field: Field, is: Comparison, value: &Literal) -> bool {
    match (field, value) {
        (Field::Amount, Literal::Money(value)) => {
            same_currency(card.amount, value.currency).is_some_and(|minor| is.of(&minor, &value.minor))
        }
        (Field::Close, Literal::Day(day)) => card.close.is_some_and(|close| is.of(&close, day)),
        (Field::Title, Literal::Text(text)) => is.of(&card.title, text),
        (_, _) => false,
    }
}

fn same_currency(amount: Option<Money>, currency: Currency) -> Option<i64> {
    amount.filter(|money| money.currency == currency).map(|money| money.minor)
}

impl Comparison {
    fn of<T: Ord>(self, left: &T, right: &T) -> bool {
        match self {
            Self::Equal => left == right,
            Self::AtLeast => left >= right,
            Self::AtMost => left <= right,
        }
    }
}
