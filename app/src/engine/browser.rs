//! What screens need of the browser besides elements: the address, kept choices, formats, scrolling while dragging.

mod device;
mod styles;

use std::cell::Cell;

pub use device::device_name;
use js_sys::{Array, Date, Function, Intl, Object, Reflect};
use shared::money::{Currency, Money, Sums, decimal};
use shared::reach::Maps;
use shared::sorted::SortedMap;
use shared::text::Lang;
use shared::time::{Day, Timestamp};
pub use styles::dress;
use wasm_bindgen::prelude::*;
pub use web_sys::File;
use web_sys::{
    AddEventListenerOptions, Element, HtmlElement, KeyboardEvent, ScrollIntoViewOptions, ScrollLogicalPosition,
};

thread_local! {
    static DRAGGING: Cell<bool> = const { Cell::new(false) };
    static FORMATS: std::cell::RefCell<SortedMap<(&'static str, String), Function>> = const { std::cell::RefCell::new(SortedMap::new()) };
}

/// The page's address after `#`, such as `/deal/…`.
pub fn hash() -> String {
    let hash = web_sys::window().and_then(|window| window.location().hash().ok()).unwrap_or_default();
    hash.trim_start_matches('#').to_owned()
}

/// Where the page came from, such as `https://sluice.example`.
pub fn origin() -> String {
    web_sys::window().and_then(|window| window.location().origin().ok()).unwrap_or_default()
}

/// Goes to an address such as `/deal/…`; the browser's back button returns.
pub fn go(to: &str) {
    if let Some(window) = web_sys::window() {
        // An address that cannot be set leaves the person where they are, which is the best that can be done.
        let _set = window.location().set_hash(to);
    }
}

/// Goes to an address in place of the present one, so that the back button does not pass every step of a choice. All
/// hear of it at once: the browser tells only later, and a key pressed meanwhile would start from the address before.
pub fn replace(to: &str) {
    if let Some(window) = web_sys::window() {
        let _set = window.location().replace(&format!("#{to}"));
        let _heard = web_sys::Event::new("hashchange").map(|event| window.dispatch_event(&event));
    }
}

/// The language chosen here, else the browser's.
pub fn lang() -> Lang {
    let chosen = kept("lang").or_else(|| web_sys::window().and_then(|window| window.navigator().language()));
    Lang::of_tag(&chosen.unwrap_or_default())
}

/// Keeps the language for the next start and tells the page.
pub fn keep_lang(lang: Lang) {
    keep("lang", lang.tag());
    if let Some(root) = root() {
        let _set = root.set_attribute("lang", lang.tag());
    }
}

/// The theme chosen here: `light`, `dark`, or empty for the system's.
pub fn theme() -> String {
    kept("theme").unwrap_or_default()
}

/// Keeps the theme for the next start and shows it.
pub fn keep_theme(theme: &str) {
    keep("theme", theme);
    if let Some(root) = root() {
        let _set = match theme {
            "" => root.remove_attribute("data-theme"),
            chosen => root.set_attribute("data-theme", chosen),
        };
    }
}

/// An amount as people of the language write it.
pub fn money(lang: Lang, money: Money) -> String {
    total(lang, i128::from(money.minor), money.currency)
}

/// Totals, one text for each currency.
pub fn sums(lang: Lang, sums: &Sums) -> Vec<String> {
    sums.iter().map(|(currency, minor)| total(lang, minor, currency)).collect()
}

fn total(lang: Lang, minor: i128, currency: Currency) -> String {
    // A decimal text is formatted exactly; a float would round beyond 15 digits.
    let plain = decimal(minor, currency);
    let make = || {
        let options =
            options(&[("style", "currency"), ("currency", currency.code()), ("trailingZeroDisplay", "stripIfInteger")]);
        Intl::NumberFormat::new(&locales(lang), &options).format()
    };
    format(lang, currency.code(), make, &plain.clone().into()).unwrap_or(plain)
}

/// A day as people of the language write it; the year stands with it if it is another one.
pub fn day(lang: Lang, day: Day) -> String {
    let date = Date::new(&JsValue::from_f64(day.start().millis() as f64));
    let parts = [("month", "short"), ("day", "numeric"), ("timeZone", "UTC")];
    dated(lang, "day", &parts, &date).unwrap_or_else(|| day.to_string())
}

/// A day with its year as people of the language write it.
pub fn date(lang: Lang, day: Day) -> String {
    let make = || {
        let options = options(&[("dateStyle", "long"), ("timeZone", "UTC")]);
        Intl::DateTimeFormat::new(&locales(lang), &options).format()
    };
    let date = Date::new(&JsValue::from_f64(day.start().millis() as f64));
    format(lang, "date", make, &date).unwrap_or_else(|| day.to_string())
}

/// A moment in this device's time zone; the year stands with it if it is another one.
pub fn moment(lang: Lang, at: Timestamp) -> String {
    let date = Date::new(&JsValue::from_f64(at.millis() as f64));
    let parts = [("month", "numeric"), ("day", "numeric"), ("hour", "2-digit"), ("minute", "2-digit")];
    dated(lang, "moment", &parts, &date).unwrap_or_else(|| at.day().to_string())
}

fn dated(lang: Lang, kind: &str, parts: &[(&str, &str)], date: &Date) -> Option<String> {
    let is_near = date.get_full_year() == Date::new_0().get_full_year();
    let (kind, year) =
        if is_near { (kind.to_owned(), None) } else { (format!("{kind}-year"), Some(("year", "numeric"))) };
    let make = || {
        let parts: Vec<_> = year.into_iter().chain(parts.iter().copied()).collect();
        Intl::DateTimeFormat::new(&locales(lang), &options(&parts)).format()
    };
    format(lang, &kind, make, date)
}

/// Making a formatter costs a hundred times what using it does, so each is made once.
fn format(lang: Lang, kind: &str, make: impl FnOnce() -> Function, value: &JsValue) -> Option<String> {
    FORMATS.with_borrow_mut(|formats| {
        let format = formats.entry((lang.tag(), kind.to_owned())).or_insert_with(make);
        format.call1(&JsValue::NULL, value).ok()?.as_string()
    })
}

fn locales(lang: Lang) -> Array {
    Array::of1(&lang.tag().into())
}

fn options(pairs: &[(&str, &str)]) -> Object {
    let options = Object::new();
    for (key, value) in pairs {
        let _set = Reflect::set(&options, &(*key).into(), &(*value).into());
    }
    options
}

/// Whether the key belongs to an input method that is still composing. Some browsers only say so by the code 229.
pub fn is_composing(event: &KeyboardEvent) -> bool {
    event.is_composing() || event.key_code() == 229
}

/// Whether an input's event belongs to an input method that is still composing.
pub fn is_input_composing(event: &web_sys::Event) -> bool {
    Reflect::get(event, &"isComposing".into()).is_ok_and(|composing| composing.is_truthy())
}

/// Whether the person is writing, so that single keys are text and not shortcuts.
pub fn is_writing() -> bool {
    let active = web_sys::window().and_then(|window| window.document()).and_then(|page| page.active_element());
    active.is_some_and(|element| element.closest("input, textarea, select, dialog").ok().flatten().is_some())
}

/// While set, touches drag and do not scroll.
pub fn set_dragging(dragging: bool) {
    DRAGGING.set(dragging);
}

/// Listens, not passively, for the touches that `set_dragging` is about. Called once.
pub fn watch_touches() {
    let Some(page) = web_sys::window().and_then(|window| window.document()) else { return };
    let stop = Closure::<dyn FnMut(web_sys::Event)>::new(|event: web_sys::Event| {
        if DRAGGING.get() && event.cancelable() {
            event.prevent_default();
        }
    });
    let options = AddEventListenerOptions::new();
    options.set_passive(false);
    for kind in ["touchmove", "contextmenu"] {
        let listener = stop.as_ref().unchecked_ref();
        let _added = page.add_event_listener_with_callback_and_add_event_listener_options(kind, listener, &options);
    }
    stop.forget();
}

/// A short tap under the finger, where the device can.
pub fn tap() {
    if let Some(window) = web_sys::window() {
        let _can = Reflect::get(&window.navigator(), &"vibrate".into())
            .ok()
            .and_then(|vibrate| vibrate.dyn_into::<Function>().ok())
            .map(|vibrate| vibrate.call1(&window.navigator(), &10.into()));
    }
}

/// An attribute of the innermost element at this point, or around it, that has it.
pub fn attribute_at(x: i32, y: i32, name: &str) -> Option<String> {
    let page = web_sys::window()?.document()?;
    let element = page.element_from_point(x as f32, y as f32)?;
    element.closest(&format!("[{name}]")).ok()??.get_attribute(name)
}

/// Scrolls the element when the point is within reach of one of its edges.
pub fn scroll_at_edge(selector: &str, (x, y): (i32, i32)) {
    const REACH: f64 = 48.0;
    let step = |at: i32, low: f64, high: f64| match f64::from(at) {
        at if at < low + REACH => -24,
        at if at > high - REACH => 24,
        _ => 0,
    };
    let Some(element) = find(selector) else { return };
    let edges = element.get_bounding_client_rect();
    element.set_scroll_left(element.scroll_left() + step(x, edges.left(), edges.right()));
    element.set_scroll_top(element.scroll_top() + step(y, edges.top(), edges.bottom()));
}

/// Brings an element into view, for jumps within a page.
pub fn bring_into_view(selector: &str) {
    let options = ScrollIntoViewOptions::new();
    options.set_inline(ScrollLogicalPosition::Start);
    options.set_block(ScrollLogicalPosition::Nearest);
    if let Some(element) = find(selector) {
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Gives an element the focus, if it is there.
pub fn focus(selector: &str) {
    if let Some(element) = find(selector).and_then(|element| element.dyn_into::<HtmlElement>().ok()) {
        let _focused = element.focus();
    }
}

/// Whether the screen is a phone's: the bar is below, and one thing is shown at a time.
pub fn is_narrow() -> bool {
    let width = web_sys::window().and_then(|window| window.inner_width().ok()).and_then(|width| width.as_f64());
    width.is_some_and(|width| width < 900.0)
}

/// The maps that this device opens.
pub fn maps() -> Maps {
    Maps::of_agent(&device::agent())
}

/// How high the window is, in CSS pixels.
pub fn window_height() -> i32 {
    let height = web_sys::window().and_then(|window| window.inner_height().ok()).and_then(|height| height.as_f64());
    height.map_or(900, |height| height as i32)
}

/// Puts a text on the clipboard, where the browser lets a page do so.
pub fn copy(text: &str) {
    if let Some(window) = web_sys::window() {
        let _copied = window.navigator().clipboard().write_text(text);
    }
}

/// Whether the browser promised to keep this site's data; `ask` lets it ask the person.
pub async fn is_kept(ask: bool) -> bool {
    let Some(window) = web_sys::window() else { return false };
    let storage = window.navigator().storage();
    let answer = if ask { storage.persist() } else { storage.persisted() };
    match answer {
        Ok(answer) => wasm_bindgen_futures::JsFuture::from(answer).await.is_ok_and(|kept| kept.is_truthy()),
        Err(_) => false,
    }
}

/// Loads the page anew.
pub fn reload() {
    if let Some(window) = web_sys::window() {
        // A page that cannot be loaded anew stays, with what it says.
        let _loading = window.location().reload();
    }
}

/// Whether a newer version of the app waits.
pub fn has_update() -> bool {
    update("waiting").is_some_and(|waiting| waiting.is_truthy())
}

/// Changes to the newer version; the page reloads once.
pub fn apply_update() {
    if let Some(apply) = update("apply").and_then(|apply| apply.dyn_into::<Function>().ok()) {
        let _applied = apply.call0(&JsValue::NULL);
    }
}

fn update(name: &str) -> Option<JsValue> {
    let offer = Reflect::get(&web_sys::window()?.into(), &"sluiceUpdate".into()).ok()?;
    Reflect::get(&offer, &name.into()).ok()
}

/// The bytes of a file that was chosen or dropped; none if it was moved, deleted or may not be read.
pub async fn bytes(file: File) -> Option<Vec<u8>> {
    let buffer = wasm_bindgen_futures::JsFuture::from(file.array_buffer()).await;
    buffer.ok().map(|buffer| js_sys::Uint8Array::new(&buffer).to_vec())
}

/// An address that holds a text as a file, for a link that saves it.
pub fn as_file(kind: &str, text: &str) -> String {
    format!("data:{kind};charset=utf-8,{}", js_sys::encode_uri_component(text))
}

/// Gives the person a file to keep, where the browser keeps such files.
pub fn save_file(name: &str, kind: &str, bytes: &[u8]) {
    let parts = Array::of1(&js_sys::Uint8Array::from(bytes));
    let options = web_sys::BlobPropertyBag::new();
    options.set_type(kind);
    let blob = web_sys::Blob::new_with_u8_array_sequence_and_options(&parts, &options).ok();
    let page = web_sys::window().and_then(|window| window.document());
    let link = page.and_then(|page| page.create_element("a").ok()).and_then(|link| link.dyn_into::<HtmlElement>().ok());
    let address = blob.and_then(|blob| web_sys::Url::create_object_url_with_blob(&blob).ok());
    if let (Some(link), Some(address)) = (link, address) {
        let _named = link.set_attribute("href", &address).and_then(|()| link.set_attribute("download", name));
        link.click();
        // The browser has taken the file over once the click is done.
        let _gone = web_sys::Url::revoke_object_url(&address);
    }
}

fn find(selector: &str) -> Option<Element> {
    web_sys::window()?.document()?.query_selector(selector).ok()?
}

fn root() -> Option<Element> {
    web_sys::window()?.document()?.document_element()
}

/// What was kept under a name in the browser's small storage.
pub fn kept(key: &str) -> Option<String> {
    web_sys::window()?.local_storage().ok()??.get_item(key).ok()?
}

/// Keeps a text under a name; an empty one is forgotten.
pub fn keep(key: &str, value: &str) {
    let storage = web_sys::window().and_then(|window| window.local_storage().ok().flatten());
    if let Some(storage) = storage {
        // Denied storage costs a choice that has to be made again, nothing else.
        let _kept = if value.is_empty() { storage.remove_item(key) } else { storage.set_item(key, value) };
    }
}

/// Whether the browser's small storage keeps anything.
pub fn can_keep() -> bool {
    const PROBE: &str = "sluice.probe";
    keep(PROBE, "kept");
    let kept = kept(PROBE).is_some();
    keep(PROBE, "");
    kept
}

/// Text of an encoding by its label; none if this browser has no decoder for it.
pub fn decode(label: &str, bytes: &[u8]) -> Option<String> {
    web_sys::TextDecoder::new_with_label(label).ok()?.decode_with_u8_array(bytes).ok()
}

/// Prints the page.
pub fn print() {
    if let Some(window) = web_sys::window() {
        // A browser that does not print leaves the page to be copied.
        let _printed = window.print();
    }
}

/// An address that holds bytes for this page is needed no more.
pub fn forget_address(address: &str) {
    let _gone = web_sys::Url::revoke_object_url(address);
}

/// Opens an address in a tab of its own.
pub fn open_beside(address: &str) {
    if let Some(window) = web_sys::window() {
        // A browser that opens no tabs here has said so to the person.
        let _opened = window.open_with_url_and_target(address, "_blank");
    }
}
