//! Which workspaces this browser has storage of.

use js_sys::{Array, Promise, Reflect};
use shared::id::WorkspaceId;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::patience::patiently;
use super::{PREFIX, Trouble, not_opened};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = indexedDB, catch)]
    fn databases() -> Result<Promise, JsValue>;
}

/// The workspaces whose databases are here; none in browsers that have no way to tell.
///
/// # Errors
/// The browser would tell and cannot now.
pub(crate) async fn workspaces() -> Result<Vec<WorkspaceId>, Trouble> {
    let told = patiently(told).await?;
    let names = told.iter().filter_map(|database| Reflect::get(&database, &"name".into()).ok()?.as_string());
    Ok(names.filter_map(|name| name.strip_prefix(PREFIX)?.parse().ok()).collect())
}

async fn told() -> Result<Array, Trouble> {
    let Ok(telling) = databases() else { return Ok(Array::new()) };
    let told = JsFuture::from(telling).await.map_err(|error| not_opened(error.dyn_ref()))?;
    Ok(Array::from(&told))
}
