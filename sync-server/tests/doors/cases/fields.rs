//! Criteria that ask the team's own fields: of the deal, its customer, somebody there, and a finished activity.

use shared::command::Command;
use shared::id::{ActivityId, ContactId, FieldId};
use shared::model::{ActivityKind, ContactRole, CustomField, Entry, Field, FieldKind, RecordKind, RecordRef, Role};
use shared::number::Number;
use shared::pipeline::{Comparison, Condition, Literal, Rule};
use shared::text::Label;

use super::{Kind, acme, deal};

/// The same field on each kind of record.
pub(super) fn size(on: RecordKind) -> CustomField {
    CustomField {
        id: FieldId::minted(&format!("size of {on:?}")),
        on,
        name: Label::new("规模", "Size"),
        kind: FieldKind::Number,
        choices: Vec::new(),
        on_card: false,
        rank: 0,
        retired: false,
    }
}

pub(super) fn kinds() -> Vec<Kind> {
    let (contact, activity) = (ContactId::minted("li"), ActivityId::minted("visit"));
    let person = Command::PutContact {
        company: acme(),
        contact,
        name: "Ms Li".to_owned(),
        role: ContactRole::User,
        phone: String::new(),
        email: String::new(),
    };
    let visit = Command::LogActivity {
        deal: deal(),
        activity,
        kind: ActivityKind::Visit,
        summary: "Seen".to_owned(),
        key: None,
    };
    vec![
        kind("a deal's own field", RecordRef::Deal(deal()), None),
        kind("a customer's field", RecordRef::Company(acme()), None),
        kind("a person's field", RecordRef::Contact(acme(), contact), Some(person)),
        kind("an activity's field", RecordRef::Activity(deal(), activity), Some(visit)),
    ]
}

/// The record is written down first, where the team has none yet.
fn kind(name: &'static str, of: RecordRef, first: Option<Command>) -> Kind {
    let (field, five) = (size(of.kind()).id, Number::whole(5));
    let put = |value| (Role::Rep, Command::SetField { of, field, value });
    let asks =
        Condition::Compare { field: Field::Custom(field), is: Comparison::AtLeast, value: Literal::Number(five) };
    Kind {
        name,
        rule: Rule::Fields(asks),
        meets: first.map(|first| (Role::Rep, first)).into_iter().chain([put(Some(Entry::Number(five)))]).collect(),
        loses: put(None),
    }
}
