//! One timeline over all deals of the customer, with deal, author and device of every line.

use leptos::prelude::*;
use shared::model::{Company, CompanyText, Event};
use shared::story::{Line, Of, story};

use super::dealings::of_deal;
use super::opened::Opened;
use crate::engine::browser;
use crate::pages::deal::timeline::{self, author, happened};
use crate::pages::desk::Desk;

/// How many lines are drawn before anybody asks for earlier ones.
const SHOWN: usize = 60;

pub(super) fn timeline(desk: Desk, opened: Opened) -> impl IntoView {
    let lang = desk.lang;
    let most = RwSignal::new(SHOWN);
    let lines =
        Memo::new(move |_| opened.deals.with(|deals| opened.companies.with(|companies| story(deals, companies))));
    let rows = move || {
        let shown = lines.with(|lines| lines.iter().take(most.get()).cloned().collect::<Vec<_>>());
        shown.into_iter().map(|line| row(desk, &line)).collect_view()
    };
    let more = Memo::new(move |_| lines.with(|lines| lines.len() > most.get()));
    view! {
        <section class="panel" data-testid="story">
            <h2>{lang.all_dealings()}</h2>
            {progress(desk, opened)}
            <Show when=move || lines.with(Vec::is_empty) && opened.waiting() == 0>
                <p class="none">{lang.nothing_happened()}</p>
            </Show>
            <ul class="story">{rows}</ul>
            <Show when=move || more.get()>
                <button type="button" class="button" on:click=move |_| most.update(|most| *most += 2 * SHOWN)>
                    {lang.show_earlier()}
                </button>
            </Show>
        </section>
    }
}

/// How many deals are open, and the way to open the rest.
fn progress(desk: Desk, opened: Opened) -> impl IntoView {
    let lang = desk.lang;
    let waiting = Memo::new(move |_| opened.waiting());
    let closed = Memo::new(move |_| opened.closed());
    move || {
        let all = opened.wanted.with(|wanted| wanted.len());
        let done = all.saturating_sub(waiting.get());
        let bar = (waiting.get() > 0).then(|| {
            view! {
                <p class="none" role="status">{lang.opened_of(done, all)}</p>
                <progress max=all.to_string() value=done.to_string() aria-label=lang.loading_customer()></progress>
            }
        });
        let rest = (closed.get() > 0 && waiting.get() == 0).then(|| {
            view! {
                <button type="button" class="button" on:click=move |_| opened.open_rest()>
                    {lang.load_rest(closed.get())}
                </button>
            }
        });
        view! { {bar}{rest} }
    }
}

fn row(desk: Desk, line: &Line) -> impl IntoView + use<> {
    let lang = desk.lang;
    let words = words(desk, line);
    let from = match &line.of {
        Of::Deal(deal) => of_deal(desk, deal.card.id).into_any(),
        Of::Company(company) => view! { <span class="of">{company.card.name.clone()}</span> }.into_any(),
    };
    let by = author(desk, &line.event);
    view! { <li><time>{browser::moment(lang, line.event.at)}</time><span>{words}{from}</span><small>{by}</small></li> }
}

fn words(desk: Desk, line: &Line) -> String {
    let told = match (&line.of, &line.activity) {
        (Of::Deal(deal), Some(activity)) => return timeline::words(desk, deal, activity),
        (Of::Deal(deal), None) => happened(desk, deal, &line.event).0,
        (Of::Company(company), _) => said(desk, company, &line.event),
    };
    match &line.proof {
        Some(proof) => format!("{told} · {} · {}", proof.from, proof.quote),
        None => told,
    }
}

/// What an event of the customer's own record says; an id that nothing here has is left out.
fn said(desk: Desk, company: &Company, event: &Event) -> String {
    let (lang, subject) = (desk.lang, event.subject.as_str());
    let text = CompanyText::ALL.into_iter().find(|what| format!("{what:?}").to_lowercase() == subject);
    let contact = || Some(company.card.contact(subject.parse().ok()?)?.name.clone());
    let field =
        || desk.mirror().fields.with(|fields| Some(fields.get(&subject.parse().ok()?)?.name.get(lang).to_owned()));
    let about = match event.command.as_str() {
        "describe_company" => text.map(|text| lang.company_text(text).to_owned()),
        "merge_company" => subject.parse().ok().map(|into| desk.company(Some(into))),
        "put_contact" | "discard_contact" | "merge_contact" | "unmerge_contact" => contact(),
        "set_field" => field(),
        _ => Some(subject.to_owned()),
    };
    format!("{} {}", lang.event(&event.command), about.unwrap_or_default())
}
