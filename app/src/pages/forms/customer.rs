//! A customer and the people there: added, and changed in place.

use leptos::prelude::*;
use shared::command::Command;
use shared::duplicates::PersonId;
use shared::id::{CompanyId, ContactId};
use shared::model::{CompanyText, Contact, ContactRole};
use shared::workspace::Workspace;

use super::input::{choice, line, lines};
use super::{Form, asking_undoable, leave, sheet};
use crate::engine::{browser, clock};
use crate::pages::desk::Desk;

/// A new customer; its page is shown once it is there.
pub(super) fn company_form(desk: Desk) -> impl IntoView {
    let lang = desk.lang;
    sheet(desk, lang.new_company().to_owned(), move || {
        let name = RwSignal::new(String::new());
        let company = clock::fresh(CompanyId::from_bytes);
        let build =
            move || Ok(Command::AddCompany { company, name: name.get_untracked().trim().to_owned(), source: None });
        let done = Callback::new(move |()| {
            desk.form.set(None);
            if desk.mirror().look(|world| world.company(company).is_some()) {
                browser::go(&format!("/company/{company}"));
            }
        });
        asking_undoable(
            desk,
            line(lang.company_name(), "name", "text", name),
            done,
            lang.company_added().to_owned(),
            build,
        )
    })
}

/// The form for a company's name, or for what else is known of it. `done` is called when it is kept or given up.
pub fn company_text_form(
    desk: Desk,
    company: CompanyId,
    what: Option<CompanyText>,
    done: Callback<()>,
) -> impl IntoView {
    let lang = desk.lang;
    let card = desk.mirror().look(|world| world.company(company).cloned());
    let now = card.map(|card| what.map_or(card.name.clone(), |what| card.text(what).to_owned())).unwrap_or_default();
    let text = RwSignal::new(now);
    let label = what.map_or(lang.company_name(), |what| lang.company_text(what));
    let input = match what {
        Some(CompanyText::Note | CompanyText::Address) => lines(label, "text", text).into_any(),
        Some(CompanyText::Phone) => line(label, "text", "tel", text).into_any(),
        // A web address may be written without its scheme, which an input for addresses would refuse.
        Some(CompanyText::Website) | None => line(label, "text", "text", text).into_any(),
    };
    let build = move || {
        let text = text.get_untracked().trim().to_owned();
        Ok(match what {
            Some(what) => Command::DescribeCompany { company, what, text },
            None => Command::RenameCompany { company, name: text },
        })
    };
    asking_undoable(desk, input, done, lang.field_kept(label), build)
}

/// A person at a customer, new or known.
pub(super) fn contact_form(desk: Desk, company: CompanyId, known: Option<ContactId>) -> impl IntoView {
    let lang = desk.lang;
    let was = desk.mirror().look(|world| world.company(company)?.contact(known?).cloned());
    let title = was.as_ref().map_or(lang.add_contact().to_owned(), |was| lang.edit_contact(&was.name));
    sheet(desk, title, move || {
        let of = |read: fn(&Contact) -> &str| RwSignal::new(was.as_ref().map(read).unwrap_or_default().to_owned());
        let (name, phone) = (of(|was| &was.name), of(|was| &was.phone));
        let email = of(|was| &was.email);
        let role = RwSignal::new(role_name(was.as_ref().map_or(ContactRole::Other, |was| was.role)));
        let fields = view! {
            {line(lang.contact_name(), "name", "text", name)}
            {choice(lang.contact_role_label(), "role", roles(desk), role)}
            {line(lang.contact_phone(), "phone", "tel", phone)}
            {line(lang.contact_email(), "email", "text", email)}
            {known.map(|known| same_link(desk, (company, known)))}
        };
        let contact = known.unwrap_or_else(|| clock::fresh(ContactId::from_bytes));
        let build = move || {
            let [name, phone, email] = [name, phone, email].map(|text| text.get_untracked().trim().to_owned());
            let role = role.with_untracked(|role| ContactRole::ALL.into_iter().find(|each| role_name(*each) == *role));
            Ok(Command::PutContact { company, contact, name, role: role.unwrap_or(ContactRole::Other), phone, email })
        };
        asking_undoable(desk, fields, leave(desk), lang.contact_kept().to_owned(), build)
    })
}

/// The way to merge a person with another one there, if there is another one.
fn same_link(desk: Desk, person: PersonId) -> Option<impl IntoView> {
    let is_one = |world: &Workspace| {
        let people = world.people_at(person.0);
        people.iter().filter(|each| each.stands == each.contact.id).count() < 2
    };
    let same = move |_| desk.form.set(Some(Form::OtherPerson { person }));
    (!desk.mirror().look(is_one))
        .then(|| view! { <button type="button" class="link" on:click=same>{desk.lang.same_person_as()}</button> })
}

fn roles(desk: Desk) -> Vec<(String, String)> {
    ContactRole::ALL.map(|role| (role_name(role), desk.lang.contact_role(role).to_owned())).into()
}

fn role_name(role: ContactRole) -> String {
    format!("{role:?}")
}
