//! The files that prove something, over all deals that are open.

use leptos::prelude::*;
use shared::id::DocumentId;
use shared::story::{Attachment, attachments};

use super::dealings::of_deal;
use super::opened::Opened;
use crate::engine::browser;
use crate::pages::attached::attached;
use crate::pages::desk::Desk;

pub(super) fn files(desk: Desk, opened: Opened) -> impl IntoView {
    let lang = desk.lang;
    let all = Memo::new(move |_| opened.deals.with(|deals| attachments(deals)));
    let rows = move || all.get().into_iter().map(|each| row(desk, each)).collect_view();
    view! {
        <section class="panel" data-testid="attachments">
            <h2>{lang.attachments()}</h2>
            <Show when=move || all.with(Vec::is_empty)><p class="none">{lang.no_attachments()}</p></Show>
            <ul class="bought">{rows}</ul>
        </section>
    }
}

fn row(desk: Desk, each: Attachment) -> impl IntoView {
    let lang = desk.lang;
    let facts = [lang.attached(each.file.kind).to_owned(), browser::day(lang, each.proof.day), each.proof.from];
    let deal = each.deal.card.id;
    let file = attached(desk, DocumentId::Deal(deal), &each.file);
    view! { <li>{file}<small>{facts.join(" · ")}{of_deal(desk, deal)}</small></li> }
}
