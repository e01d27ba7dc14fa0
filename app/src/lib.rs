//! The app: starts the engine, and draws what the mirror shows.

pub mod dispatch;
pub mod engine;
pub mod mirror;
pub mod pages;
pub mod widgets;

use leptos::prelude::*;
use wasm_bindgen::prelude::*;

/// Draws the app into the page's `#app` element; the page's shell gives way by itself.
#[wasm_bindgen(start)]
pub fn start() {
    engine::browser::watch_touches();
    engine::leaving::watch();
    let (mirror, writer) = mirror::mirror(engine::clock::now);
    let dispatch = dispatch::Dispatch::start(writer);
    let app = move || pages::app(mirror, dispatch);
    let root = document().get_element_by_id("app").and_then(|element| element.dyn_into().ok());
    match root {
        Some(root) => mount_to(root, app).forget(),
        None => mount_to_body(app),
    }
}
