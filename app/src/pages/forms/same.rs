//! Two records side by side: they are one and one of them is kept, or they are two.

use leptos::prelude::*;
use shared::command::Command;
use shared::duplicates::PersonId;
use shared::id::CompanyId;
use shared::model::{CompanyText, Contact};
use shared::review::dealings;
use shared::text::Lang;

use super::input::company as company_input;
use super::{Form, leave, sheet};
use crate::pages::desk::Desk;

/// What two records say, line by line, and what keeps the one or the other.
struct Both {
    names: [String; 2],
    lines: Vec<(&'static str, [String; 2])>,
    /// The commands that keep the first and the second; none where they cannot be merged yet.
    keep: Option<[Command; 2]>,
    ids: [String; 2],
}

pub(super) fn same_company(desk: Desk, one: CompanyId, other: CompanyId) -> Option<impl IntoView> {
    let lang = desk.lang;
    let both = desk.mirror().look(|world| {
        let cards = [world.company(one)?, world.company(other)?];
        let said = |what: CompanyText| (lang.company_text(what), cards.map(|card| card.text(what).to_owned()));
        let counts = [one, other].map(|id| dealings(world, id).all().len().to_string());
        let people = [one, other].map(|id| names(world.people_at(id).into_iter().map(|each| each.contact), lang));
        let lines = CompanyText::ALL.map(said);
        Some(Both {
            names: cards.map(|card| card.name.clone()),
            lines: lines.into_iter().chain([(lang.its_deals(), counts), (lang.contacts(), people)]).collect(),
            keep: Some([(other, one), (one, other)].map(|(company, into)| Command::MergeCompany { company, into })),
            ids: [one.to_string(), other.to_string()],
        })
    })?;
    Some(side_by_side(desk, both, None))
}

pub(super) fn same_person(desk: Desk, one: PersonId, other: PersonId) -> Option<impl IntoView> {
    let lang = desk.lang;
    let (both, homes) = desk.mirror().look(|world| {
        let contacts = [one, other].map(|(company, contact)| world.company(company)?.contact(contact));
        let [Some(first), Some(second)] = contacts else { return None };
        let contacts = [first, second];
        let homes = [one, other].map(|(company, _)| world.standing_for(company));
        let companies = homes.map(|id| world.company(id).map(|card| card.name.clone()).unwrap_or_default());
        let merge =
            |from: PersonId, into: PersonId| Command::MergeContact { company: from.0, contact: from.1, into: into.1 };
        let lines = vec![
            (lang.contact_role_label(), contacts.map(|contact| lang.contact_role(contact.role).to_owned())),
            (lang.contact_phone(), contacts.map(|contact| contact.phone.clone())),
            (lang.contact_email(), contacts.map(|contact| contact.email.clone())),
            (lang.customers(), companies),
        ];
        let both = Both {
            names: contacts.map(|contact| contact.name.clone()),
            lines,
            keep: (homes[0] == homes[1]).then(|| [merge(other, one), merge(one, other)]),
            ids: [one.1.to_string(), other.1.to_string()],
        };
        Some((both, homes))
    })?;
    let first = (homes[0] != homes[1]).then_some(Form::SameCompany { one: homes[0], other: homes[1] });
    Some(side_by_side(desk, both, first))
}

fn names<'a>(people: impl Iterator<Item = &'a Contact>, lang: Lang) -> String {
    people.map(|contact| contact.name.as_str()).collect::<Vec<_>>().join(lang.list_comma())
}

