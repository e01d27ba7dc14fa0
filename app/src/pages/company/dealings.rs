//! What is, was and was not sold to the customer, and what is planned next.

use std::sync::Arc;

use leptos::prelude::*;
use shared::id::DealId;
use shared::model::{DealCard, NextStep, Outcome};
use shared::review::customers::worth;

use super::opened::Opened;
use crate::engine::{browser, clock};
use crate::pages::desk::Desk;
use crate::pages::forms::{Form, Then};
use crate::pages::today;

/// Open activities of all deals, to be finished from here.
pub(super) fn planned(desk: Desk, opened: Opened) -> impl IntoView {
    let lang = desk.lang;
    let steps = Memo::new(move |_| {
        let step = |(deal, step): (DealId, &NextStep)| (deal, step.clone());
        opened.dealings.with(|cards| cards.planned().into_iter().map(step).collect::<Vec<_>>())
    });
    let rows = move || steps.get().into_iter().map(|(deal, step)| plan(desk, deal, step)).collect_view();
    view! {
        <section class="panel" data-testid="planned">
            <h2>{lang.to_do()}</h2>
            <Show when=move || steps.with(Vec::is_empty)><p class="none">{lang.nothing_planned()}</p></Show>
            <ul class="story">{rows}</ul>
        </section>
    }
}

fn plan(desk: Desk, deal: DealId, step: NextStep) -> impl IntoView {
    let lang = desk.lang;
    let form = Form::Finish { deal, activity: step.activity, then: Then::NextStep };
    let (card, due) = (desk.mirror().deal(deal), step.due);
    let words = move || card.get().map(|card| today::words(desk, &card, &step));
    view! {
        <li class="planned" class:late=due < clock::today()>
            <time>{browser::day(lang, due)}</time>
            <span>{words}{of_deal(desk, deal)}</span>
            <button type="button" class="button" on:click=move |_| desk.form.set(Some(form.clone()))>
                {lang.finish_activity()}
            </button>
        </li>
    }
}

/// The deal that something belongs to, as a link.
pub(super) fn of_deal(desk: Desk, deal: DealId) -> impl IntoView {
    let card = desk.mirror().deal(deal);
    let title = move || card.with(|card| card.as_ref().map(|card| card.title.clone()));
    view! { <a class="of" href=format!("#/deal/{deal}")>{title}</a> }
}

/// All deals, with counts, sums and how often the customer bought.
pub(super) fn dealings(desk: Desk, opened: Opened) -> impl IntoView {
    let lang = desk.lang;
    move || {
        let all = opened.dealings.get();
        let parts = [(lang.its_open(), &all.open), (lang.its_won(), &all.won), (lang.its_lost(), &all.lost)];
        let is_empty = parts.iter().all(|(_, deals)| deals.is_empty());
        let total = |(words, deals): &(&'static str, &Vec<Arc<DealCard>>)| {
            let sums = browser::sums(lang, &worth(deals.iter())).join(" + ");
            view! { <div><dt>{*words}" "{deals.len()}</dt><dd>{sums}</dd></div> }
        };
        let rate = all.win_rate().map(|rate| view! { <div><dt>{lang.win_rate()}</dt><dd>{rate}"%"</dd></div> });
        let rows = parts.iter().flat_map(|(_, deals)| deals.iter()).map(|card| row(desk, card)).collect_view();
        view! {
            <section class="panel" data-testid="dealings">
                <h2>{lang.its_deals()}</h2>
                {is_empty.then(|| view! { <p class="none">{lang.no_deals_here()}</p> })}
                <dl class="facts">{parts.iter().map(total).collect_view()}{rate}</dl>
                <ul class="bought">{rows}</ul>
            </section>
        }
    }
}

fn row(desk: Desk, card: &DealCard) -> impl IntoView + use<> {
    let lang = desk.lang;
    let (look, state) = match &card.outcome {
        Outcome::Open => ("", stage(desk, card)),
        Outcome::Won { at } => ("won", lang.won_at(&browser::moment(lang, *at))),
        Outcome::Lost { at, reason } => ("lost", lang.lost_at(&browser::moment(lang, *at), reason)),
    };
    let amount = card.amount.map(|amount| browser::money(lang, amount));
    view! {
        <li>
            <a href=format!("#/deal/{}", card.id)><b>{card.title.clone()}</b><span>{amount}</span></a>
            <small class=format!("outcome {look}")>{state}</small>
        </li>
    }
}

fn stage(desk: Desk, card: &DealCard) -> String {
    let pipeline = desk.pipeline(card.pipeline);
    let stage = pipeline.as_ref().and_then(|pipeline| pipeline.stage(card.stage));
    stage.map(|stage| stage.name.get(desk.lang).to_owned()).unwrap_or_default()
}
