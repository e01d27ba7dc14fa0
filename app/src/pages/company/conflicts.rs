//! What two people said of the customer at once: both values, and a way to keep either.

use leptos::prelude::*;
use shared::command::Command;
use shared::id::ContactId;
use shared::model::{Company, CompanyField, CompanyValue, Conflict, Contact, ContactPart, Field, RecordRef};

use super::opened::Opened;
use crate::pages::desk::Desk;
use crate::pages::disputed::{Told, disputed};

pub(super) fn conflicts(desk: Desk, opened: Opened) -> impl IntoView {
    move || {
        let companies = opened.companies.get();
        let all = companies.iter().flat_map(|company| company.conflicts.iter().map(move |each| (company, each)));
        all.map(|(company, each)| one(desk, company, each)).collect_view()
    }
}

fn one(desk: Desk, company: &Company, conflict: &Conflict<CompanyField, CompanyValue>) -> impl IntoView + use<> {
    let told = conflict
        .versions
        .iter()
        .map(|version| Told::of(version, words(desk, &version.value), again(company, conflict.field, &version.value)));
    disputed(desk, &name(desk, company, conflict.field), String::new(), told.collect())
}

fn name(desk: Desk, company: &Company, field: CompanyField) -> String {
    let lang = desk.lang;
    let person = |id: ContactId| company.card.contact(id).map(|contact| contact.name.clone()).unwrap_or_default();
    match field {
        CompanyField::Name => lang.company_name().to_owned(),
        CompanyField::Text(what) => lang.company_text(what).to_owned(),
        CompanyField::Custom(id) => desk.field(Field::Custom(id)),
        CompanyField::Contact(id, part) => lang.part_of(lang.contact_part(part), &person(id)),
        CompanyField::ContactCustom(id, field) => lang.part_of(&desk.field(Field::Custom(field)), &person(id)),
    }
}

fn words(desk: Desk, value: &CompanyValue) -> String {
    let lang = desk.lang;
    match value {
        CompanyValue::Text(text) if text.is_empty() => lang.empty_value().to_owned(),
        CompanyValue::Text(text) => text.clone(),
        CompanyValue::Role(role) => lang.contact_role(*role).to_owned(),
        CompanyValue::Custom(entry) => entry.as_ref().map_or(lang.empty_value().to_owned(), |it| desk.entry(it)),
    }
}

/// What keeps one of the values.
fn again(company: &Company, field: CompanyField, value: &CompanyValue) -> Option<Command> {
    let id = company.card.id;
    Some(match (field, value.clone()) {
        (CompanyField::Name, CompanyValue::Text(name)) => Command::RenameCompany { company: id, name },
        (CompanyField::Text(what), CompanyValue::Text(text)) => Command::DescribeCompany { company: id, what, text },
        (CompanyField::Custom(field), CompanyValue::Custom(value)) => {
            Command::SetField { of: RecordRef::Company(id), field, value }
        }
        (CompanyField::ContactCustom(contact, field), CompanyValue::Custom(value)) => {
            Command::SetField { of: RecordRef::Contact(id, contact), field, value }
        }
        (CompanyField::Contact(contact, part), value) => {
            let now = with(company.card.contact(contact)?.clone(), part, value);
            let Contact { id: contact, name, role, phone, email, .. } = now;
            Command::PutContact { company: id, contact, name, role, phone, email }
        }
        // A field holds values of one kind, so these never meet.
        _ => return None,
    })
}

/// The person as shown, with one part as somebody wrote it.
fn with(mut contact: Contact, part: ContactPart, value: CompanyValue) -> Contact {
    match (part, value) {
        (ContactPart::Role, CompanyValue::Role(role)) => contact.role = role,
        (ContactPart::Name, CompanyValue::Text(text)) => contact.name = text,
        (ContactPart::Phone, CompanyValue::Text(text)) => contact.phone = text,
        (ContactPart::Email, CompanyValue::Text(text)) => contact.email = text,
        (_, _) => {}
    }
    contact
}
