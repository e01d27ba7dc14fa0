//! Bringing others in: a link that works once, as text to send and as a code to scan.

use leptos::prelude::*;
use leptos::task::spawn_local;
use qrcodegen::{QrCode, QrCodeEcc};
use shared::membership::Vantage;
use shared::model::Role;
use shared::text::Lang;

use super::sight::vantage;
use crate::engine::browser;
use crate::pages::desk::Desk;
use crate::pages::reasons::join_error;

/// Makes links: everybody for further devices of their own, owners and managers for others.
pub(super) fn inviting(desk: Desk) -> impl IntoView {
    let lang = desk.lang;
    let link = RwSignal::new(None::<Result<String, String>>);
    let role = RwSignal::new(Role::Rep);
    let looks = RwSignal::new(Vantage::default());
    let ask = move |same: bool| {
        spawn_local(async move {
            let made = desk.dispatch().invite(role.get_untracked(), looks.get_untracked(), same).await;
            link.set(Some(made.map_err(|error| join_error(lang, &error))));
        });
    };
    let chip = move |each: Role| {
        view! {
            <button type="button" class="chip" aria-pressed=move || (role.get() == each).to_string()
                on:click=move |_| role.set(each)>{lang.role(each)}</button>
        }
    };
    let chips = move || Role::ALL.into_iter().filter(|each| desk.role().may_invite(*each)).map(chip).collect_view();
    let sees = move || {
        let words = (lang.invite_sees().to_owned(), lang.invite_team().to_owned());
        vantage(lang, words, looks.into(), Callback::new(move |chosen| looks.set(chosen)))
    };
    view! {
        <div class="panel">
            <h2>{lang.team()}</h2>
            <button type="button" class="button" data-testid="add-device" on:click=move |_| ask(true)>{lang.add_my_device()}</button>
            <Show when=move || desk.role().may_invite(Role::Rep)>
                <div class="kinds" role="group" aria-label=lang.invite_as()>
                    <span class="label" aria-hidden="true">{lang.invite_as()}</span>
                    {chips}
                </div>
                <Show when=move || { role.get() < Role::Manager }>{sees()}</Show>
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
    let text = link.clone();
    view! {
        <div class="invitation">
            <p>{lang.invite_once()}</p>
            <div class="qr" role="img" aria-label=lang.qr_label() inner_html=qr(&link)></div>
            <input type="text" readonly data-testid="invite-link" aria-label=lang.invite_link() value=link/>
            {copying(lang, text)}
        </div>
    }
}

/// A button that copies a text.
pub(super) fn copying(lang: Lang, text: String) -> impl IntoView {
    let copied = RwSignal::new(false);
    let copy = move |_| {
        browser::copy(&text);
        copied.set(true);
    };
    view! {
        <button type="button" class="button" on:click=copy>
            {move || if copied.get() { lang.copied() } else { lang.copy() }}
        </button>
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
