//! One customer from all sides: who is there, what is sold, what is planned, and everything that happened.

mod conflicts;
mod dealings;
mod files;
mod head;
mod merged;
mod opened;
mod people;
mod story;

use leptos::prelude::*;
use shared::id::CompanyId;

use super::desk::Desk;
use opened::Opened;

/// The page of a customer; a merged one shows the page of the customer that stands for it.
pub fn company_page(desk: Desk, id: CompanyId) -> impl IntoView {
    let stands = Memo::new(move |_| desk.standing(Some(id)).map(|card| card.id));
    move || {
        let back = view! { <a class="back" href="#/companies">"‹ "{desk.lang.customers()}</a> };
        let page = match stands.get() {
            Some(company) => whole(desk, company).into_any(),
            None => view! { <p class="empty" role="status">{desk.lang.company_missing()}</p> }.into_any(),
        };
        view! { <article class="deal company" data-testid="company">{back}{page}</article> }
    }
}

fn whole(desk: Desk, id: CompanyId) -> impl IntoView {
    let opened = Opened::of(desk, id);
    view! {
        {conflicts::conflicts(desk, opened)}
        {head::head(desk, id)}
        {merged::merged(desk, id)}
        <div class="sides">
            <div>
                {people::people(desk, id)}
                {dealings::planned(desk, opened)}
                {dealings::dealings(desk, opened)}
                {files::files(desk, opened)}
            </div>
            {story::timeline(desk, opened)}
        </div>
    }
}
