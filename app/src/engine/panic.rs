//! A panic is said on the page, never swallowed: everything saved so far is safe, and the page must be loaded anew.

use js_sys::{Function, Reflect};
use wasm_bindgen::prelude::*;

/// From now on panics reach the console and the page's own message.
pub fn watch() {
    std::panic::set_hook(Box::new(|panic| {
        console_error_panic_hook::hook(panic);
        show(&panic.to_string());
    }));
}

/// Calls the page's `sluicePanic`, which needs nothing of this program any more.
fn show(message: &str) {
    let shown = web_sys::window()
        .and_then(|window| Reflect::get(&window, &"sluicePanic".into()).ok())
        .and_then(|shown| shown.dyn_into::<Function>().ok());
    if let Some(shown) = shown {
        let _said = shown.call1(&JsValue::UNDEFINED, &message.into());
    }
}
