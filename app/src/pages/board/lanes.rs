//! The board in lanes: the heads of the stages above, and for each lane its own columns.

use std::sync::Arc;

use leptos::prelude::*;
use shared::pipeline::Pipeline;
use shared::review::Slot;
use shared::sorted::SortedMap;
use shared::view::Lane;

use super::column::{Place, cell, head};
use super::drag::Drag;
use super::scene::{LaneView, key};
use crate::engine::browser;

/// How many lanes are open at first; many open ones would draw thousands of cards.
const OPEN: usize = 6;

/// How many lanes are shown at once.
const SHOWN: usize = 40;

pub(super) fn lanes(drag: Drag, pipeline: Arc<Pipeline>) -> impl IntoView {
    let (scene, lang) = (drag.scene, drag.desk.lang);
    let most = RwSignal::new(SHOWN);
    let turned = RwSignal::new(SortedMap::<Lane, bool>::new());
    let all = Memo::new(move |_| {
        scene.laid().map(|laid| laid.lanes.iter().map(|view| view.lane).collect::<Vec<_>>()).unwrap_or_default()
    });
    let shown = move || all.get().into_iter().take(most.get()).collect::<Vec<_>>();
    let left = Memo::new(move |_| all.with(Vec::len).saturating_sub(most.get()));
    let heads = pipeline.stages.iter().map(|stage| {
        let whole = scene.whole(Slot::Stage(pipeline.id, stage.id));
        view! { <div class="column-head" data-testid="column" data-stage=stage.id.to_string()
        data-count=move || whole.with(|column| column.count)>{head(drag, stage, whole)}</div> }
    });
    let heads = heads.collect_view();
    let is_open = move |lane: Lane| {
        let first = move || all.with(|all| all.iter().take(OPEN).any(|each| *each == lane));
        turned.with(|turned| turned.get(&lane).copied()).unwrap_or_else(first)
    };
    let count = pipeline.stages.len();
    view! {
        <div class="laned" id="columns" style:--stages=count.to_string() tabindex="-1">
            <div class="lane-heads">{heads}</div>
            <For each=shown key=|lane| *lane children=move |lane| {
                let open = Memo::new(move |_| is_open(lane));
                let turn = Callback::new(move |()| turned.update(|turned| turned.extend([(lane, !open.get_untracked())])));
                one(drag, pipeline.clone(), lane, open, turn)
            }/>
            <Show when=move || { left.get() > 0 }>
                <button type="button" class="button" on:click=move |_| most.update(|most| *most += SHOWN)>
                    {move || lang.more_lanes(left.get().min(SHOWN))}
                </button>
            </Show>
        </div>
    }
}

fn one(drag: Drag, pipeline: Arc<Pipeline>, lane: Lane, open: Memo<bool>, turn: Callback<()>) -> impl IntoView {
    let (scene, lang) = (drag.scene, drag.desk.lang);
    let view = Memo::new(move |_| {
        let laid = scene.laid()?;
        laid.lanes.iter().find(|view| view.lane == lane).map(|LaneView { count, sum, .. }| (*count, sum.clone()))
    });
    let count = move || view.with(|view| view.as_ref().map_or(0, |(count, _)| *count));
    let sums = move || view.with(|view| view.as_ref().map(|(_, sum)| browser::sums(lang, sum).join(" + ")));
    let name = Memo::new(move |_| scene.lane_name(lane));
    let cells = move || {
        open.get().then(|| {
            let stages = pipeline.stages.iter();
            let cells =
                stages.map(|stage| cell(drag, pipeline.clone(), Place { stage: stage.id, lane })).collect_view();
            view! { <div class="cells">{cells}</div> }
        })
    };
    view! {
        <section class="lane" aria-label=move || name.get() data-testid="lane" data-lane=key(lane) data-count=count>
            <header>
                <button type="button" class="quiet" aria-expanded=move || open.get().to_string() on:click=move |_| turn.run(())>
                    <i aria-hidden="true"></i><h2>{move || name.get()}</h2>
                </button>
                <span class="count" data-testid="lane-count">{count}</span>
                <span class="sum" data-testid="lane-sum">{sums}</span>
            </header>
            {cells}
        </section>
    }
}
