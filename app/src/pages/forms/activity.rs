//! Activities: logged in two taps and a sentence, planned, finished.

use leptos::prelude::*;
use shared::command::Command;
use shared::id::{ActivityId, DealId, KeyActivityId};
use shared::model::{ActivityKind, NextStep, RecordKind, RecordRef};
use shared::review::next::told;
use shared::sorted::SortedMap;

use super::choose::deal_choice;
use super::entry::Own;
use super::input::{choice, first_lines, line, lines, read_day};
use super::{Form, Then, Ways, asking_ways};
use crate::engine::clock;
use crate::pages::desk::Desk;

/// An activity that happened; without a deal, one is chosen.
pub(super) fn log_form(
    desk: Desk,
    deal: Option<DealId>,
    kind: Option<ActivityKind>,
    key: Option<KeyActivityId>,
) -> impl IntoView {
    let lang = desk.lang;
    // Whoever came here to meet a criterion goes back to its gate, not on to the next step.
    let is_for_gate = key.is_some();
    super::sheet(desk, lang.log_activity().to_owned(), move || {
        let own = Own::of(desk, RecordKind::Activity, &SortedMap::new());
        let (is_open, deal) = (deal.is_none(), RwSignal::new(deal));
        let kind = RwSignal::new(kind.unwrap_or(ActivityKind::Call));
        let key = RwSignal::new(key.map(|key| key.to_string()).unwrap_or_default());
        let summary = RwSignal::new(String::new());
        // Where the deal is still to be chosen, a keyboard would cover the choice.
        let sentence = match is_open {
            true => lines(lang.activity_summary(), "summary", summary).into_any(),
            false => first_lines(lang.activity_summary(), "summary", summary).into_any(),
        };
        let fields = view! {
            {kinds(desk, kind)}
            {is_open.then(|| deal_choice(desk, deal))}
            {sentence}
            {move || deal.get().map(|deal| choice(lang.answers_key(), "key", keys(desk, deal), key))}
            {own.inputs(desk)}
        };
        let build = move || {
            let deal = deal.get_untracked().ok_or_else(|| lang.choose_deal_first().to_owned())?;
            let activity = clock::fresh(ActivityId::from_bytes);
            let (said, key) = (summary.get_untracked(), key.get_untracked().parse().ok());
            let (activity, happened) = match planned(desk, deal, key) {
                Some(step) => finishing(deal, &step, &said),
                None => {
                    let kind = kind.get_untracked();
                    (activity, Command::LogActivity { deal, activity, kind, summary: said, key })
                }
            };
            own.after(desk, RecordRef::Activity(deal, activity), happened)
        };
        let next = move || deal.get_untracked().filter(|_| !is_for_gate);
        let kept = Callback::new(move |()| after(desk, next(), kind.get_untracked()));
        let told = Some(Signal::derive(move || lang.logged(lang.activity(kind.get()))));
        asking_ways(desk, Ways { kept, told, ..Ways::to(desk, lang.save(), super::leave(desk)) }, fields, build)
    })
}

/// The planned activity that answers a key activity. It is what happened, or it would stay on the list and become late.
fn planned(desk: Desk, deal: DealId, key: Option<KeyActivityId>) -> Option<NextStep> {
    let (key, card) = (key?, desk.mirror().deal(deal).get_untracked()?);
    card.planned.iter().find(|step| step.key == Some(key)).cloned()
}

fn finishing(deal: DealId, step: &NextStep, said: &str) -> (ActivityId, Command) {
    let (activity, summary) = (step.activity, told(&step.summary, said));
    (activity, Command::FinishActivity { deal, activity, summary })
}

/// After the customer was spoken or written to, the next step is offered.
fn after(desk: Desk, deal: Option<DealId>, kind: ActivityKind) {
    let next = deal.filter(|_| is_talk(kind)).map(|deal| Form::Next { deal, kind, finished: None });
    desk.form.set(next);
}

fn is_talk(kind: ActivityKind) -> bool {
    match kind {
        ActivityKind::Call | ActivityKind::Visit | ActivityKind::Meeting | ActivityKind::Demo | ActivityKind::Mail => {
            true
        }
        ActivityKind::Note | ActivityKind::Task => false,
    }
}

