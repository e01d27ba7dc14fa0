//! The styles of the screens that come with the later part of the program.

use wasm_bindgen::JsCast as _;
use wasm_bindgen_futures::JsFuture;
use web_sys::Response;

/// Where the page says that they lie, until they are on it.
const PLACE: &str = "data-later";

/// Puts the styles on the page, once; none if they cannot be had now.
pub async fn dress() -> Option<()> {
    let window = web_sys::window()?;
    let page = window.document()?;
    let link = page.query_selector(&format!("link[{PLACE}]")).ok()?;
    let Some((link, address)) = link.and_then(|link| link.get_attribute(PLACE).map(|address| (link, address))) else {
        return Some(());
    };
    let response: Response = JsFuture::from(window.fetch_with_str(&address)).await.ok()?.dyn_into().ok()?;
    let text = JsFuture::from(response.text().ok().filter(|_| response.ok())?).await.ok()?.as_string()?;
    let style = page.create_element("style").ok()?;
    style.set_text_content(Some(&text));
    page.head()?.append_child(&style).ok()?;
    link.remove_attribute(PLACE).ok()
}
