//! A refused drop, opened where it was dropped: what is missing, each line with the action that meets it.

use std::sync::Arc;

use leptos::prelude::*;
use shared::gate;
use shared::model::{DealCard, Role};
use shared::pipeline::Pipeline;

use super::drag::{Drag, RefusedDrop};
use crate::pages::desk::Desk;
use crate::pages::remedy::{overriding, remedy};

pub(super) fn refused_drop(drag: Drag, drop: RefusedDrop, pipeline: Arc<Pipeline>) -> impl IntoView {
    let (desk, lang) = (drag.desk, drag.desk.lang);
    let deal = desk.mirror().deal(drop.deal);
    let name = pipeline.stage(drop.place.stage).map(|stage| stage.name.get(lang).to_owned()).unwrap_or_default();
    let shown = deal.clone();
    view! {
        <div class="refused" role="alert" data-testid="refused">
            <button type="button" class="quiet" aria-label=lang.close() on:click=move |_| drag.refused.set(None)>"✕"</button>
            <h3>{lang.not_yet_into(&name)}</h3>
            {move || shown.get().map(|card| lines(desk, &card, &pipeline, drop, desk.role()))}
            <p>
                {move || deal.get().map(|card| lang.judged_here(&card.title))}
            </p>
            <button type="button" class="quiet retry" on:click=move |_| {
                if let Some(card) = desk.mirror().deal(drop.deal).get_untracked() {
                    drag.refused.set(None);
                    drag.put(&card, drop.place);
                }
            }>{lang.move_now(&name)}</button>
        </div>
    }
}

fn lines(desk: Desk, card: &DealCard, pipeline: &Pipeline, drop: RefusedDrop, role: Role) -> impl IntoView + use<> {
    let open = desk.judge(|customers| gate::unmet(customers, card, pipeline, drop.place.stage));
    let line = |unmet: &gate::Unmet| {
        let (_, criterion) = pipeline.criterion(unmet.criterion)?;
        let remedy = remedy(desk, card, pipeline, criterion, role);
        let action = remedy.map(|remedy| match remedy.form {
            Some(form) => view! {
                <button type="button" class="link" on:click=move |_| desk.form.set(Some(form.clone()))>{remedy.label}</button>
            }
            .into_any(),
            None => view! { <small>{remedy.label}</small> }.into_any(),
        });
        let name = criterion.name.get(desk.lang).to_owned();
        Some(
            view! { <li data-criterion=criterion.id.to_string()><i class="box" aria-hidden="true"></i><span>{name}</span>{action}</li> },
        )
    };
    let lines = open.iter().filter_map(line).collect_view();
    let by_word = open.first().and_then(|first| overriding(card, pipeline.stage(first.stage)?, role)).map(|form| {
        view! {
            <button type="button" class="link" data-testid="override"
                on:click=move |_| desk.form.set(Some(form.clone()))>{desk.lang.override_gate()}</button>
        }
    });
    view! { <ul>{lines}</ul>{by_word} }
}
