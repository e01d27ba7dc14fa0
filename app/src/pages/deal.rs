//! One deal: what it is, how far its gate is, what is disputed, and everything that happened.

mod conflicts;
mod gate_list;
mod timeline;

use std::sync::Arc;

use leptos::prelude::*;
use shared::command::Command;
use shared::gate;
use shared::id::DealId;
use shared::model::{DealCard, Field, Outcome};
use shared::pipeline::Pipeline;

use super::desk::Desk;
use super::forms::{Form, field_form};
use crate::engine::{browser, clock};
use crate::widgets::gate_bar::{gate_bar, tally};

/// The page of a deal. Its document is open as long as the page is.
pub fn deal_page(desk: Desk, id: DealId) -> impl IntoView {
    let dispatch = desk.dispatch();
    dispatch.open_deal(id);
    on_cleanup(move || desk.dispatch().close_deal(id));
    let card = desk.mirror().deal(id);
    let deal = desk.mirror().open_deal(id);
    let editing = RwSignal::new(None::<Field>);
    // It outlives the head, which is drawn anew by the very edit that ends the form.
    let done = Callback::new(move |()| editing.set(None));
    let gone = card.clone();
    let is_gone = Memo::new(move |_| gone.with(Option::is_none));
    let (top, gates) = (card.clone(), card.clone());
    let (disputes, story, proofs) = (deal.clone(), deal.clone(), deal);
    let whole = move |card: &Arc<DealCard>| desk.pipeline(card.pipeline).map(|pipeline| (card.clone(), pipeline));
    view! {
        <article class="deal" data-testid="deal" data-deal=id.to_string()>
            <a class="back" href="#/board">"‹ "{desk.lang.board()}</a>
            <Show when=move || is_gone.get()><p class="empty" role="status">{desk.lang.deal_missing()}</p></Show>
            {move || top.get().as_ref().and_then(whole).map(|(card, pipeline)| head(desk, &card, &pipeline, editing, done))}
            {move || disputes.get().map(|deal| conflicts::conflicts(desk, &deal))}
            {move || {
                let facts = gates.get().as_ref().and_then(whole);
                facts.map(|(card, pipeline)| gate_list::gate_list(desk, &card, &pipeline, proofs.get()))
            }}
            {move || match story.get() {
                Some(deal) => timeline::timeline(desk, &deal).into_any(),
                None => view! { <p class="empty" role="status">{desk.lang.opening_deal()}</p> }.into_any(),
            }}
            {move || card.get().map(|card| actions(desk, &card))}
        </article>
    }
}

fn head(
    desk: Desk,
    card: &DealCard,
    pipeline: &Pipeline,
    editing: RwSignal<Option<Field>>,
    done: Callback<()>,
) -> impl IntoView + use<> {
    let days = desk.lang.stage_days(clock::now().days_since(card.entered));
    let ended = match &card.outcome {
        Outcome::Open => None,
        Outcome::Won { at } => Some(("won", desk.lang.won_at(&browser::moment(desk.lang, *at)))),
        Outcome::Lost { at, reason } => Some(("lost", desk.lang.lost_at(&browser::moment(desk.lang, *at), reason))),
    };
    view! {
        <header>
            <h1>{field(desk, card, Field::Title, editing, done)}</h1>
            {ended.map(|(look, words)| view! { <p class=format!("outcome {look}")>{words}</p> })}
            <dl class="facts" aria-label=desk.lang.fields()>
                {[Field::Company, Field::Amount, Field::Close, Field::Owner].map(|each| {
                    let row = field(desk, card, each, editing, done);
                    view! { <div><dt>{desk.lang.field(each)}</dt><dd>{row}</dd></div> }
                }).into_iter().collect_view()}
            </dl>
            {stepper(desk, card, pipeline)}
            <p class="days">{days}</p>
        </header>
    }
}

