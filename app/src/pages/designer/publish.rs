//! Publishing: what is still wrong, what the draft would do to the deals, and the deals that move with it.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::command::{Command, Origin};
use shared::id::{DealId, StageId};
use shared::pipeline::Pipeline;
use shared::review::{Failing, WhatIf, displaced, what_if};
use shared::rules::Place;

use super::part::Part;
use super::{Designer, gone};
use crate::engine::browser;
use crate::widgets::dialog::Dialog;
use crate::widgets::windowed::windowed;

/// How high a deal's row is in the what-if, in pixels; `.deal-row` in designer.css is the same.
const ROW: i32 = 44;

/// How far publishing is.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Step {
    /// The draft is being edited.
    Editing,
    /// The draft has no fault; this is what it would do.
    Review(Box<Review>),
    /// It is published; so many of the deals have moved.
    Moving(usize, usize),
}

/// A draft that could be published, and what it would do.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Review {
    pipeline: Pipeline,
    failing: WhatIf,
    moves: Vec<(DealId, StageId)>,
}

/// What stands below the draft: whether it has changes, what is wrong, and the way to publish.
pub(super) fn bar(designer: Designer) -> AnyView {
    let lang = designer.desk.lang;
    let dirty = designer.dirty;
    let state = move || if dirty.get() { lang.unpublished() } else { lang.all_published() };
    let undo = move |_| {
        let before = designer.before.get_untracked();
        before.into_iter().for_each(|before| designer.edit(|draft| *draft = before));
    };
    let discard = move |_| {
        let base = designer.base.get_untracked();
        base.into_iter().for_each(|base| designer.begin_with(&base));
    };
    view! {
        <footer class="design-bar">
            {move || wrong(designer)}
            <span class="state" data-testid="draft-state">{state}</span>
            <Show when=move || designer.before.with(Option::is_some)>
                <button type="button" class="button" data-testid="put-back" on:click=undo>{lang.was_removed()}" · "{lang.undo()}</button>
            </Show>
            <Show when=move || dirty.get() && designer.base.with(Option::is_some)>
                <button type="button" class="button" on:click=discard>{lang.discard_changes()}</button>
            </Show>
            <button type="button" class="primary" data-testid="publish" disabled=move || !dirty.get()
                on:click=move |_| review(designer)>{lang.publish()}</button>
        </footer>
        {move || designer.asked.get().map(|stage| gone::question(designer, stage))}
        {move || match designer.step.get() {
            Step::Editing => ().into_any(),
            Step::Review(shown) => sheet(designer, *shown),
            Step::Moving(done, all) => view! {
                <p class="panel" role="status">{lang.moving_deals(done, all)}<progress value=done max=all></progress></p>
            }
            .into_any(),
        }}
    }
    .into_any()
}

/// The first fault by name, and how many there are; pressing it goes there.
fn wrong(designer: Designer) -> Option<AnyView> {
    let lang = designer.desk.lang;
    let faults = designer.faults.get();
    let first = faults.first().cloned().filter(|_| designer.tried.get())?;
    let words = lang.fault_at(&named(designer, first.place), &lang.refusal(&first.refusal));
    let place = first.place;
    Some(
        view! {
            <button type="button" class="link problem" data-testid="wrong" on:click=move |_| designer.reveal(place)>
                {lang.faults_left(faults.len())}" · "{words}
            </button>
        }
        .into_any(),
    )
}

fn named(designer: Designer, place: Place) -> String {
    match place {
        Place::Pipeline => designer.title(Part::Pipeline),
        Place::Gone(_) => designer.desk.lang.gone_stages().to_owned(),
        Place::Stage(id) => designer.title(Part::Stage(id)),
        Place::Activity(id) => designer.title(Part::Activity(id)),
        Place::Criterion(id) => designer.title(Part::Criterion(id)),
    }
}

/// Goes to the first fault, or shows what the draft would do.
fn review(designer: Designer) {
    if to_fault(designer).is_some() {
        return;
    }
    let pipeline = untrack(|| designer.candidate());
    let review = designer.desk.mirror().look(|world| {
        let current = world.pipelines.get(&pipeline.id).map(AsRef::as_ref);
        let cards = || world.deals.values().map(AsRef::as_ref);
        let failing = what_if(&world.customers(), current, &pipeline, cards());
        let moves = displaced(&pipeline, cards()).collect();
        Review { pipeline: pipeline.clone(), failing, moves }
    });
    designer.step.set(Step::Review(Box::new(review)));
}

/// Shows every fault where it is, and goes to the first; none if there is none.
fn to_fault(designer: Designer) -> Option<()> {
    designer.tried.set(true);
    let place = designer.faults.with_untracked(|faults| faults.first().map(|fault| fault.place))?;
    designer.reveal(place);
    Some(())
}

