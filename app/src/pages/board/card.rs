//! One deal on the board.

use std::sync::Arc;

use leptos::prelude::*;
use shared::gate;
use shared::id::{DealId, FieldId, MemberId};
use shared::model::{CustomField, DealCard, Entry, RecordKind};
use shared::pipeline::Pipeline;
use shared::review::{Light, is_stalled};
use shared::sorted::SortedMap;
use shared::text::Lang;
use shared::workspace::Customers;

use super::drag::Drag;
use crate::engine::{browser, clock};
use crate::pages::desk::Desk;
use crate::pages::forms::Form;
use crate::widgets::gate_bar::{gate_bar, looks, tally};

pub(super) fn card(drag: Drag, id: DealId, pipeline: Arc<Pipeline>) -> impl IntoView {
    let deal = drag.scene.deal(id);
    // A customer's record concerns few cards; only those whose judgement changes with it are drawn anew.
    let judged = Memo::new(move |_| match drag.scene.is_past() {
        true => None,
        false => deal.get().map(|card| Judged::of(drag.desk, &card, &pipeline)),
    });
    let lifted = Memo::new(move |_| drag.lifted.with(|lifted| lifted.as_ref().is_some_and(|it| it.card.id == id)));
    move || {
        deal.get().map(|card| match judged.get() {
            None => was(drag, &card).into_any(),
            Some(judged) => face(drag, &card, judged, lifted).into_any(),
        })
    }
}

/// What a card shows beside its own facts.
#[derive(Clone, Debug, PartialEq)]
struct Judged {
    /// A gate that it passed holds no longer.
    reopened: bool,
    /// How its stage's criteria look; none without a stage.
    looks: Option<Vec<&'static str>>,
    /// Nothing happened for longer than its stage allows.
    stalled: bool,
    /// What the team's own fields say that are shown on cards.
    own: Option<String>,
}

impl Judged {
    fn of(desk: Desk, card: &DealCard, pipeline: &Pipeline) -> Self {
        let stage = pipeline.stage(card.stage);
        let judge = |customers: &Customers<'_>| {
            let reopened = gate::first_reopened(customers, card, pipeline).is_some();
            (reopened, stage.map(|stage| looks(customers, card, stage)))
        };
        let (reopened, looks) = desk.judge(judge);
        Self {
            reopened,
            looks,
            stalled: stage.is_some_and(|stage| is_stalled(card, stage, clock::now())),
            own: own_fields(desk, card),
        }
    }
}

fn face(drag: Drag, card: &Arc<DealCard>, judged: Judged, lifted: Memo<bool>) -> impl IntoView + use<> {
    let (desk, lang, id) = (drag.desk, drag.desk.lang, card.id);
    let Judged { reopened, looks, stalled, own } = judged;
    let (pressed, keyed, company, owner) = (card.clone(), card.clone(), card.company, card.owner);
    let owned = own.is_some();
    let open = move |_| {
        if !drag.was_drag() {
            browser::go(&format!("/deal/{id}"))
        }
    };
    view! {
        <article class="card" class:reopened=reopened class:owned=owned class:lifted=move || lifted.get() tabindex="0"
            data-testid="card" data-deal=id.to_string() data-stage=card.stage.to_string()
            aria-label=card.title.clone()
            on:pointerdown=move |event| drag.pressed(&event, pressed.clone())
            on:keydown=move |event| drag.key(&event, keyed.clone())
            on:click=open
        >
            <b class="title">{card.title.clone()}</b>
            <button type="button" class="quiet menu" tabindex="-1" aria-label=lang.move_deal_to(&card.title)
                title=lang.move_to() data-testid="move-to"
                on:pointerdown=|event| event.stop_propagation()
                on:keydown=|event| event.stop_propagation()
                on:click=move |event| {
                    event.stop_propagation();
                    desk.form.set(Some(Form::Move { deal: id }));
                }>"⋯"</button>
            <span class="company">{move || desk.company(company)}</span>
            {own.map(|own| view! { <span class="own" data-testid="own">{own}</span> })}
            <span class="amount">{amount(lang, card)}</span>
            <span class="who" title=move || lang.owner_of(&desk.member(owner))>
                {move || initial(desk, owner)}
            </span>
            {foot(lang, card, looks, stalled, reopened)}
        </article>
    }
}

