//! What is planned and what happened, the newest first.

use leptos::prelude::*;
use shared::gather::Arrange as _;
use shared::model::{Activity, Category, CustomField, Deal, Event, RecordKind};
use shared::money::Money;
use shared::text::Lang;
use shared::time::Timestamp;

use crate::engine::{browser, clock};
use crate::pages::desk::Desk;
use crate::pages::forms::{Form, Then};

pub(super) fn timeline(desk: Desk, deal: &Deal) -> impl IntoView + use<> {
    let planned = deal.activities.iter().filter(|activity| activity.done.is_none() && !activity.cancelled);
    let planned = planned.map(|activity| plan(desk, deal, activity)).collect_view();
    let done = deal.activities.iter().filter_map(|activity| Some((activity.done?, told(desk, deal, activity))));
    // Activities tell themselves; their changes would say the same twice.
    let events = deal.history.iter().filter(|event| !event.command.ends_with("_activity"));
    let events = events.map(|event| (event.at, happened(desk, deal, event)));
    let mut all: Vec<(Timestamp, (String, String))> = done.chain(events).collect();
    all.arrange_by_key(|(at, _)| std::cmp::Reverse(*at));
    let row = |(at, (words, by)): (Timestamp, (String, String))| {
        view! { <li><time>{browser::moment(desk.lang, at)}</time><span>{words}</span><small>{by}</small></li> }
    };
    view! {
        <section class="panel" data-testid="timeline">
            <h2>{desk.lang.timeline()}</h2>
            <ul class="story">{planned}{all.into_iter().map(row).collect_view()}</ul>
        </section>
    }
}

fn plan(desk: Desk, deal: &Deal, activity: &Activity) -> impl IntoView + use<> {
    let (lang, form) = (desk.lang, Form::Finish { deal: deal.card.id, activity: activity.id, then: Then::NextStep });
    let late = activity.due.is_some_and(|due| due < clock::today());
    let words = words(desk, deal, activity);
    view! {
        <li class="planned" class:late=late data-activity=activity.id.to_string()>
            <time>{activity.due.map(|due| browser::day(lang, due))}</time>
            <span>{words}</span>
            <button type="button" class="button" data-testid="finish"
                on:click=move |_| desk.form.set(Some(form.clone()))>{lang.finish_activity()}</button>
        </li>
    }
}

fn told(desk: Desk, deal: &Deal, activity: &Activity) -> (String, String) {
    let id = activity.id.to_string();
    let last = deal.history.iter().rev().find(|event| event.subject == id && event.by == Some(activity.by));
    let by = last.map_or_else(|| desk.member(Some(activity.by)), |event| author(desk, event));
    (words(desk, deal, activity), by)
}

/// What the team's own fields say of an activity.
fn own(desk: Desk, activity: &Activity) -> String {
    let fields = desk.mirror().fields.get();
    let said = |field: &CustomField| {
        let entry = activity.custom.get(&field.id)?;
        Some(format!(" · {} {}", field.name.get(desk.lang), desk.entry(entry)))
    };
    CustomField::asked(&fields, RecordKind::Activity).into_iter().filter_map(said).collect()
}

/// What an activity is about; a key activity that was planned by itself says what its stage calls it.
pub(in crate::pages) fn words(desk: Desk, deal: &Deal, activity: &Activity) -> String {
    let pipeline = desk.pipeline(deal.card.pipeline);
    let key = || pipeline.and_then(|all| Some(all.key_activity(activity.key?)?.what.get(desk.lang).to_owned()));
    let summary = if activity.summary.is_empty() { key().unwrap_or_default() } else { activity.summary.clone() };
    let (kind, own) = (desk.lang.activity(activity.kind), own(desk, activity));
    match summary.is_empty() {
        true => format!("{kind}{own}"),
        false => format!("{kind} · {summary}{own}"),
    }
}

/// Who did it, and on which device or by what.
pub(in crate::pages) fn author(desk: Desk, event: &Event) -> String {
    let by = event.by.map_or_else(|| desk.lang.somebody().to_owned(), |by| desk.member(Some(by)));
    match event.origin.as_str() {
        "automation" => desk.lang.by_rule(&by),
        "import" => desk.lang.by_import(&by),
        _ => {
            let devices = desk.mirror().devices;
            let device = event.device.and_then(|id| devices.with(|all| all.get(&id).map(|it| it.name.clone())));
            device.map_or(by.clone(), |device| desk.lang.on_device(&by, &device))
        }
    }
}

/// What an event says, and who caused it.
pub(in crate::pages) fn happened(desk: Desk, deal: &Deal, event: &Event) -> (String, String) {
    let about = match event.command.as_str() {
        "classify_deal" => category(desk.lang, &event.subject).to_owned(),
        _ => subject(desk, deal, &event.subject),
    };
    let mut words = format!("{} {about}", desk.lang.event(&event.command));
    if !event.reason.is_empty() {
        words = format!("{} · {}", words.trim_end(), event.reason);
    }
    (words, author(desk, event))
}

/// What an event was about, in words; an id that nothing here has is left out.
fn subject(desk: Desk, deal: &Deal, subject: &str) -> String {
    let pipeline = desk.pipeline(deal.card.pipeline);
    let stage = pipeline.as_ref().and_then(|all| all.stage(subject.parse().ok()?).map(|stage| stage.name.clone()));
    let criterion = || pipeline.as_ref().and_then(|all| Some(all.criterion(subject.parse().ok()?)?.1.name.clone()));
    if let Some(label) = stage.or_else(criterion) {
        return desk.lang.quoted(label.get(desk.lang));
    }
    let mirror = desk.mirror();
    let member = || mirror.members.with(|all| Some(all.get(&subject.parse().ok()?)?.name.clone()));
    let company = || mirror.companies().with(|all| Some(all.get(&subject.parse().ok()?)?.name.clone()));
    let proof = || {
        let found = deal.evidence.iter().find(|proof| proof.id.to_string() == subject)?;
        let pipeline = desk.pipeline(deal.card.pipeline)?;
        Some(desk.lang.quoted(pipeline.criterion(found.criterion)?.1.name.get(desk.lang)))
    };
    let field = || mirror.fields.with(|all| Some(all.get(&subject.parse().ok()?)?.name.get(desk.lang).to_owned()));
    let known = member().or_else(company).or_else(proof).or_else(field);
    known.unwrap_or_else(|| plain(desk.lang, subject))
}

/// A category as a change names it, such as `best_case`; without one, the stage suggests it again.
fn category(lang: Lang, subject: &str) -> &'static str {
    let is_named = |category: &Category| format!("{category:?}").to_lowercase() == subject.replace('_', "");
    Category::ALL.into_iter().find(is_named).map_or(lang.as_stage_suggests(), |category| lang.category(category))
}

/// A subject that names no record here: a day, an amount, or what somebody wrote.
fn plain(lang: Lang, subject: &str) -> String {
    let is_id = subject.len() == 32 && subject.bytes().all(|byte| byte.is_ascii_hexdigit());
    match subject.parse() {
        Ok(day) => browser::day(lang, day),
        Err(_) if is_id || subject.is_empty() => String::new(),
        Err(_) => price(lang, subject).unwrap_or_else(|| lang.quoted(subject)),
    }
}

/// An amount as a change names it, such as `CNY 280000.00`.
fn price(lang: Lang, subject: &str) -> Option<String> {
    let (code, number) = subject.split_once(' ')?;
    let money = Money::parse(number, code.parse().ok()?).ok()?;
    Some(browser::money(lang, money))
}
