//! Asks before a page is left whose work is nowhere else: by closing it, by a link, by going back.

use std::cell::RefCell;

use js_sys::Reflect;
use wasm_bindgen::prelude::*;

use super::browser;

/// A page that is not to be left without asking.
#[derive(Clone)]
struct Guard {
    at: String,
    words: String,
}

thread_local! {
    static GUARD: RefCell<Option<Guard>> = const { RefCell::new(None) };
}

/// From now on, leaving this page asks with these words; none lets it go.
pub fn guard(words: Option<String>) {
    GUARD.replace(words.map(|words| Guard { at: browser::hash(), words }));
}

/// Whether the address that is shown now may take the place of the guarded one. If the person stays, the guarded
/// address is back.
pub fn may_leave() -> bool {
    let now = browser::hash();
    let Some(guard) = GUARD.with_borrow(|guard| guard.clone().filter(|guard| guard.at != now)) else { return true };
    let window = web_sys::window();
    let leaves = window.is_none_or(|window| window.confirm_with_message(&guard.words).unwrap_or(true));
    if leaves {
        GUARD.take();
    } else {
        browser::go(&guard.at);
    }
    leaves
}

/// Lets the browser ask before it closes a guarded page. Called once.
pub fn watch() {
    let Some(window) = web_sys::window() else { return };
    let ask = Closure::<dyn FnMut(web_sys::Event)>::new(|event: web_sys::Event| {
        if GUARD.with_borrow(Option::is_some) {
            event.prevent_default();
            // Some browsers ask only if this is set; each shows words of its own.
            let _set = Reflect::set(&event, &"returnValue".into(), &"".into());
        }
    });
    let _added = window.add_event_listener_with_callback("beforeunload", ask.as_ref().unchecked_ref());
    ask.forget();
}
