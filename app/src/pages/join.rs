//! Joining a workspace with a one-time link.

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::text::Lang;

use super::desk::Desk;
use super::reasons::join_error;
use crate::engine::{browser, scanning};

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
                    Err(error) => problem.set(join_error(lang, &error)),
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
                {(!given && scanning::can_scan()).then(|| camera(lang, link, problem))}
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

/// The camera reads a link off another device's screen.
fn camera(lang: Lang, link: RwSignal<String>, problem: RwSignal<String>) -> impl IntoView {
    let (video, open) = (NodeRef::<html::Video>::new(), RwSignal::new(false));
    Effect::new(move || {
        let Some(video) = video.get() else { return };
        spawn_local(async move {
            match scanning::scan(&video.into()).await {
                Ok(found) => found.into_iter().for_each(|found| link.set(found)),
                Err(_) => problem.set(lang.no_camera().to_owned()),
            }
            open.set(false);
        });
    });
    view! {
        <button type="button" class="button" data-testid="scan" on:click=move |_| open.update(|open| *open = !*open)>
            {move || if open.get() { lang.close() } else { lang.scan() }}
        </button>
        {move || open.get().then(|| view! { <video class="camera" node_ref=video muted playsinline></video> })}
    }
}

/// The secret in a link, or the secret or recovery code itself.
fn secret_of(text: &str) -> Option<String> {
    let secret = text.rsplit_once("/join/").map_or(text, |(_, secret)| secret).trim_end_matches('/');
    let secret: String = secret.chars().filter(|letter| !letter.is_whitespace()).collect();
    let plain = !secret.is_empty() && secret.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    plain.then_some(secret)
}
