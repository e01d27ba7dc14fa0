//! Drafts read back what they were made of, and say where they are unfinished.

use super::*;
use crate::id::{ChoiceId, CompanyId, MemberId};
use crate::money::Currency;
use crate::number::Number;
use crate::time::Day;

fn fields() -> SortedMap<FieldId, CustomField> {
    let field = |kind: FieldKind| CustomField {
        id: FieldId::minted(&format!("{kind:?}")),
        on: crate::model::RecordKind::Deal,
        name: crate::text::Label::new("字段", "Field"),
        kind,
        choices: Vec::new(),
        on_card: false,
        rank: 0,
        retired: false,
    };
    FieldKind::ALL.into_iter().map(field).map(|field| (field.id, field)).collect()
}

fn custom(kind: FieldKind) -> Field {
    Field::Custom(FieldId::minted(&format!("{kind:?}")))
}

fn compare(field: Field, is: Comparison, value: Literal) -> Condition {
    Condition::Compare { field, is, value }
}

fn not(part: Condition) -> Condition {
    Condition::Not(Box::new(part))
}

/// One clause of every type.
fn clauses() -> Vec<Condition> {
    let money = Money { minor: 1_050, currency: Currency::USD };
    vec![
        Condition::Filled(Field::Close),
        Condition::LinesAddUp,
        compare(Field::Amount, Comparison::AtLeast, Literal::Money(money)),
        compare(Field::Title, Comparison::Has, Literal::Text("pump".to_owned())),
        compare(Field::Company, Comparison::Equal, Literal::Company(CompanyId::minted("acme"))),
        compare(Field::Category, Comparison::Equal, Literal::Category(Category::BestCase)),
        compare(Field::Owner, Comparison::Equal, Literal::Person(MemberId::minted("li"))),
        compare(custom(FieldKind::Date), Comparison::AtMost, Literal::Day(Day::new(2026, 1, 2).unwrap())),
        compare(custom(FieldKind::Number), Comparison::Equal, Literal::Number(Number::whole(-3))),
        compare(custom(FieldKind::Choices), Comparison::Has, Literal::Choice(ChoiceId::minted("a"))),
        compare(custom(FieldKind::Flag), Comparison::Equal, Literal::Flag(false)),
        compare(custom(FieldKind::Link), Comparison::Has, Literal::Text("https".to_owned())),
    ]
}

#[test]
fn a_condition_is_read_into_a_form_and_back_unchanged() {
    let [first, second, third, ..] = &clauses()[..] else { panic!("there are clauses") };
    let nested = [
        Condition::All(vec![first.clone(), Condition::Any(vec![not(second.clone()), third.clone()])]),
        not(Condition::Any(vec![first.clone(), not(Condition::All(vec![second.clone(), third.clone()]))])),
        Condition::All(clauses()),
        not(first.clone()),
    ];
    for condition in clauses().into_iter().chain(nested) {
        let draft = Draft::of(Some(&condition));
        assert_eq!(draft.condition(&fields()), Ok(Some(condition)));
    }
    assert_eq!(Draft::of(None).condition(&fields()), Ok(None));
}

#[test]
fn denied_twice_and_groups_of_one_are_said_plainly() {
    let filled = Condition::Filled(Field::Close);
    let wordy = Condition::All(vec![Condition::Any(vec![not(not(filled.clone()))])]);
    assert_eq!(Draft::of(Some(&wordy)).condition(&fields()), Ok(Some(filled)));
}

#[test]
fn an_unfinished_clause_is_named_and_a_removed_one_takes_its_empty_group_along() {
    let mut draft = Draft::of(Some(&Condition::Filled(Field::Close)));
    draft.add_group(Draft::ROOT, Clause::new(Subject::Field(Field::Owner)));
    let group = *draft.parts(Draft::ROOT).last().unwrap();
    let [clause] = draft.parts(group) else { panic!("the group begins with one clause") };
    let clause = *clause;
    for (field, is) in [(Field::Amount, Comparison::AtLeast), (Field::Title, Comparison::Has)] {
        let Some(Node::Clause(unfinished)) = draft.node_mut(clause) else { panic!("it is a clause") };
        *unfinished = Clause { is: Some(is), currency: "USD".to_owned(), ..Clause::new(Subject::Field(field)) };
        assert_eq!(draft.condition(&fields()), Err(clause));
    }
    draft.remove(clause);
    assert_eq!(draft.parts(Draft::ROOT).len(), 1);
    assert_eq!(draft.condition(&fields()), Ok(Some(Condition::Filled(Field::Close))));
    let gone =
        Clause { is: Some(Comparison::Equal), ..Clause::new(Subject::Field(Field::Custom(FieldId::minted("x")))) };
    assert_eq!(gone.condition(&fields()), None);
}
