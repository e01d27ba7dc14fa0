//! The ways between the screens: the bar below on a phone, the side bar on wide screens, and the page of the rest.

use leptos::prelude::*;
use shared::text::Lang;

use super::Route;
use super::desk::Desk;

/// Where a way to a screen stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Rank {
    /// In the bar of a phone, and first in the side bar.
    Daily,
    /// On the page behind "More" on a phone, and below the others in the side bar.
    Rest,
}

/// What a screen is called.
type Name = fn(Lang) -> &'static str;

/// A screen that can be gone to from everywhere.
#[derive(Clone, Copy)]
struct Place {
    to: &'static str,
    name: Name,
    rank: Rank,
}

/// Every such screen, in the order they are shown.
const PLACES: [Place; 9] = [
    Place { to: "#/today", name: Lang::today, rank: Rank::Daily },
    Place { to: "#/board", name: Lang::board, rank: Rank::Daily },
    Place { to: "#/leads", name: Lang::leads, rank: Rank::Daily },
    Place { to: "#/companies", name: Lang::customers, rank: Rank::Daily },
    Place { to: "#/pipelines", name: Lang::pipelines, rank: Rank::Rest },
    Place { to: "#/fields", name: Lang::custom_fields, rank: Rank::Rest },
    Place { to: "#/automations", name: Lang::automations, rank: Rank::Rest },
    Place { to: "#/import", name: Lang::import, rank: Rank::Rest },
    Place { to: "#/settings", name: Lang::settings, rank: Rank::Rest },
];

/// The bar or side bar; the style sheet decides which.
pub(super) fn navigation(lang: Lang, page: Memo<Route>) -> impl IntoView {
    let is_at = move |place: &Place| page.with(|page| *page == Route::of(&place.to[1..]));
    let entry = move |place: Place| {
        let look = if place.rank == Rank::Rest { "rest" } else { "daily" };
        let current = move || is_at(&place).then_some("page");
        view! { <a href=place.to class=look aria-current=current>{(place.name)(lang)}</a> }
    };
    let is_more = move || page.with(|page| *page == Route::More) || rest().any(|place| is_at(&place));
    view! {
        <nav class="tabs" aria-label=lang.screens()>
            {PLACES.map(entry).into_iter().collect_view()}
            <a href="#/more" class="more" aria-current=move || is_more().then_some("page")>{lang.more()}</a>
        </nav>
    }
}

/// The screens that have no place in a phone's bar.
pub(super) fn more_page(desk: Desk) -> impl IntoView {
    let link = |place: Place| view! { <li><a class="entry" href=place.to>{(place.name)(desk.lang)}<i aria-hidden="true">"›"</i></a></li> };
    view! {
        <section class="narrow" data-testid="more">
            <header class="page-head"><h1>{desk.lang.more()}</h1></header>
            <ul class="entries">{rest().map(link).collect_view()}</ul>
        </section>
    }
}

/// The address and name of every such screen.
pub(super) fn screens() -> impl Iterator<Item = (&'static str, Name)> {
    PLACES.into_iter().map(|place| (place.to.trim_start_matches('#'), place.name))
}

fn rest() -> impl Iterator<Item = Place> {
    PLACES.into_iter().filter(|place| place.rank == Rank::Rest)
}
