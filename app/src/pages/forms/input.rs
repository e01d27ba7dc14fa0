//! Inputs with their labels, and what their texts mean.

use std::sync::Arc;

use leptos::prelude::*;
use shared::command::Command;
use shared::id::CompanyId;
use shared::model::CompanyCard;
use shared::money::{Currency, Money};
use shared::text::Lang;
use shared::time::Day;

use crate::engine::clock;
use crate::pages::desk::Desk;

/// Currencies offered; others come in by import.
pub const CURRENCIES: [&str; 12] = ["CNY", "USD", "EUR", "GBP", "JPY", "HKD", "TWD", "SGD", "KRW", "AUD", "CAD", "CHF"];

/// The most company names offered while typing.
const OFFERED: usize = 60;

/// A one-line input of an HTML type.
pub(in crate::pages) fn line(
    label: &str,
    name: &'static str,
    kind: &'static str,
    value: RwSignal<String>,
) -> impl IntoView + use<> {
    let label = label.to_owned();
    view! {
        <label class="field">
            <span>{label}</span>
            <input type=kind name=name autocomplete="off" prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))/>
        </label>
    }
}

/// An input of several lines.
pub(in crate::pages) fn lines(label: &str, name: &'static str, value: RwSignal<String>) -> impl IntoView + use<> {
    area(label, name, Focus::Elsewhere, value)
}

/// An input of several lines that has the focus when its form opens. It is a plain one, so that a keyboard's
/// dictation and input methods write as they like.
pub(super) fn first_lines(label: &str, name: &'static str, value: RwSignal<String>) -> impl IntoView + use<> {
    area(label, name, Focus::Here, value)
}

/// Where the focus is when a form opens.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Focus {
    Here,
    Elsewhere,
}

fn area(label: &str, name: &'static str, focus: Focus, value: RwSignal<String>) -> impl IntoView + use<> {
    let has_focus = focus == Focus::Here;
    let label = label.to_owned();
    view! {
        <label class="field">
            <span>{label}</span>
            <textarea name=name rows="3" autofocus=has_focus enterkeyhint="enter" autocapitalize="sentences"
                prop:value=move || value.get() on:input=move |event| value.set(event_target_value(&event))></textarea>
        </label>
    }
}

/// A number, typed on the keyboard that has digits and a point.
pub(in crate::pages) fn decimal(label: &str, name: &'static str, value: RwSignal<String>) -> impl IntoView + use<> {
    let label = label.to_owned();
    view! {
        <label class="field">
            <span>{label}</span>
            <input type="text" inputmode="decimal" name=name autocomplete="off" prop:value=move || value.get()
                on:input=move |event| value.set(event_target_value(&event))/>
        </label>
    }
}

/// A name in both languages, the one of the screen first.
pub(in crate::pages) fn names(lang: Lang, zh: RwSignal<String>, en: RwSignal<String>) -> impl IntoView {
    let (zh, en) = (line(lang.name_zh(), "name-zh", "text", zh), line(lang.name_en(), "name-en", "text", en));
    match lang {
        Lang::Zh => view! { <div class="both">{zh}{en}</div> }.into_any(),
        Lang::En => view! { <div class="both">{en}{zh}</div> }.into_any(),
    }
}

/// A choice; each entry is value and words.
pub fn choice(
    label: &str,
    name: &'static str,
    entries: Vec<(String, String)>,
    value: RwSignal<String>,
) -> impl IntoView + use<> {
    let label = label.to_owned();
    let option = move |(entry, words): (String, String)| {
        let shown = entry.clone();
        view! { <option value=entry selected=move || value.with(|value| *value == shown)>{words}</option> }
    };
    view! {
        <label class="field">
            <span>{label}</span>
            <select name=name on:change=move |event| value.set(event_target_value(&event))>
                {entries.into_iter().map(option).collect_view()}
            </select>
        </label>
    }
}

