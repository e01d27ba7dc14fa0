//! Taking a deal or a customer away from everywhere: what that means is said first, and it can be undone.

use leptos::prelude::*;
use shared::command::Command;
use shared::id::{CompanyId, DealId};

use super::{Ways, asking_ways, leave, sheet};
use crate::engine::browser;
use crate::pages::desk::Desk;

pub(super) fn discard_deal(desk: Desk, deal: DealId) -> impl IntoView {
    let title = desk.mirror().deal(deal).get_untracked().map(|card| card.title.clone()).unwrap_or_default();
    discard(desk, title, desk.lang.delete_deal_note(), Command::DiscardDeal { deal }, "/board")
}

pub(super) fn discard_company(desk: Desk, company: CompanyId) -> impl IntoView {
    let name = untrack(|| desk.company(Some(company)));
    discard(desk, name, desk.lang.delete_company_note(), Command::DiscardCompany { company }, "/companies")
}

/// Asks once more, then goes to the list that it was in.
fn discard(desk: Desk, name: String, note: &'static str, command: Command, list: &'static str) -> impl IntoView {
    let told = desk.lang.deleted(&name);
    sheet(desk, name, move || {
        let kept = Callback::new(move |()| {
            desk.form.set(None);
            browser::go(list);
        });
        let ways = Ways { kept, told: Some(told.into()), ..Ways::to(desk, desk.lang.delete_now(), leave(desk)) };
        asking_ways(desk, ways, view! { <p>{note}</p> }, move || Ok(vec![command.clone()]))
    })
}
