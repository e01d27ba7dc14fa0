//! Activities: logged in two taps and a sentence, planned, finished.

use std::collections::BTreeMap;

use leptos::prelude::*;
use shared::command::Command;
use shared::id::{ActivityId, DealId, KeyActivityId};
use shared::model::{ActivityKind, RecordKind, RecordRef};

use super::entry::Own;
use super::input::{choice, line, lines, read_day};
use crate::engine::clock;
use crate::pages::desk::Desk;

pub(super) fn log_form(
    desk: Desk,
    deal: DealId,
    kind: Option<ActivityKind>,
    key: Option<KeyActivityId>,
) -> impl IntoView {
    super::sheet(desk, desk.lang.log_activity().to_owned(), move || {
        let own = Own::of(desk, RecordKind::Activity, &BTreeMap::new());
        let kind = RwSignal::new(kind.unwrap_or(ActivityKind::Call));
        let key = RwSignal::new(key.map(|key| key.to_string()).unwrap_or_default());
        let summary = RwSignal::new(String::new());
        let fields = view! {
            {kinds(desk, kind)}
            {lines(desk.lang.activity_summary(), "summary", summary)}
            {choice(desk.lang.answers_key(), "key", keys(desk, deal), key)}
            {own.inputs(desk)}
        };
        let build = move || {
            let activity = clock::fresh(ActivityId::from_bytes);
            let (summary, key) = (summary.get_untracked(), key.get_untracked().parse().ok());
            let logged = Command::LogActivity { deal, activity, kind: kind.get_untracked(), summary, key };
            own.after(desk, RecordRef::Activity(deal, activity), logged)
        };
        super::asking(desk, desk.lang.save(), fields, super::leave(desk), build)
    })
}

pub(super) fn plan_form(desk: Desk, deal: DealId) -> impl IntoView {
    super::sheet(desk, desk.lang.plan_activity().to_owned(), move || {
        let own = Own::of(desk, RecordKind::Activity, &BTreeMap::new());
        let kind = RwSignal::new(ActivityKind::Call);
        let [key, summary] = std::array::from_fn(|_| RwSignal::new(String::new()));
        let due = RwSignal::new(clock::today().plus(1).to_string());
        let fields = view! {
            {kinds(desk, kind)}
            {line(desk.lang.activity_due(), "due", "date", due)}
            {lines(desk.lang.activity_summary(), "summary", summary)}
            {choice(desk.lang.answers_key(), "key", keys(desk, deal), key)}
            {own.inputs(desk)}
        };
        let build = move || {
            let due = read_day(&due.get_untracked()).ok_or_else(|| desk.lang.blank(desk.lang.activity_due()))?;
            let activity = clock::fresh(ActivityId::from_bytes);
            let (summary, key) = (summary.get_untracked(), key.get_untracked().parse().ok());
            let planned = Command::PlanActivity { deal, activity, kind: kind.get_untracked(), summary, due, key };
            own.after(desk, RecordRef::Activity(deal, activity), planned)
        };
        super::asking(desk, desk.lang.save(), fields, super::leave(desk), build)
    })
}

pub(super) fn finish_form(desk: Desk, deal: DealId, activity: ActivityId) -> impl IntoView {
    super::sheet(desk, desk.lang.finish_activity().to_owned(), move || {
        let summary = RwSignal::new(String::new());
        let opened = desk.mirror().open_deal(deal).get_untracked();
        let found = opened.and_then(|opened| opened.activities.iter().find(|each| each.id == activity).cloned());
        let own = Own::of(desk, RecordKind::Activity, &found.map(|found| found.custom).unwrap_or_default());
        let fields = view! { {lines(desk.lang.activity_summary(), "summary", summary)}{own.inputs(desk)} };
        let build = move || {
            let finished = Command::FinishActivity { deal, activity, summary: summary.get_untracked() };
            own.after(desk, RecordRef::Activity(deal, activity), finished)
        };
        super::asking(desk, desk.lang.save(), fields, super::leave(desk), build)
    })
}

fn kinds(desk: Desk, chosen: RwSignal<ActivityKind>) -> impl IntoView {
    let chip = |kind: ActivityKind| {
        view! {
            <button type="button" class="chip" aria-pressed=move || (chosen.get() == kind).to_string()
                on:click=move |_| chosen.set(kind)>{desk.lang.activity(kind)}</button>
        }
    };
    view! { <div class="kinds" role="group">{ActivityKind::ALL.map(chip).into_iter().collect_view()}</div> }
}

fn keys(desk: Desk, deal: DealId) -> Vec<(String, String)> {
    let none = (String::new(), desk.lang.no_key().to_owned());
    let card = desk.mirror().deal(deal).get_untracked();
    let pipeline = card.and_then(|card| untrack(|| desk.pipeline(card.pipeline)));
    let stages = pipeline.iter().flat_map(|pipeline| &pipeline.stages);
    let keys = stages.flat_map(|stage| &stage.activities);
    let named = keys.map(|key| (key.id.to_string(), key.what.get(desk.lang).to_owned()));
    std::iter::once(none).chain(named).collect()
}
