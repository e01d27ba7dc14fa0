//! The form of a rule: when, only if, do; the sentence it makes stands below while it is written.

use leptos::prelude::*;
use shared::automation::{Action, Automation, Trigger};
use shared::command::Command;
use shared::id::AutomationId;
use shared::model::ActivityKind;
use shared::text::Label;

use super::doing::{Doing, doing};
use super::{said, trigger};
use crate::engine::clock;
use crate::pages::condition::optional_condition;
use crate::pages::desk::Desk;
use crate::pages::forms::asking_undoable;
use crate::pages::forms::input::names;
use crate::widgets::dialog::Dialog;
use crate::widgets::input::{select, sign};

/// A rule to begin with.
pub(super) fn fresh() -> Automation {
    Automation {
        id: clock::fresh(AutomationId::from_bytes),
        name: Label::new("", ""),
        pipeline: None,
        when: Trigger::ActivityDone(ActivityKind::Demo),
        only_if: None,
        then: vec![Action::Plan { kind: ActivityKind::Call, what: Label::new("", ""), due_after: 3 }],
        paused: false,
    }
}

pub(super) fn editor(desk: Desk, rule: Automation, edited: RwSignal<Option<Automation>>) -> impl IntoView {
    let lang = desk.lang;
    let done = Callback::new(move |()| edited.set(None));
    let [zh, en] = [&rule.name.zh, &rule.name.en].map(|name| RwSignal::new(name.clone()));
    let (pipeline, when) = (RwSignal::new(rule.pipeline), RwSignal::new(rule.when.clone()));
    let (only_if, unfinished) = (RwSignal::new(rule.only_if.clone()), RwSignal::new(false));
    let then = RwSignal::new(rule.then.iter().map(|action| Doing::of(lang, action)).collect::<Vec<_>>());
    let is_known = desk.mirror().automations.with_untracked(|all| all.contains_key(&rule.id));
    let title = if is_known { lang.edit_rule(rule.name.get(lang)) } else { lang.new_rule().to_owned() };
    let whole = move || {
        let [zh, en] = [zh, en].map(|name| name.get_untracked().trim().to_owned());
        let actions: Result<Vec<Action>, String> =
            then.with_untracked(|all| all.iter().map(|doing| doing.read(desk)).collect());
        Ok::<_, String>(Automation {
            name: Label { zh, en },
            pipeline: pipeline.get_untracked(),
            when: when.get_untracked(),
            only_if: only_if.get_untracked(),
            then: actions?,
            ..rule.clone()
        })
    };
    let preview = {
        let whole = whole.clone();
        move || {
            pipeline.track();
            when.track();
            only_if.track();
            then.with(|all| all.iter().for_each(|doing| doing.track()));
            whole().map(|rule| said(desk, &rule)).ok()
        }
    };
    let inputs = view! {
        {names(lang, zh, en)}
        {pipelines(desk, pipeline)}
        <fieldset class="part"><legend>{lang.rule_when()}</legend>{trigger::trigger(desk, when)}</fieldset>
        <fieldset class="part">
            <legend>{lang.rule_only_if()}</legend>{optional_condition(desk, only_if, unfinished)}
        </fieldset>
        <fieldset class="part"><legend>{lang.rule_do()}</legend>{actions(desk, then)}</fieldset>
        <p class="sentence" data-testid="rule-sentence" aria-live="polite">{preview}</p>
    };
    let told = move |rule: &Automation| lang.rule_saved(rule.name.get(lang));
    let words = whole().map_or_else(|_| String::new(), |rule| told(&rule));
    let build = move || match unfinished.get_untracked() {
        true => Err(lang.condition_unfinished().to_owned()),
        false => whole().map(Command::PutAutomation),
    };
    view! {
        <Dialog title close=lang.close() on_close=done>
            {asking_undoable(desk, inputs, done, words, build)}
        </Dialog>
    }
}

/// Asked only where there is a choice.
fn pipelines(desk: Desk, pipeline: RwSignal<Option<shared::id::PipelineId>>) -> Option<impl IntoView> {
    let all = desk.mirror().pipelines.get_untracked();
    let named = all.values().map(|each| (Some(each.id), each.name.get(desk.lang).to_owned()));
    let choices: Vec<_> = std::iter::once((None, desk.lang.every_pipeline().to_owned())).chain(named).collect();
    let choose = move |id| pipeline.set(id);
    (choices.len() > 2).then(|| select(desk.lang.rule_pipeline().to_owned(), choices, move || pipeline.get(), choose))
}

fn actions(desk: Desk, then: RwSignal<Vec<Doing>>) -> impl IntoView {
    let lang = desk.lang;
    let add = move |_| then.update(|all| all.push(Doing::of(lang, &Action::Remind(Label::new("", "")))));
    let only = Memo::new(move |_| then.with(Vec::len) == 1);
    let one = move |each: Doing| {
        let remove = Callback::new(move |()| then.update(|all| all.retain(|other| other.key() != each.key())));
        view! {
            <div class="doing" role="group" data-testid="action">
                {doing(desk, each)}
                <Show when=move || !only.get()>
                    <div class="clause-end">{sign("✕", lang.remove_action().to_owned(), remove)}</div>
                </Show>
            </div>
        }
    };
    view! {
        <For each=move || then.get() key=|each| each.key() children=one/>
        <p class="adds"><button type="button" class="link" on:click=add>{lang.add_action()}</button></p>
    }
}
