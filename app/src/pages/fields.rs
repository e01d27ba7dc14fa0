//! The team's own fields: which records have them, in which order, and the form that adds or changes one.

mod choices;
mod editor;

use leptos::prelude::*;
use shared::command::Command;
use shared::id::FieldId;
use shared::model::{CustomField, FieldKind, RecordKind, Role};
use shared::text::Label;

use super::desk::Desk;
use crate::engine::clock;

/// The page of custom fields.
pub(super) fn fields_page(desk: Desk) -> impl IntoView {
    let lang = desk.lang;
    let edited = RwSignal::new(None::<CustomField>);
    let may = Memo::new(move |_| desk.role() >= Role::Manager);
    let panels = RecordKind::ALL.map(|on| panel(desk, on, edited, may));
    view! {
        <section class="setup" data-testid="fields">
            <header class="page-head"><h1>{lang.custom_fields()}</h1></header>
            <p class="hint">{lang.fields_hint()}" "{move || (!may.get()).then_some(lang.managers_change())}</p>
            {panels.into_iter().collect_view()}
            {move || edited.get().map(|field| editor::editor(desk, field, edited))}
        </section>
    }
}

fn panel(desk: Desk, on: RecordKind, edited: RwSignal<Option<CustomField>>, may: Memo<bool>) -> impl IntoView {
    let lang = desk.lang;
    let fields = desk.mirror().fields;
    let asked =
        Memo::new(move |_| fields.with(|all| CustomField::asked(all, on).into_iter().cloned().collect::<Vec<_>>()));
    let rows = move || {
        let all = asked.get();
        let last = all.len().saturating_sub(1);
        let row = |(place, field)| row(desk, field, place, last, edited, may);
        all.into_iter().enumerate().map(row).collect_view()
    };
    let add = move |_| edited.set(Some(fresh(desk, on)));
    view! {
        <div class="panel" role="group" aria-label=lang.record_kind(on) data-record=format!("{on:?}").to_lowercase()>
            <h2>{lang.record_kind(on)}</h2>
            <ul class="rows">
                <Show when=move || asked.with(Vec::is_empty)><li class="none">{lang.no_fields()}</li></Show>
                {rows}
            </ul>
            <Show when=move || may.get()>
                <button type="button" class="button" aria-label=lang.add_field_to(lang.record_kind(on)) on:click=add>
                    {lang.add_field()}
                </button>
            </Show>
            {retired(desk, on, may)}
        </div>
    }
}

fn row(
    desk: Desk,
    field: CustomField,
    place: usize,
    last: usize,
    edited: RwSignal<Option<CustomField>>,
    may: Memo<bool>,
) -> impl IntoView {
    let lang = desk.lang;
    let name = field.name.get(lang).to_owned();
    let put = move |field: &CustomField, to: usize| {
        let changed = desk.mirror().fields.with_untracked(|all| CustomField::placed(all, field, to));
        desk.ask(changed.into_iter().map(Command::DefineField).collect(), move |answer| {
            if let Err(refusal) = answer {
                desk.tell(lang.refusal(&refusal), None);
            }
        });
    };
    let chip = field.on_card.then(|| view! { <span class="chip">{lang.is_on_cards()}</span> });
    let (up, down, open, about) = (field.clone(), field.clone(), field.clone(), described(desk, &field));
    let buttons = view! {
        <button type="button" class="quiet" aria-label=lang.move_up(&name) disabled=place == 0
            on:click=move |_| put(&up, place.saturating_sub(1))>"↑"</button>
        <button type="button" class="quiet" aria-label=lang.move_down(&name) disabled=place == last
            on:click=move |_| put(&down, place + 1)>"↓"</button>
        <button type="button" class="button" aria-label=lang.edit_field(&name)
            on:click=move |_| edited.set(Some(open.clone()))>{lang.edit()}</button>
    };
    view! {
        <li data-custom=field.id.to_string()>
            <span class="what"><b>{name.clone()}</b><small>{about}</small></span>
            {chip}
            {may.get_untracked().then_some(buttons)}
        </li>
    }
}

/// The kind, and what a choice offers.
fn described(desk: Desk, field: &CustomField) -> String {
    let lang = desk.lang;
    let choices: Vec<&str> = field.choices.iter().map(|choice| choice.name.get(lang)).collect();
    match choices.is_empty() {
        true => lang.field_kind(field.kind).to_owned(),
        false => format!("{} · {}", lang.field_kind(field.kind), choices.join(lang.list_comma())),
    }
}

fn retired(desk: Desk, on: RecordKind, may: Memo<bool>) -> impl IntoView {
    let fields = desk.mirror().fields;
    let gone = Memo::new(move |_| {
        let is = |field: &&CustomField| field.on == on && field.retired;
        fields.with(|all| all.values().filter(is).cloned().collect::<Vec<_>>())
    });
    let row = move |field: CustomField| {
        let name = field.name.get(desk.lang).to_owned();
        let back = move |_| {
            let field = CustomField { retired: false, ..field.clone() };
            let words = desk.lang.field_saved(field.name.get(desk.lang));
            desk.ask_undoable(Command::DefineField(field), words);
        };
        view! {
            <li><span class="what">{name}</span>
                {may.get().then(|| view! { <button type="button" class="button" on:click=back.clone()>{desk.lang.bring_back()}</button> })}
            </li>
        }
    };
    view! {
        <Show when=move || gone.with(|gone| !gone.is_empty())>
            <details>
                <summary>{move || desk.lang.retired_fields(gone.with(Vec::len))}</summary>
                <ul class="rows">{move || gone.get().into_iter().map(row).collect_view()}</ul>
            </details>
        </Show>
    }
}

/// A field that is not there yet, behind the others.
fn fresh(desk: Desk, on: RecordKind) -> CustomField {
    let fields = desk.mirror().fields.get_untracked();
    let last = CustomField::asked(&fields, on).last().map(|field| field.rank);
    CustomField {
        id: clock::fresh(FieldId::from_bytes),
        on,
        name: Label::new("", ""),
        kind: FieldKind::Text,
        choices: Vec::new(),
        on_card: false,
        rank: last.map_or(0, |last| last.saturating_add(1)),
        retired: false,
    }
}
