//! The customers: found by name, with what is open and when they were last touched; what may be one comes first.

mod apart;
mod twins;

use std::sync::Arc;

use leptos::prelude::*;
use shared::review::{Customer, customers};

use super::desk::Desk;
use super::forms::Form;
use crate::engine::browser;
use crate::widgets::rows::rows;
pub use apart::Apart;
pub(in crate::pages) use twins::{people_here, twins};

/// The height of a line, in pixels; `.customer` in company.css fills it.
const LINE: u32 = 64;

/// The page of all customers.
pub fn companies_page(desk: Desk) -> impl IntoView {
    let lang = desk.lang;
    let mirror = desk.mirror();
    let turn = mirror.turn.clone();
    let all = Memo::new(move |_| {
        turn.track();
        Arc::new(mirror.look(customers))
    });
    let asked = RwSignal::new(String::new());
    let found = Memo::new(move |_| {
        let wanted = asked.with(|asked| asked.trim().to_lowercase());
        match wanted.is_empty() {
            true => all.get(),
            false => Arc::new(all.with(|all| named(all, &wanted))),
        }
    });
    view! {
        <section class="customers" data-testid="customers">
            <header class="page-head">
                <h1>{lang.customers()}</h1>
                <p class="totals" role="status">{move || lang.customer_count(found.with(|found| found.len()))}</p>
                <button type="button" class="primary fab" aria-label=lang.new_company() on:click=move |_| desk.form.set(Some(Form::Company))>
                    <span aria-hidden="true">"＋"</span><span class="words">{lang.new_company()}</span>
                </button>
                <input type="search" class="find" aria-label=lang.find_company() placeholder=lang.find_company()
                    prop:value=move || asked.get() on:input=move |event| asked.set(event_target_value(&event))/>
            </header>
            {twins::panel(desk)}
            <Show when=move || found.with(|found| found.is_empty())>{move || none(desk, &asked.get())}</Show>
            {rows(lang.customers(), LINE, found, move |customer| line(desk, customer))}
        </section>
    }
}

fn named(all: &[Customer], wanted: &str) -> Vec<Customer> {
    all.iter().filter(|customer| customer.name.to_lowercase().contains(wanted)).cloned().collect()
}

fn none(desk: Desk, asked: &str) -> impl IntoView + use<> {
    let lang = desk.lang;
    match asked.trim() {
        "" => view! { <div class="empty"><h2>{lang.no_customers()}</h2><p>{lang.no_customers_hint()}</p></div> }
            .into_any(),
        asked => view! { <p class="empty" role="status">{lang.no_customer_of(asked)}</p> }.into_any(),
    }
}

fn line(desk: Desk, customer: Customer) -> impl IntoView {
    let lang = desk.lang;
    let when =
        customer.touched.map_or(lang.never_touched().to_owned(), |at| lang.last_touch(&browser::moment(lang, at)));
    let open = (customer.open > 0).then(|| {
        let sums = browser::sums(lang, &customer.sum).join(" + ");
        view! { <span class="open">{lang.open_deals(customer.open)}<b>{sums}</b></span> }
    });
    view! {
        <a class="customer" href=format!("#/company/{}", customer.id) data-company=customer.id.to_string()>
            <b class="name">{customer.name}</b>
            <small>{when}</small>
            {open}
        </a>
    }
}
