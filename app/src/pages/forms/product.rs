//! A product of a deal: what, how many, and what one costs.

use leptos::prelude::*;
use shared::command::Command;
use shared::id::{DealId, LineId};
use shared::model::{DealCard, Line};
use shared::number::Number;
use shared::sorted::SortedSet;

use super::input::{amount, decimal, read_amount, usual_currency};
use crate::engine::clock;
use crate::pages::desk::Desk;

/// The most products that are offered while a name is typed.
const OFFERED: usize = 300;

pub(super) fn product_form(desk: Desk, deal: DealId, line: Option<LineId>) -> impl IntoView {
    let lang = desk.lang;
    let opened = desk.mirror().open_deal(deal).get_untracked();
    let was = opened.and_then(|opened| opened.lines.iter().find(|each| Some(each.id) == line).cloned());
    let title = was.as_ref().map_or(lang.add_product().to_owned(), |was| lang.edit_product(&was.product));
    super::sheet(desk, title, move || {
        let (product, quantity) = (RwSignal::new(String::new()), RwSignal::new("1".to_owned()));
        let (price, currency) = (RwSignal::new(String::new()), RwSignal::new(currency_of(desk, deal)));
        if let Some(Line { product: name, quantity: many, price: each, .. }) = was {
            product.set(name);
            quantity.set(many.to_string());
            price.set(each.decimal());
            currency.set(each.currency.to_string());
        }
        let fields = view! {
            {name(desk, product)}
            {decimal(lang.quantity(), "quantity", quantity)}
            {amount(lang, lang.unit_price(), price, currency)}
        };
        let id = line.unwrap_or_else(|| clock::fresh(LineId::from_bytes));
        let build = move || {
            let product = product.get_untracked().trim().to_owned();
            let quantity: Option<Number> =
                quantity.get_untracked().parse().ok().filter(|many| *many > Number::default());
            let quantity = quantity.ok_or_else(|| lang.quantity_wrong().to_owned())?;
            let price = read_amount(lang, &price.get_untracked(), &currency.get_untracked())?;
            let price = price.ok_or_else(|| lang.price_needed().to_owned())?;
            Ok(Command::PutLine { deal, line: id, product, quantity, price })
        };
        super::asking_undoable(desk, fields, super::leave(desk), lang.product_kept().to_owned(), build)
    })
}

/// A new price is in the currency of the deal.
fn currency_of(desk: Desk, deal: DealId) -> String {
    let card = desk.mirror().deal(deal).get_untracked();
    let known = card.and_then(|card| card.amount.or(card.lines)).map(|amount| amount.currency.to_string());
    known.unwrap_or_else(|| usual_currency(desk.lang))
}

/// The name, with those offered that any deal has.
fn name(desk: Desk, value: RwSignal<String>) -> impl IntoView {
    let known = desk.mirror().look(|world| {
        let products =
            world.deals.values().map(AsRef::<DealCard>::as_ref).flat_map(|card| card.products.iter().cloned());
        products.collect::<SortedSet<String>>()
    });
    let options = known.into_iter().take(OFFERED).map(|name| view! { <option value=name></option> }).collect_view();
    view! {
        <label class="field">
            <span>{desk.lang.product_name()}</span>
            <input type="text" name="product" list="products" autocomplete="off"
                prop:value=move || value.get() on:input=move |event| value.set(event_target_value(&event))/>
            <datalist id="products">{options}</datalist>
        </label>
    }
}
