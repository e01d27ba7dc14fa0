//! Dragging a card: by mouse after 6 pixels, by touch after a quarter of a second, by Space and arrows.
//!
//! A touch that moves before that scrolls, and scrolling never drags. Listeners are on the window, so a
//! card that is drawn anew while it is dragged loses nothing.

use std::sync::Arc;
use std::time::Duration;

use leptos::ev::{KeyboardEvent, PointerEvent};
use leptos::leptos_dom::helpers::{IntervalHandle, TimeoutHandle, set_interval_with_handle, set_timeout_with_handle};
use leptos::prelude::*;
use shared::command::Command;
use shared::id::{DealId, DocumentId, StageId};
use shared::model::DealCard;
use shared::pipeline::Pipeline;
use shared::refusal::Refusal;
use shared::view::Lane;

use super::column::Place;
use super::scene::{Scene, key};

use crate::engine::browser;
use crate::pages::desk::Desk;

/// How far a mouse moves before it drags, in pixels.
const MOUSE_SLACK: i32 = 6;
/// How far a finger may move and still be pressing, in pixels.
const TOUCH_SLACK: i32 = 8;
/// How long a finger presses before it drags.
const LONG_PRESS: Duration = Duration::from_millis(250);

/// A card that was lifted.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Lifted {
    pub(super) card: Arc<DealCard>,
    pub(super) over: Option<Place>,
    by_key: bool,
}

/// A pointer that is down on a card and may become a drag.
#[derive(Clone)]
struct Press {
    card: Arc<DealCard>,
    at: (i32, i32),
    touch: bool,
    timer: Option<TimeoutHandle>,
}

/// A drop that the gate refused, where it was dropped.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::pages) struct RefusedDrop {
    pub(super) deal: DealId,
    pub(super) place: Place,
}

/// The one drag of the board.
#[derive(Clone, Copy)]
pub(in crate::pages) struct Drag {
    pub(super) desk: Desk,
    pub(super) scene: Scene,
    pub(super) lifted: RwSignal<Option<Lifted>>,
    pub(super) refused: RwSignal<Option<RefusedDrop>>,
    pub(super) said: RwSignal<String>,
    pipeline: StoredValue<Arc<Pipeline>>,
    at: RwSignal<(i32, i32)>,
    press: StoredValue<Option<Press>, LocalStorage>,
    scroll: StoredValue<Option<IntervalHandle>, LocalStorage>,
    dropped: StoredValue<bool>,
}

impl Drag {
    pub(super) fn new(scene: Scene, pipeline: Arc<Pipeline>) -> Self {
        Self {
            desk: scene.desk,
            scene,
            lifted: RwSignal::new(None),
            refused: RwSignal::new(None),
            said: RwSignal::new(String::new()),
            pipeline: StoredValue::new(pipeline),
            at: RwSignal::new((0, 0)),
            press: StoredValue::new_local(None),
            scroll: StoredValue::new_local(None),
            dropped: StoredValue::new(false),
        }
    }

    pub(super) fn is_lifted(self) -> bool {
        self.lifted.with(Option::is_some)
    }

    /// Listens to pointers and Escape until the board leaves.
    pub(super) fn listen(self) {
        let handles = [
            window_event_listener(leptos::ev::pointermove, move |event| self.moved(&event)),
            window_event_listener(leptos::ev::pointerup, move |_| self.released()),
            window_event_listener(leptos::ev::pointercancel, move |_| self.cancel()),
        ];
        let escape = window_event_listener(leptos::ev::keydown, move |event| {
            if event.key() == "Escape" && self.lifted.with_untracked(Option::is_some) {
                self.cancel();
            }
        });
        on_cleanup(move || {
            handles.into_iter().for_each(|handle| handle.remove());
            escape.remove();
            browser::set_dragging(false);
        });
    }

    /// A pointer went down on a card.
    pub(super) fn pressed(self, event: &PointerEvent, card: Arc<DealCard>) {
        self.dropped.set_value(false);
        if event.button() != 0 || !event.is_primary() {
            return;
        }
        let (at, touch) = ((event.client_x(), event.client_y()), event.pointer_type() == "touch");
        let lift = move || self.lift_pressed();
        let timer = touch.then(|| set_timeout_with_handle(lift, LONG_PRESS).ok()).flatten();
        self.at.set(at);
        self.press.set_value(Some(Press { card, at, touch, timer }));
    }

    /// Whether the click that follows belongs to a drag.
    pub(super) fn was_drag(self) -> bool {
        self.dropped.get_value()
    }

