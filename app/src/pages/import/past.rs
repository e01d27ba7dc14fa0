//! The imports of the past, from whichever device they came, each to be taken back.

use leptos::prelude::*;
use shared::import::PastImport;

use super::{Import, take_back};
use crate::engine::browser;

pub(super) fn past(page: Import) -> impl IntoView {
    move || {
        let imports = page.desk.mirror().past_imports();
        (!imports.is_empty()).then(|| {
            let entries = imports.into_iter().map(|import| entry(page, import)).collect_view();
            view! {
                <div class="panel" data-testid="past-imports">
                    <h2>{page.desk.lang.past_imports()}</h2>
                    <ul class="past">{entries}</ul>
                </div>
            }
        })
    }
}

fn entry(page: Import, import: PastImport) -> impl IntoView {
    let lang = page.desk.lang;
    let PastImport { batch, began, deals } = import;
    let when = began.map_or_else(|| lang.time_unknown().to_owned(), |began| browser::moment(lang, began));
    let label = lang.take_back_of(&when);
    view! {
        <li data-batch=batch.to_string() data-deals=deals>
            <b>{when}</b><span>{lang.deals_count(deals)}</span>
            <button type="button" class="button" aria-label=label on:click=move |_| take_back(page, batch)>{lang.take_back()}</button>
        </li>
    }
}
