//! Reading a link off another screen with the camera. Codes are found here: many browsers find none themselves, those of
//! iPhones among them, where a link that the system's camera opens does not reach the installed app.

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::ImageData;

use super::clock::sleep;
use super::tools::{ToolError, read_code};

/// How long the camera is left alone between two looks, in milliseconds.
const LOOK_MILLIS: i32 = 200;

#[wasm_bindgen(module = "/src/engine/scanning.js")]
extern "C" {
    #[wasm_bindgen(js_name = canScan)]
    fn can() -> bool;
    fn begin(video: &JsValue) -> Promise;
    #[wasm_bindgen(catch)]
    fn picture(video: &JsValue) -> Result<Option<ImageData>, JsValue>;
    fn end(video: &JsValue);
}

/// Why nothing was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScanError {
    /// There is no camera, or it may not be used.
    Camera,
    /// What finds codes is not here.
    Tool(ToolError),
}

/// Whether this browser has a camera to ask for.
pub fn can_scan() -> bool {
    can()
}

/// What the first code says that the camera sees; none if the video was taken off the page before.
///
/// # Errors
/// Why nothing can be read.
pub async fn scan(video: &JsValue) -> Result<Option<String>, ScanError> {
    let found = match JsFuture::from(begin(video)).await {
        Ok(_) => look(video).await,
        Err(_) => Err(ScanError::Camera),
    };
    end(video);
    found
}

async fn look(video: &JsValue) -> Result<Option<String>, ScanError> {
    while let Some(seen) = picture(video).or(Err(ScanError::Camera))? {
        let read = read_code(seen.width() as usize, seen.data().0).await;
        if let Some(found) = read.map_err(ScanError::Tool)? {
            return Ok(Some(found));
        }
        sleep(LOOK_MILLIS).await;
    }
    Ok(None)
}