    fn moved(self, event: &PointerEvent) {
        let at = (event.client_x(), event.client_y());
        if self.lifted.with_untracked(|lifted| lifted.as_ref().is_some_and(|lifted| !lifted.by_key)) {
            event.prevent_default();
            self.at.set(at);
            return self.hover(at);
        }
        let Some(press) = self.press.get_value() else { return };
        let far = (at.0 - press.at.0).abs().max((at.1 - press.at.1).abs());
        match press.touch {
            true if far > TOUCH_SLACK => self.forget_press(),
            false if far > MOUSE_SLACK => self.lift_pressed(),
            true | false => {}
        }
    }

    fn lift_pressed(self) {
        let Some(press) = self.press.get_value() else { return };
        browser::set_dragging(true);
        browser::tap();
        self.dropped.set_value(true);
        self.lift(press.card, false);
        let edge = move || {
            let at = self.at.get_untracked();
            browser::scroll_at_edge("#columns", at);
            self.hover(at);
        };
        self.scroll.set_value(set_interval_with_handle(edge, Duration::from_millis(50)).ok());
    }

    fn lift(self, card: Arc<DealCard>, by_key: bool) {
        self.let_go();
        self.refused.set(None);
        // Read while it is carried, so that the drop is in the next frame.
        self.desk.dispatch().open(DocumentId::Deal(card.id));
        let stage = self.stage_name(card.stage);
        self.said.set(self.desk.lang.lifted(&card.title, &stage));
        let over = Some(Place { stage: card.stage, lane: self.lane_of(&card) });
        self.lifted.set(Some(Lifted { over, card, by_key }));
    }

    fn hover(self, at: (i32, i32)) {
        let stage = browser::attribute_at(at.0, at.1, "data-column").and_then(|stage| stage.parse().ok());
        let lane = browser::attribute_at(at.0, at.1, "data-lane").and_then(|lane| self.scene.lane_by_key(&lane));
        self.set_over(stage.map(|stage| Place { stage, lane: lane.unwrap_or(Lane::All) }));
    }

    /// The lane a deal lies in.
    fn lane_of(self, card: &DealCard) -> Lane {
        self.scene.lane_of(card, &self.pipeline.get_value())
    }

    fn set_over(self, over: Option<Place>) {
        if self.lifted.with_untracked(|lifted| lifted.as_ref().is_none_or(|lifted| lifted.over == over)) {
            return;
        }
        self.lifted.update(|lifted| lifted.iter_mut().for_each(|lifted| lifted.over = over));
        if let Some(place) = over {
            self.said.set(self.desk.lang.over_stage(&self.place_name(place)));
        }
    }

    fn released(self) {
        self.forget_press();
        if self.lifted.with_untracked(|lifted| lifted.as_ref().is_some_and(|lifted| !lifted.by_key)) {
            self.drop_it();
        }
    }

    fn drop_it(self) {
        let lifted = self.lifted.get_untracked();
        self.put_down();
        if let Some(Lifted { card, over: Some(to), by_key }) = lifted {
            self.put(&card, to);
            let selector = format!("[data-deal=\"{}\"]", card.id);
            if by_key {
                set_timeout(move || browser::focus(&selector), Duration::from_millis(60));
            }
        }
    }

    /// Puts a deal somewhere: into a stage, and what another lane means. What is missing opens where it was dropped.
    pub(super) fn put(self, card: &DealCard, place: Place) {
        let (deal, stage) = (card.id, place.stage);
        let into_lane = self.into_lane(card, place.lane);
        if card.stage == stage {
            let told = self.desk.lang.put_into_lane(&card.title, &untrack(|| self.scene.lane_name(place.lane)));
            return into_lane.into_iter().for_each(|command| self.desk.ask_undoable(command, told.clone()));
        }
        self.desk.move_deal_and(card, stage, into_lane, move |refusal| match refusal {
            Refusal::GateClosed { .. } => {
                self.said.set(self.desk.lang.not_yet_into(&self.stage_name(stage)));
                self.refused.set(Some(RefusedDrop { deal, place }));
                browser::bring_into_view(&format!("[data-column=\"{stage}\"]"));
            }
            other => self.desk.tell(self.desk.lang.refusal(&other), None),
        });
    }

