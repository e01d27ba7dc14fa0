//! What may be one: pairs of customers and of people, each with its reasons and a way to compare the two.

use leptos::prelude::*;
use shared::duplicates::{Pair, PersonId, Reason, companies, people};
use shared::id::CompanyId;
use shared::sorted::SortedSet;
use shared::text::Lang;
use shared::workspace::Workspace;

use crate::engine::pinyin::spell;
use crate::pages::desk::Desk;
use crate::pages::forms::Form;

/// Two records that may be one.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::pages) struct Twins {
    /// Their names.
    names: [String; 2],
    /// What speaks for it.
    why: SortedSet<Reason>,
    /// What compares them.
    form: Form,
}

/// Customers that may be one, and people at different customers; computed anew when a company changes.
pub(super) fn panel(desk: Desk) -> impl IntoView {
    let mirror = desk.mirror();
    let known = mirror.companies();
    let all = Memo::new(move |_| {
        known.track();
        mirror.look(|world| {
            let people =
                people(world, &spell).into_iter().filter(|pair| home(world, pair.one) != home(world, pair.other));
            (companies(world, &spell), people.collect::<Vec<_>>())
        })
    });
    let firms = Memo::new(move |_| {
        let (apart, pairs) = (desk.apart.get(), all.with(|all| all.0.clone()));
        let two = pairs.into_iter().filter(|pair| !apart.has(pair.one, pair.other));
        desk.mirror().look(|world| two.filter_map(|pair| of_companies(world, pair)).collect::<Vec<_>>())
    });
    let folk = Memo::new(move |_| {
        let (apart, pairs) = (desk.apart.get(), all.with(|all| all.1.clone()));
        let two = pairs.into_iter().filter(|pair| !apart.has(pair.one.1, pair.other.1));
        desk.mirror().look(|world| two.filter_map(|pair| of_people(world, pair)).collect::<Vec<_>>())
    });
    view! { {twins(desk, Lang::duplicates_count, firms)}{twins(desk, Lang::same_people, folk)} }
}

/// People at one customer who may be one, merged customers' people included.
pub(in crate::pages) fn people_here(desk: Desk, company: CompanyId) -> Vec<Twins> {
    let apart = desk.apart.get();
    desk.mirror().look(|world| {
        let stands = world.standing_for(company);
        let here = |pair: &Pair<PersonId>| home(world, pair.one) == stands && home(world, pair.other) == stands;
        let asked = |pair: &Pair<PersonId>| !apart.has(pair.one.1, pair.other.1);
        let pairs = people(&alone(world, stands), &spell).into_iter().filter(here).filter(asked);
        pairs.filter_map(|pair| of_people(world, pair)).collect()
    })
}

/// A workspace of one customer, with those merged into it.
fn alone(world: &Workspace, company: CompanyId) -> Workspace {
    let ids = world.merged_with(company).into_iter().map(|card| card.id);
    let cards = ids.filter_map(|id| Some((id, world.companies.get(&id)?.clone())));
    Workspace { companies: cards.collect(), ..Workspace::default() }
}

/// The pairs under a heading that unfolds them, and stays unfolded while they are settled; nothing if there are none.
pub(in crate::pages) fn twins(desk: Desk, title: fn(Lang, usize) -> String, pairs: Memo<Vec<Twins>>) -> impl IntoView {
    let is_any = Memo::new(move |_| pairs.with(|pairs| !pairs.is_empty()));
    view! {
        <Show when=move || is_any.get()>
            <details class="panel notice twins">
                <summary>{move || title(desk.lang, pairs.with(Vec::len))}</summary>
                <ul>{move || pairs.get().into_iter().map(|pair| row(desk, pair)).collect_view()}</ul>
            </details>
        </Show>
    }
}

fn row(desk: Desk, twins: Twins) -> impl IntoView {
    let Twins { names: [one, other], why, form } = twins;
    let reasons: Vec<&str> = why.into_iter().map(|why| desk.lang.duplicate_reason(why)).collect();
    let label = desk.lang.compare_both(&one, &other);
    view! {
        <li data-testid="twins">
            <span><b>{one}</b>" · "<b>{other}</b><small>{reasons.join(desk.lang.list_comma())}</small></span>
            <button type="button" class="button" aria-label=label
                on:click=move |_| desk.form.set(Some(form.clone()))>{desk.lang.compare()}</button>
        </li>
    }
}

fn of_companies(world: &Workspace, pair: Pair<CompanyId>) -> Option<Twins> {
    let names = [world.company(pair.one)?.name.clone(), world.company(pair.other)?.name.clone()];
    Some(Twins { names, why: pair.why, form: Form::SameCompany { one: pair.one, other: pair.other } })
}

fn of_people(world: &Workspace, pair: Pair<PersonId>) -> Option<Twins> {
    let name = |(company, contact): PersonId| Some(world.company(company)?.contact(contact)?.name.clone());
    let names = [name(pair.one)?, name(pair.other)?];
    Some(Twins { names, why: pair.why, form: Form::SamePerson { one: pair.one, other: pair.other } })
}

fn home(world: &Workspace, person: PersonId) -> CompanyId {
    world.standing_for(person.0)
}
