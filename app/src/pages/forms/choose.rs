//! Choosing the deal that something happened on: the likely ones first, others by typing.

use std::sync::Arc;

use leptos::prelude::*;
use shared::id::DealId;
use shared::model::DealCard;
use shared::review::recent;

use crate::engine::browser;
use crate::pages::desk::Desk;

/// How many deals are offered at once.
const OFFERED: usize = 6;

/// The chosen deal, or those to choose from. Once one is chosen, the sentence has the focus.
pub(super) fn deal_choice(desk: Desk, chosen: RwSignal<Option<DealId>>) -> impl IntoView {
    let lang = desk.lang;
    let typed = RwSignal::new(String::new());
    let found = Memo::new(move |_| match desk.me() {
        Some(me) => desk.mirror().look(|world| recent(world, me, &typed.read(), OFFERED)),
        None => Vec::new(),
    });
    let entry = move |card: Arc<DealCard>| {
        let (id, company) = (card.id, card.company);
        let choose = move |_| {
            chosen.set(Some(id));
            browser::focus("dialog [name=summary]");
        };
        let customer = company.map(|_| desk.company(company));
        view! { <button type="button" class="entry" data-deal=id.to_string() on:click=choose><span>{card.title.clone()}</span><small>{customer}</small></button> }
    };
    move || match chosen.get() {
        Some(id) => {
            let title = desk.mirror().deal(id).get().map(|card| card.title.clone());
            let again = move |_| chosen.set(None);
            view! {
                <p class="entry picked"><b>{title}</b>
                    <button type="button" class="link" on:click=again>{lang.another_deal()}</button></p>
            }
            .into_any()
        }
        None => view! {
            <label class="field"><span>{lang.which_deal()}</span>
                <input type="search" name="deal" autocomplete="off" enterkeyhint="search" placeholder=lang.deal_filter()
                    prop:value=move || typed.get() on:input=move |event| typed.set(event_target_value(&event))/></label>
            <div class="entries deals" role="group" aria-label=lang.which_deal()>
                <For each=move || found.get() key=|card| card.id children=entry/>
            </div>
            <Show when=move || found.with(Vec::is_empty)><p role="status">{lang.no_deal_found()}</p></Show>
        }
        .into_any(),
    }
}
