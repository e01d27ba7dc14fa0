//! Conditions that no deal could ever meet, found where the parts of a group exclude each other.
//!
//! It looks at pairs only. A contradiction that takes three parts to see is not found, and stays harmless: the
//! what-if of a draft shows that every deal would fail it.

use std::cmp::Ordering;

use super::{Comparison, Condition, Literal};
use crate::id::FieldId;
use crate::model::{CustomField, Field};
use crate::sorted::SortedMap;

/// The team's own fields.
type Fields = SortedMap<FieldId, CustomField>;

/// A part that holds together with the others, or is denied.
struct Fact<'a> {
    field: Field,
    /// How it compares; none for "is filled in".
    says: Option<(Comparison, &'a Literal)>,
    denied: bool,
}

/// The field about which these can never hold together.
pub(super) fn of<'a>(fields: &Fields, together: impl IntoIterator<Item = &'a Condition>) -> Option<Field> {
    let mut facts = Vec::new();
    for condition in together {
        if let Some(field) = gather(fields, condition, &mut facts) {
            return Some(field);
        }
    }
    let pairs = facts.iter().enumerate().flat_map(|(index, one)| facts[..index].iter().map(move |other| (one, other)));
    pairs.into_iter().find(|(one, other)| exclude(fields, one, other)).map(|(one, _)| one.field)
}

/// Collects the parts that must all hold. An alternative counts only if each of its ways is impossible.
fn gather<'a>(fields: &Fields, condition: &'a Condition, facts: &mut Vec<Fact<'a>>) -> Option<Field> {
    match condition {
        Condition::All(parts) => parts.iter().find_map(|part| gather(fields, part, facts)),
        Condition::Any(parts) => {
            let ways: Option<Vec<Field>> = parts.iter().map(|part| of(fields, [part])).collect();
            ways.and_then(|ways| ways.first().copied())
        }
        Condition::Not(part) => {
            if let Condition::Filled(field) = **part {
                facts.push(Fact { field, says: None, denied: true });
            } else if let Condition::Compare { field, is, value } = &**part {
                facts.push(Fact { field: *field, says: Some((*is, value)), denied: true });
            }
            None
        }
        Condition::Filled(field) => {
            facts.push(Fact { field: *field, says: None, denied: false });
            None
        }
        Condition::Compare { field, is, value } => {
            facts.push(Fact { field: *field, says: Some((*is, value)), denied: false });
            None
        }
        Condition::LinesAddUp => None,
    }
}

/// Of several records, one may meet this part and another that one; only what is asked and denied in one is impossible.
fn exclude(fields: &Fields, one: &Fact<'_>, other: &Fact<'_>) -> bool {
    if one.field != other.field {
        return false;
    }
    match (one.denied, other.denied) {
        (true, true) => false,
        (false, false) if one.field.record(fields).is_many() => false,
        (false, false) => one.says.zip(other.says).is_some_and(|(left, right)| clash(left, right)),
        (true, false) => denies(one, other),
        (false, true) => denies(other, one),
    }
}

/// What is empty meets no comparison; what is denied in the same words is denied.
fn denies(denied: &Fact<'_>, asked: &Fact<'_>) -> bool {
    denied.says.is_none() || denied.says == asked.says
}

fn clash(left: (Comparison, &Literal), right: (Comparison, &Literal)) -> bool {
    let Some(order) = order(left.1, right.1) else { return unlike(left, right) };
    match (left.0, right.0) {
        (Comparison::Equal, Comparison::Equal) => order != Ordering::Equal,
        (Comparison::Equal | Comparison::AtMost, Comparison::AtLeast) => order == Ordering::Less,
        (Comparison::AtLeast, Comparison::Equal | Comparison::AtMost) => order == Ordering::Greater,
        (Comparison::Equal, Comparison::AtMost) => order == Ordering::Greater,
        (Comparison::AtMost, Comparison::Equal) => order == Ordering::Less,
        (_, _) => false,
    }
}

/// Values without an order exclude each other when a field must equal both; so do amounts in unlike currencies.
fn unlike(left: (Comparison, &Literal), right: (Comparison, &Literal)) -> bool {
    let currencies = matches!((left.1, right.1), (Literal::Money(_), Literal::Money(_)));
    let both_equal = (left.0, right.0) == (Comparison::Equal, Comparison::Equal);
    currencies || both_equal && !same(left.1, right.1)
}

fn same(left: &Literal, right: &Literal) -> bool {
    match (left, right) {
        (Literal::Text(left), Literal::Text(right)) => left.trim().to_lowercase() == right.trim().to_lowercase(),
        (left, right) => left == right,
    }
}

fn order(left: &Literal, right: &Literal) -> Option<Ordering> {
    match (left, right) {
        (Literal::Money(left), Literal::Money(right)) if left.currency == right.currency => {
            Some(left.minor.cmp(&right.minor))
        }
        (Literal::Day(left), Literal::Day(right)) => Some(left.cmp(right)),
        (Literal::Number(left), Literal::Number(right)) => Some(left.cmp(right)),
        (_, _) => None,
    }
}
