//! Above the columns: filter, lanes, saved views, the board of a past day, and what is filtered by.

use leptos::prelude::*;
use shared::time::Day;
use shared::view::{Filter, Flag, Lanes, Shown};

use super::filter::{filter_sheet, set};
use super::scene::{Scene, show};
use super::views::views_sheet;
use crate::engine::{browser, clock};
use crate::pages::condition::said;

/// Which sheet is open over the board.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sheet {
    Filter,
    Views,
}

pub(super) fn tools(scene: Scene) -> impl IntoView {
    let (desk, lang) = (scene.desk, scene.desk.lang);
    let sheet = RwSignal::new(None::<Sheet>);
    let close = Callback::new(move |()| sheet.set(None));
    let parts = move || scene.shown.with(|shown| parts(&shown.filter).count());
    let filter = move || match parts() {
        0 => lang.filter().to_owned(),
        count => lang.filtered(count),
    };
    let open = move |which| move |_| sheet.set(Some(which));
    view! {
        <div class="tools" role="group" aria-label=lang.filter()>
            <button type="button" class="chip" data-testid="filter" aria-haspopup="dialog"
                aria-pressed=move || (parts() > 0).to_string() on:click=open(Sheet::Filter)>{filter}</button>
            <label class="chip">
                <span class="said">{lang.lanes_of()}</span>
                <select name="lanes" on:change=move |event| lanes(scene, &event_target_value(&event))>
                    {Lanes::ALL.into_iter().enumerate().map(|(index, each)| view! {
                        <option value=index prop:selected=move || scene.shown.with(|shown| shown.lanes == each)>{lang.lanes(each)}</option>
                    }).collect_view()}
                </select>
            </label>
            <button type="button" class="chip" data-testid="views" aria-haspopup="dialog" on:click=open(Sheet::Views)>
                {move || view_name(scene).unwrap_or_else(|| lang.views().to_owned())}
            </button>
            <label class="chip" title=lang.as_of_day()>
                <span class="said">{lang.as_of_day()}</span>
                <input type="date" name="as-of" max=clock::today().to_string()
                    prop:value=move || scene.shown.with(|shown| shown.day.map(|day| day.to_string()).unwrap_or_default())
                    on:change=move |event| to_day(scene, event_target_value(&event).parse().ok())/>
            </label>
        </div>
        {chosen(scene)}
        {banner(scene)}
        {move || sheet.get().map(|which| match which {
            Sheet::Filter => filter_sheet(scene, close).into_any(),
            Sheet::Views => views_sheet(scene, close).into_any(),
        })}
        <Show when=move || is_gone(scene)><p class="banner" role="status">{desk.lang.view_gone()}</p></Show>
    }
}

/// Shows what a change makes of what is shown; a saved view that is changed is not shown any more.
pub(super) fn change(scene: Scene, change: impl FnOnce(&mut Shown)) {
    let mut shown = scene.shown.get_untracked();
    change(&mut shown);
    show(&Shown { view: None, ..shown });
}

fn lanes(scene: Scene, index: &str) {
    let lanes = index.parse().ok().and_then(|index: usize| Lanes::ALL.get(index).copied()).unwrap_or_default();
    change(scene, |shown| shown.lanes = lanes);
}

fn to_day(scene: Scene, day: Option<Day>) {
    let day = day.filter(|day| *day < clock::today());
    show(&Shown { day, ..scene.shown.get_untracked() });
}

fn view_name(scene: Scene) -> Option<String> {
    let view = scene.shown.with(|shown| shown.view)?;
    scene.desk.mirror().views.with(|views| views.get(&view).map(|view| view.name.clone()))
}

/// The address names a view that was removed, or that this device does not know yet.
fn is_gone(scene: Scene) -> bool {
    scene.shown.with(|shown| shown.view.is_some()) && view_name(scene).is_none()
}

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
fn chosen(scene: Scene) -> impl IntoView {
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

/// Says that the board is one of the past, with the ways to other days and back.
fn banner(scene: Scene) -> impl IntoView {
    let lang = scene.desk.lang;
    let keys = window_event_listener(leptos::ev::keydown, move |event| {
        let plain = !event.ctrl_key() && !event.meta_key() && !event.alt_key();
        let step = match (event.key().as_str(), event.shift_key()) {
            ("ArrowLeft", false) => -1,
            ("ArrowRight", false) => 1,
            ("ArrowLeft", true) => -7,
            ("ArrowRight", true) => 7,
            _ => return,
        };
        if plain && !browser::is_writing() && scene.shown.with_untracked(|shown| shown.day.is_some()) {
            event.prevent_default();
            by(scene, step);
        }
    });
    on_cleanup(move || keys.remove());
    let day = Memo::new(move |_| scene.shown.with(|shown| shown.day).filter(|_| scene.is_past()));
    let step = move |days: i32, sign: &'static str, words: &'static str, keys: &'static str| {
        view! {
            <button type="button" class="button" aria-label=words title=words aria-keyshortcuts=keys
                on:click=move |_| by(scene, days)>{sign}</button>
        }
    };
    move || {
        day.get().map(|day| {
            let flags = move || scene.shown.with(|shown| !shown.filter.flags.is_empty()).then(|| lang.flags_are_of_now());
            view! {
                <div class="banner" data-testid="past" data-day=day.to_string()>
                    <p role="status">{lang.board_of(&browser::date(lang, day))}" "{flags}</p>
                    <div class="steps">
                        {step(-7, "«", lang.week_before(), "Shift+ArrowLeft")}
                        {step(-1, "‹", lang.day_before(), "ArrowLeft")}
                        {step(1, "›", lang.day_after(), "ArrowRight")}
                        {step(7, "»", lang.week_after(), "Shift+ArrowRight")}
                        <button type="button" class="primary" on:click=move |_| to_day(scene, None)>{lang.back_to_now()}</button>
                    </div>
                </div>
            }
        })
    }
}

fn by(scene: Scene, days: i32) {
    let day = scene.shown.with_untracked(|shown| shown.day);
    day.into_iter().for_each(|day| to_day(scene, Some(day.plus(days))));
}
