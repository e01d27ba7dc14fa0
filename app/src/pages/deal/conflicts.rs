//! Fields that two people changed at once: both values, and a way to keep either.

use leptos::prelude::*;
use shared::command::Command;
use shared::id::DealId;
use shared::model::{Conflict, Deal, Field, FieldValue, Outcome, RecordRef, Version};

use crate::engine::browser;
use crate::pages::desk::Desk;

pub(super) fn conflicts(desk: Desk, deal: &Deal) -> impl IntoView + use<> {
    let pipeline = deal.card.pipeline;
    deal.conflicts.iter().map(|conflict| one(desk, deal.card.id, pipeline, conflict)).collect_view()
}

fn one(desk: Desk, deal: DealId, pipeline: shared::id::PipelineId, conflict: &Conflict) -> impl IntoView + use<> {
    let lang = desk.lang;
    let row = |(index, version): (usize, &Version)| {
        let (value, keep) = (words(desk, pipeline, &version.value), again(deal, conflict.field, &version.value));
        let by = version.by.map_or_else(|| lang.somebody().to_owned(), |by| desk.member(Some(by)));
        let note = format!("{by} · {}", browser::moment(lang, version.at));
        view! {
            <li data-testid="version">
                <b>{value}</b><small>{note}</small>
                {(index == 0).then(|| view! { <span class="chip">{lang.shown_now()}</span> })}
                <button type="button" class="button" data-testid="keep"
                    on:click=move |_| desk.ask_or_tell(keep.clone())>{lang.keep_this()}</button>
            </li>
        }
    };
    let rows = conflict.versions.iter().enumerate().map(row).collect_view();
    view! {
        <section class="panel notice" data-testid="conflict" data-field=format!("{:?}", conflict.field).to_lowercase()>
            <h2>{lang.conflict_of(&desk.field(conflict.field))}</h2>
            <ul class="versions">{rows}</ul>
        </section>
    }
}

fn words(desk: Desk, pipeline: shared::id::PipelineId, value: &FieldValue) -> String {
    let lang = desk.lang;
    match value {
        FieldValue::Title(title) => title.clone(),
        FieldValue::Company(company) => desk.company(*company),
        FieldValue::Owner(owner) => desk.member(*owner),
        FieldValue::Amount(amount) => amount.map_or(lang.no_amount().to_owned(), |amount| browser::money(lang, amount)),
        FieldValue::Close(close) => close.map_or(lang.empty_value().to_owned(), |close| browser::day(lang, close)),
        FieldValue::Stage(stage) => {
            let found = desk.pipeline(pipeline).and_then(|all| all.stage(*stage).map(|stage| stage.name.clone()));
            found.map(|name| name.get(lang).to_owned()).unwrap_or_default()
        }
        FieldValue::Category(category) => category.map_or(lang.empty_value(), |it| lang.category(it)).to_owned(),
        FieldValue::Custom(entry) => entry.as_ref().map_or(lang.empty_value().to_owned(), |it| desk.entry(it)),
        FieldValue::Outcome(Outcome::Open) => lang.reopen().to_owned(),
        FieldValue::Outcome(Outcome::Won { at }) => lang.won_at(&browser::moment(lang, *at)),
        FieldValue::Outcome(Outcome::Lost { at, reason }) => lang.lost_at(&browser::moment(lang, *at), reason),
    }
}

/// The same edit once more: written after both, it settles them.
fn again(deal: DealId, field: Field, value: &FieldValue) -> Command {
    match value.clone() {
        FieldValue::Title(title) => Command::RenameDeal { deal, title },
        FieldValue::Company(company) => Command::LinkDeal { deal, company },
        FieldValue::Owner(owner) => Command::AssignDeal { deal, owner },
        FieldValue::Amount(amount) => Command::PriceDeal { deal, amount },
        FieldValue::Close(close) => Command::ExpectDeal { deal, close },
        FieldValue::Category(category) => Command::ClassifyDeal { deal, category },
        FieldValue::Custom(value) => match field {
            Field::Custom(field) => Command::SetField { of: RecordRef::Deal(deal), field, value },
            _ => Command::ReopenDeal { deal },
        },
        FieldValue::Stage(to) => Command::MoveDeal { deal, to, reason: String::new() },
        FieldValue::Outcome(Outcome::Open) => Command::ReopenDeal { deal },
        FieldValue::Outcome(Outcome::Won { .. }) => Command::WinDeal { deal },
        FieldValue::Outcome(Outcome::Lost { reason, .. }) => Command::LoseDeal { deal, reason },
    }
}
