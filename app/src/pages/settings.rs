//! One's own settings: language, appearance, other devices and colleagues, storage.

use leptos::prelude::*;
use leptos::task::spawn_local;
use qrcodegen::{QrCode, QrCodeEcc};
use shared::model::Role;
use shared::text::Lang;

use super::desk::Desk;
use super::reasons::join_error;
use crate::engine::browser;

/// The settings page.
pub fn settings_page(desk: Desk, lang: RwSignal<Lang>) -> impl IntoView {
    view! {
        <section class="settings">
            <header class="page-head"><h1>{desk.lang.settings()}</h1></header>
            {looks(desk, lang)}
            {devices(desk)}
            {team(desk)}
            {storage(desk)}
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

fn devices(desk: Desk) -> impl IntoView {
    let lang = desk.lang;
    let link = RwSignal::new(None::<Result<String, String>>);
    let role = RwSignal::new(Role::Rep);
    let ask = move |same: bool| {
        spawn_local(async move {
            let made = desk.dispatch().invite(role.get_untracked(), same).await;
            link.set(Some(made.map_err(|error| join_error(lang, &error))));
        });
    };
    let chip = move |each: Role| {
        view! {
            <button type="button" class="chip" aria-pressed=move || (role.get() == each).to_string()
                on:click=move |_| role.set(each)>{lang.role(each)}</button>
        }
    };
    let owner = move || desk.role() == Role::Owner;
    view! {
        <div class="panel">
            <h2>{lang.team()}</h2>
            <button type="button" class="button" data-testid="add-device" on:click=move |_| ask(true)>{lang.add_my_device()}</button>
            <Show when=owner>
                <div class="kinds" role="group" aria-label=lang.invite_as()>
                    <span class="label" aria-hidden="true">{lang.invite_as()}</span>
                    {[Role::Viewer, Role::Rep, Role::Manager].map(chip).into_iter().collect_view()}
                </div>
                <button type="button" class="button" data-testid="invite" on:click=move |_| ask(false)>
                    {lang.invite_colleague()}
                </button>
            </Show>
            {move || link.get().map(|made| match made {
                Ok(link) => invitation(lang, link).into_any(),
                Err(words) => view! { <p class="problem" role="alert">{words}</p> }.into_any(),
            })}
        </div>
    }
}

fn invitation(lang: Lang, link: String) -> impl IntoView {
    let copied = RwSignal::new(false);
    let text = link.clone();
    let copy = move |_| {
        browser::copy(&text);
        copied.set(true);
    };
    view! {
        <div class="invitation">
            <p>{lang.invite_once()}</p>
            <div class="qr" role="img" aria-label=lang.qr_label() inner_html=qr(&link)></div>
            <input type="text" readonly data-testid="invite-link" aria-label=lang.invite_link() value=link/>
            <button type="button" class="button" on:click=copy>
                {move || if copied.get() { lang.copied() } else { lang.copy() }}
            </button>
        </div>
    }
}

/// The link as a QR code; empty if it is longer than one can hold.
fn qr(link: &str) -> String {
    let Ok(code) = QrCode::encode_text(link, QrCodeEcc::Medium) else { return String::new() };
    let size = code.size();
    let dark = (0..size * size).map(|at| (at % size, at / size)).filter(|(x, y)| code.get_module(*x, *y));
    let path: String = dark.map(|(x, y)| format!("M{x} {y}h1v1h-1z")).collect();
    // Readers need four modules of quiet around the code.
    format!(r#"<svg viewBox="-4 -4 {0} {0}" shape-rendering="crispEdges"><path d="{path}"/></svg>"#, size + 8)
}

fn team(desk: Desk) -> impl IntoView {
    let members = desk.mirror().members;
    let rows = move || {
        let row = |member: &shared::model::Member| {
            let role = desk.lang.role(member.role);
            view! { <li><b>{member.name.clone()}</b><span>{role}</span></li> }
        };
        members.with(|members| members.values().map(row).collect_view())
    };
    view! { <div class="panel team"><h2>{desk.lang.members()}</h2><ul>{rows}</ul></div> }
}

fn storage(desk: Desk) -> impl IntoView {
    let lang = desk.lang;
    let kept = RwSignal::new(false);
    let look = move |ask: bool| spawn_local(async move { kept.set(browser::is_kept(ask).await) });
    look(false);
    view! {
        <div class="panel">
            <h2>{lang.storage()}</h2>
            <p>{move || if kept.get() { lang.storage_kept() } else { lang.storage_may_go() }}</p>
            <Show when=move || !kept.get()>
                <button type="button" class="button" on:click=move |_| look(true)>{lang.keep_storage()}</button>
            </Show>
        </div>
    }
}
