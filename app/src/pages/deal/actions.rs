//! What the thumb reaches first on a deal: log, plan, move, and how it ends.

use leptos::prelude::*;
use shared::command::Command;
use shared::model::{DealCard, Outcome};
use shared::refusal::Refusal;

use super::gate_list::Gates;
use crate::pages::desk::Desk;
use crate::pages::forms::Form;

pub(super) fn actions(desk: Desk, card: &DealCard, gates: Gates) -> impl IntoView + use<> {
    let (deal, lang) = (card.id, desk.lang);
    let open = move |form: Form, words: &'static str, look: &'static str, name: &'static str| {
        view! { <button type="button" class=look data-testid=name on:click=move |_| desk.form.set(Some(form.clone()))>{words}</button> }
    };
    match card.outcome {
        Outcome::Open => view! {
            <footer class="thumb">
                {open(Form::Activity { deal, kind: None, key: None }, lang.log_activity(), "button", "log")}
                {open(Form::Plan { deal }, lang.plan_activity(), "button", "plan")}
                {open(Form::Lose { deal }, lang.lose(), "button", "lose")}
                {win(desk, card, gates)}
                {open(Form::Move { deal }, lang.move_to(), "primary", "move")}
            </footer>
        }
        .into_any(),
        Outcome::Won { .. } | Outcome::Lost { .. } => view! {
            <footer class="thumb short">
                {open(Form::Activity { deal, kind: None, key: None }, lang.log_activity(), "button", "log")}
                {reopen(desk, card)}
            </footer>
        }
        .into_any(),
    }
}

/// A deal that cannot be won yet shows what is missing, up to the last stage.
fn win(desk: Desk, card: &DealCard, gates: Gates) -> impl IntoView + use<> {
    let (deal, told) = (card.id, desk.lang.deal_won(&card.title));
    let win = move |_| {
        desk.ask_all(vec![Command::WinDeal { deal }], told.clone(), move |answer| {
            let Err(refusal) = answer else { return };
            desk.tell(desk.lang.refusal(&refusal), None);
            if let Refusal::GateClosed { open } = refusal {
                gates.show_to_the_end(open.first());
            }
        });
    };
    view! { <button type="button" class="button" data-testid="win" on:click=win>{desk.lang.win()}</button> }
}

fn reopen(desk: Desk, card: &DealCard) -> impl IntoView + use<> {
    let (deal, told) = (card.id, desk.lang.deal_reopened(&card.title));
    let reopen = move |_| desk.ask_undoable(Command::ReopenDeal { deal }, told.clone());
    view! { <button type="button" class="primary" data-testid="reopen" on:click=reopen>{desk.lang.reopen()}</button> }
}
