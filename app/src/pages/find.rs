//! Search from anywhere: ctrl or cmd and K, or the button; what is found is gone to with Enter.

mod choice;
mod notes;
mod palette;

use leptos::prelude::*;
use shared::search::Index;

use super::desk::Desk;
use crate::engine::browser;

/// Where the browser keeps what was opened last.
const RECENT: &str = "recent";

/// How many of them are kept.
const KEPT: usize = 8;

/// The search and whether it is open.
#[derive(Clone, Copy)]
pub(super) struct Find {
    desk: Desk,
    is_open: RwSignal<bool>,
    /// Kept while the search is closed: reading all records takes longer than reading what changed.
    index: StoredValue<Index, LocalStorage>,
}

impl Find {
    /// Listens to its keys until the frame leaves, and remembers what is opened.
    pub(super) fn new(desk: Desk) -> Self {
        let is_open = RwSignal::new(false);
        let keys = window_event_listener(leptos::ev::keydown, move |event| {
            let asked = (event.ctrl_key() || event.meta_key()) && !event.shift_key() && !event.alt_key();
            if asked && event.key().eq_ignore_ascii_case("k") {
                event.prevent_default();
                // A form over the page has a draft; the search does not open over it.
                is_open.update(|is_open| *is_open = !*is_open && desk.form.with_untracked(Option::is_none));
            }
        });
        let heard = window_event_listener(leptos::ev::hashchange, |_| remember(&browser::hash()));
        remember(&browser::hash());
        on_cleanup(move || {
            keys.remove();
            heard.remove();
        });
        Self { desk, is_open, index: StoredValue::new_local(Index::default()) }
    }

    /// The way to it for those who have no keyboard.
    pub(super) fn button(self) -> impl IntoView {
        let open = move |_| self.is_open.set(true);
        view! {
            <button type="button" class="find-button" data-testid="find-button"
                aria-keyshortcuts="Control+K Meta+K" on:click=open>
                <i aria-hidden="true"></i><span>{self.desk.lang.find()}</span><kbd aria-hidden="true">"Ctrl K"</kbd>
            </button>
        }
    }

    /// Whether it is open.
    pub(super) fn is_open(self) -> bool {
        self.is_open.get()
    }

    /// The open search.
    pub(super) fn palette(self) -> impl IntoView {
        let close = Callback::new(move |()| self.is_open.set(false));
        palette::palette(self.desk, self.index, close)
    }
}

/// What was opened last, the last first.
fn recent() -> Vec<String> {
    browser::kept(RECENT).unwrap_or_default().lines().map(str::to_owned).collect()
}

fn remember(address: &str) {
    let is_record = ["/deal/", "/company/"].iter().any(|kind| address.starts_with(kind));
    if is_record {
        let others = recent().into_iter().filter(|other| other != address);
        let all: Vec<String> = std::iter::once(address.to_owned()).chain(others).take(KEPT).collect();
        browser::keep(RECENT, &all.join("\n"));
    }
}
