//! A row that unfolds into its form, with a handle to drag it and buttons to move it.

use leptos::prelude::*;
use shared::rules::Place;

use super::Designer;
use super::part::Part;
use super::sort::Row;
use crate::widgets::input::sign;

/// What a row shows while it is folded, and where its faults stand.
#[derive(Clone)]
pub(super) struct Fold {
    pub(super) row: Row,
    pub(super) part: Part,
    pub(super) place: Place,
    pub(super) note: Signal<String>,
}

pub(super) fn fold(designer: Designer, fold: Fold, body: impl Fn() -> AnyView + Send + Sync + 'static) -> AnyView {
    let Fold { row, part, place, note } = fold;
    let (lang, id) = (designer.desk.lang, row.id.clone());
    let kind = row.list.name();
    let key = id.clone();
    let open = Memo::new(move |_| designer.opened.with(|opened| opened.contains(&key)));
    let key = id.clone();
    let toggle = move |_| {
        designer.opened.update(|opened| {
            if !opened.remove(&key) {
                opened.insert(key.clone());
            }
        });
    };
    let title = move || designer.title(part);
    let (dragged, key) = (row.clone(), id.clone());
    let lifted = move || designer.sort.lifted.with(|lifted| lifted.as_ref() == Some(&dragged));
    let target = row.list;
    let over = move || {
        let same = designer.sort.lifted.with(|lifted| lifted.as_ref().is_some_and(|lifted| lifted.list == target));
        same && designer.sort.over.with(|over| over.as_ref() == Some(&key))
    };
    let (pressed, up, down) = (row.clone(), row.clone(), row.clone());
    let is = move |each: &str| (each == kind).then(|| id.clone());
    let (name, moving) = (untrack(title), row.id.clone());
    view! {
        <li class=format!("fold {kind}") class:lifted=lifted class:over=over data-testid=kind data-place=moving
            data-stage-row=is("stage-row") data-activity-row=is("activity-row") data-criterion-row=is("criterion-row")>
            <div class="fold-head">
                <span class="handle" aria-hidden="true" title=lang.drag_to_order()
                    on:pointerdown=move |event| designer.sort.pressed(&event, pressed.clone())>"⠿"</span>
                <button type="button" class="fold-name" aria-expanded=move || open.get().to_string() on:click=toggle>
                    <b>{title}</b><small>{move || note.get()}</small>
                </button>
                {sign("↑", lang.move_up(&name), Callback::new(move |()| designer.step(&up, -1)))}
                {sign("↓", lang.move_down(&name), Callback::new(move |()| designer.step(&down, 1)))}
            </div>
            {faults(designer, place)}
            <Show when=move || open.get()>{body()}</Show>
        </li>
    }
    .into_any()
}

/// What the door has against a part, once somebody wanted to publish.
pub(super) fn faults(designer: Designer, place: Place) -> AnyView {
    let lang = designer.desk.lang;
    let words = move || {
        let mine = designer.faults.with(|faults| {
            let here = faults.iter().filter(|fault| fault.place == place);
            here.map(|fault| lang.refusal(&fault.refusal)).collect::<Vec<_>>()
        });
        designer.tried.get().then(|| mine.into_iter().map(|why| view! { <p class="problem">{why}</p> }).collect_view())
    };
    view! { <div class="faults" data-testid="faults">{words}</div> }.into_any()
}
