//! Leads: who may become a customer, the newest first, and what became of the others.

mod row;

use std::sync::Arc;

use leptos::prelude::*;
use shared::id::LeadId;
use shared::model::LeadCard;
use shared::review::{Pile, piles};

use super::desk::Desk;
use super::forms::Form;
use crate::widgets::portion::portion;

/// The page of the leads.
pub fn leads_page(desk: Desk) -> impl IntoView {
    let leads = desk.mirror().leads();
    let all = Memo::new(move |_| leads.with(|leads| piles(leads)));
    let pile = RwSignal::new(Pile::New);
    let opened = RwSignal::new(None::<LeadId>);
    let count = move |pile: Pile| all.with(|all| all.get(&pile).map_or(0, |leads| leads.len()));
    let shown = Memo::new(move |_| all.with(|all| all.get(&pile.get()).cloned().unwrap_or_default()));
    let key = |card: &Arc<LeadCard>| card.id;
    view! {
        <section class="leads" data-testid="leads">
            {head(desk, pile, count)}
            <Show when=move || shown.with(|shown| shown.is_empty())>{move || nothing(desk, pile.get())}</Show>
            <div class="agenda">
                {portion(shown, move |left| desk.lang.show_more(left), key, move |card| row::row(desk, card.id, opened))}
            </div>
        </section>
    }
}

fn head(
    desk: Desk,
    pile: RwSignal<Pile>,
    count: impl Fn(Pile) -> usize + Copy + Send + Sync + 'static,
) -> impl IntoView {
    let lang = desk.lang;
    let chip = move |each: Pile| {
        let pressed = move || (pile.get() == each).to_string();
        view! {
            <button type="button" class="chip" data-pile=format!("{each:?}").to_lowercase() aria-pressed=pressed
                on:click=move |_| pile.set(each)>{lang.pile(each)}" "<b>{move || count(each)}</b></button>
        }
    };
    view! {
        <header class="page-head">
            <h1>{lang.leads()}</h1>
            <div class="kinds" role="group" aria-label=lang.which_leads()>{Pile::ALL.map(chip).into_iter().collect_view()}</div>
            <button type="button" class="primary fab" data-testid="new-lead" aria-label=lang.add_lead()
                on:click=move |_| desk.form.set(Some(Form::Lead))>
                <span aria-hidden="true">"＋"</span><span class="words">{lang.add_lead()}</span>
            </button>
        </header>
    }
}

fn nothing(desk: Desk, pile: Pile) -> impl IntoView {
    let lang = desk.lang;
    let (title, hint) = match pile {
        Pile::New => (lang.no_leads(), Some(lang.no_leads_hint())),
        Pile::Converted | Pile::Dismissed => (lang.none_here(), None),
    };
    view! { <div class="empty" role="status"><h2>{title}</h2>{hint.map(|hint| view! { <p>{hint}</p> })}</div> }
}
