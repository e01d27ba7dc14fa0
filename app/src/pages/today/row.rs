//! One line of the day: what it is, which deal, and what can be done with one tap.

use leptos::prelude::*;
use shared::command::Command;
use shared::id::{ActivityId, DealId};
use shared::model::{ActivityKind, DealCard, NextStep};
use shared::review::{Row, What};
use shared::time::Day;

use super::waiting;
use crate::engine::{browser, clock};
use crate::pages::desk::Desk;
use crate::pages::forms::Form;
use crate::pages::reach;

/// What makes a row the same one when the day is gathered anew. Its words follow the deal's card.
pub(super) fn key(row: &Row) -> (DealId, [u8; 16]) {
    let of = match &row.what {
        What::Step(_) => row.step().map(|step| *step.activity.as_bytes()),
        What::Approval(criterion) | What::Reopened(criterion) => Some(*criterion.as_bytes()),
        What::Notice(notice) => Some(*notice.as_bytes()),
        What::Reminder(prompt) => Some(*prompt.automation.as_bytes()),
        What::Idle | What::Stalled => None,
    };
    (row.deal.id, of.unwrap_or_default())
}

pub(super) fn row(desk: Desk, row: &Row) -> impl IntoView + use<> {
    let (card, what, lang) = (desk.mirror().deal(row.deal.id), row.what.clone(), desk.lang);
    let activity = row.step().map(|step| step.activity);
    move || {
        let card = card.get()?;
        Some(match &what {
            What::Step(_) => {
                let step = card.planned.iter().find(|step| Some(step.activity) == activity)?.clone();
                planned(desk, &card, step).into_any()
            }
            What::Reopened(criterion) => waiting::reopened(desk, &card, *criterion).into_any(),
            What::Approval(criterion) => {
                let asked = card.asked.get(criterion)?;
                waiting::approval(desk, &card, *criterion, asked).into_any()
            }
            What::Notice(id) => {
                let notice = card.notices.iter().find(|notice| notice.id == *id)?;
                waiting::notice(desk, &card, notice).into_any()
            }
            What::Idle | What::Stalled => {
                let quiet = lang.quiet_for(clock::now().days_since(card.touched));
                wanting(desk, &card, card.title.clone(), quiet).into_any()
            }
            What::Reminder(prompt) => wanting(desk, &card, prompt.text.get(lang).to_owned(), String::new()).into_any(),
        })
    }
}

/// What a planned activity is called: its kind and its words, else those of the key activity it answers.
pub fn words(desk: Desk, card: &DealCard, step: &NextStep) -> String {
    let kind = desk.lang.activity(step.kind);
    let key = || {
        let pipeline = desk.pipeline(card.pipeline)?;
        Some(pipeline.key_activity(step.key?)?.what.get(desk.lang).to_owned())
    };
    let words = if step.summary.is_empty() { key().unwrap_or_default() } else { step.summary.clone() };
    if words.is_empty() { kind.to_owned() } else { format!("{kind} · {words}") }
}

fn planned(desk: Desk, card: &DealCard, step: NextStep) -> impl IntoView + use<> {
    let lang = desk.lang;
    let (deal, activity, title) = (card.id, step.activity, words(desk, card, &step));
    let late = step.due < clock::today();
    let label = lang.done_what(&title, &card.title);
    let (told, when) = (title.clone(), day(desk, step.due));
    let finish = move |_| finish(desk, deal, &step, told.clone());
    view! {
        <li class="line" class:late=late data-activity=activity.to_string() data-deal=deal.to_string()>
            <button type="button" class="tick" aria-label=label on:click=finish><i aria-hidden="true"></i></button>
            {about(desk, card, title, Some(card.title.clone()))}
            <time class="when">{when}</time>
            {more(desk, card, Some(activity))}
        </li>
    }
}

/// One tap: it is done as it was planned, with a way back. Then the person is asked what came of it and what is next.
fn finish(desk: Desk, deal: DealId, step: &NextStep, words: String) {
    let (activity, kind, summary) = (step.activity, step.kind, step.summary.clone());
    browser::tap();
    let then = move |answer| match answer {
        Ok(()) => desk.form.set(Some(Form::Next { deal, kind, finished: Some(activity) })),
        Err(refusal) => desk.tell(desk.lang.refusal(&refusal), None),
    };
    desk.ask_all(vec![Command::FinishActivity { deal, activity, summary }], desk.lang.finished(&words), then);
}

/// A deal that wants something, without an activity that says what.
fn wanting(desk: Desk, card: &DealCard, title: String, note: String) -> impl IntoView + use<> {
    let deal = card.id;
    let name = (title != card.title).then(|| card.title.clone());
    let plan = move |_| desk.form.set(Some(Form::Next { deal, kind: ActivityKind::Call, finished: None }));
    let label = format!("{} · {}", desk.lang.plan_activity(), card.title);
    view! {
        <li class="line" data-deal=deal.to_string()>
            <button type="button" class="tick open" aria-label=label on:click=plan><i aria-hidden="true">"＋"</i></button>
            {about(desk, card, title, name)}
            <span class="when">{note}</span>
            {more(desk, card, None)}
        </li>
    }
}

/// The words of a row, which lead to the deal.
pub(super) fn about(desk: Desk, card: &DealCard, title: String, deal: Option<String>) -> impl IntoView + use<> {
    let amount = card.amount.map(|amount| browser::money(desk.lang, amount));
    let customer = card.company.is_some().then(|| desk.company(card.company));
    let small: Vec<String> = deal.into_iter().chain(customer).chain(amount).collect();
    view! { <a class="about" href=format!("#/deal/{}", card.id)><b>{title}</b><small>{small.join(" · ")}</small></a> }
}

fn more(desk: Desk, card: &DealCard, activity: Option<ActivityId>) -> impl IntoView + use<> {
    let deal = card.id;
    let label = desk.lang.actions_for(&card.title);
    let open = move |_| desk.form.set(Some(Form::Step { deal, activity }));
    view! {
        <span class="handy">
            {reach::customer(desk, card).and_then(|company| reach::dial(desk, &company))}
            <button type="button" class="quiet" aria-label=label on:click=open>"⋯"</button>
        </span>
    }
}

/// A day in the words of people who are near it.
fn day(desk: Desk, due: Day) -> String {
    let lang = desk.lang;
    match due.days_since(clock::today()) {
        0 => lang.today().to_owned(),
        1 => lang.tomorrow().to_owned(),
        -1 => lang.yesterday().to_owned(),
        days @ -30..-1 => lang.days_ago(-days),
        _ => browser::day(lang, due),
    }
}
