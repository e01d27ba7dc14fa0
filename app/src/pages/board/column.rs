//! One column: its head with exact numbers, and only those cards that can be seen.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use shared::id::{DealId, StageId};
use shared::pipeline::{Pipeline, Stage};
use shared::review::Slot;
use shared::view::Lane;

use super::card::card;
use super::drag::Drag;
use super::scene::key;
use super::{Extra, sometimes};
use crate::engine::browser;
use crate::mirror::ColumnView;
use crate::pages::forms::Form;

/// The height of a card with the gap below it, in pixels; `--row` in board.css is the same.
const ROW: i32 = 136;

/// Cards drawn beyond each edge of what can be seen, so that a quick scroll shows no gap.
const BEYOND: usize = 4;

/// How many cards of a cell are seen at once; `--cell` in board.css is as high.
const CELL_ROWS: i32 = 3;

/// A place where cards lie: a stage, in a lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) stage: StageId,
    pub(super) lane: Lane,
}

/// A whole column.
pub(super) fn column(drag: Drag, pipeline: Arc<Pipeline>, index: usize) -> impl IntoView {
    let stage = pipeline.stages[index].clone();
    let id = stage.id;
    let column = drag.scene.whole(Slot::Stage(pipeline.id, id));
    let over = is_over(drag, Place { stage: id, lane: Lane::All });
    let cards = list(drag, column, pipeline, Place { stage: id, lane: Lane::All }, browser::window_height());
    view! {
        <section class="column" class:over=move || over.get() aria-label=stage.name.get(drag.desk.lang).to_owned()
            data-column=id.to_string() data-testid="column" data-stage=id.to_string()
            data-count=move || column.with(|column| column.count)
        >
            {head(drag, &stage, column)}
            {cards}
        </section>
    }
}

/// The part of a column that lies in a lane. Each has few cards in sight, since there are many of them.
pub(super) fn cell(drag: Drag, pipeline: Arc<Pipeline>, place: Place) -> impl IntoView {
    let column = drag.scene.column(place.lane, Slot::Stage(pipeline.id, place.stage));
    let name = pipeline.stage(place.stage).map(|stage| stage.name.get(drag.desk.lang).to_owned());
    let over = is_over(drag, place);
    let cards = list(drag, column, pipeline, place, CELL_ROWS * ROW);
    view! {
        <section class="cell" class:over=move || over.get() aria-label=name data-testid="cell"
            data-column=place.stage.to_string() data-lane=key(place.lane) data-stage=place.stage.to_string()
            data-count=move || column.with(|column| column.count)
        >
            {cards}
        </section>
    }
}

fn is_over(drag: Drag, place: Place) -> Memo<bool> {
    Memo::new(move |_| drag.lifted.with(|lifted| lifted.as_ref().is_some_and(|it| it.over == Some(place))))
}

pub(super) fn head(drag: Drag, stage: &Stage, column: Signal<Arc<ColumnView>>) -> impl IntoView + use<> {
    let (lang, id) = (drag.desk.lang, stage.id);
    let name = stage.name.get(lang).to_owned();
    let words = StoredValue::new(name.clone());
    let sums = Memo::new(move |_| column.with(|column| browser::sums(lang, &column.sum)));
    let plain = move || {
        column.with(|column| {
            let sums = column.sum.decimals().into_iter().map(|(code, sum)| format!("{code} {sum}"));
            sums.collect::<Vec<_>>().join(";")
        })
    };
    let stalled = Memo::new(move |_| column.with(|column| column.stalled));
    view! {
        <header title=stage.purpose.get(lang).to_owned()>
            <h2>{name.clone()}</h2>
            <span class="count" data-testid="count">{move || column.with(|column| column.count)}</span>
            <Show when=move || !drag.scene.is_past() fallback=|| view! { <span></span> }>
                <button type="button" class="quiet add" aria-label=lang.open_deal_in(&words.get_value())
                    on:click=move |_| drag.desk.form.set(Some(Form::New { stage: id }))>"＋"</button>
            </Show>
            <span class="sum" data-testid="sum" data-sum=plain>
                {move || sums.with(|sums| sums.first().cloned())}
                <span class="others">{move || sums.with(|sums| {
                    sums.iter().skip(1).map(|sum| format!(" +\u{a0}{sum}")).collect::<String>()
                })}</span>
            </span>
            <Show when=move || { stalled.get() > 0 && !drag.scene.is_past() }>
                <span class="chip warn">{move || lang.stalled(stalled.get())}</span>
            </Show>
            <i class="chance" style:--chance=format!("{}%", stage.probability)></i>
        </header>
    }
}

fn list(
    drag: Drag,
    column: Signal<Arc<ColumnView>>,
    pipeline: Arc<Pipeline>,
    place: Place,
    height: i32,
) -> impl IntoView {
    let node = NodeRef::<html::Div>::new();
    let row = RwSignal::new(0);
    let high = RwSignal::new(height);
    let refused = Memo::new(move |_| drag.refused.get().filter(|drop| drop.place == place));
    let whole = pipeline.clone();
    let notice = move || {
        let shown = |drop| sometimes(drag.desk, Extra::Refused(drag, drop, whole.clone()));
        refused.get().map(shown)
    };
    let beyond = if place.lane == Lane::All { BEYOND } else { 1 };
    let scrolled = move |_| {
        if let Some(list) = node.get_untracked() {
            high.set(list.client_height());
            let now = list.scroll_top() / ROW;
            if row.get_untracked() != now {
                row.set(now);
            }
        }
    };
    let first = Memo::new(move |_| usize::try_from(row.get()).unwrap_or(0).saturating_sub(beyond));
    let seen = Memo::new(move |_| usize::try_from(high.get() / ROW).unwrap_or(8) + 2 * beyond + 1);
    let ids = Memo::new(move |_| column.with(|column| window(&column.ids, first.get(), seen.get())));
    let height = move || format!("{}px", column.with(|column| column.count) as i64 * i64::from(ROW));
    let above = move || format!("{}px", column.with(|column| first.get().min(column.count)) as i64 * i64::from(ROW));
    // A lane says by its count that it is empty here.
    let empty = (place.lane == Lane::All).then(|| drag.desk.lang.empty_column());
    view! {
        <div class="list" node_ref=node on:scroll=scrolled>
            {notice}
            <Show when=move || column.with(|column| column.count == 0)>
                <p class="none">{empty}</p>
            </Show>
            <div class="cards" style:height=height style:padding-top=above>
                <For each=move || ids.get() key=|id| *id children=move |id| card(drag, id, pipeline.clone())/>
            </div>
        </div>
    }
}

fn window(ids: &[DealId], first: usize, seen: usize) -> Vec<DealId> {
    // A column that shrank may have left the scroll position beyond its end.
    let first = first.min(ids.len().saturating_sub(seen));
    ids.iter().skip(first).take(seen).copied().collect()
}
