//! The people there, with their part in the decision; whoever was merged stands with the one kept.

use leptos::prelude::*;
use shared::command::Command;
use shared::gather::Arrange as _;
use shared::id::{CompanyId, ContactId};
use shared::model::{Contact, ContactRole, RecordRef};
use shared::reach;
use shared::text::Lang;

use super::head::go;
use crate::pages::companies::{people_here, twins};
use crate::pages::desk::Desk;
use crate::pages::forms::{Form, custom_fields};

/// Somebody there, and the records merged into this one.
#[derive(Clone, PartialEq)]
struct Somebody {
    home: CompanyId,
    contact: Contact,
    merged: Vec<(CompanyId, Contact)>,
}

pub(super) fn people(desk: Desk, id: CompanyId) -> impl IntoView {
    let lang = desk.lang;
    let known = desk.mirror().companies();
    let told = known.clone();
    let all = Memo::new(move |_| {
        known.track();
        everybody(desk, id)
    });
    let doubts = Memo::new(move |_| {
        told.track();
        people_here(desk, id)
    });
    let add = move |_| desk.form.set(Some(Form::Contact { company: id, known: None }));
    let rows = move || all.get().into_iter().map(|somebody| row(desk, somebody)).collect_view();
    view! {
        <section class="panel" data-testid="people">
            <h2>{lang.contacts()}
                <button type="button" class="button" on:click=add>{lang.add_contact()}</button>
            </h2>
            {twins(desk, Lang::same_people, doubts)}
            <Show when=move || all.with(Vec::is_empty)><p class="none">{lang.no_contacts()}</p></Show>
            <ul class="people">{rows}</ul>
        </section>
    }
}

fn everybody(desk: Desk, id: CompanyId) -> Vec<Somebody> {
    desk.mirror().look(|world| {
        let people = world.people_at(id);
        let itself = people.iter().filter(|each| each.stands == each.contact.id);
        let with = |contact: ContactId| {
            let others = people.iter().filter(move |each| each.stands == contact && each.contact.id != contact);
            others.map(|each| (each.company, each.contact.clone())).collect()
        };
        let somebody = itself.map(|each| Somebody {
            home: each.company,
            contact: each.contact.clone(),
            merged: with(each.contact.id),
        });
        let mut all: Vec<Somebody> = somebody.collect();
        all.arrange_by(|one, other| {
            (one.contact.role, &one.contact.name).cmp(&(other.contact.role, &other.contact.name))
        });
        all
    })
}

fn row(desk: Desk, somebody: Somebody) -> impl IntoView {
    let lang = desk.lang;
    let Somebody { home, contact, merged } = somebody;
    let (id, name) = (contact.id, contact.name.clone());
    let edit = move |_| desk.form.set(Some(Form::Contact { company: home, known: Some(id) }));
    let custom = contact.custom.clone();
    let role = (contact.role != ContactRole::Other)
        .then(|| view! { <span class="chip">{lang.contact_role(contact.role)}</span> });
    view! {
        <li data-testid="person">
            <div class="who"><b>{name.clone()}</b>{role}
                <button type="button" class="quiet" aria-label=lang.edit_contact(&name) on:click=edit>"✎"</button>
            </div>
            {reached(desk, &contact)}
            {custom_fields(desk, RecordRef::Contact(home, id), Signal::derive(move || custom.clone()))}
            {merged.into_iter().map(|(company, other)| also(desk, company, &other)).collect_view()}
        </li>
    }
}

/// Number and address as links; what is no link is shown as it was written.
fn reached(desk: Desk, contact: &Contact) -> impl IntoView + use<> {
    let lang = desk.lang;
    let links = [
        (contact.phone.clone(), reach::tel(&contact.phone), lang.call_to(&contact.name), "✆"),
        (contact.email.clone(), reach::mailto(&contact.email), lang.mail_to(&contact.name), "✉"),
    ];
    let said = links.into_iter().filter(|(text, ..)| !text.is_empty());
    let shown = said.map(|(text, to, words, sign)| {
        let link = to.map(|to| go(to, words, sign));
        view! { <span class="linked">{text}{link}</span> }
    });
    view! { <div class="reached">{shown.collect_view()}</div> }
}

/// A record that was merged into this person's, and the way back.
fn also(desk: Desk, company: CompanyId, other: &Contact) -> impl IntoView + use<> {
    let (lang, contact) = (desk.lang, other.id);
    let said: Vec<&str> = [&other.name, &other.phone, &other.email]
        .into_iter()
        .map(String::as_str)
        .filter(|text| !text.is_empty())
        .collect();
    let told = lang.merge_taken_back(&other.name);
    let back = move |_| desk.ask_undoable(Command::UnmergeContact { company, contact }, told.clone());
    view! {
        <p class="also">
            <small>{said.join(" · ")}</small>
            <button type="button" class="link" on:click=back>{lang.take_merge_back()}</button>
        </p>
    }
}
