//! Joining a workspace with a one-time link.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::desk::Desk;
use super::later::{Part, Screen, later};
use super::reasons::why_not_in;
use crate::engine::browser;

/// Takes the link (already given when the page was opened through it) and a name.
pub fn join_page(desk: Desk, secret: String) -> impl IntoView {
    let lang = desk.lang;
    let given = !secret.is_empty();
    let link = RwSignal::new(secret);
    let name = RwSignal::new(String::new());
    let busy = RwSignal::new(false);
    let problem = RwSignal::new(String::new());
    let submit = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        match secret_of(&link.get_untracked()) {
            None => problem.set(lang.link_unreadable().to_owned()),
            Some(_) if name.with_untracked(|name| name.trim().is_empty()) => problem.set(lang.blank(lang.your_name())),
            Some(secret) => spawn_local(async move {
                busy.set(true);
                let answer = desk.dispatch().join(&secret, &name.get_untracked()).await;
                match answer {
                    Ok(()) => browser::go("/"),
                    Err(error) => problem.set(why_not_in(lang, error).await),
                }
                busy.set(false);
            }),
        }
    };
    view! {
        <main class="join">
            <form class="asking panel" on:submit=submit data-testid="join">
                <p class="mark"><i aria-hidden="true"></i>"Sluice"</p>
                <h1>{lang.join_title()}</h1>
                <p>{if given { lang.join_name_hint() } else { lang.join_hint() }}</p>
                <label class="field" hidden=given>
                    <span>{lang.invite_link()}</span>
                    <input type="text" name="link" autocomplete="off" prop:value=move || link.get()
                        on:input=move |event| link.set(event_target_value(&event))/>
                </label>
                {move || (!given && desk.part.get() == Part::Here).then(|| later(desk, Screen::Camera { link, problem }))}
                <label class="field">
                    <span>{lang.your_name()}</span>
                    <input type="text" name="name" autocomplete="name" enterkeyhint="go" prop:value=move || name.get()
                        on:input=move |event| name.set(event_target_value(&event))/>
                </label>
                <p class="problem" role="alert">{move || problem.get()}</p>
                <button type="submit" class="primary" disabled=move || busy.get()>
                    {move || if busy.get() { lang.joining() } else { lang.join() }}
                </button>
            </form>
        </main>
    }
}

/// The secret in a link, or the secret or recovery code itself.
fn secret_of(text: &str) -> Option<String> {
    let secret = text.rsplit_once("/join/").map_or(text, |(_, secret)| secret).trim_end_matches('/');
    let secret: String = secret.chars().filter(|letter| !letter.is_whitespace()).collect();
    let plain = !secret.is_empty() && secret.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    plain.then_some(secret)
}
