//! The team's rules: each as one sentence, and what to start from.

mod doing;
mod editor;
mod trigger;

use leptos::prelude::*;
use shared::automation::{Automation, Starter};
use shared::command::Command;
use shared::gather::Arrange as _;
use shared::id::AutomationId;
use shared::model::Role;

use super::desk::Desk;
use crate::engine::clock;

/// The page of rules.
pub(super) fn automations_page(desk: Desk) -> impl IntoView {
    let lang = desk.lang;
    let edited = RwSignal::new(None::<Automation>);
    let may = Memo::new(move |_| desk.role() >= Role::Manager);
    let automations = desk.mirror().automations;
    let rules = Memo::new(move |_| {
        let mut all: Vec<Automation> = automations.with(|all| all.values().cloned().collect());
        all.arrange_by(|one, other| (one.name.get(lang), one.id).cmp(&(other.name.get(lang), other.id)));
        all
    });
    let rows = move || rules.get().into_iter().map(|rule| row(desk, rule, edited, may)).collect_view();
    view! {
        <section class="setup" data-testid="automations">
            <header class="page-head"><h1>{lang.automations()}</h1></header>
            <p class="hint">{lang.rules_hint()}" "{move || (!may.get()).then_some(lang.managers_change())}</p>
            <div class="panel">
                <ul class="rows">
                    <Show when=move || rules.with(Vec::is_empty)><li class="none">{lang.no_rules()}</li></Show>
                    {rows}
                </ul>
                <Show when=move || may.get()>
                    <button type="button" class="button" on:click=move |_| edited.set(Some(editor::fresh()))>
                        {lang.new_rule()}
                    </button>
                </Show>
            </div>
            <Show when=move || may.get()>{starters(desk, edited)}</Show>
            {move || edited.get().map(|rule| editor::editor(desk, rule, edited))}
        </section>
    }
}

/// A rule as a sentence; tracked.
pub(super) fn said(desk: Desk, rule: &Automation) -> String {
    let mirror = desk.mirror();
    mirror.turn.track();
    mirror.look(|world| desk.lang.rule(rule, world))
}

fn row(desk: Desk, rule: Automation, edited: RwSignal<Option<Automation>>, may: Memo<bool>) -> impl IntoView {
    let lang = desk.lang;
    let (name, id, shown, paused) = (rule.name.get(lang).to_owned(), rule.id, rule.clone(), rule.paused);
    let other = Automation { paused: !paused, ..rule.clone() };
    let (turn, turn_label) = match paused {
        true => (lang.resume_rule(), lang.resume_rule_named(&name)),
        false => (lang.pause_rule(), lang.pause_rule_named(&name)),
    };
    let (turned, removed) = (lang.rule_state(&name), lang.rule_removed(&name));
    let buttons = view! {
        <button type="button" class="button" aria-label=turn_label
            on:click=move |_| desk.ask_undoable(Command::PutAutomation(other.clone()), turned.clone())>{turn}</button>
        <button type="button" class="button" aria-label=lang.edit_rule(&name)
            on:click=move |_| edited.set(Some(rule.clone()))>{lang.edit()}</button>
        <button type="button" class="button" aria-label=lang.remove_rule_named(&name)
            on:click=move |_| desk.ask_undoable(Command::RemoveAutomation { automation: id }, removed.clone())>
            {lang.remove_rule()}
        </button>
    };
    view! {
        <li data-testid="rule" data-rule=id.to_string()>
            <span class="what"><b>{name.clone()}</b><span>{move || said(desk, &shown)}</span></span>
            {paused.then(|| view! { <span class="chip">{lang.rule_paused()}</span> })}
            {may.get_untracked().then_some(buttons)}
        </li>
    }
}

/// Each opens the form, filled in; nothing is kept before it is saved.
fn starters(desk: Desk, edited: RwSignal<Option<Automation>>) -> impl IntoView {
    let lang = desk.lang;
    let pipelines = desk.mirror().pipelines;
    let offer = move |starter: Starter| {
        let rule = pipelines.with(|all| starter.rule(clock::fresh(AutomationId::from_bytes), all))?;
        let (name, shown) = (rule.name.get(lang).to_owned(), rule.clone());
        Some(view! {
            <li data-testid="starter">
                <span class="what"><b>{name.clone()}</b><span>{move || said(desk, &shown)}</span></span>
                <button type="button" class="button" aria-label=lang.use_rule_named(&name)
                    on:click=move |_| edited.set(Some(rule.clone()))>{lang.use_rule()}</button>
            </li>
        })
    };
    view! {
        <div class="panel">
            <h2>{lang.ready_rules()}</h2>
            <ul class="rows">{move || Starter::ALL.into_iter().filter_map(offer.clone()).collect_view()}</ul>
        </div>
    }
}