/// What the team's own fields say of a deal and its customer that are shown on cards, in one line; tracked.
fn own_fields(desk: Desk, card: &DealCard) -> Option<String> {
    let mut said = on_cards(desk, RecordKind::Deal, &card.custom);
    if let Some(company) = desk.standing(card.company) {
        said.extend(on_cards(desk, RecordKind::Company, &company.custom));
    }
    (!said.is_empty()).then(|| said.join(" · "))
}

fn on_cards(desk: Desk, on: RecordKind, values: &SortedMap<FieldId, Entry>) -> Vec<String> {
    if values.is_empty() {
        return Vec::new();
    }
    let shown: Vec<FieldId> = desk.mirror().fields.with(|fields| {
        let asked = CustomField::asked(fields, on);
        asked.into_iter().filter(|field| field.on_card).map(|field| field.id).collect()
    });
    shown.iter().filter_map(|field| values.get(field)).map(|entry| desk.entry(entry)).collect()
}

/// A deal on a board of the past: what is known of it then, and nothing to do.
fn was(drag: Drag, card: &DealCard) -> impl IntoView + use<> {
    let (desk, lang, id) = (drag.desk, drag.desk.lang, card.id);
    let (company, owner) = (card.company, card.owner);
    let close = card.close.map(|close| lang.expected_close(&browser::day(lang, close)));
    view! {
        <article class="card was" tabindex="0" data-testid="card" data-deal=id.to_string() data-stage=card.stage.to_string()
            aria-label=card.title.clone() on:keydown=move |event| drag.key_in_past(&event, id)
            on:click=move |_| browser::go(&format!("/deal/{id}"))
        >
            <b class="title">{card.title.clone()}</b>
            <span class="company">{move || desk.company(company)}</span>
            <span class="amount">{amount(lang, card)}</span>
            <span class="who" title=move || lang.owner_of(&desk.member(owner))>{move || initial(desk, owner)}</span>
            <span class="next">{close}</span>
        </article>
    }
}

fn amount(lang: Lang, card: &DealCard) -> String {
    card.amount.map_or(lang.no_amount().to_owned(), |amount| browser::money(lang, amount))
}

fn initial(desk: Desk, owner: Option<MemberId>) -> Option<String> {
    desk.member(owner).chars().next().map(String::from)
}

fn foot(
    lang: Lang,
    card: &DealCard,
    looks: Option<Vec<&'static str>>,
    stalled: bool,
    reopened: bool,
) -> impl IntoView + use<> {
    let days = lang.days(clock::now().days_since(card.entered));
    let next = match reopened {
        true => view! { <span class="chip warn">{lang.reopened_gate()}</span> }.into_any(),
        false => next_step(lang, card).into_any(),
    };
    let bar = looks.map(|looks| {
        let (met, all) = tally(&looks);
        gate_bar(looks, lang.gate_of(met, all))
    });
    view! { {next}<span class="days" class:stalled=stalled>{days}</span>{bar} }
}

fn next_step(lang: Lang, card: &DealCard) -> impl IntoView + use<> {
    let today = clock::today();
    let (look, words) = match (Light::of(card, today), card.next()) {
        (Light::Late, Some(next)) => ("late", lang.late_step(today.days_since(next.due), lang.activity(next.kind))),
        (Light::Planned, Some(next)) => {
            ("planned", lang.planned_step(&browser::day(lang, next.due), lang.activity(next.kind)))
        }
        (_, _) => ("none", lang.no_next_step().to_owned()),
    };
    view! { <span class=format!("next {look}")><i aria-hidden="true"></i>{words}</span> }
}
