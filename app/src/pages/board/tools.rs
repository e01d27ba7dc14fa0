//! Above the columns: filter, lanes, saved views, the board of a past day.

use leptos::prelude::*;
use shared::time::Day;
use shared::view::{Lanes, Shown};

use super::scene::{Scene, show};
use super::{Extra, sometimes};
use crate::engine::clock;

/// Which sheet is open over the board.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sheet {
    Filter,
    Views,
}

pub(super) fn tools(scene: Scene) -> impl IntoView {
    let (desk, lang) = (scene.desk, scene.desk.lang);
    let sheet = RwSignal::new(None::<Sheet>);
    let close = Callback::new(move |()| sheet.set(None));
    let parts = move || scene.shown.with(|shown| shown.filter.part_count());
    let is_filtered = Memo::new(move |_| parts() > 0);
    let is_past = Memo::new(move |_| scene.is_past());
    let filter = move || match parts() {
        0 => lang.filter().to_owned(),
        count => lang.filtered(count),
    };
    let draw = move |extra| sometimes(desk, extra);
    let open = move |which| move |_| sheet.set(Some(which));
    view! {
        <div class="tools" role="group" aria-label=lang.filter()>
            <button type="button" class="chip" data-testid="filter" aria-haspopup="dialog"
                aria-pressed=move || (parts() > 0).to_string() on:click=open(Sheet::Filter)>{filter}</button>
            <label class="chip">
                <span class="said">{lang.lanes_of()}</span>
                <select name="lanes" on:change=move |event| lanes(scene, &event_target_value(&event))>
                    {Lanes::ALL.into_iter().enumerate().map(|(index, each)| view! {
                        <option value=index prop:selected=move || scene.shown.with(|shown| shown.lanes == each)>{lang.lanes(each)}</option>
                    }).collect_view()}
                </select>
            </label>
            <button type="button" class="chip" data-testid="views" aria-haspopup="dialog" on:click=open(Sheet::Views)>
                {move || view_name(scene).unwrap_or_else(|| lang.views().to_owned())}
            </button>
            <label class="chip" title=lang.as_of_day()>
                <span aria-hidden="true">{lang.past_day()}</span>
                <span class="said">{lang.as_of_day()}</span>
                <input type="date" name="as-of" max=clock::today().to_string()
                    prop:value=move || scene.shown.with(|shown| shown.day.map(|day| day.to_string()).unwrap_or_default())
                    on:change=move |event| to_day(scene, event_target_value(&event).parse().ok())/>
            </label>
        </div>
        {move || is_filtered.get().then(|| draw(Extra::Chosen(scene)))}
        {move || is_past.get().then(|| draw(Extra::Past(scene)))}
        {move || sheet.get().map(|which| draw(match which {
            Sheet::Filter => Extra::Filter(scene, close),
            Sheet::Views => Extra::Views(scene, close),
        }))}
        <Show when=move || is_gone(scene)><p class="banner" role="status">{desk.lang.view_gone()}</p></Show>
    }
}

/// Shows what a change makes of what is shown; a saved view that is changed is not shown any more.
pub(super) fn change(scene: Scene, change: impl FnOnce(&mut Shown)) {
    let mut shown = scene.shown.get_untracked();
    change(&mut shown);
    show(&Shown { view: None, ..shown });
}

fn lanes(scene: Scene, index: &str) {
    let lanes = index.parse().ok().and_then(|index: usize| Lanes::ALL.get(index).copied()).unwrap_or_default();
    change(scene, |shown| shown.lanes = lanes);
}

pub(super) fn to_day(scene: Scene, day: Option<Day>) {
    let day = day.filter(|day| *day < clock::today());
    show(&Shown { day, ..scene.shown.get_untracked() });
}

fn view_name(scene: Scene) -> Option<String> {
    let view = scene.shown.with(|shown| shown.view)?;
    scene.desk.mirror().views.with(|views| views.get(&view).map(|view| view.name.clone()))
}

/// The address names a view that was removed, or that this device does not know yet.
fn is_gone(scene: Scene) -> bool {
    scene.shown.with(|shown| shown.view.is_some()) && view_name(scene).is_none()
}
