//! The only place that asks for time, for the day, for random bytes, and for a pause.

use futures::channel::oneshot;
use js_sys::Date;
use shared::time::{Day, Timestamp};
use wasm_bindgen::prelude::*;

/// The longest run of work before the page gets a turn, in milliseconds: half a frame.
const SLICE_MILLIS: f64 = 8.0;

/// This moment, as this device's clock has it.
pub fn now() -> Timestamp {
    Timestamp::from_millis(Date::now() as i64)
}

/// The calendar day where this device is.
pub fn today() -> Day {
    day_of(&Date::new_0())
}

/// The calendar day of a moment where this device is.
pub fn day_at(at: Timestamp) -> Day {
    day_of(&Date::new(&JsValue::from_f64(at.millis() as f64)))
}

fn day_of(date: &Date) -> Day {
    let year = i32::try_from(date.get_full_year()).unwrap_or(0);
    Day::new(year, date.get_month() + 1, date.get_date()).unwrap_or_else(|| now().day())
}

/// The last moment of a day where this device is.
pub fn end_of(day: Day) -> Timestamp {
    let text = format!("{day}T23:59:59.999");
    Timestamp::from_millis(Date::parse(&text) as i64)
}

/// 16 random bytes.
pub fn dice() -> [u8; 16] {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).expect("every browser that runs wasm draws random bytes");
    bytes
}

/// A fresh identity: `fresh(DealId::from_bytes)`.
pub fn fresh<T>(make: impl Fn([u8; 16]) -> T) -> T {
    make(dice())
}

/// A run of work that ends before anybody notices it.
pub struct Slice {
    began: f64,
}

impl Slice {
    /// Begins now.
    pub fn begin() -> Self {
        Self { began: Date::now() }
    }

    /// Lets the page draw and answer if the slice is used up, and begins the next.
    pub async fn breathe(&mut self) {
        if self.is_spent() {
            pause().await;
            self.began = Date::now();
        }
    }

    /// Whether the page should get a turn.
    pub fn is_spent(&self) -> bool {
        Date::now() - self.began >= SLICE_MILLIS
    }
}

/// Lets the page draw and answer. A message, because timers are clamped to 4 ms and slowed in background tabs.
pub async fn pause() {
    let Ok(channel) = web_sys::MessageChannel::new() else { return sleep(0).await };
    let (done, paused) = oneshot::channel::<()>();
    let wake = Closure::once(move || drop(done));
    channel.port1().set_onmessage(Some(wake.as_ref().unchecked_ref()));
    if channel.port2().post_message(&JsValue::NULL).is_ok() {
        let _woken = paused.await;
    }
    channel.port1().close();
}

/// Waits this long.
pub async fn sleep(millis: i32) {
    let (done, slept) = oneshot::channel::<()>();
    let wake = Closure::once_into_js(move || drop(done));
    let window = web_sys::window();
    let set = |window: web_sys::Window| {
        window.set_timeout_with_callback_and_timeout_and_arguments_0(wake.unchecked_ref(), millis).is_ok()
    };
    if window.is_some_and(set) {
        let _woken = slept.await;
    }
}