    /// What puts a deal into another lane. A customer is not changed by a drag.
    fn into_lane(self, card: &DealCard, lane: Lane) -> Option<Command> {
        let deal = card.id;
        match lane {
            lane if lane == self.lane_of(card) => None,
            Lane::Owner(owner) => Some(Command::AssignDeal { deal, owner }),
            Lane::Category(category) => Some(Command::ClassifyDeal { deal, category: Some(category) }),
            Lane::All | Lane::Company(_) => None,
        }
    }

    fn cancel(self) {
        self.forget_press();
        if self.lifted.with_untracked(Option::is_some) {
            self.said.set(self.desk.lang.drop_cancelled().to_owned());
        }
        self.put_down();
    }

    fn put_down(self) {
        browser::set_dragging(false);
        self.scroll.try_update_value(|timer| timer.take().map(|timer| timer.clear()));
        self.let_go();
    }

    fn let_go(self) {
        if let Some(lifted) = self.lifted.get_untracked() {
            self.desk.dispatch().close(DocumentId::Deal(lifted.card.id));
            self.lifted.set(None);
        }
    }

    fn forget_press(self) {
        self.press.try_update_value(|press| press.take().and_then(|press| press.timer).map(|timer| timer.clear()));
    }

    /// A key went down on a card of the past, which can only be opened.
    pub(super) fn key_in_past(self, event: &KeyboardEvent, deal: DealId) {
        if event.key() == "Enter" {
            event.prevent_default();
            browser::go(&format!("/deal/{deal}"));
        }
    }

    /// A key went down on a card.
    pub(super) fn key(self, event: &KeyboardEvent, card: Arc<DealCard>) {
        let lifted = self.lifted.with_untracked(Option::is_some);
        match (event.key().as_str(), lifted) {
            (" ", false) => self.lift(card, true),
            (" " | "Enter", true) => self.drop_it(),
            ("ArrowRight", true) => self.step(1),
            ("ArrowLeft", true) => self.step(-1),
            ("ArrowDown", true) => self.step_lane(1),
            ("ArrowUp", true) => self.step_lane(-1),
            ("Enter", false) => browser::go(&format!("/deal/{}", card.id)),
            ("m" | "M", false) => self.desk.form.set(Some(crate::pages::forms::Form::Move { deal: card.id })),
            (_, _) => return,
        }
        event.prevent_default();
    }

    fn step(self, by: isize) {
        let pipeline = self.pipeline.get_value();
        let Some(over) = self.lifted.with_untracked(|lifted| lifted.as_ref().and_then(|lifted| lifted.over)) else {
            return;
        };
        let index = pipeline.index(over.stage).and_then(|index| index.checked_add_signed(by));
        if let Some(stage) = index.and_then(|index| pipeline.stages.get(index)) {
            self.step_to(Place { stage: stage.id, ..over });
        }
    }

    fn step_lane(self, by: isize) {
        let Some(over) = self.lifted.with_untracked(|lifted| lifted.as_ref().and_then(|lifted| lifted.over)) else {
            return;
        };
        if let Some(lane) = self.scene.lane_beside(over.lane, by) {
            self.step_to(Place { lane, ..over });
        }
    }

    fn step_to(self, place: Place) {
        self.set_over(Some(place));
        let lane = match place.lane {
            Lane::All => String::new(),
            lane => format!("[data-lane=\"{}\"]", key(lane)),
        };
        browser::bring_into_view(&format!("[data-column=\"{}\"]{lane}", place.stage));
    }

    fn place_name(self, place: Place) -> String {
        let stage = self.stage_name(place.stage);
        match place.lane {
            Lane::All => stage,
            lane => format!("{stage}, {}", self.desk.lang.in_lane(&untrack(|| self.scene.lane_name(lane)))),
        }
    }

    fn stage_name(self, stage: StageId) -> String {
        let pipeline = self.pipeline.get_value();
        pipeline.stage(stage).map(|stage| stage.name.get(self.desk.lang).to_owned()).unwrap_or_default()
    }

    /// The card under the pointer.
    pub(super) fn ghost(self) -> impl IntoView {
        let by_pointer = move || self.lifted.get().filter(|lifted| !lifted.by_key);
        let place = move || {
            let (x, y) = self.at.get();
            format!("translate({}px, {}px) rotate(1.5deg)", x - 40, y - 24)
        };
        move || {
            by_pointer().map(|lifted| {
                view! {
                    <div class="ghost card" aria-hidden="true" style:transform=place>
                        <b>{lifted.card.title.clone()}</b>
                        <span class="amount">
                            {lifted.card.amount.map(|amount| browser::money(self.desk.lang, amount))}
                        </span>
                    </div>
                }
            })
        }
    }
}
