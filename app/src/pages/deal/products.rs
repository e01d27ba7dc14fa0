//! The products of a deal, what they cost together, and whether that is what the deal is worth.

use leptos::prelude::*;
use shared::command::Command;
use shared::model::{Deal, DealCard, Line};

use crate::engine::browser;
use crate::pages::desk::Desk;
use crate::pages::forms::Form;

pub(super) fn products(desk: Desk, deal: &Deal) -> impl IntoView + use<> {
    let (lang, id) = (desk.lang, deal.card.id);
    let rows = deal.lines.iter().map(|line| row(desk, &deal.card, line)).collect_view();
    let none = deal.lines.is_empty();
    view! {
        <section class="panel" data-testid="products" aria-label=lang.products()>
            <h2>{lang.products()}</h2>
            {none.then(|| view! { <p class="none">{lang.no_products()}</p> })}
            <ul class="lines">{rows}</ul>
            {(!none).then(|| sum(desk, &deal.card))}
            <button type="button" class="button" data-testid="add-product"
                on:click=move |_| desk.form.set(Some(Form::Product { deal: id, line: None }))>{lang.add_product()}</button>
        </section>
    }
}

fn row(desk: Desk, card: &DealCard, line: &Line) -> impl IntoView + use<> {
    let (lang, deal, id, name) = (desk.lang, card.id, line.id, line.product.clone());
    let each = format!("{} × {}", line.quantity, browser::money(lang, line.price));
    let total = line.total().map(|total| browser::money(lang, total));
    let gone = lang.product_gone(&name);
    let remove = move |_| desk.ask_undoable(Command::RemoveLine { deal, line: id }, gone.clone());
    let edit = move |_| desk.form.set(Some(Form::Product { deal, line: Some(id) }));
    view! {
        <li data-testid="line">
            <button type="button" class="value" title=lang.edit_product(&name) on:click=edit>
                <span>{name.clone()}</span><small>{each}</small>
            </button>
            <b>{total}</b>
            <button type="button" class="quiet" aria-label=lang.remove_product(&name) on:click=remove>"✕"</button>
        </li>
    }
}

fn sum(desk: Desk, card: &DealCard) -> impl IntoView + use<> {
    let (lang, deal) = (desk.lang, card.id);
    let Some(sum) = card.lines else {
        return view! { <p class="total">{lang.products_unlike()}</p> }.into_any();
    };
    let words = browser::money(lang, sum);
    let note = (card.amount != Some(sum)).then(|| {
        let differs = card.amount.map(|amount| lang.products_differ(&browser::money(lang, amount)));
        let taken = lang.sum_taken(&words);
        let take = move |_| desk.ask_undoable(Command::PriceDeal { deal, amount: Some(sum) }, taken.clone());
        view! {
            <p class="differs">
                <span class="chip warn">{differs.unwrap_or_else(|| lang.products_no_amount().to_owned())}</span>
                <button type="button" class="button" data-testid="take-sum" on:click=take>{lang.take_sum(&words)}</button>
            </p>
        }
    });
    view! { <p class="total"><span>{lang.products_sum()}</span><b data-testid="products-sum">{words.clone()}</b></p>{note} }.into_any()
}