/// The table, and what may be said of it. `first` is to be settled before the two can be merged.
fn side_by_side(desk: Desk, both: Both, first: Option<Form>) -> impl IntoView {
    let lang = desk.lang;
    sheet(desk, lang.are_they_one().to_owned(), move || {
        let Both { names, lines, keep, ids } = both;
        let line = |(label, [one, other]): (&'static str, [String; 2])| {
            let differs = one != other;
            view! { <tr class:differs=differs><th scope="row">{label}</th><td>{one}</td><td>{other}</td></tr> }
        };
        let heads = names.clone().map(|name| view! { <th scope="col">{name}</th> });
        let merge = |(command, name): (Command, String)| {
            let told = lang.merged_into(&name);
            let go = move |_| {
                desk.form.set(None);
                desk.ask_undoable(command.clone(), told.clone());
            };
            view! { <button type="button" class="button" on:click=go>{lang.keep_record(&name)}</button> }
        };
        let merges = keep.map(|keep| keep.into_iter().zip(names).map(merge).collect_view());
        let waits = first.map(|form| {
            let go = move |_| desk.form.set(Some(form.clone()));
            view! {
                <p>{lang.merge_companies_first()}</p>
                <button type="button" class="button" on:click=go>{lang.compare()}</button>
            }
        });
        let part = move |_| {
            let [one, other] = ids.clone();
            desk.apart.update(|apart| apart.put(one, other));
            desk.form.set(None);
        };
        view! {
            <div class="same" data-testid="same">
                <div class="scroll">
                    <table>
                        <thead><tr><td></td>{heads.into_iter().collect_view()}</tr></thead>
                        <tbody>{lines.into_iter().map(line).collect_view()}</tbody>
                    </table>
                </div>
                {waits}
                <p>{lang.merge_explained()}</p>
                <footer>{merges}<button type="button" class="button" on:click=part>{lang.not_the_same()}</button></footer>
            </div>
        }
    })
}

/// Which other customer it is the same as, by name.
pub(super) fn other_company(desk: Desk, company: CompanyId) -> impl IntoView {
    let lang = desk.lang;
    sheet(desk, lang.same_as().to_owned(), move || {
        let (name, problem) = (RwSignal::new(String::new()), RwSignal::new(""));
        let submit = move |event: leptos::ev::SubmitEvent| {
            event.prevent_default();
            match known(desk, company, &name.get_untracked()) {
                Some(other) => desk.form.set(Some(Form::SameCompany { one: company, other })),
                None => problem.set(lang.choose_known_company()),
            }
        };
        view! {
            <form class="asking" on:submit=submit data-testid="form">
                {company_input(desk, lang.other_company(), name)}
                <p class="problem" role="alert">{problem}</p>
                <footer>
                    <button type="button" class="button" on:click=move |_| leave(desk).run(())>{lang.cancel()}</button>
                    <button type="submit" class="primary">{lang.compare()}</button>
                </footer>
            </form>
        }
    })
}

/// Another customer of this name that stands for itself.
fn known(desk: Desk, company: CompanyId, name: &str) -> Option<CompanyId> {
    let wanted = name.trim().to_lowercase();
    desk.mirror().look(|world| {
        let itself = world.companies.values().filter(|card| !card.discarded && world.standing_for(card.id) == card.id);
        let mut others = itself.filter(|card| card.id != company && card.name.trim().to_lowercase() == wanted);
        others.next().map(|card| card.id)
    })
}

/// Who else at the customer it is the same person as.
pub(super) fn other_person(desk: Desk, person: PersonId) -> impl IntoView {
    sheet(desk, desk.lang.same_person_as().to_owned(), move || {
        let others: Vec<(PersonId, String)> = desk.mirror().look(|world| {
            let people = world.people_at(person.0).into_iter();
            let others = people.filter(|each| each.stands == each.contact.id && each.contact.id != person.1);
            others.map(|each| ((each.company, each.contact.id), each.contact.name.clone())).collect()
        });
        let entry = |(other, name): (PersonId, String)| {
            let form = Form::SamePerson { one: person, other };
            view! {
                <button type="button" class="entry" on:click=move |_| desk.form.set(Some(form.clone()))>{name}</button>
            }
        };
        view! { <div class="entries">{others.into_iter().map(entry).collect_view()}</div> }
    })
}
