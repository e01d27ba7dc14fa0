//! The app: the first thing that runs in the browser.

use leptos::prelude::*;
use wasm_bindgen::prelude::*;

/// Draws the app into the page's `#app` element; the page's shell gives way by itself.
#[wasm_bindgen(start)]
pub fn start() {
    let root = document().get_element_by_id("app").and_then(|element| element.dyn_into().ok());
    match root {
        Some(root) => mount_to(root, || view! { <main><h1>"Sluice"</h1></main> }).forget(),
        None => mount_to_body(|| view! { <main><h1>"Sluice"</h1></main> }),
    }
}
