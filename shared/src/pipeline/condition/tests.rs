//! Conditions: what they say of a deal, and which ones are refused.

use super::*;
use crate::model::{FieldKind, RecordKind};
use crate::rules::sample::{ripe, tide, usd};
use crate::text::Label;

fn size() -> FieldId {
    FieldId::minted("size")
}

fn fields() -> BTreeMap<FieldId, CustomField> {
    let field = CustomField {
        id: size(),
        on: RecordKind::Deal,
        name: Label::new("规模", "Size"),
        kind: FieldKind::Number,
        choices: Vec::new(),
        on_card: false,
        rank: 0,
        retired: false,
    };
    [(size(), field)].into()
}

fn compare(field: Field, is: Comparison, value: Literal) -> Condition {
    Condition::Compare { field, is, value }
}

fn number(is: Comparison, whole: i32) -> Condition {
    compare(Field::Custom(size()), is, Literal::Number(Number::whole(whole)))
}

#[test]
fn a_custom_field_is_compared_by_its_kind() {
    let mut card = ripe(tide());
    assert!(!number(Comparison::AtLeast, 1).holds(&card), "what is empty compares with nothing");
    card.custom.insert(size(), Entry::Number(Number::whole(5)));
    assert!(number(Comparison::AtLeast, 5).holds(&card));
    assert!(!number(Comparison::AtMost, 4).holds(&card));
    assert!(Condition::Filled(Field::Custom(size())).holds(&card));
}

#[test]
fn products_add_up_only_to_the_amount_itself() {
    let card = DealCard { lines: Some(usd(100)), ..ripe(tide()) };
    assert!(Condition::LinesAddUp.holds(&card));
    assert!(!Condition::LinesAddUp.holds(&DealCard { lines: Some(usd(99)), ..card.clone() }));
    assert!(!Condition::LinesAddUp.holds(&DealCard { lines: None, amount: None, ..card }));
}

#[test]
fn the_wrong_type_an_unknown_field_and_an_empty_group_are_named() {
    let field = Field::Custom(size());
    let cases = [
        (compare(field, Comparison::Equal, Literal::Flag(true)), ConditionError::Type(field)),
        (compare(Field::Stage, Comparison::Equal, Literal::Flag(true)), ConditionError::Type(Field::Stage)),
        (compare(Field::Amount, Comparison::Has, Literal::Money(usd(1))), ConditionError::Type(Field::Amount)),
        (Condition::Filled(Field::Custom(FieldId::minted("no"))), ConditionError::NoField(FieldId::minted("no"))),
        (Condition::Any(Vec::new()), ConditionError::Empty),
    ];
    for (condition, error) in cases {
        assert_eq!(condition.check(&fields()), Err(error), "{condition:?}");
    }
    let deep = (0..MAX_DEPTH).fold(Condition::LinesAddUp, |inner, _| Condition::Not(Box::new(inner)));
    assert_eq!(deep.check(&fields()), Err(ConditionError::TooLarge));
    assert_eq!(number(Comparison::AtLeast, 1).check(&fields()), Ok(()));
}

#[test]
fn parts_that_exclude_each_other_are_found_and_others_are_not() {
    let not = |part| Condition::Not(Box::new(part));
    let (low, high) = (number(Comparison::AtMost, 1), number(Comparison::AtLeast, 2));
    let field = Field::Custom(size());
    let impossible = [
        Condition::All(vec![low.clone(), high.clone()]),
        Condition::All(vec![Condition::All(vec![low.clone()]), high.clone()]),
        Condition::All(vec![number(Comparison::Equal, 1), number(Comparison::Equal, 2)]),
        Condition::All(vec![not(Condition::Filled(field)), high.clone()]),
        Condition::All(vec![not(high.clone()), high.clone()]),
        Condition::Any(vec![Condition::All(vec![low.clone(), high.clone()])]),
    ];
    for condition in impossible {
        assert_eq!(condition.check(&fields()), Err(ConditionError::Contradiction(field)), "{condition:?}");
    }
    let possible = [
        Condition::Any(vec![low.clone(), high.clone()]),
        Condition::All(vec![number(Comparison::AtMost, 2), high.clone()]),
        Condition::All(vec![not(low.clone()), high.clone()]),
    ];
    possible.iter().for_each(|condition| assert_eq!(condition.check(&fields()), Ok(()), "{condition:?}"));
    assert_eq!(Condition::contradiction([&low, &high]), Some(field));
}
