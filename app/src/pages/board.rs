//! The board: the stages side by side, deals moved between them by mouse, touch, keyboard or menu.

mod card;
mod chosen;
mod column;
mod drag;
mod filter;
mod lanes;
mod past;
mod refused;
mod scene;
mod tools;
mod views;

use std::sync::Arc;

use leptos::prelude::*;
use shared::id::PipelineId;
use shared::pipeline::{Pipeline, founding};
use shared::review::Slot;
use shared::view::Lanes;

use super::desk::Desk;
use super::forms::Form;
use super::later::{Screen, later};
use crate::engine::browser;
use crate::widgets::input::select;
use drag::{Drag, RefusedDrop};
use scene::Scene;

/// What is on the board only sometimes, and so is drawn by the later part of the program.
#[derive(Clone)]
pub(super) enum Extra {
    /// The filter, and what to do when it is closed.
    Filter(Scene, Callback<()>),
    /// The saved views, and what to do when they are closed.
    Views(Scene, Callback<()>),
    /// What is filtered by.
    Chosen(Scene),
    /// The day of a board of the past.
    Past(Scene),
    /// The board in lanes.
    Lanes(Drag, Arc<Pipeline>),
    /// A refused drop.
    Refused(Drag, RefusedDrop, Arc<Pipeline>),
}

fn sometimes(desk: Desk, extra: Extra) -> impl IntoView {
    later(desk, Screen::Board(Box::new(extra)))
}

pub(super) fn extra(extra: Extra) -> AnyView {
    match extra {
        Extra::Filter(scene, close) => filter::filter_sheet(scene, close).into_any(),
        Extra::Views(scene, close) => views::views_sheet(scene, close).into_any(),
        Extra::Chosen(scene) => chosen::chosen(scene).into_any(),
        Extra::Past(scene) => past::banner(scene).into_any(),
        Extra::Lanes(drag, pipeline) => lanes::lanes(drag, pipeline).into_any(),
        Extra::Refused(drag, drop, pipeline) => refused::refused_drop(drag, drop, pipeline).into_any(),
    }
}

/// The board of the pipeline that was chosen, else of the first one in use.
pub fn board_page(desk: Desk) -> impl IntoView {
    let pipelines = desk.mirror().pipelines;
    let shown = scene::shown(desk);
    let pipeline = Memo::new(move |_| {
        let (said, kept) = (shown.with(|shown| shown.pipeline), desk.shown.get());
        pipelines.with(|all| {
            let first = || all.values().min_by_key(|each| (each.archived, each.id != founding()));
            let kept = || kept.and_then(|id| all.get(&id)).filter(|each| !each.archived);
            said.and_then(|id| all.get(&id)).or_else(kept).or_else(first).cloned()
        })
    });
    move || match pipeline.get() {
        Some(pipeline) => board(Scene::new(desk, shown, pipeline.clone()), pipeline).into_any(),
        None => view! { <p class="empty" role="status">{desk.lang.loading()}</p> }.into_any(),
    }
}

fn board(scene: Scene, pipeline: Arc<Pipeline>) -> impl IntoView {
    let desk = scene.desk;
    let drag = Drag::new(scene, pipeline.clone());
    drag.listen();
    let in_lanes = Memo::new(move |_| scene.shown.with(|shown| shown.lanes != Lanes::None));
    let (head, chips) = (head(scene, &pipeline), chips(scene, &pipeline));
    let body = move || match in_lanes.get() {
        true => sometimes(desk, Extra::Lanes(drag, pipeline.clone())).into_any(),
        false => {
            let columns = (0..pipeline.stages.len()).map(|index| column::column(drag, pipeline.clone(), index));
            view! { <div class="columns" id="columns">{columns.collect_view()}</div> }.into_any()
        }
    };
    view! {
        <section class="board" class:dragging=move || drag.is_lifted() class:past=move || scene.is_past()>
            {head}
            {tools::tools(scene)}
            {chips}
            {empty(desk)}
            {body}
            {drag.ghost()}
            <p class="said" role="status" aria-live="assertive">{move || drag.said.get()}</p>
        </section>
    }
}

