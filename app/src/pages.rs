//! The screens, what stands around them, and which one the address names.

mod attached;
mod automations;
pub mod board;
mod camera;
pub mod cause;
pub mod companies;
pub mod company;
pub mod condition;
pub mod deal;
pub mod designer;
pub mod desk;
mod disputed;
mod fields;
mod find;
pub mod forms;
pub mod import;
pub mod join;
mod later;
pub mod leads;
mod navigation;
pub mod pipelines;
mod reach;
mod reasons;
pub mod remedy;
pub mod settings;
pub mod today;

use leptos::prelude::*;
use shared::id::{CompanyId, DealId, PipelineId};
use shared::text::Lang;

use crate::dispatch::{Dispatch, Phase};
use crate::engine::{browser, leaving};
use crate::mirror::{Mirror, Problem, Trouble};
use crate::widgets::badge::{self, sync_badge};
use desk::Desk;
use later::{Part, Screen, later};

/// A screen, as the address after `#` names it.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Route {
    Today,
    Board,
    Deal(DealId),
    Companies,
    Company(CompanyId),
    Leads,
    Import,
    Pipelines,
    Pipeline(PipelineId),
    Fields,
    Automations,
    Settings,
    More,
    Join(String),
    Unknown,
}

impl Route {
    fn of(hash: &str) -> Self {
        // What stands after a question mark says how a screen is shown, not which.
        let path = hash.split('?').next().unwrap_or_default();
        let mut parts = path.trim_matches('/').split('/');
        match (parts.next().unwrap_or_default(), parts.next()) {
            ("", None) => Self::home(),
            ("today", None) => Self::Today,
            ("board", None) => Self::Board,
            ("leads", None) => Self::Leads,
            ("deal", Some(id)) => id.parse().map_or(Self::Unknown, Self::Deal),
            ("companies", None) => Self::Companies,
            ("company", Some(id)) => id.parse().map_or(Self::Unknown, Self::Company),
            ("import", None) => Self::Import,
            ("pipelines", None) => Self::Pipelines,
            ("pipeline", Some(id)) => id.parse().map_or(Self::Unknown, Self::Pipeline),
            ("fields", None) => Self::Fields,
            ("automations", None) => Self::Automations,
            ("settings", None) => Self::Settings,
            ("more", None) => Self::More,
            ("join", secret) => Self::Join(secret.unwrap_or_default().to_owned()),
            (_, _) => Self::Unknown,
        }
    }

    /// The screen to begin with: a phone shows what is to be done, a wide screen how all deals stand.
    fn home() -> Self {
        if browser::is_narrow() { Self::Today } else { Self::Board }
    }
}

/// The whole app. Another language draws it anew.
pub fn app(mirror: Mirror, dispatch: Dispatch) -> impl IntoView {
    let route = RwSignal::new(Route::of(&browser::hash()));
    let heard = window_event_listener(leptos::ev::hashchange, move |_| {
        if leaving::may_leave() {
            route.set(Route::of(&browser::hash()));
        }
    });
    on_cleanup(move || heard.remove());
    let lang = RwSignal::new(browser::lang());
    let part = RwSignal::new(Part::Coming);
    later::load(part);
    let phase = dispatch.phase();
    let phase = Memo::new(move |_| phase.get());
    let sync = mirror.sync.clone();
    // A device that was let go comes back through a fresh link; any other is here already.
    let back = Memo::new(move |_| {
        let is_out = sync.with(|sync| sync.problem.as_ref().is_some_and(Problem::lets_go));
        Some(secret(&route.get())).filter(|secret| is_out && !secret.is_empty())
    });
    move || {
        let desk = Desk::new(lang.get(), mirror.clone(), dispatch.clone(), part);
        if let (Phase::Ready, Some(secret)) = (phase.get(), back.get()) {
            return join::join_page(desk, secret).into_any();
        }
        match phase.get() {
            Phase::Loading => loading(desk).into_any(),
            Phase::Join => join::join_page(desk, secret(&route.get())).into_any(),
            Phase::Ready => frame(desk, route, lang).into_any(),
            Phase::Failed(trouble) => failed(desk, route, &trouble).into_any(),
        }
    }
}

