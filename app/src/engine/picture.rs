//! Pictures made smaller before they are kept, and signatures drawn on the screen.

use js_sys::Promise;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{Blob, HtmlCanvasElement};

/// The longer side of a kept photograph, in pixels: legible on a tablet, some hundred kilobytes.
const SIDE: u32 = 1600;

/// A photograph of no more pixels than that, and of no more bytes than this, is kept as it is.
const ENOUGH: u32 = 400_000;

/// The longer side of the small picture that is shown of another, in pixels.
const SMALL_SIDE: u32 = 320;

/// A picture of no more pixels than that, and of no more bytes than this, is shown itself.
const SMALL_ENOUGH: u32 = 40_000;

#[wasm_bindgen(module = "/src/engine/picture.js")]
extern "C" {
    fn shrink(file: &Blob, side: u32, enough: u32) -> Promise;
    fn pen(canvas: &HtmlCanvasElement, drawn: &Closure<dyn FnMut()>);
    #[wasm_bindgen(js_name = clear)]
    fn wipe(canvas: &HtmlCanvasElement);
    fn drawing(canvas: &HtmlCanvasElement) -> Promise;
}

/// The photograph as it is kept; none if it is no picture.
pub(super) async fn smaller(file: &Blob) -> Option<Blob> {
    JsFuture::from(shrink(file, SIDE, ENOUGH)).await.ok()?.dyn_into().ok()
}

/// The small picture that is shown of another; none if that is small itself, or cannot be read here.
pub(super) async fn thumbnail(picture: &Blob) -> Option<Blob> {
    let small: Blob = JsFuture::from(shrink(picture, SMALL_SIDE, SMALL_ENOUGH)).await.ok()?.dyn_into().ok()?;
    Some(small).filter(|small| small.size() < picture.size())
}

/// A canvas of the page that is drawn on.
#[derive(Clone)]
pub struct Pad(HtmlCanvasElement);

impl Pad {
    /// Begins to draw on the canvas; `drawn` is called when a line ends. None if the element is not a canvas.
    pub fn new(element: &JsValue, drawn: impl FnMut() + 'static) -> Option<Self> {
        let canvas: HtmlCanvasElement = element.dyn_ref::<HtmlCanvasElement>()?.clone();
        let drawn = Closure::new(drawn);
        pen(&canvas, &drawn);
        // The canvas calls it for as long as it is in the page.
        drawn.forget();
        Some(Self(canvas))
    }

    /// Takes everything that was drawn away.
    pub fn clear(&self) {
        wipe(&self.0);
    }

    /// What was drawn, as PNG.
    pub(super) async fn picture(&self) -> Option<Blob> {
        JsFuture::from(drawing(&self.0)).await.ok()?.dyn_into().ok()
    }
}