fn sheet(designer: Designer, review: Review) -> AnyView {
    let lang = designer.desk.lang;
    let close = Callback::new(move |()| {
        if designer.step.with_untracked(|step| matches!(step, Step::Review(_))) {
            designer.step.set(Step::Editing);
        }
    });
    let title = lang.publish_version(review.pipeline.version);
    let words = title.clone();
    let (failing, pipeline) = (review.failing.clone(), review.pipeline.clone());
    let moves = going(designer, &review);
    let go = move |_| publish(designer, &review);
    view! {
        <Dialog title close=lang.close() on_close=close>
            <div class="what-if" data-testid="what-if" data-deals=failing.deals>
                {(failing.deals == 0).then(|| view! { <p>{lang.nothing_fails()}</p> })}
                {(failing.deals > 0).then(|| view! {
                    <p class="worth"><b>{lang.would_fail(failing.deals)}</b>" "{browser::sums(lang, &failing.sum).join(" + ")}</p>
                })}
                {failing.failing.iter().map(|each| criterion(designer, &pipeline, each)).collect_view()}
                {moves}
                <footer class="kinds">
                    <button type="button" class="button" on:click=move |_| close.run(())>{lang.cancel()}</button>
                    <button type="button" class="primary" data-testid="publish-now" on:click=go>{words}</button>
                </footer>
            </div>
        </Dialog>
    }
    .into_any()
}

/// One criterion that deals would newly fail, with the deals.
fn criterion(designer: Designer, pipeline: &Pipeline, failing: &Failing) -> AnyView {
    let lang = designer.desk.lang;
    let (stage, name) = pipeline.criterion(failing.unmet.criterion).map_or_else(Default::default, |(stage, each)| {
        (stage.name.get(lang).to_owned(), each.name.get(lang).to_owned())
    });
    let held = (!failing.held.is_empty()).then(|| lang.fail_in_stage(failing.held.len()));
    let reopened = (!failing.reopened.is_empty()).then(|| lang.fail_beyond(failing.reopened.len()));
    let counts = held.into_iter().chain(reopened).collect::<Vec<_>>().join(" · ");
    let sums = browser::sums(lang, &failing.sum).join(" + ");
    let deals = failing.deals();
    let count = deals.len();
    let shown = RwSignal::new(false);
    let opened = move |_| shown.set(true);
    view! {
        <details class="failing" data-testid="failing" data-count=count on:toggle=opened>
            <summary><b>{stage}" · "{name}</b><small>{counts}" "{sums}</small></summary>
            {move || shown.get().then(|| windowed(deals.clone(), ROW, move |deal| row(designer, deal)))}
        </details>
    }
    .into_any()
}

fn row(designer: Designer, deal: DealId) -> AnyView {
    let card = designer.desk.mirror().deal(deal).get_untracked();
    let (title, amount) = card.map(|card| (card.title.clone(), card.amount)).unwrap_or_default();
    let amount = amount.map(|amount| browser::money(designer.desk.lang, amount));
    view! { <p class="deal-row"><span>{title}</span><span class="amount">{amount}</span></p> }.into_any()
}

/// How many deals move to which stage.
fn going(designer: Designer, review: &Review) -> AnyView {
    let lang = designer.desk.lang;
    let count = |stage: StageId| review.moves.iter().filter(|(_, to)| *to == stage).count();
    let line = |stage: &shared::pipeline::Stage| {
        let moving = count(stage.id);
        (moving > 0).then(|| view! { <p>{lang.deals_move(moving, stage.name.get(lang))}</p> })
    };
    review.pipeline.stages.iter().map(line).collect_view().into_any()
}

/// Publishes through the door, then moves the deals of stages that are gone, in slices.
fn publish(designer: Designer, review: &Review) {
    let (desk, lang) = (designer.desk, designer.desk.lang);
    let version = review.pipeline.version;
    let moves = review.moves.iter().map(|(deal, to)| Command::MoveDeal { deal: *deal, to: *to, reason: String::new() });
    let moves: Vec<Command> = moves.collect();
    let all = moves.len();
    let command = Command::PublishPipeline(review.pipeline.clone());
    let dispatch = desk.dispatch();
    spawn_local(async move {
        if let Err(refusal) = dispatch.ask(command).await {
            designer.step.set(Step::Editing);
            desk.tell(lang.refusal(&refusal), None);
            return to_fault(designer).unwrap_or_default();
        }
        designer.step.set(Step::Moving(0, all));
        designer.tried.set(false);
        let refused = dispatch.run(moves, Origin::Hand, move |done| designer.step.set(Step::Moving(done, all))).await;
        designer.step.set(Step::Editing);
        let told = lang.published_version(version);
        match refused.len() {
            0 => desk.tell(told, None),
            left => desk.tell(format!("{told} · {}", lang.not_moved(left)), None),
        }
    });
}
