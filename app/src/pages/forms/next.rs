//! What comes after an activity: what came of it, and the next step, pre-filled and ready to be skipped.

use leptos::prelude::*;
use shared::command::Command;
use shared::id::{ActivityId, DealId};
use shared::model::{ActivityKind, DealCard};
use shared::review::next::told;
use shared::review::{Suggestion, suggestion};

use super::activity::Plan;
use super::input::{first_lines, line, read_day};
use super::{Ways, asking_ways};
use crate::engine::clock;
use crate::pages::desk::Desk;

/// The sheet after an activity of this kind. Of one that was just `finished`, it takes the sentence too.
pub(super) fn next_form(desk: Desk, deal: DealId, kind: ActivityKind, finished: Option<ActivityId>) -> impl IntoView {
    let card = desk.mirror().deal(deal).get_untracked()?;
    let pipeline = untrack(|| desk.pipeline(card.pipeline))?;
    let suggested = suggestion(&pipeline, &card, kind, clock::today());
    Some(super::sheet(desk, desk.lang.next_step().to_owned(), move || {
        let said = RwSignal::new(String::new());
        let sentence =
            finished.map(|_| view! { {done(desk, kind)}{first_lines(desk.lang.came_of_it(), "summary", said)} });
        let came = move || finished.and_then(|activity| describe(desk, deal, activity, &said.get_untracked()));
        // Who does not plan now may still have said what came of it.
        let left = Callback::new(move |()| {
            came().into_iter().for_each(|command| desk.ask_or_tell(command));
            desk.form.set(None);
        });
        let kept = super::leave(desk);
        let ways = Ways { keep: desk.lang.save(), leave: desk.lang.no_next_now(), kept, left, told: None };
        let step = suggested.map(|suggested| Step::of(desk, &card, suggested));
        let fields = view! { {sentence}{step.map(|step| step.fields(desk, deal))} };
        let told = step.map(|_| desk.lang.next_saved().to_owned().into());
        asking_ways(desk, Ways { told, ..ways }, fields, move || {
            let next = step.map(|step| step.command(desk, deal)).transpose()?.flatten();
            Ok(came().into_iter().chain(next).collect())
        })
    }))
}

fn done(desk: Desk, kind: ActivityKind) -> impl IntoView {
    let back = move |_| {
        desk.form.set(None);
        desk.undo();
    };
    view! {
        <p class="entry picked"><b>{desk.lang.finished(desk.lang.activity(kind))}</b>
            <button type="button" class="link" data-testid="undo" on:click=back>{desk.lang.undo()}</button></p>
    }
}

/// What came of a finished activity, added to what it was about; none if nothing was said.
fn describe(desk: Desk, deal: DealId, activity: ActivityId, said: &str) -> Option<Command> {
    let opened = desk.mirror().open_deal(deal).get_untracked();
    let found = opened.and_then(|deal| deal.activities.iter().find(|each| each.id == activity).cloned());
    let about = found.map(|found| found.summary).unwrap_or_default();
    let summary = told(&about, said);
    (!said.trim().is_empty()).then_some(Command::DescribeActivity { deal, activity, summary })
}

/// The next step as it is offered: a plan, or a step that is planned already and whose day can be changed.
#[derive(Clone, Copy)]
enum Step {
    Fresh(Plan),
    Planned(ActivityId, RwSignal<String>, RwSignal<String>),
}

impl Step {
    fn of(desk: Desk, card: &DealCard, suggested: Suggestion) -> Self {
        let due = suggested.due.to_string();
        let planned = suggested.planned.and_then(|id| card.planned.iter().find(|step| step.activity == id));
        match planned {
            Some(step) => {
                let words = untrack(|| crate::pages::today::words(desk, card, step));
                Self::Planned(step.activity, RwSignal::new(due), RwSignal::new(words))
            }
            None => Self::Fresh(Plan::new(suggested.kind, due, suggested.summary, suggested.key)),
        }
    }

    fn fields(self, desk: Desk, deal: DealId) -> AnyView {
        match self {
            Self::Fresh(plan) => plan.fields(desk, deal).into_any(),
            Self::Planned(_, due, words) => view! {
                <p>{desk.lang.is_planned(&words.get_untracked())}</p>
                {line(desk.lang.activity_due(), "due", "date", due)}
            }
            .into_any(),
        }
    }

    /// None if the day stays as it is planned.
    fn command(self, desk: Desk, deal: DealId) -> Result<Option<Command>, String> {
        let (activity, due) = match self {
            Self::Fresh(plan) => return plan.command(desk, deal).map(|(_, command)| Some(command)),
            Self::Planned(activity, due, _) => (activity, due.get_untracked()),
        };
        let due = read_day(&due).ok_or_else(|| desk.lang.blank(desk.lang.activity_due()))?;
        let card = desk.mirror().deal(deal).get_untracked();
        let is_same =
            card.is_some_and(|card| card.planned.iter().any(|step| step.activity == activity && step.due == due));
        Ok((!is_same).then_some(Command::RescheduleActivity { deal, activity, due }))
    }
}
