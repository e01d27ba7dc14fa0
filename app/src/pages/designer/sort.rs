//! Changing the order of rows: by mouse, by touch after a quarter of a second, by buttons.

use std::time::Duration;

use leptos::ev::PointerEvent;
use leptos::leptos_dom::helpers::{TimeoutHandle, set_timeout_with_handle};
use leptos::prelude::*;

use super::Designer;
use super::part::List;
use crate::engine::browser;

/// How far a mouse moves before it drags, and a finger may move and still be pressing, in pixels.
const SLACK: i32 = 7;
/// How long a finger presses before it drags.
const LONG_PRESS: Duration = Duration::from_millis(250);

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
}

impl Sort {
    pub(super) fn new() -> Self {
        Self { lifted: RwSignal::new(None), over: RwSignal::new(None), press: StoredValue::new_local(None) }
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
        });
    }

    /// A pointer went down on a row's handle.
    pub(super) fn pressed(self, event: &PointerEvent, row: Row) {
        if event.button() != 0 || !event.is_primary() {
            return;
        }
        let (at, touch) = ((event.client_x(), event.client_y()), event.pointer_type() == "touch");
        let timer = touch.then(|| set_timeout_with_handle(move || self.lift(), LONG_PRESS).ok()).flatten();
        self.press.set_value(Some(Press { row, at, touch, timer }));
    }

    fn moved(self, event: &PointerEvent) {
        let at = (event.client_x(), event.client_y());
        if let Some(row) = self.lifted.get_untracked() {
            event.prevent_default();
            return self.over.set(browser::attribute_at(at.0, at.1, row.list.attribute()));
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
        }
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
        browser::set_dragging(false);
        self.lifted.set(None);
        self.over.set(None);
    }

    fn forget(self) {
        self.press.try_update_value(|press| press.take().and_then(|press| press.timer).map(|timer| timer.clear()));
    }
}
