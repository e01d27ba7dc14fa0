//! One deal: what it is, how far its gate is, what is disputed, and everything that happened.

mod actions;
mod conflicts;
pub(super) mod gate_list;
mod past;
mod products;
pub(in crate::pages) mod timeline;

use std::sync::Arc;

use leptos::prelude::*;
use shared::gate;
use shared::id::{DealId, DocumentId};
use shared::model::{DealCard, Field, Outcome, RecordRef};
use shared::pipeline::Pipeline;
use shared::view;

use super::cause::{keep_open, teller};
use super::desk::Desk;
use super::forms::{Form, custom_fields, field_form};
use super::reach;
use crate::engine::{browser, clock};
use crate::widgets::gate_bar::{gate_bar, tally};
use gate_list::Gates;

/// The page of a deal. Its document is open as long as the page is.
pub fn deal_page(desk: Desk, id: DealId) -> impl IntoView {
    let dispatch = desk.dispatch();
    dispatch.open(DocumentId::Deal(id));
    on_cleanup(move || desk.dispatch().close(DocumentId::Deal(id)));
    let card = desk.mirror().deal(id);
    let asked = card.clone();
    let company = Memo::new(move |_| {
        let card = asked.get()?;
        let pipeline = desk.pipeline(card.pipeline)?;
        teller(desk, &card, pipeline.stages.iter().flat_map(|stage| &stage.criteria))
    });
    Effect::new(move |_| company.get().into_iter().for_each(|company| keep_open(desk, company)));
    let deal = desk.mirror().open_deal(id);
    let gone = card.clone();
    let is_gone = Memo::new(move |_| gone.with(Option::is_none));
    let (top, gates) = (card.clone(), card.clone());
    let (disputes, story, sold, proofs) = (deal.clone(), deal.clone(), deal.clone(), deal);
    let gates_shown = Gates::new();
    let whole = move |card: &Arc<DealCard>| desk.pipeline(card.pipeline).map(|pipeline| (card.clone(), pipeline));
    view! {
        <article class="deal" data-testid="deal" data-deal=id.to_string()>
            <a class="back" href="#/board">"‹ "{desk.lang.board()}</a>
            <Show when=move || is_gone.get()><p class="empty" role="status">{desk.lang.deal_missing()}</p></Show>
            <Show when=move || !is_gone.get()>{head(desk, id, top.clone())}</Show>
            <div class="work">
                <div class="stack">
                    {move || disputes.get().map(|deal| conflicts::conflicts(desk, &deal))}
                    {move || {
                        let facts = gates.get().as_ref().and_then(whole);
                        facts.map(|(card, pipeline)| gate_list::gate_list(desk, &card, &pipeline, proofs.get(), gates_shown))
                    }}
                    {move || sold.get().map(|deal| products::products(desk, &deal))}
                </div>
                <div class="stack">
                    {move || match story.get() {
                        Some(deal) => view! { {timeline::timeline(desk, &deal)}{past::past(desk, id)} }.into_any(),
                        None => view! { <p class="empty" role="status">{desk.lang.opening_deal()}</p> }.into_any(),
                    }}
                    <Show when=move || !is_gone.get()>{delete(desk, id)}</Show>
                </div>
            </div>
            {move || card.get().map(|card| actions::actions(desk, &card, gates_shown))}
        </article>
    }
}

fn delete(desk: Desk, deal: DealId) -> impl IntoView {
    let ask = move |_| desk.form.set(Some(Form::DiscardDeal { deal }));
    view! { <button type="button" class="link discard" data-testid="discard" on:click=ask>{desk.lang.delete_deal()}</button> }
}

/// The head stays while its values change, so that a field that is being edited keeps its draft.
fn head(desk: Desk, id: DealId, card: ArcRwSignal<Option<Arc<DealCard>>>) -> impl IntoView {
    let editing = RwSignal::new(None::<Field>);
    let done = Callback::new(move |()| editing.set(None));
    let facts = [Field::Company, Field::Amount, Field::Close, Field::Category, Field::Owner].map(|each| {
        let row = field(desk, id, each, card.clone(), editing, done);
        let link = (each == Field::Company).then(|| to_company(desk, card.clone()));
        view! { <div><dt>{desk.lang.field(each)}</dt><dd class="linked">{row}{link}</dd></div> }
    });
    let (title, end, custom, customer) = (card.clone(), card.clone(), card.clone(), card.clone());
    let custom = move || custom.with(|card| card.as_ref().map(|card| card.custom.clone()).unwrap_or_default());
    let company = move || customer.get().and_then(|card| reach::customer(desk, &card));
    view! {
        <header>
            <h1>{field(desk, id, Field::Title, title, editing, done)}</h1>
            {move || end.get().and_then(|card| ended(desk, &card))}
            <dl class="facts" aria-label=desk.lang.fields()>{facts.into_iter().collect_view()}</dl>
            {custom_fields(desk, RecordRef::Deal(id), Signal::derive(custom))}
            {move || company().map(|company| reach::people(desk, &company))}
            {move || card.get().and_then(|card| Some(stepper(desk, &card, &*desk.pipeline(card.pipeline)?)))}
        </header>
    }
}