pub(super) fn plan_form(desk: Desk, deal: DealId) -> impl IntoView {
    super::sheet(desk, desk.lang.plan_activity().to_owned(), move || {
        let own = Own::of(desk, RecordKind::Activity, &SortedMap::new());
        let plan = Plan::new(ActivityKind::Call, clock::today().plus(1).to_string(), String::new(), None);
        let build = move || {
            let (activity, planned) = plan.command(desk, deal)?;
            own.after(desk, RecordRef::Activity(deal, activity), planned)
        };
        let fields = view! { {plan.fields(desk, deal)}{own.inputs(desk)} };
        super::asking(desk, desk.lang.save(), fields, super::leave(desk), build)
    })
}

/// The draft of a plan.
#[derive(Clone, Copy)]
pub(super) struct Plan {
    kind: RwSignal<ActivityKind>,
    due: RwSignal<String>,
    summary: RwSignal<String>,
    key: RwSignal<String>,
}

impl Plan {
    pub(super) fn new(kind: ActivityKind, due: String, summary: String, key: Option<KeyActivityId>) -> Self {
        Self {
            kind: RwSignal::new(kind),
            due: RwSignal::new(due),
            summary: RwSignal::new(summary),
            key: RwSignal::new(key.map(|key| key.to_string()).unwrap_or_default()),
        }
    }

    pub(super) fn fields(self, desk: Desk, deal: DealId) -> impl IntoView {
        view! {
            {kinds(desk, self.kind)}
            {line(desk.lang.activity_due(), "due", "date", self.due)}
            {lines(desk.lang.activity_about(), "about", self.summary)}
            {choice(desk.lang.answers_key(), "key", keys(desk, deal), self.key)}
        }
    }

    /// The activity's fresh id, and the command that plans it.
    pub(super) fn command(self, desk: Desk, deal: DealId) -> Result<(ActivityId, Command), String> {
        let due = read_day(&self.due.get_untracked()).ok_or_else(|| desk.lang.blank(desk.lang.activity_due()))?;
        let activity = clock::fresh(ActivityId::from_bytes);
        let (kind, summary) = (self.kind.get_untracked(), self.summary.get_untracked());
        let key = self.key.get_untracked().parse().ok();
        Ok((activity, Command::PlanActivity { deal, activity, kind, summary, due, key }))
    }
}

/// A planned activity happened. What it was planned to be about stays in its words.
pub(super) fn finish_form(desk: Desk, deal: DealId, activity: ActivityId, then: Then) -> impl IntoView {
    let card = desk.mirror().deal(deal).get_untracked();
    let step = card.and_then(|card| card.planned.iter().find(|step| step.activity == activity).cloned());
    let (kind, about) = step.map_or((ActivityKind::Call, String::new()), |step| (step.kind, step.summary));
    super::sheet(desk, desk.lang.finish_activity().to_owned(), move || {
        let summary = RwSignal::new(String::new());
        let opened = desk.mirror().open_deal(deal).get_untracked();
        let found = opened.and_then(|opened| opened.activities.iter().find(|each| each.id == activity).cloned());
        let own = Own::of(desk, RecordKind::Activity, &found.map(|found| found.custom).unwrap_or_default());
        let fields = view! { {first_lines(desk.lang.came_of_it(), "summary", summary)}{own.inputs(desk)} };
        let words = desk.lang.finished(desk.lang.activity(kind));
        let build = move || {
            let summary = told(&about, &summary.get_untracked());
            own.after(desk, RecordRef::Activity(deal, activity), Command::FinishActivity { deal, activity, summary })
        };
        let next = (then == Then::NextStep).then_some(Form::Next { deal, kind, finished: None });
        let kept = Callback::new(move |()| desk.form.set(next.clone()));
        let ways =
            Ways { kept, told: Some(words.into()), ..Ways::to(desk, desk.lang.finish_activity(), super::leave(desk)) };
        asking_ways(desk, ways, fields, build)
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