/// A value that turns into its form when it is tapped.
fn field(
    desk: Desk,
    card: &DealCard,
    field: Field,
    editing: RwSignal<Option<Field>>,
    done: Callback<()>,
) -> impl IntoView + use<> {
    let (deal, company, owner) = (card.id, card.company, card.owner);
    let amount = card.amount.map(|amount| browser::money(desk.lang, amount));
    let close = card.close.map(|close| browser::day(desk.lang, close));
    let title = card.title.clone();
    let value = move || match field {
        Field::Company => desk.company(company),
        Field::Owner => desk.member(owner),
        Field::Amount => amount.clone().unwrap_or_else(|| desk.lang.no_amount().to_owned()),
        Field::Close => close.clone().unwrap_or_else(|| desk.lang.empty_value().to_owned()),
        Field::Title | Field::Stage | Field::Outcome => title.clone(),
    };
    let is_edited = Memo::new(move |_| editing.get() == Some(field));
    move || match is_edited.get() {
        true => field_form(desk, deal, field, done).into_any(),
        false => view! {
            <button type="button" class="value" data-field=format!("{field:?}").to_lowercase()
                title=desk.lang.edit() on:click=move |_| editing.set(Some(field))>{value.clone()}</button>
        }
        .into_any(),
    }
}

fn stepper(desk: Desk, card: &DealCard, pipeline: &Pipeline) -> impl IntoView + use<> {
    let at = pipeline.index(card.stage).unwrap_or(0);
    let verified = gate::standing(card, pipeline).verified;
    let step = |(index, stage): (usize, &shared::pipeline::Stage)| {
        let look = match index.cmp(&at) {
            std::cmp::Ordering::Less => "passed",
            std::cmp::Ordering::Equal => "now",
            std::cmp::Ordering::Greater => "ahead",
        };
        let held = if stage.id == verified && index != at { " held" } else { "" };
        let (met, all) = tally(card, stage);
        let (id, moved) = (stage.id, card.clone());
        let go = move |_| desk.move_deal(&moved, id, move |refusal| desk.tell(desk.lang.refusal(&refusal), None));
        view! {
            <li class=format!("{look}{held}") aria-current=(index == at).then_some("step")>
                <button type="button" data-stage=id.to_string() disabled=index == at on:click=go>
                    {stage.name.get(desk.lang).to_owned()}
                </button>
                {gate_bar(card, stage, desk.lang.gate_of(met, all))}
            </li>
        }
    };
    let steps = pipeline.stages.iter().enumerate().map(step).collect_view();
    view! { <ol class="stepper" aria-label=desk.lang.stage_stepper()>{steps}</ol> }
}

/// What the thumb reaches first.
fn actions(desk: Desk, card: &DealCard) -> impl IntoView + use<> {
    let (deal, lang) = (card.id, desk.lang);
    let open = move |form: Form, words: &'static str, look: &'static str, name: &'static str| {
        view! { <button type="button" class=look data-testid=name on:click=move |_| desk.form.set(Some(form.clone()))>{words}</button> }
    };
    match card.outcome {
        Outcome::Open => view! {
            <footer class="thumb">
                {open(Form::Activity { deal, kind: None, key: None }, lang.log_activity(), "button", "log")}
                {open(Form::Plan { deal }, lang.plan_activity(), "button", "plan")}
                {open(Form::Lose { deal }, lang.lose(), "button", "lose")}
                <button type="button" class="button" data-testid="win"
                    on:click=move |_| desk.ask_or_tell(Command::WinDeal { deal })>{lang.win()}</button>
                {open(Form::Move { deal }, lang.move_to(), "primary", "move")}
            </footer>
        }
        .into_any(),
        Outcome::Won { .. } | Outcome::Lost { .. } => view! {
            <footer class="thumb">
                {open(Form::Activity { deal, kind: None, key: None }, lang.log_activity(), "button", "log")}
                <button type="button" class="primary" data-testid="reopen"
                    on:click=move |_| desk.ask_or_tell(Command::ReopenDeal { deal })>{lang.reopen()}</button>
            </footer>
        }
        .into_any(),
    }
}
