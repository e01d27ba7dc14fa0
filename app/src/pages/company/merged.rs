//! Customers that were merged into this one, and the way back.

use leptos::prelude::*;
use shared::command::Command;
use shared::id::CompanyId;
use shared::model::{CompanyCard, CompanyText};

use crate::pages::desk::Desk;

pub(super) fn merged(desk: Desk, id: CompanyId) -> impl IntoView {
    let known = desk.mirror().companies();
    let cards = Memo::new(move |_| {
        known.track();
        let all = desk.mirror().look(|world| world.merged_with(id).into_iter().cloned().collect::<Vec<CompanyCard>>());
        all.into_iter().filter(|card| card.id != id).collect::<Vec<_>>()
    });
    move || {
        let lang = desk.lang;
        let rows = cards.get().into_iter().map(|card| row(desk, card)).collect_view();
        cards.with(|cards| !cards.is_empty()).then(|| {
            view! {
                <section class="panel" data-testid="merged">
                    <h2>{lang.merged_here()}</h2>
                    <ul class="versions">{rows}</ul>
                </section>
            }
        })
    }
}

fn row(desk: Desk, card: CompanyCard) -> impl IntoView {
    let lang = desk.lang;
    let said = CompanyText::ALL.iter().map(|what| card.text(*what)).filter(|text| !text.is_empty());
    let said = said.collect::<Vec<_>>().join(" · ");
    let (company, told) = (card.id, lang.merge_taken_back(&card.name));
    let back = move |_| desk.ask_undoable(Command::UnmergeCompany { company }, told.clone());
    view! {
        <li>
            <b>{card.name}</b><small>{said}</small>
            <button type="button" class="button" on:click=back>{lang.take_merge_back()}</button>
        </li>
    }
}
