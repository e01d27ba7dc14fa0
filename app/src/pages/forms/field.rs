//! One field of a deal, or of its customer, edited in place or over the board.

use leptos::prelude::*;
use shared::command::Command;
use shared::id::DealId;
use shared::model::{Category, CustomField, DealCard, Field, RecordKind, RecordRef};

use super::entry::entry_form;
use super::input::{amount, choice, company, line, members, named_company, read_amount, read_day, usual_currency};
use super::whose::whose_form;
use crate::pages::desk::Desk;

/// The form for a field. `done` is called when it is kept or given up.
pub fn field_form(desk: Desk, deal: DealId, field: Field, done: Callback<()>) -> Option<AnyView> {
    let card = desk.mirror().deal(deal).get_untracked()?;
    if let Field::Custom(id) = field {
        let custom = desk.mirror().fields.with_untracked(|fields| fields.get(&id).cloned())?;
        return own(desk, &card, &custom, done);
    }
    let lang = desk.lang;
    let value = RwSignal::new(text_of(desk, &card, field));
    let code = card.amount.map_or_else(|| usual_currency(lang), |amount| amount.currency.to_string());
    let currency = RwSignal::new(code);
    let label = lang.field(field);
    let input = match field {
        Field::Company => company(desk, label, value).into_any(),
        Field::Amount => amount(lang, label, value, currency).into_any(),
        Field::Close => line(label, "close", "date", value).into_any(),
        Field::Owner => choice(label, "owner", members(desk), value).into_any(),
        Field::Category => choice(label, "category", categories(desk), value).into_any(),
        _ => line(label, "title", "text", value).into_any(),
    };
    let build = move || edit(desk, deal, field, &value.get_untracked(), &currency.get_untracked());
    Some(super::asking(desk, lang.save(), input, done, build).into_any())
}

/// A field that the team added. What is said of an activity is written with the activity.
fn own(desk: Desk, card: &DealCard, field: &CustomField, done: Callback<()>) -> Option<AnyView> {
    let company = || untrack(|| desk.standing(card.company));
    let (of, said) = match field.on {
        RecordKind::Deal => (RecordRef::Deal(card.id), card.custom.get(&field.id).cloned()),
        RecordKind::Company => {
            let company = company()?;
            (RecordRef::Company(company.id), company.custom.get(&field.id).cloned())
        }
        RecordKind::Contact => return Some(whose_form(desk, company()?.id, field, done).into_any()),
        RecordKind::Activity => return None,
    };
    Some(entry_form(desk, of, field, said, done).into_any())
}

fn text_of(desk: Desk, card: &DealCard, field: Field) -> String {
    match field {
        Field::Company => card.company.map(|company| untrack(|| desk.company(Some(company)))).unwrap_or_default(),
        Field::Amount => card.amount.map(|amount| amount.decimal()).unwrap_or_default(),
        Field::Close => card.close.map(|day| day.to_string()).unwrap_or_default(),
        Field::Owner => card.owner.map(|owner| owner.to_string()).unwrap_or_default(),
        Field::Category => card.category.map(|category| format!("{category:?}")).unwrap_or_default(),
        _ => card.title.clone(),
    }
}

fn categories(desk: Desk) -> Vec<(String, String)> {
    let suggested = (String::new(), desk.lang.as_stage_suggests().to_owned());
    let named = Category::ALL.map(|category| (format!("{category:?}"), desk.lang.category(category).to_owned()));
    std::iter::once(suggested).chain(named).collect()
}

fn edit(desk: Desk, deal: DealId, field: Field, value: &str, currency: &str) -> Result<Vec<Command>, String> {
    Ok(match field {
        Field::Company => {
            let (company, add) = named_company(desk, value);
            add.into_iter().chain([Command::LinkDeal { deal, company }]).collect()
        }
        Field::Amount => vec![Command::PriceDeal { deal, amount: read_amount(desk.lang, value, currency)? }],
        Field::Close => vec![Command::ExpectDeal { deal, close: read_day(value) }],
        Field::Owner => vec![Command::AssignDeal { deal, owner: value.parse().ok() }],
        Field::Category => {
            let category = Category::ALL.into_iter().find(|category| format!("{category:?}") == value);
            vec![Command::ClassifyDeal { deal, category }]
        }
        _ => vec![Command::RenameDeal { deal, title: value.trim().to_owned() }],
    })
}
