//! What the board is filtered by, each part with the way out of it.

use leptos::prelude::*;
use shared::view::{Filter, Flag};

use super::filter::set;
use super::scene::Scene;
use super::tools::change;
use crate::pages::condition::said;

/// Takes one part out of a filter.
type Drop = Box<dyn Fn(&mut Filter) + Send + Sync>;

/// One part of a filter, by what it says.
enum Part {
    Owner(Option<shared::id::MemberId>),
    Company(shared::id::CompanyId),
    Category(shared::model::Category),
    Flag(Flag),
    Condition,
}

fn parts(filter: &Filter) -> impl Iterator<Item = Part> + '_ {
    let owners = filter.owners.iter().map(|owner| Part::Owner(*owner));
    let companies = filter.companies.iter().map(|company| Part::Company(*company));
    let categories = filter.categories.iter().map(|category| Part::Category(*category));
    let flags = filter.flags.iter().map(|flag| Part::Flag(*flag));
    let condition = filter.condition.iter().map(|_| Part::Condition);
    owners.chain(companies).chain(categories).chain(flags).chain(condition)
}

fn words(scene: Scene, filter: &Filter, part: Part) -> (String, Drop) {
    let (desk, lang) = (scene.desk, scene.desk.lang);
    match part {
        Part::Owner(owner) => (desk.member(owner), Box::new(move |filter| set(&mut filter.owners, owner, false))),
        Part::Company(company) => {
            (desk.company(Some(company)), Box::new(move |filter| set(&mut filter.companies, company, false)))
        }
        Part::Category(category) => {
            let drop: Drop = Box::new(move |filter| set(&mut filter.categories, category, false));
            (lang.category(category).to_owned(), drop)
        }
        Part::Flag(flag) => (lang.flag(flag).to_owned(), Box::new(move |filter| set(&mut filter.flags, flag, false))),
        Part::Condition => {
            let words = filter.condition.as_ref().map(|condition| said(desk, condition)).unwrap_or_default();
            (words, Box::new(|filter| filter.condition = None))
        }
    }
}

/// What is filtered by, each part with the way out of it.
pub(super) fn chosen(scene: Scene) -> impl IntoView {
    let lang = scene.desk.lang;
    let chip = move |(words, out): (String, Drop)| {
        let name = lang.drop_filter(&words);
        view! {
            <button type="button" class="chip" aria-label=name on:click=move |_| change(scene, |shown| out(&mut shown.filter))>
                <span>{words}</span><span aria-hidden="true">"✕"</span>
            </button>
        }
    };
    move || {
        let filter = scene.shown.with(|shown| shown.filter.clone());
        (!filter.is_empty()).then(|| {
            let chips = parts(&filter).map(|part| chip(words(scene, &filter, part))).collect_view();
            let none = move || {
                let is_none = scene.laid().is_some_and(|laid| laid.is_empty());
                is_none.then(|| view! { <span class="none">{lang.nothing_shown()}</span> })
            };
            view! {
                <div class="chosen" data-testid="chosen">
                    {chips}
                    <button type="button" class="link" on:click=move |_| change(scene, |shown| shown.filter = Filter::default())>
                        {lang.clear_filter()}
                    </button>
                    <span role="status">{none}</span>
                </div>
            }
        })
    }
}