/// The way to the customer's own page, where there is a customer.
fn to_company(desk: Desk, card: ArcRwSignal<Option<Arc<DealCard>>>) -> impl IntoView {
    let company = Memo::new(move |_| desk.standing(card.with(|card| card.as_ref().and_then(|card| card.company))));
    move || {
        company.get().map(|company| {
            let words = desk.lang.open_customer(&company.name);
            view! { <a class="go" href=format!("#/company/{}", company.id) aria-label=words.clone() title=words>"↗"</a> }
        })
    }
}

fn ended(desk: Desk, card: &DealCard) -> Option<impl IntoView + use<>> {
    let (look, words) = match &card.outcome {
        Outcome::Open => return None,
        Outcome::Won { at } => ("won", desk.lang.won_at(&browser::moment(desk.lang, *at))),
        Outcome::Lost { at, reason } => ("lost", desk.lang.lost_at(&browser::moment(desk.lang, *at), reason)),
    };
    let lost_in = card.lost_in.and_then(|stage| {
        let pipeline = desk.pipeline(card.pipeline)?;
        Some(desk.lang.lost_in(pipeline.stage(stage)?.name.get(desk.lang)))
    });
    Some(view! { <p class=format!("outcome {look}")>{words}{lost_in.map(|words| format!(" · {words}"))}</p> })
}

/// A value that turns into its form when it is tapped.
fn field(
    desk: Desk,
    deal: DealId,
    field: Field,
    card: ArcRwSignal<Option<Arc<DealCard>>>,
    editing: RwSignal<Option<Field>>,
    done: Callback<()>,
) -> impl IntoView {
    let blank = card.clone();
    let value = Signal::derive(move || card.with(|card| card.as_ref().map(|card| shown(desk, card, field))));
    let is_blank = Signal::derive(move || blank.with(|card| card.as_ref().is_some_and(|card| is_blank(card, field))));
    let is_edited = Memo::new(move |_| editing.get() == Some(field));
    move || match is_edited.get() {
        true => field_form(desk, deal, field, done).into_any(),
        false => view! {
            <button type="button" class="value" class:blank=is_blank data-field=format!("{field:?}").to_lowercase()
                title=desk.lang.edit() on:click=move |_| editing.set(Some(field))>{move || value.get()}</button>
        }
        .into_any(),
    }
}

fn is_blank(card: &DealCard, field: Field) -> bool {
    match field {
        Field::Company => card.company.is_none(),
        Field::Owner => card.owner.is_none(),
        Field::Amount => card.amount.is_none(),
        Field::Close => card.close.is_none(),
        Field::Title | Field::Category | Field::Stage | Field::Outcome | Field::Custom(_) => false,
    }
}

fn shown(desk: Desk, card: &DealCard, field: Field) -> String {
    let lang = desk.lang;
    match field {
        Field::Company => desk.company(card.company),
        Field::Owner => desk.member(card.owner),
        Field::Amount => card.amount.map_or(lang.no_amount().to_owned(), |amount| browser::money(lang, amount)),
        Field::Category => category(desk, card),
        Field::Close => card.close.map_or(lang.empty_value().to_owned(), |close| browser::day(lang, close)),
        _ => card.title.clone(),
    }
}

/// The category that was set, or the one that the stage suggests.
fn category(desk: Desk, card: &DealCard) -> String {
    let set = card.category.map(|category| desk.lang.category(category).to_owned());
    let suggested = || desk.pipeline(card.pipeline).map(|pipeline| view::category(card, &pipeline));
    set.or_else(|| suggested().map(|category| format!("({})", desk.lang.category(category)))).unwrap_or_default()
}

fn stepper(desk: Desk, card: &DealCard, pipeline: &Pipeline) -> impl IntoView + use<> {
    let at = pipeline.index(card.stage).unwrap_or(0);
    let verified = desk.judge(|customers| gate::standing(customers, card, pipeline).verified);
    let step = |(index, stage): (usize, &shared::pipeline::Stage)| {
        let look = match index.cmp(&at) {
            std::cmp::Ordering::Less => "passed",
            std::cmp::Ordering::Equal => "now",
            std::cmp::Ordering::Greater => "ahead",
        };
        let held = if stage.id == verified && index != at { " held" } else { "" };
        let looks = desk.looks(card, stage);
        let (met, all) = tally(&looks);
        let (id, moved) = (stage.id, card.clone());
        let go = move |_| desk.move_deal(&moved, id, move |refusal| desk.tell(desk.lang.refusal(&refusal), None));
        view! {
            <li class=format!("{look}{held}") aria-current=(index == at).then_some("step")>
                <button type="button" data-stage=id.to_string() disabled=index == at on:click=go>
                    {stage.name.get(desk.lang).to_owned()}
                </button>
                {gate_bar(looks, desk.lang.gate_of(met, all))}
            </li>
        }
    };
    let steps = pipeline.stages.iter().enumerate().map(step).collect_view();
    let days = desk.lang.stage_days(clock::now().days_since(card.entered));
    view! { <ol class="stepper" aria-label=desk.lang.stage_stepper()>{steps}</ol><p class="days">{days}</p> }
}