/// A browser that never answers leaves a way out: the app may have no bar to load the page anew with.
fn loading(desk: Desk) -> impl IntoView {
    let lang = desk.lang;
    view! {
        <main class="empty">
            <p role="status">{lang.loading()}</p>
            <button type="button" class="primary overdue" on:click=|_| browser::reload()>{lang.try_again()}</button>
        </main>
    }
}

/// The secret of the link through which the page was opened, if it was.
fn secret(route: &Route) -> String {
    match route {
        Route::Join(secret) => secret.clone(),
        _ => String::new(),
    }
}

fn frame(desk: Desk, route: RwSignal<Route>, lang: RwSignal<Lang>) -> impl IntoView {
    let undo = window_event_listener(leptos::ev::keydown, move |event| {
        let asked = (event.ctrl_key() || event.meta_key()) && !event.shift_key() && event.key() == "z";
        if asked && !browser::is_writing() {
            event.prevent_default();
            desk.undo();
        }
    });
    on_cleanup(move || undo.remove());
    let page = Memo::new(move |_| match route.get() {
        Route::Join(_) => Route::home(),
        page => page,
    });
    let find = find::Find::new(desk);
    let draw = move |screen| later(desk, screen).into_any();
    let below = move |aside, page: AnyView| (draw(aside), page).into_any();
    // The address names the screen, so that the link itself leads nowhere.
    let skip = |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        browser::focus("#content");
    };
    view! {
        <div class="frame">
            <a class="skip" href="#content" on:click=skip>{desk.lang.skip_to_content()}</a>
            <aside class="side">
                <a class="mark" href="#/board"><i aria-hidden="true"></i>"Sluice"</a>
                {find.button()}
                {navigation::navigation(desk.lang, page)}
                {sync_badge(desk.lang, desk.mirror().sync)}
            </aside>
            <main id="content" tabindex="-1">
                {move || match page.get() {
                    Route::Today => below(Screen::Handed, today::today_page(desk).into_any()),
                    Route::Board => below(Screen::Partial, board::board_page(desk).into_any()),
                    other => draw(Screen::Page(other, lang)),
                }}
            </main>
            {move || desk.form.get().map(|form| draw(Screen::Form(form)))}
            {move || find.is_open().then(|| draw(Screen::Find(find)))}
            {newer(desk.lang)}
            {toast(desk)}
        </div>
    }
}

fn toast(desk: Desk) -> impl IntoView {
    let shown = move || {
        desk.toast.get().map(|toast| {
            let undo = (!toast.undo.is_empty()).then(|| {
                view! { <button type="button" data-testid="undo" on:click=move |_| desk.undo()>{desk.lang.undo()}</button> }
            });
            view! { <div class="toast" data-testid="toast"><span>{toast.text}</span>{undo}</div> }
        })
    };
    view! { <div class="toasts" role="status" aria-live="polite">{shown}</div> }
}

/// Offers a newer version of the app once it is ready; it changes only when the person says so.
fn newer(lang: Lang) -> impl IntoView {
    let ready = RwSignal::new(browser::has_update());
    let heard = window_event_listener_untyped("sluice-update", move |_| ready.set(true));
    on_cleanup(move || heard.remove());
    view! {
        <Show when=move || ready.get()>
            <div class="toasts" role="status">
                <div class="toast">
                    <span>{lang.update_ready()}</span>
                    <button type="button" on:click=|_| browser::apply_update()>{lang.refresh()}</button>
                </div>
            </div>
        </Show>
    }
}

/// Storage does not work, so there is nothing to show and nothing may be written.
fn failed(desk: Desk, route: RwSignal<Route>, trouble: &Trouble) -> impl IntoView + use<> {
    let lang = desk.lang;
    let way_out = match trouble {
        Trouble::Forgotten => join::join_page(desk, secret(&route.get())).into_any(),
        Trouble::Denied | Trouble::Full | Trouble::Broken(_) => view! {
            <p>{lang.storage_safe()}</p>
            <button type="button" class="primary" on:click=|_| browser::reload()>{lang.try_again()}</button>
        }
        .into_any(),
    };
    view! {
        <main class="empty" data-testid="failed">
            <h1>{lang.storage_fails()}</h1>
            <p role="alert">{badge::trouble(lang, trouble)}</p>
            {way_out}
        </main>
    }
}
