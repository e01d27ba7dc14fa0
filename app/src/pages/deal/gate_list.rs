//! The gate as a checklist: what is met and by whom, what is open and what meets it, why it reopened.

mod criterion;

use std::sync::Arc;

use leptos::prelude::*;
use shared::command::Command;
use shared::gate::{self, Unmet};
use shared::model::{Deal, DealCard, Outcome};
use shared::pipeline::{Pipeline, Stage};

use super::timeline::author;
use crate::engine::browser;
use crate::pages::cause::reopening;
use crate::pages::desk::Desk;
use crate::pages::remedy::overriding;
use crate::widgets::gate_bar::{gate_bar, tally};

/// Which gates are shown beside the one that the deal is at, as long as its page is.
#[derive(Clone, Copy)]
pub(super) struct Gates {
    /// Those behind it are unfolded.
    passed: RwSignal<bool>,
    /// Those to the end are shown where something is open.
    ahead: RwSignal<bool>,
}

impl Gates {
    pub(super) fn new() -> Self {
        Self { passed: RwSignal::new(false), ahead: RwSignal::new(false) }
    }

    /// Shows all gates to the end, and the first criterion that is open.
    pub(super) fn show_to_the_end(self, first: Option<&Unmet>) {
        self.ahead.set(true);
        let selector = first.map(|unmet| format!("[data-criterion=\"{}\"]", unmet.criterion));
        // The gates are drawn before the next frame.
        request_animation_frame(move || selector.iter().for_each(|first| browser::bring_into_view(first)));
    }
}

pub(super) fn gate_list(
    desk: Desk,
    card: &DealCard,
    pipeline: &Pipeline,
    deal: Option<Arc<Deal>>,
    gates: Gates,
) -> impl IntoView + use<> {
    let standing = desk.judge(|customers| gate::standing(customers, card, pipeline));
    let verified = pipeline.stage(standing.verified).map(|stage| stage.name.get(desk.lang).to_owned());
    let causes = standing
        .reopened
        .iter()
        .map(|unmet| cause(desk, card, pipeline, unmet, verified.as_deref().unwrap_or_default(), deal.as_deref()));
    let causes: Vec<String> = causes.collect();
    let reopened = (!causes.is_empty()).then(|| {
        let lines = causes.into_iter().map(|words| view! { <p>{words}</p> }).collect_view();
        view! { <section class="panel notice" role="status" data-testid="reopened">{lines}</section> }
    });
    let at = pipeline.index(card.stage).unwrap_or(0);
    let first = match card.outcome {
        Outcome::Open => pipeline.index(standing.verified).unwrap_or(at),
        Outcome::Won { .. } | Outcome::Lost { .. } => at + 1,
    };
    let opened = pipeline.index(card.baseline).unwrap_or(0).min(first);
    let gate = |stage| one(desk, card, pipeline, stage, deal.as_deref());
    let present = pipeline.stages[first..=at].iter().map(gate).collect_view();
    let is_sought = card.outcome == Outcome::Open && gates.ahead.get();
    let ahead = if is_sought { &pipeline.stages[at + 1..] } else { &[] };
    let is_open = |stage: &&Stage| desk.judge(|customers| !gate::open(customers, card, stage).is_empty());
    let ahead = ahead.iter().filter(is_open).map(gate).collect_view();
    let ahead = (!ahead.is_empty()).then(|| view! { <div class="ahead" data-testid="ahead">{ahead}</div> });
    let passed = pipeline.stages[opened..first].iter().filter(|stage| !stage.criteria.is_empty());
    view! { {reopened}{present}{ahead}{behind(desk, passed.map(gate).collect(), gates.passed)} }
}

/// The gates that a deal has passed, folded away.
fn behind(desk: Desk, passed: Vec<impl IntoView + 'static>, unfolded: RwSignal<bool>) -> impl IntoView {
    let count = passed.len();
    (count > 0).then(|| {
        view! {
            <details class="passed" data-testid="passed" prop:open=move || unfolded.get_untracked()>
                <summary on:click=move |_| unfolded.update(|is_open| *is_open = !*is_open)>
                    {desk.lang.gates_behind(count)}
                </summary>
                {passed.into_iter().collect_view()}
            </details>
        }
    })
}

fn cause(
    desk: Desk,
    card: &DealCard,
    pipeline: &Pipeline,
    unmet: &Unmet,
    verified: &str,
    deal: Option<&Deal>,
) -> String {
    let name = pipeline.criterion(unmet.criterion).map(|(_, found)| found.name.get(desk.lang).to_owned());
    let name = name.unwrap_or_default();
    match card.withdrawn.get(&unmet.criterion) {
        Some(back) => {
            let when = browser::moment(desk.lang, back.at);
            desk.lang.reopened_by(&desk.member(Some(back.by)), &when, &name, verified)
        }
        None => match deal.map(|deal| reopening(desk, deal, pipeline, *unmet)) {
            Some(Some(event)) => {
                let (who, when) = (author(desk, &event), browser::moment(desk.lang, event.at));
                desk.lang.reopened_after(&desk.lang.event(&event.command), &who, &when, &name, verified)
            }
            Some(None) if card.version < pipeline.version => desk.lang.gate_changed(&name, pipeline.version, verified),
            Some(None) | None => desk.lang.reopened_because(&name, verified),
        },
    }
}

fn one(desk: Desk, card: &DealCard, pipeline: &Pipeline, stage: &Stage, deal: Option<&Deal>) -> impl IntoView + use<> {
    let lang = desk.lang;
    let open = desk.judge(|customers| gate::open(customers, card, stage));
    let looks = desk.looks(card, stage);
    let (met, all) = tally(&looks);
    let next = pipeline.index(stage.id).and_then(|index| pipeline.stages.get(index + 1));
    let title = match (open.len(), next) {
        (0, _) if stage.id != card.stage => lang.gate_passed(stage.name.get(lang)),
        (0, _) => lang.gate_done().to_owned(),
        (left, Some(next)) => lang.gate_left(next.name.get(lang), left),
        (left, None) => lang.gate_left_to_win(left),
    };
    let lines = stage.criteria.iter().map(|each| criterion::line(desk, card, pipeline, each, deal)).collect_view();
    let is_open = card.outcome == Outcome::Open;
    let word = (is_open && !open.is_empty()).then(|| overriding(card, stage, desk.role())).flatten();
    let given = deal.and_then(|deal| deal.overrides.iter().find(|given| given.stage == stage.id));
    let given = given.filter(|_| card.overridden.contains(&stage.id)).map(|given| {
        let (deal, stage) = (card.id, stage.id);
        let words = lang.overridden_by(&desk.member(Some(given.by)), &given.reason);
        let hold = move |_| desk.ask_undoable(Command::HoldGate { deal, stage }, lang.gate_held().to_owned());
        let hold =
            is_open.then(|| view! { <button type="button" class="link" on:click=hold>{lang.hold_gate()}</button> });
        view! { <p>{words}</p>{hold} }
    });
    view! {
        <section class="panel gate" data-testid="gate" data-stage=stage.id.to_string()>
            <h2>{title}<span class="count">{format!("{met}/{all}")}</span></h2>
            {gate_bar(looks, lang.gate_of(met, all))}
            <ul class="criteria">{lines}</ul>
            {given}
            {word.map(|form| view! {
                <button type="button" class="link" data-testid="override"
                    on:click=move |_| desk.form.set(Some(form.clone()))>{lang.override_gate()}</button>
            })}
        </section>
    }
}
