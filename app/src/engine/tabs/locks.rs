//! Web Locks: what only one tab may hold, given back by the browser when the tab goes.

use futures::StreamExt as _;
use futures::channel::mpsc;
use js_sys::{Function, Object, Promise, Reflect};
use wasm_bindgen::prelude::*;

/// What came of asking for a lock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lease {
    /// This tab has it until it goes.
    Held,
    /// Another tab has it.
    Taken,
    /// The browser has no locks here (pages that are not from a secure address).
    Unsupported,
}

/// Takes a lock if it is free.
pub(super) async fn try_hold(name: &str) -> Lease {
    let options = Object::new();
    match Reflect::set(&options, &"ifAvailable".into(), &true.into()) {
        Ok(_) => request(name, &options).await,
        Err(_) => Lease::Unsupported,
    }
}

/// Waits until this tab has the lock.
pub(super) async fn hold(name: &str) -> Lease {
    request(name, &Object::new()).await
}

async fn request(name: &str, options: &Object) -> Lease {
    let Some((locks, method)) = manager() else { return Lease::Unsupported };
    let (answer, mut answers) = mpsc::unbounded();
    let refused = answer.clone();
    let granted = Closure::once_into_js(move |lock: JsValue| -> JsValue {
        let held = !lock.is_null() && !lock.is_undefined();
        let _asked = answer.unbounded_send(if held { Lease::Held } else { Lease::Taken });
        // A promise that is never kept holds the lock for as long as the tab lives.
        if held { never() } else { JsValue::UNDEFINED }
    });
    let asked = method.call3(&locks, &name.into(), options, &granted);
    let failed = Closure::once_into_js(move |_: JsValue| drop(refused.unbounded_send(Lease::Unsupported)));
    let Ok(promise) = asked else { return Lease::Unsupported };
    let _chained = Reflect::get(&promise, &"catch".into())
        .and_then(|catch| catch.dyn_into::<Function>())
        .and_then(|catch| catch.call1(&promise, &failed));
    answers.next().await.unwrap_or(Lease::Unsupported)
}

fn never() -> JsValue {
    Promise::new(&mut |_, _| {}).into()
}

fn manager() -> Option<(JsValue, Function)> {
    let navigator = web_sys::window()?.navigator();
    let locks = Reflect::get(&navigator, &"locks".into()).ok().filter(|locks| locks.is_object())?;
    let method = Reflect::get(&locks, &"request".into()).ok()?.dyn_into().ok()?;
    Some((locks, method))
}
