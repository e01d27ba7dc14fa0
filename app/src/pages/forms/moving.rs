//! Another stage for a deal, without dragging.

use leptos::prelude::*;
use shared::gate;
use shared::id::DealId;
use shared::refusal::Refusal;

use crate::engine::browser;
use crate::pages::desk::Desk;

pub(super) fn move_form(desk: Desk, deal: DealId) -> impl IntoView {
    let card = desk.mirror().deal(deal).get_untracked()?;
    let pipeline = untrack(|| desk.pipeline(card.pipeline))?;
    let title = desk.lang.move_deal_to(&card.title);
    Some(super::sheet(desk, title, move || {
        let entry = |stage: &shared::pipeline::Stage| {
            let (id, moved) = (stage.id, card.clone());
            let missing = untrack(|| desk.judge(|customers| gate::unmet(customers, &card, &pipeline, id).len()));
            let note = (missing > 0).then(|| desk.lang.gate_closed(missing));
            let go = move |_| {
                desk.form.set(None);
                desk.move_deal(&moved, id, move |refusal| tell(desk, deal, &refusal));
            };
            view! {
                <button type="button" class="entry" disabled=id == card.stage data-stage=id.to_string() on:click=go>
                    <span>{stage.name.get(desk.lang).to_owned()}</span><small>{note}</small>
                </button>
            }
        };
        view! { <div class="entries">{pipeline.stages.iter().map(entry).collect_view()}</div> }
    }))
}

/// The deal page shows its gate with every action, so a refusal leads there.
fn tell(desk: Desk, deal: DealId, refusal: &Refusal) {
    desk.tell(desk.lang.refusal(refusal), None);
    if matches!(refusal, Refusal::GateClosed { .. }) {
        browser::go(&format!("/deal/{deal}"));
        // Where that page is shown already, its gate may be out of sight.
        browser::bring_into_view("[data-testid=gate]");
    }
}
