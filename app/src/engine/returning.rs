//! Turning to this tab again: it shows what another tab saved that went before it could tell, and has it sent.

use std::rc::Rc;

use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;

use super::Engine;

/// Looks into storage whenever the tab comes to the front, unless there was never another. That one may have gone in
/// between, by a crash or because the system took its memory, and then nobody told of its last work.
pub(super) fn watch(engine: &Rc<Engine>) {
    let Some(page) = web_sys::window().and_then(|window| window.document()) else { return };
    let engine = Rc::clone(engine);
    let turned = Closure::<dyn FnMut()>::new(move || spawn_local(look(Rc::clone(&engine))));
    let _listening = page.add_event_listener_with_callback("visibilitychange", turned.as_ref().unchecked_ref());
    // The page listens for as long as it lives.
    turned.forget();
}

async fn look(engine: Rc<Engine>) {
    let page = web_sys::window().and_then(|window| window.document());
    if engine.tabs.is_alone() || page.is_some_and(|page| page.hidden()) {
        return;
    }
    let _shown = engine.catch_up_with_storage().await;
    engine.recount().await;
    engine.nudge();
}