/// The team, and nobody, to choose from.
pub fn members(desk: Desk) -> Vec<(String, String)> {
    let nobody = (String::new(), desk.lang.nobody().to_owned());
    let members = desk.mirror().members.get_untracked();
    std::iter::once(nobody).chain(members.values().map(|member| (member.id.to_string(), member.name.clone()))).collect()
}

/// An amount with its currency.
pub(in crate::pages) fn amount(
    lang: Lang,
    label: &str,
    number: RwSignal<String>,
    currency: RwSignal<String>,
) -> impl IntoView + use<> {
    let label = label.to_owned();
    let mut codes: Vec<String> = CURRENCIES.map(str::to_owned).to_vec();
    let own = currency.get_untracked();
    if !codes.contains(&own) {
        codes.insert(0, own);
    }
    let entries = codes.into_iter().map(|code| (code.clone(), code)).collect();
    view! {
        <div class="pair">
            {decimal(&label, "amount", number)}
            {choice(lang.currency(), "currency", entries, currency)}
        </div>
    }
}

/// A company by name, with the known ones offered.
pub(in crate::pages) fn company(desk: Desk, label: &'static str, value: RwSignal<String>) -> impl IntoView {
    let companies = desk.mirror().companies();
    let offered = Memo::new(move |_| companies.with(|all| value.with(|typed| like(all.values(), typed))));
    let known = move || {
        let option = |(name, _)| view! { <option value=name></option> };
        offered.get().into_iter().map(option).collect_view()
    };
    view! {
        <label class="field">
            <span>{label}</span>
            <input type="text" name="company" list="companies" autocomplete="off" placeholder=desk.lang.new_company_hint()
                prop:value=move || value.get() on:input=move |event| value.set(event_target_value(&event))/>
            <datalist id="companies">{known}</datalist>
        </label>
    }
}

/// Companies in whose name these letters stand.
pub fn like<'a>(all: impl Iterator<Item = &'a Arc<CompanyCard>>, typed: &str) -> Vec<(String, CompanyId)> {
    let wanted = typed.trim().to_lowercase();
    let is_like =
        |company: &&Arc<CompanyCard>| company.merged.is_none() && company.name.to_lowercase().contains(&wanted);
    all.filter(is_like).take(OFFERED).map(|company| (company.name.clone(), company.id)).collect()
}

/// The company of this name or the one it was merged into, and the command that adds it if there is none.
pub(in crate::pages) fn named_company(desk: Desk, name: &str) -> (Option<CompanyId>, Option<Command>) {
    let wanted = name.trim().to_lowercase();
    if wanted.is_empty() {
        return (None, None);
    }
    let companies = desk.mirror().companies().get_untracked();
    let mut named = companies.iter().filter(|(_, company)| company.name.trim().to_lowercase() == wanted);
    let known = named.clone().find(|(_, company)| company.merged.is_none()).or_else(|| named.next());
    match known {
        Some((id, _)) => (Some(desk.mirror().look(|world| world.standing_for(*id))), None),
        None => {
            let company = clock::fresh(CompanyId::from_bytes);
            (Some(company), Some(Command::AddCompany { company, name: name.trim().to_owned(), source: None }))
        }
    }
}

/// The amount; none if nothing was written.
pub(in crate::pages) fn read_amount(lang: Lang, number: &str, currency: &str) -> Result<Option<Money>, String> {
    if number.trim().is_empty() {
        return Ok(None);
    }
    let currency: Currency = currency.parse().map_err(|_| lang.amount_unreadable().to_owned())?;
    Money::parse(number, currency).map(Some).map_err(|_| lang.amount_unreadable().to_owned())
}

/// The day; none if nothing was written.
pub(in crate::pages) fn read_day(text: &str) -> Option<Day> {
    text.parse().ok()
}

/// The currency a new amount starts with.
pub fn usual_currency(lang: Lang) -> String {
    match lang {
        Lang::Zh => Currency::CNY.to_string(),
        Lang::En => Currency::USD.to_string(),
    }
}
