//! Which values a field compares with, and how.

use super::{Around, Comparison, ConditionError, Literal};
use crate::id::FieldId;
use crate::model::{CustomField, DealCard, Entry, Field, FieldKind};
use crate::money::Money;
use crate::sorted::SortedMap;

/// The field is one that deals or the records around them have, and its kind; [`FieldKind::Choice`] stands for fields with fixed values.
pub(super) fn known(fields: &SortedMap<FieldId, CustomField>, field: Field) -> Result<FieldKind, ConditionError> {
    match field {
        Field::Title => Ok(FieldKind::Text),
        Field::Owner => Ok(FieldKind::Person),
        Field::Amount => Ok(FieldKind::Money),
        Field::Close => Ok(FieldKind::Date),
        Field::Company | Field::Category => Ok(FieldKind::Choice),
        Field::Stage | Field::Outcome => Err(ConditionError::Type(field)),
        Field::Custom(id) => match fields.get(&id) {
            Some(found) if !found.retired => Ok(found.kind),
            Some(_) | None => Err(ConditionError::NoField(id)),
        },
    }
}

/// How fields of a kind compare, the most usual way first.
pub(super) const fn ways(kind: FieldKind) -> &'static [Comparison] {
    match kind {
        FieldKind::Money | FieldKind::Date | FieldKind::Number => {
            &[Comparison::AtLeast, Comparison::AtMost, Comparison::Equal]
        }
        FieldKind::Text | FieldKind::Link => &[Comparison::Has, Comparison::Equal],
        FieldKind::Choice | FieldKind::Person | FieldKind::Flag => &[Comparison::Equal],
        FieldKind::Choices => &[Comparison::Has],
    }
}

/// The field compares so with this value.
pub(super) fn check(
    fields: &SortedMap<FieldId, CustomField>,
    field: Field,
    is: Comparison,
    value: &Literal,
) -> Result<(), ConditionError> {
    let kind = known(fields, field)?;
    let fits = match (field, kind, value) {
        (Field::Company, _, Literal::Company(_)) | (Field::Category, _, Literal::Category(_)) => true,
        (Field::Company | Field::Category, _, _) => false,
        (_, FieldKind::Money, Literal::Money(_))
        | (_, FieldKind::Date, Literal::Day(_))
        | (_, FieldKind::Number, Literal::Number(_))
        | (_, FieldKind::Text | FieldKind::Link, Literal::Text(_))
        | (_, FieldKind::Choice | FieldKind::Choices, Literal::Choice(_))
        | (_, FieldKind::Person, Literal::Person(_))
        | (_, FieldKind::Flag, Literal::Flag(_)) => true,
        (_, _, _) => false,
    };
    if fits && ways(kind).contains(&is) { Ok(()) } else { Err(ConditionError::Type(field)) }
}

/// Whether a deal's field compares so. What is empty or of another type compares with nothing.
pub(super) fn compare(card: &DealCard, around: &impl Around, field: Field, is: Comparison, value: &Literal) -> bool {
    match (field, value) {
        (Field::Title, Literal::Text(text)) => words(&card.title, is, text),
        (Field::Owner, Literal::Person(member)) => card.owner == Some(*member),
        (Field::Company, Literal::Company(company)) => card.company == Some(*company),
        (Field::Category, Literal::Category(category)) => card.category == Some(*category),
        (Field::Amount, Literal::Money(value)) => card.amount.is_some_and(|amount| amounts(amount, is, *value)),
        (Field::Close, Literal::Day(day)) => card.close.is_some_and(|close| is.of(&close, day)),
        (Field::Custom(field), value) => around.says(card, field, &|entry| entries(entry, is, value)),
        (_, _) => false,
    }
}

fn entries(entry: &Entry, is: Comparison, value: &Literal) -> bool {
    match (entry, value) {
        (Entry::Text(text) | Entry::Link(text), Literal::Text(value)) => words(text, is, value),
        (Entry::Number(number), Literal::Number(value)) => is.of(number, value),
        (Entry::Money(money), Literal::Money(value)) => amounts(*money, is, *value),
        (Entry::Date(day), Literal::Day(value)) => is.of(day, value),
        (Entry::Choice(choice), Literal::Choice(value)) => choice == value,
        (Entry::Choices(choices), Literal::Choice(value)) => choices.contains(value),
        (Entry::Person(member), Literal::Person(value)) => member == value,
        (Entry::Flag(flag), Literal::Flag(value)) => flag == value,
        (_, _) => false,
    }
}

fn words(text: &str, is: Comparison, value: &str) -> bool {
    let (text, value) = (text.trim().to_lowercase(), value.trim().to_lowercase());
    match is {
        Comparison::Has => text.contains(&value),
        Comparison::Equal | Comparison::AtLeast | Comparison::AtMost => is.of(&text, &value),
    }
}

fn amounts(amount: Money, is: Comparison, value: Money) -> bool {
    amount.currency == value.currency && is.of(&amount.minor, &value.minor)
}

impl Comparison {
    pub(super) fn of<T: Ord>(self, left: &T, right: &T) -> bool {
        match self {
            Self::Equal | Self::Has => left == right,
            Self::AtLeast => left >= right,
            Self::AtMost => left <= right,
        }
    }
}
