//! The deal as it was at the end of a past day, from its own history.

use leptos::prelude::*;
use shared::gate;
use shared::id::DealId;
use shared::model::{Deal, Field};
use shared::time::Day;

use crate::engine::{browser, clock};
use crate::pages::desk::Desk;
use crate::widgets::gate_bar::{gate_bar, tally};

/// A day to choose, and the deal of that day beside the present one.
pub(super) fn past(desk: Desk, deal: DealId) -> impl IntoView {
    let lang = desk.lang;
    let day = RwSignal::new(String::new());
    let chosen = move |event| day.set(event_target_value(&event));
    let then = move || {
        let wanted: Option<Day> = day.get().parse().ok();
        wanted.map(|wanted| match desk.dispatch().deal_as_of(deal, clock::end_of(wanted)) {
            Some(deal) => was(desk, &deal).into_any(),
            None => view! { <p>{lang.not_yet_then()}</p> }.into_any(),
        })
    };
    view! {
        <section class="panel then" data-testid="past">
            <label class="field">
                <span>{lang.as_of_day()}</span>
                <input type="date" name="as-of" max=clock::today().to_string() prop:value=move || day.get() on:change=chosen/>
            </label>
            {then}
            <Show when=move || day.with(|day| !day.is_empty())>
                <button type="button" class="link" on:click=move |_| day.set(String::new())>{lang.back_to_now()}</button>
            </Show>
        </section>
    }
}

fn was(desk: Desk, deal: &Deal) -> impl IntoView + use<> {
    let (lang, card) = (desk.lang, &deal.card);
    let pipeline = desk.pipeline(card.pipeline);
    let stage = pipeline.as_ref().and_then(|pipeline| pipeline.stage(card.stage));
    let facts = [Field::Title, Field::Company, Field::Amount, Field::Close, Field::Owner].map(|field| {
        view! { <div><dt>{lang.field(field)}</dt><dd>{super::shown(desk, card, field)}</dd></div> }
    });
    let gate = stage.map(|stage| {
        let looks = desk.looks(card, stage);
        let (met, all) = tally(&looks);
        let open = desk.judge(|customers| gate::open(customers, card, stage).len());
        let words = format!("{} · {}", lang.stage_then(stage.name.get(lang)), lang.gate_of(met, all));
        let left = (open > 0).then(|| lang.gate_closed(open));
        view! { <p><b>{words}</b></p>{gate_bar(looks, lang.gate_of(met, all))}<p>{left}</p> }
    });
    let last = deal.history.last().map(|event| browser::moment(lang, event.at));
    view! {
        <h2>{lang.as_it_was()}<span class="count">{last}</span></h2>
        {super::ended(desk, card)}
        {gate}
        <dl class="facts">{facts.into_iter().collect_view()}</dl>
    }
}
