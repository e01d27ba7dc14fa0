//! Changing the order of rows: by mouse, by touch after a quarter of a second, by buttons.

use std::time::Duration;

use leptos::ev::PointerEvent;
use leptos::leptos_dom::helpers::{IntervalHandle, TimeoutHandle, set_interval_with_handle, set_timeout_with_handle};
use leptos::prelude::*;

use super::Designer;
use super::part::List;
use crate::engine::browser;

/// How far a mouse moves before it drags, and a finger may move and still be pressing, in pixels.
const SLACK: i32 = 7;
/// How long a finger presses before it drags.
const LONG_PRESS: Duration = Duration::from_millis(250);
/// How often the page scrolls on while a row is held at its edge.
const SCROLLING: Duration = Duration::from_millis(50);

/// A row of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    pub(super) list: List,
    pub(super) id: String,
}

#[derive(Clone)]
struct Press {
    row: Row,
    at: (i32, i32),
    touch: bool,
    timer: Option<TimeoutHandle>,
}

/// The one drag of the designer.
#[derive(Clone, Copy)]
pub(super) struct Sort {
    pub(super) lifted: RwSignal<Option<Row>>,
    pub(super) over: RwSignal<Option<String>>,
    press: StoredValue<Option<Press>, LocalStorage>,
    at: StoredValue<(i32, i32)>,
    scroll: StoredValue<Option<IntervalHandle>, LocalStorage>,
}

impl Sort {
    pub(super) fn new() -> Self {
        Self {
            lifted: RwSignal::new(None),
            over: RwSignal::new(None),
            press: StoredValue::new_local(None),
            at: StoredValue::new((0, 0)),
            scroll: StoredValue::new_local(None),
        }
    }

    /// Listens to pointers and Escape until the page leaves.
    pub(super) fn listen(self, designer: Designer) {
        let moved = window_event_listener(leptos::ev::pointermove, move |event| self.moved(&event));
        let released = window_event_listener(leptos::ev::pointerup, move |_| self.released(designer));
        let cancelled = window_event_listener(leptos::ev::pointercancel, move |_| self.put_down());
        let escape = window_event_listener(leptos::ev::keydown, move |event| {
            if event.key() == "Escape" {
                self.put_down();
            }
        });
        on_cleanup(move || {
            [moved, released, cancelled, escape].into_iter().for_each(|handle| handle.remove());
            browser::set_dragging(false);
            self.stop_scrolling();
        });
    }

    /// A pointer went down on a row's handle.
    pub(super) fn pressed(self, event: &PointerEvent, row: Row) {
        if event.button() != 0 || !event.is_primary() {
            return;
        }
        let (at, touch) = ((event.client_x(), event.client_y()), event.pointer_type() == "touch");
        let timer = touch.then(|| set_timeout_with_handle(move || self.lift(), LONG_PRESS).ok()).flatten();
        self.at.set_value(at);
        self.press.set_value(Some(Press { row, at, touch, timer }));
    }

    fn moved(self, event: &PointerEvent) {
        let at = (event.client_x(), event.client_y());
        if self.lifted.with_untracked(Option::is_some) {
            event.prevent_default();
            self.at.set_value(at);
            return self.hover();
        }
        let Some(press) = self.press.get_value() else { return };
        let far = (at.0 - press.at.0).abs().max((at.1 - press.at.1).abs()) > SLACK;
        match (far, press.touch) {
            // A finger that moves before it has pressed for long scrolls.
            (true, true) => self.forget(),
            (true, false) => self.lift(),
            (false, _) => {}
        }
    }

    fn lift(self) {
        if let Some(press) = self.press.get_value() {
            browser::set_dragging(true);
            browser::tap();
            self.lifted.set(Some(press.row));
            self.scroll.set_value(set_interval_with_handle(move || self.scroll_on(), SCROLLING).ok());
        }
    }

    fn hover(self) {
        if let (Some(Some(row)), Some((x, y))) = (self.lifted.try_get_untracked(), self.at.try_get_value()) {
            self.over.set(browser::attribute_at(x, y, row.list.attribute()));
        }
    }

    /// A row that is held at an edge of the page goes on to what lies beyond, also where the finger rests.
    fn scroll_on(self) {
        if let Some(at) = self.at.try_get_value() {
            browser::scroll_at_edge("#content", at);
            self.hover();
        }
    }

    fn stop_scrolling(self) {
        self.scroll.try_update_value(|timer| timer.take().map(|timer| timer.clear()));
    }

    fn released(self, designer: Designer) {
        let (lifted, over) = (self.lifted.get_untracked(), self.over.get_untracked());
        self.put_down();
        if let Some((row, over)) = lifted.zip(over) {
            let to = designer.draft.with_untracked(|draft| row.list.ids(draft).iter().position(|id| *id == over));
            to.into_iter().for_each(|to| designer.place(&row, to));
        }
    }

    fn put_down(self) {
        self.forget();
        self.stop_scrolling();
        browser::set_dragging(false);
        self.lifted.set(None);
        self.over.set(None);
    }

    fn forget(self) {
        self.press.try_update_value(|press| press.take().and_then(|press| press.timer).map(|timer| timer.clear()));
    }
}
