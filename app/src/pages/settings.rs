//! One's own settings: language, appearance, storage, and who belongs to the workspace with which devices.

mod devices;
mod invitation;
mod members;
mod recovery;
pub(super) mod sight;
mod storage;

use leptos::prelude::*;
use shared::text::Lang;

use super::desk::Desk;
use crate::engine::browser;

/// The settings page.
pub fn settings_page(desk: Desk, lang: RwSignal<Lang>) -> impl IntoView {
    view! {
        <section class="settings">
            <header class="page-head"><h1>{desk.lang.settings()}</h1></header>
            {looks(desk, lang)}
            {invitation::inviting(desk)}
            {members::members(desk)}
            {devices::devices(desk)}
            {recovery::recovery(desk)}
            {storage::storage(desk)}
        </section>
    }
}

fn looks(desk: Desk, lang: RwSignal<Lang>) -> impl IntoView {
    let language = move |each: Lang, words: &'static str| {
        let choose = move |_| {
            browser::keep_lang(each);
            lang.set(each);
        };
        view! { <button type="button" class="chip" lang=each.tag() aria-pressed=(desk.lang == each).to_string() on:click=choose>{words}</button> }
    };
    let shown = RwSignal::new(browser::theme());
    let theme = move |each: &'static str, words: &'static str| {
        let choose = move |_| {
            browser::keep_theme(each);
            shown.set(each.to_owned());
        };
        view! {
            <button type="button" class="chip" aria-pressed=move || shown.with(|shown| shown == each).to_string()
                data-theme-choice=each on:click=choose>{words}</button>
        }
    };
    view! {
        <div class="panel">
            <h2>{desk.lang.language()}</h2>
            <div class="kinds" role="group" aria-label=desk.lang.language()>{language(Lang::Zh, "中文")}{language(Lang::En, "English")}</div>
            <h2>{desk.lang.theme()}</h2>
            <div class="kinds" role="group" aria-label=desk.lang.theme()>
                {theme("", desk.lang.theme_system())}
                {theme("light", desk.lang.theme_light())}
                {theme("dark", desk.lang.theme_dark())}
            </div>
        </div>
    }
}
