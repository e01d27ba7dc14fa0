//! What two people changed at once on a deal: both values, and a way to keep either.

use leptos::prelude::*;
use shared::command::Command;
use shared::id::{ActivityId, DealId, PipelineId};
use shared::model::{Conflict, Deal, DealCard, Field, FieldValue, Line, Outcome, RecordField, RecordRef, RecordValue};

use super::timeline;
use crate::engine::browser;
use crate::pages::desk::Desk;
use crate::pages::disputed::{Told, disputed};

pub(super) fn conflicts(desk: Desk, deal: &Deal) -> impl IntoView + use<> {
    let fields = deal.conflicts.iter().map(|conflict| of_field(desk, &deal.card, conflict)).collect_view();
    let records = deal.record_conflicts.iter().map(|conflict| of_record(desk, deal, conflict)).collect_view();
    view! { {fields}{records} }
}

fn of_field(desk: Desk, card: &DealCard, conflict: &Conflict) -> impl IntoView + use<> {
    let told = conflict.versions.iter().map(|version| {
        let keep = again(card.id, conflict.field, &version.value);
        Told::of(version, words(desk, card.pipeline, &version.value), Some(keep))
    });
    let field = format!("{:?}", conflict.field).to_lowercase();
    disputed(desk, &desk.field(conflict.field), field, told.collect())
}

fn of_record(desk: Desk, deal: &Deal, conflict: &Conflict<RecordField, RecordValue>) -> impl IntoView + use<> {
    let told = conflict.versions.iter().map(|version| {
        let keep = record_again(deal.card.id, conflict.field, &version.value);
        Told::of(version, record_words(desk, &version.value), keep)
    });
    disputed(desk, &record_name(desk, deal, conflict.field), String::new(), told.collect())
}

fn record_name(desk: Desk, deal: &Deal, field: RecordField) -> String {
    let lang = desk.lang;
    let activity = |id: ActivityId| {
        let found = deal.activities.iter().find(|each| each.id == id);
        found.map(|activity| timeline::words(desk, deal, activity)).unwrap_or_default()
    };
    match field {
        RecordField::Summary(id) => lang.part_of(lang.activity_summary(), &activity(id)),
        RecordField::Due(id) => lang.part_of(lang.activity_due(), &activity(id)),
        RecordField::Line(_) => lang.product_name().to_owned(),
    }
}

fn record_words(desk: Desk, value: &RecordValue) -> String {
    match value {
        RecordValue::Summary(text) if text.is_empty() => desk.lang.empty_value().to_owned(),
        RecordValue::Summary(text) => text.clone(),
        RecordValue::Due(day) => browser::day(desk.lang, *day),
        RecordValue::Line(Some(line)) => {
            format!("{} · {} × {}", line.product, line.quantity, browser::money(desk.lang, line.price))
        }
        RecordValue::Line(None) => desk.lang.was_removed().to_owned(),
    }
}

fn words(desk: Desk, pipeline: PipelineId, value: &FieldValue) -> String {
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

/// What keeps one of a field's values.
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

/// What keeps one of a record's values; none for a value that is not the field's.
fn record_again(deal: DealId, field: RecordField, value: &RecordValue) -> Option<Command> {
    Some(match (field, value.clone()) {
        (RecordField::Summary(activity), RecordValue::Summary(summary)) => {
            Command::DescribeActivity { deal, activity, summary }
        }
        (RecordField::Due(activity), RecordValue::Due(due)) => Command::RescheduleActivity { deal, activity, due },
        (RecordField::Line(line), RecordValue::Line(None)) => Command::RemoveLine { deal, line },
        (RecordField::Line(line), RecordValue::Line(Some(Line { product, quantity, price, .. }))) => {
            Command::PutLine { deal, line, product, quantity, price }
        }
        (_, _) => return None,
    })
}
