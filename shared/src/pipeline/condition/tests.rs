//! Conditions: what they say of a deal and the records around it, and which ones are refused.

use std::sync::Arc;

use super::*;
use crate::id::ContactId;
use crate::model::{CompanyCard, Contact, ContactRole, RecordKind};
use crate::rules::sample::{self, acme, company, ripe, tide, usd};
use crate::workspace::Workspace;

fn size() -> FieldId {
    FieldId::minted("size")
}

fn fields() -> SortedMap<FieldId, CustomField> {
    let field = CustomField { id: size(), ..sample::size(RecordKind::Deal) };
    [(size(), field)].into()
}

/// The same field on each kind of record.
fn everywhere() -> SortedMap<FieldId, CustomField> {
    let on = |on: RecordKind| CustomField { id: of(on), on, ..fields()[&size()].clone() };
    RecordKind::ALL.map(on).map(|field| (field.id, field)).into()
}

fn of(on: RecordKind) -> FieldId {
    FieldId::minted(&format!("{on:?}"))
}

fn five(on: RecordKind) -> SortedMap<FieldId, Entry> {
    [(of(on), Entry::Number(Number::whole(5)))].into()
}

fn compare(field: Field, is: Comparison, value: Literal) -> Condition {
    Condition::Compare { field, is, value }
}

fn number(is: Comparison, whole: i32) -> Condition {
    compare(Field::Custom(size()), is, Literal::Number(Number::whole(whole)))
}

#[test]
fn a_custom_field_is_compared_by_its_kind() {
    let (mut card, alone) = (ripe(tide()), Workspace::default());
    assert!(!number(Comparison::AtLeast, 1).holds(&card, &alone.customers()), "what is empty compares with nothing");
    card.custom.insert(size(), Entry::Number(Number::whole(5)));
    assert!(number(Comparison::AtLeast, 5).holds(&card, &alone.customers()));
    assert!(!number(Comparison::AtMost, 4).holds(&card, &alone.customers()));
    assert!(Condition::Filled(Field::Custom(size())).holds(&card, &alone.customers()));
}

#[test]
fn products_add_up_only_to_the_amount_itself() {
    let (card, alone) = (DealCard { lines: Some(usd(100)), ..ripe(tide()) }, Workspace::default());
    assert!(Condition::LinesAddUp.holds(&card, &alone.customers()));
    assert!(!Condition::LinesAddUp.holds(&DealCard { lines: Some(usd(99)), ..card.clone() }, &alone.customers()));
    assert!(!Condition::LinesAddUp.holds(&DealCard { lines: None, amount: None, ..card }, &alone.customers()));
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
    assert_eq!(Condition::contradiction(&fields(), [&low, &high]), Some(field));
}

/// A customer that is known by two records, the older of which was merged away, and one person in each of them.
fn customers(custom: &[RecordKind]) -> Workspace {
    let says = |on| if custom.contains(&on) { five(on) } else { SortedMap::new() };
    let person = |name: &str, custom| Contact {
        id: ContactId::minted(name),
        name: name.to_owned(),
        role: ContactRole::Other,
        phone: String::new(),
        email: String::new(),
        merged: None,
        custom,
    };
    let stands = CompanyCard {
        custom: says(RecordKind::Company),
        contacts: vec![person("li", SortedMap::new())],
        ..company(CompanyId::minted("acme today"), "Acme")
    };
    let merged = CompanyCard {
        contacts: vec![person("wu", says(RecordKind::Contact))],
        merged: Some(stands.id),
        ..company(acme(), "Acme once")
    };
    let companies = [stands, merged].map(|card| (card.id, Arc::new(card)));
    Workspace { fields: everywhere(), companies: companies.into(), ..Workspace::default() }
}

#[test]
fn a_field_is_asked_of_the_records_that_have_it_whatever_was_merged() {
    let bare = ripe(tide());
    let told = || five(RecordKind::Activity).into_iter().map(|(field, entry)| (field, vec![entry])).collect();
    for on in RecordKind::ALL {
        let says = match on {
            RecordKind::Deal => DealCard { custom: five(on), ..bare.clone() },
            RecordKind::Activity => DealCard { told: told(), ..bare.clone() },
            RecordKind::Company | RecordKind::Contact => bare.clone(),
        };
        let field = Field::Custom(of(on));
        let at_least = |whole| compare(field, Comparison::AtLeast, Literal::Number(Number::whole(whole)));
        let (silent, world) = (customers(&[]), customers(&[on]));
        let cases = [(Condition::Filled(field), true), (at_least(5), true), (at_least(6), false)];
        for (condition, expect) in cases {
            assert_eq!(condition.holds(&says, &world.customers()), expect, "{condition:?}");
            assert!(!condition.holds(&bare, &silent.customers()), "{condition:?}");
            let nobodys = DealCard { company: None, ..bare.clone() };
            assert!(!condition.holds(&nobodys, &world.customers()), "{condition:?}");
        }
    }
}

#[test]
fn a_person_who_turned_out_to_be_another_is_not_asked() {
    let mut world = customers(&[RecordKind::Contact]);
    let asks = Condition::Filled(Field::Custom(of(RecordKind::Contact)));
    assert!(asks.holds(&ripe(tide()), &world.customers()));
    let card = Arc::make_mut(world.companies.get_mut(&acme()).unwrap());
    card.contacts[0].merged = Some(ContactId::minted("li"));
    assert!(!asks.holds(&ripe(tide()), &world.customers()));
}

#[test]
fn a_field_is_known_on_every_record_until_it_is_retired() {
    let mut fields = everywhere();
    let wrong = |on| compare(Field::Custom(of(on)), Comparison::Has, Literal::Number(Number::whole(1)));
    for on in RecordKind::ALL {
        let asks = Condition::Filled(Field::Custom(of(on)));
        assert_eq!(asks.check(&fields), Ok(()));
        assert_eq!(wrong(on).check(&fields), Err(ConditionError::Type(Field::Custom(of(on)))));
        fields.get_mut(&of(on)).unwrap().retired = true;
        assert_eq!(asks.check(&fields), Err(ConditionError::NoField(of(on))));
    }
}

#[test]
fn several_records_may_differ_where_one_cannot() {
    let number = |on, is, whole| compare(Field::Custom(of(on)), is, Literal::Number(Number::whole(whole)));
    for on in RecordKind::ALL {
        let field = Field::Custom(of(on));
        let apart = [number(on, Comparison::AtMost, 1), number(on, Comparison::AtLeast, 2)];
        assert_eq!(Condition::contradiction(&everywhere(), &apart), (!on.is_many()).then_some(field));
        let denied = [Condition::Not(Box::new(Condition::Filled(field))), apart[0].clone()];
        assert_eq!(Condition::contradiction(&everywhere(), &denied), Some(field), "none at all, and one that says so");
    }
}
