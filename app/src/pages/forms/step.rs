//! What else can be done about a deal from a list: another day, calling off, reaching the customer.

use leptos::prelude::*;
use shared::command::Command;
use shared::id::{ActivityId, DealId};
use shared::model::{ActivityKind, DealCard, NextStep};
use shared::time::Day;

use super::Form;
use super::input::read_day;
use crate::engine::{browser, clock};
use crate::pages::desk::Desk;
use crate::pages::{reach, today};

pub(super) fn step_form(desk: Desk, deal: DealId, activity: Option<ActivityId>) -> impl IntoView {
    let card = desk.mirror().deal(deal).get_untracked()?;
    let step = card.planned.iter().find(|step| Some(step.activity) == activity).cloned();
    Some(super::sheet(desk, card.title.clone(), move || {
        let customer = untrack(|| reach::customer(desk, &card));
        let log = move |_| desk.form.set(Some(Form::Activity { deal, kind: Some(ActivityKind::Call), key: None }));
        view! {
            {step.map(|step| another_day(desk, &card, step))}
            {customer.map(|company| reach::people(desk, &company))}
            <div class="entries">
                <button type="button" class="entry" on:click=log>{desk.lang.log_activity()}</button>
                <a class="entry" href=format!("#/deal/{deal}") on:click=move |_| desk.form.set(None)>{desk.lang.open_deal()}</a>
            </div>
        }
    }))
}

fn another_day(desk: Desk, card: &DealCard, step: NextStep) -> impl IntoView + use<> {
    let (lang, deal, activity) = (desk.lang, card.id, step.activity);
    let words = untrack(|| today::words(desk, card, &step));
    let (told, off) = (words.clone(), lang.called_off(&words));
    let to = move |due: Day| {
        let text = lang.rescheduled(&told, &browser::day(lang, due));
        desk.form.set(None);
        desk.ask_undoable(Command::RescheduleActivity { deal, activity, due }, text);
    };
    let (soon, later, chosen) = (to.clone(), to.clone(), to);
    let choose = move |event| read_day(&event_target_value(&event)).into_iter().for_each(&chosen);
    let call_off = move |_| {
        desk.form.set(None);
        desk.ask_undoable(Command::CancelActivity { deal, activity }, off.clone());
    };
    view! {
        <h3>{words}</h3>
        <div class="kinds" role="group" aria-label=lang.reschedule()>
            <button type="button" class="chip" on:click=move |_| soon(clock::today().plus(1))>{lang.to_tomorrow()}</button>
            <button type="button" class="chip" on:click=move |_| later(clock::today().plus(7))>{lang.to_next_week()}</button>
            <label class="chip pick"><span>{lang.reschedule()}</span>
                <input type="date" name="due" value=step.due.to_string() on:change=choose/></label>
            <button type="button" class="chip" on:click=call_off>{lang.call_off()}</button>
        </div>
    }
}
