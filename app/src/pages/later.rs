//! The screens that the first one does not need. They are a part of the program of their own, which is loaded once
//! the first screen is drawn, so that the first download does not grow with what they can do.

use futures::FutureExt;
use leptos::prelude::*;
use leptos::task::spawn_local;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use shared::text::Lang;

use super::board::{self, Extra};
use super::desk::Desk;
use super::find::Find;
use super::forms::{self, Form};
use super::{
    Route, automations, camera, companies, company, deal, designer, fields, import, leads, navigation, pipelines,
    settings, today,
};
use crate::engine::{Work, browser};

/// A screen that is drawn by the later part.
#[derive(Clone)]
pub(super) enum Screen {
    /// A page, with the language that one of them sets.
    Page(Route, RwSignal<Lang>),
    /// What is on the board only sometimes.
    Board(Box<Extra>),
    /// Which deals changed hands, above the day.
    Handed,
    /// That the one who works here sees part of the deals, above the board.
    Partial,
    /// A form over another screen.
    Form(Form),
    /// The search over another screen.
    Find(Find),
    /// What reads a link with the camera.
    Camera {
        /// The link.
        link: RwSignal<String>,
        /// Why there is none.
        problem: RwSignal<String>,
    },
}

impl Screen {
    /// Whether nobody waits for it.
    const fn is_aside(&self) -> bool {
        matches!(self, Self::Handed | Self::Partial)
    }
}

/// How far the later part is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// It is being loaded.
    Coming,
    /// Its screens can be drawn.
    Here,
    /// It could not be loaded: no network before it was kept.
    Missing,
}

/// Loads the later part, while the first screen is drawn, and again when a person asks for it.
pub(super) fn load(part: RwSignal<Part>) {
    part.set(Part::Coming);
    spawn_local(async move {
        part.set(fetched().await.unwrap_or(Part::Missing));
    });
}

/// Draws a screen of the later part, or says why that cannot be done yet.
pub(super) fn later(desk: Desk, screen: Screen) -> impl IntoView {
    move || match desk.part.get() {
        Part::Coming | Part::Missing if screen.is_aside() => ().into_any(),
        Part::Coming => view! { <p class="empty" role="status">{desk.lang.loading()}</p> }.into_any(),
        // The part is here, so that nothing has to be waited for.
        Part::Here => match draw(desk, screen.clone()).now_or_never() {
            Some(Ok(view)) => view,
            Some(Err(_)) | None => missing(desk).into_any(),
        },
        Part::Missing => missing(desk).into_any(),
    }
}

fn missing(desk: Desk) -> impl IntoView {
    view! {
        <div class="empty" role="alert" data-testid="part-missing">
            <p>{desk.lang.part_missing()}</p>
            <button type="button" class="button" on:click=move |_| load(desk.part)>{desk.lang.try_again()}</button>
        </div>
    }
}

async fn fetched() -> Result<Part, SplitLoaderError> {
    fetch().await?;
    Ok(dressed().await?.await)
}

/// Brings the styles of its screens, without which they are not to be seen.
#[wasm_split(later, wasm_split_path = leptos::wasm_split, fallible)]
fn dressed() -> Result<Work<Part>, SplitLoaderError> {
    Ok(Box::pin(async {
        match browser::dress().await {
            Some(()) => Part::Here,
            None => Part::Missing,
        }
    }))
}

#[wasm_split(later, wasm_split_path = leptos::wasm_split, preload(fetch), fallible)]
fn draw(desk: Desk, screen: Screen) -> Result<AnyView, SplitLoaderError> {
    Ok(match screen {
        Screen::Page(route, lang) => page(desk, route, lang),
        Screen::Board(extra) => board::extra(*extra),
        Screen::Handed => today::handed(desk).into_any(),
        Screen::Partial => settings::sight::partial(desk).into_any(),
        Screen::Form(form) => forms::open_form(desk, form),
        Screen::Find(find) => find.palette().into_any(),
        Screen::Camera { link, problem } => camera::camera(desk.lang, link, problem),
    })
}

fn page(desk: Desk, route: Route, lang: RwSignal<Lang>) -> AnyView {
    match route {
        Route::Deal(id) => deal::deal_page(desk, id).into_any(),
        Route::Companies => companies::companies_page(desk).into_any(),
        Route::Company(id) => company::company_page(desk, id).into_any(),
        Route::Leads => leads::leads_page(desk).into_any(),
        Route::Import => import::import_page(desk).into_any(),
        Route::Pipelines => pipelines::pipelines_page(desk).into_any(),
        Route::Pipeline(id) => designer::designer_page(desk, id).into_any(),
        Route::Fields => fields::fields_page(desk).into_any(),
        Route::Automations => automations::automations_page(desk).into_any(),
        Route::More => navigation::more_page(desk).into_any(),
        Route::Settings => settings::settings_page(desk, lang).into_any(),
        // A day begins with the first two, so that they are drawn without this part.
        Route::Today | Route::Board | Route::Join(_) | Route::Unknown => no_page(desk.lang).into_any(),
    }
}

fn no_page(lang: Lang) -> impl IntoView {
    view! {
        <div class="empty">
            <h1>{lang.page_missing()}</h1>
            <a class="button" href="#/board">{lang.to_board()}</a>
        </div>
    }
}
