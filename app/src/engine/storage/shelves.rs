//! Which workspaces this browser has storage of.

use js_sys::{Array, Function, Promise, Reflect};
use shared::id::WorkspaceId;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::PREFIX;

/// The workspaces whose databases are here; none in browsers that do not tell.
pub(crate) async fn workspaces() -> Vec<WorkspaceId> {
    let names = names().await.unwrap_or_default();
    names.iter().filter_map(|name| name.as_string()?.strip_prefix(PREFIX)?.parse().ok()).collect()
}

async fn names() -> Result<Array, JsValue> {
    let factory = Reflect::get(&js_sys::global(), &"indexedDB".into())?;
    let ask: Function = Reflect::get(&factory, &"databases".into())?.dyn_into()?;
    let told: Promise = ask.call0(&factory)?.dyn_into()?;
    let databases: Array = JsFuture::from(told).await?.dyn_into()?;
    databases.iter().map(|database| Reflect::get(&database, &"name".into())).collect()
}