fn head(scene: Scene, pipeline: &Pipeline) -> impl IntoView + use<> {
    let (desk, lang) = (scene.desk, scene.desk.lang);
    let stage = pipeline.stages.first().map(|stage| stage.id);
    let fresh = move |_| desk.form.set(stage.map(|stage| Form::New { stage }));
    let key = window_event_listener(leptos::ev::keydown, move |event| {
        let plain = !event.ctrl_key() && !event.meta_key() && !event.alt_key() && !browser::is_composing(&event);
        if plain && event.key().eq_ignore_ascii_case("c") && !browser::is_writing() {
            event.prevent_default();
            desk.form.set(stage.map(|stage| Form::New { stage }));
        }
    });
    on_cleanup(move || key.remove());
    view! {
        <header class="page-head">
            {switcher(scene, pipeline)}
            <p class="totals">
                {outcome(scene, Slot::Won(pipeline.id), "won")}
                {outcome(scene, Slot::Lost(pipeline.id), "lost")}
            </p>
            <button type="button" class="primary fab" data-testid="new-deal" on:click=fresh aria-keyshortcuts="C"
                aria-label=lang.new_deal()>
                <span aria-hidden="true">"＋"</span><span class="words">{lang.new_deal()}</span>
            </button>
        </header>
    }
}

/// The pipeline's name; where there are several in use, one changes to another here.
fn switcher(scene: Scene, pipeline: &Pipeline) -> impl IntoView + use<> {
    let (desk, lang, id) = (scene.desk, scene.desk.lang, pipeline.id);
    let name = pipeline.name.get(lang).to_owned();
    let pipelines = desk.mirror().pipelines;
    let offered = Memo::new(move |_| {
        let named = |each: &Arc<Pipeline>| (each.id, each.name.get(lang).to_owned());
        pipelines.with(|all| {
            all.values().filter(|each| !each.archived || has_deals(desk, each.id)).map(named).collect::<Vec<_>>()
        })
    });
    let change = move |id| {
        desk.show(id);
        tools::change(scene, |shown| shown.pipeline = Some(id));
    };
    move || match offered.get() {
        several if several.len() > 1 => {
            let inner = select(lang.pipeline().to_owned(), several, move || id, change);
            view! { <h1 class="said">{name.clone()}</h1><div class="switcher">{inner}</div> }.into_any()
        }
        _ => view! { <h1>{name.clone()}</h1> }.into_any(),
    }
}

/// Whether an archived pipeline is still worth a look; asked when pipelines change.
fn has_deals(desk: Desk, pipeline: PipelineId) -> bool {
    desk.mirror().look(|world| world.deals.values().any(|card| !card.discarded && card.pipeline == pipeline))
}

fn outcome(scene: Scene, slot: Slot, name: &'static str) -> impl IntoView {
    let (desk, view) = (scene.desk, scene.whole(slot));
    let words = move |count| if name == "won" { desk.lang.won_total(count) } else { desk.lang.lost_total(count) };
    view! {
        <span class=format!("outcome {name}") data-outcome=name>
            {move || view.with(|column| {
                let sums = browser::sums(desk.lang, &column.sum).join(" + ");
                view! { <b data-testid="count">{words(column.count)}</b>" "<span data-testid="sum">{sums}</span> }
            })}
        </span>
    }
}

/// On a phone one column fills the screen; the chips jump.
fn chips(scene: Scene, pipeline: &Pipeline) -> impl IntoView + use<> {
    let chip = |stage: &shared::pipeline::Stage| {
        let column = scene.whole(Slot::Stage(pipeline.id, stage.id));
        let to = format!("[data-column=\"{}\"]", stage.id);
        view! {
            <button type="button" class="chip" on:click=move |_| browser::bring_into_view(&to)>
                {stage.name.get(scene.desk.lang).to_owned()}" "<b>{move || column.with(|column| column.count)}</b>
            </button>
        }
    };
    let chips = pipeline.stages.iter().map(chip).collect_view();
    view! { <nav class="chips" aria-label=scene.desk.lang.stages_nav()>{chips}</nav> }
}

fn empty(desk: Desk) -> impl IntoView {
    let count = desk.mirror().deal_count();
    let none = Memo::new(move |_| count.get() == 0);
    view! {
        <Show when=move || none.get()>
            <div class="empty">
                <h2>{desk.lang.empty_board()}</h2>
                <p>{desk.lang.empty_board_hint()}</p>
                <a class="button" href="#/import">{desk.lang.import_a_table()}</a>
            </div>
        </Show>
    }
}
