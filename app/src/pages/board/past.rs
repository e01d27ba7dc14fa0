//! The board of a past day: which day it is, and the ways to other days and back.

use leptos::prelude::*;

use super::scene::Scene;
use super::tools::to_day;
use crate::engine::browser;

/// Says that the board is one of the past, with the ways to other days and back.
pub(super) fn banner(scene: Scene) -> impl IntoView {
    let lang = scene.desk.lang;
    let keys = window_event_listener(leptos::ev::keydown, move |event| {
        let plain = !event.ctrl_key() && !event.meta_key() && !event.alt_key();
        let step = match (event.key().as_str(), event.shift_key()) {
            ("ArrowLeft", false) => -1,
            ("ArrowRight", false) => 1,
            ("ArrowLeft", true) => -7,
            ("ArrowRight", true) => 7,
            _ => return,
        };
        if plain && !browser::is_writing() && scene.shown.with_untracked(|shown| shown.day.is_some()) {
            event.prevent_default();
            by(scene, step);
        }
    });
    on_cleanup(move || keys.remove());
    let day = Memo::new(move |_| scene.shown.with(|shown| shown.day).filter(|_| scene.is_past()));
    let step = move |days: i32, sign: &'static str, words: &'static str, keys: &'static str| {
        view! {
            <button type="button" class="button" aria-label=words title=words aria-keyshortcuts=keys
                on:click=move |_| by(scene, days)>{sign}</button>
        }
    };
    move || {
        day.get().map(|day| {
            let flags = move || scene.shown.with(|shown| !shown.filter.flags.is_empty()).then(|| lang.flags_are_of_now());
            view! {
                <div class="banner" data-testid="past" data-day=day.to_string()>
                    <p role="status">{lang.board_of(&browser::date(lang, day))}" "{flags}</p>
                    <div class="steps">
                        {step(-7, "«", lang.week_before(), "Shift+ArrowLeft")}
                        {step(-1, "‹", lang.day_before(), "ArrowLeft")}
                        {step(1, "›", lang.day_after(), "ArrowRight")}
                        {step(7, "»", lang.week_after(), "Shift+ArrowRight")}
                        <button type="button" class="primary" on:click=move |_| to_day(scene, None)>{lang.back_to_now()}</button>
                    </div>
                </div>
            }
        })
    }
}

fn by(scene: Scene, days: i32) {
    let day = scene.shown.with_untracked(|shown| shown.day);
    day.into_iter().for_each(|day| to_day(scene, Some(day.plus(days))));
}
