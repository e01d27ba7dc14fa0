//! What people said of one thing at once: every value, whose it is, and a way to keep it.

use leptos::prelude::*;
use shared::command::Command;
use shared::id::MemberId;
use shared::model::Version;
use shared::time::Timestamp;

use super::desk::Desk;
use crate::engine::browser;

/// One of the values.
pub(super) struct Told {
    words: String,
    by: Option<MemberId>,
    at: Timestamp,
    /// The same edit once more: written after all of them, it settles them.
    keep: Option<Command>,
}

impl Told {
    pub(super) fn of<V>(version: &Version<V>, words: String, keep: Option<Command>) -> Self {
        Self { words, by: version.by, at: version.at, keep }
    }
}

/// The values of what is called so, the one that is shown now first.
pub(super) fn disputed(desk: Desk, what: &str, field: String, told: Vec<Told>) -> impl IntoView + use<> {
    let rows = told.into_iter().enumerate().map(|(index, told)| row(desk, index == 0, told)).collect_view();
    view! {
        <section class="panel notice" data-testid="conflict" data-field=field>
            <h2>{desk.lang.conflict_of(what)}</h2>
            <ul class="versions">{rows}</ul>
        </section>
    }
}

fn row(desk: Desk, is_shown: bool, told: Told) -> impl IntoView {
    let lang = desk.lang;
    let by = told.by.map_or_else(|| lang.somebody().to_owned(), |by| desk.member(Some(by)));
    let note = format!("{by} · {}", browser::moment(lang, told.at));
    let keep = move |_| told.keep.iter().cloned().for_each(|command| desk.ask_or_tell(command));
    view! {
        <li data-testid="version">
            <b>{told.words}</b>
            <small>{note}{is_shown.then(|| view! { " · "<em>{lang.shown_now()}</em> })}</small>
            <button type="button" class="button" data-testid="keep" on:click=keep>{lang.keep_this()}</button>
        </li>
    }
}
