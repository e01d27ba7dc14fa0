//! A field of somebody at a customer: whose, and what it says.

use leptos::prelude::*;
use shared::command::Command;
use shared::gather::Arrange as _;
use shared::id::{CompanyId, ContactId};
use shared::model::{CustomField, Entry, RecordRef};

use super::entry::Draft;
use super::input::choice;
use crate::pages::desk::Desk;

/// Somebody there, with the company in whose document the record lies, and what the field says now.
#[derive(Clone)]
struct Somebody {
    home: CompanyId,
    contact: ContactId,
    name: String,
    said: Option<Entry>,
}

/// The form for the field of a person who is to be chosen. `done` is called when it is kept or given up.
pub(super) fn whose_form(
    desk: Desk,
    company: CompanyId,
    field: &CustomField,
    done: Callback<()>,
) -> impl IntoView + use<> {
    let (lang, field) = (desk.lang, field.clone());
    let people = people(desk, company, &field);
    let names = people.iter().map(|each| (each.contact.to_string(), each.name.clone())).collect::<Vec<_>>();
    let chosen = RwSignal::new(names.first().map(|(id, _)| id.clone()).unwrap_or_default());
    let drafts: Vec<(Somebody, Draft)> =
        people.into_iter().map(|each| (each.clone(), Draft::of(lang, each.said.as_ref()))).collect();
    let drafts = StoredValue::new(drafts);
    let draft = move || {
        let is_chosen = |(each, _): &&(Somebody, Draft)| chosen.with(|id| each.contact.to_string() == *id);
        drafts.with_value(|all| all.iter().find(is_chosen).cloned())
    };
    let (kind, id, told) = (field.kind, field.id, lang.field_kept(field.name.get(lang)));
    let input = move || draft().map(|(_, draft)| draft.input(desk, &field));
    let build = move || {
        let (whose, draft) = untrack(draft).ok_or_else(|| lang.no_contacts().to_owned())?;
        let of = RecordRef::Contact(whose.home, whose.contact);
        Ok(Command::SetField { of, field: id, value: draft.read(lang, kind)? })
    };
    let inputs = view! { {choice(lang.contact_name(), "person", names, chosen)}{input} };
    super::asking_undoable(desk, inputs, done, told, build)
}

/// Everybody at the customer and those merged into it, who decides first.
fn people(desk: Desk, company: CompanyId, field: &CustomField) -> Vec<Somebody> {
    desk.mirror().look(|world| {
        let mut people = world.customers().people_at(company);
        people.arrange_by_key(|each| each.contact.role);
        let somebody = |each: &shared::workspace::Person<'_>| Somebody {
            home: each.company,
            contact: each.contact.id,
            name: each.contact.name.clone(),
            said: each.contact.custom.get(&field.id).cloned(),
        };
        people.iter().map(somebody).collect()
    })
}
