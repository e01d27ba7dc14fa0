//! Reading a link off another screen with the camera, where the browser can find codes in pictures.

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

#[wasm_bindgen(module = "/src/engine/scanning.js")]
extern "C" {
    #[wasm_bindgen(js_name = canScan)]
    fn can() -> bool;
    #[wasm_bindgen(js_name = scan)]
    fn look(video: &JsValue) -> Promise;
}

/// Whether this browser has a camera to ask for, and finds codes.
pub fn can_scan() -> bool {
    can()
}

/// What the first code says that the camera sees.
///
/// # Errors
/// There is no camera, or it may not be used.
pub async fn scan(video: &JsValue) -> Result<Option<String>, JsValue> {
    Ok(JsFuture::from(look(video)).await?.as_string())
}
