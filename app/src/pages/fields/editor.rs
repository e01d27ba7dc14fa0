//! The form that adds a field, or changes the name, choices and place of one.

use leptos::prelude::*;
use shared::command::Command;
use shared::model::{CustomField, FieldKind, RecordKind};
use shared::refusal::Refusal;
use shared::text::Label;

use super::choices::{Offered, offered};
use crate::pages::desk::Desk;
use crate::pages::forms::asking_undoable;
use crate::pages::forms::input::{choice, names};
use crate::widgets::dialog::Dialog;
use crate::widgets::input::switch;

pub(super) fn editor(desk: Desk, field: CustomField, edited: RwSignal<Option<CustomField>>) -> impl IntoView {
    let lang = desk.lang;
    let done = Callback::new(move |()| edited.set(None));
    let is_new = desk.mirror().fields.with_untracked(|all| !all.contains_key(&field.id));
    let title =
        if is_new { lang.add_field_to(lang.record_kind(field.on)) } else { lang.edit_field(field.name.get(lang)) };
    let [zh, en] = [&field.name.zh, &field.name.en].map(|name| RwSignal::new(name.clone()));
    let (kind, on_card) = (RwSignal::new(format!("{:?}", field.kind)), RwSignal::new(field.on_card));
    let choices = Offered::of(&field.choices);
    let sort = match is_new {
        true => choice(lang.field_kind_label(), "kind", kinds(desk), kind).into_any(),
        false => view! { <p class="about">{lang.field_kind(field.kind)}</p> }.into_any(),
    };
    let offers = Memo::new(move |_| kind.with(|kind| read_kind(kind).offers()));
    let inputs = view! {
        {names(lang, zh, en)}
        {sort}
        <Show when=move || offers.get()>{offered(desk, choices)}</Show>
        {matches!(field.on, RecordKind::Deal | RecordKind::Company).then(|| {
            switch(lang.on_card().to_owned(), on_card.into(), Callback::new(move |to| on_card.set(to)))
        })}
    };
    let away = (!is_new).then(|| retiring(desk, field.clone(), done));
    let told = lang.field_saved(field.name.get(lang));
    let build = move || {
        let kind = kind.with_untracked(|kind| read_kind(kind));
        let choices = if kind.offers() { choices.read() } else { Vec::new() };
        if kind.offers() && choices.is_empty() {
            return Err(lang.choices_needed().to_owned());
        }
        let [zh, en] = [zh, en].map(|name| name.get_untracked().trim().to_owned());
        let field =
            CustomField { name: Label { zh, en }, kind, choices, on_card: on_card.get_untracked(), ..field.clone() };
        Ok(Command::DefineField(field))
    };
    view! {
        <Dialog title close=lang.close() on_close=done>
            {asking_undoable(desk, inputs, done, told, build)}
            {away}
        </Dialog>
    }
}

/// Taking the field out of use. What still asks for it is named, with the way there.
fn retiring(desk: Desk, field: CustomField, done: Callback<()>) -> impl IntoView {
    let lang = desk.lang;
    let problem = RwSignal::new(None::<Refusal>);
    let retire = move |_| {
        let name = field.name.get(lang).to_owned();
        let (gone, back) = (CustomField { retired: true, ..field.clone() }, field.clone());
        desk.ask(vec![Command::DefineField(gone)], move |answer| match answer {
            Ok(()) => {
                desk.tell(lang.field_retired(&name), Some(Command::DefineField(back)));
                done.run(());
            }
            Err(refusal) => problem.set(Some(refusal)),
        });
    };
    let words = move || {
        problem.get().map(|refusal| {
            let way = user(desk, &refusal).map(|(to, words)| view! { " "<a href=to>{words}</a> });
            view! { {lang.refusal(&refusal)}{way} }
        })
    };
    view! {
        <p class="problem" role="alert">{words}</p>
        <button type="button" class="button" on:click=retire>{lang.retire_field()}</button>
    }
}

/// Where the one that still asks for a field can be changed.
fn user(desk: Desk, refusal: &Refusal) -> Option<(&'static str, &'static str)> {
    let Refusal::FieldInUse { user, .. } = refusal else { return None };
    let is_rule = desk.mirror().automations.with_untracked(|all| all.values().any(|rule| rule.name == **user));
    Some(match is_rule {
        true => ("#/automations", desk.lang.see_rules()),
        false => ("#/pipelines", desk.lang.see_pipelines()),
    })
}

fn kinds(desk: Desk) -> Vec<(String, String)> {
    FieldKind::ALL.map(|kind| (format!("{kind:?}"), desk.lang.field_kind(kind).to_owned())).to_vec()
}

fn read_kind(name: &str) -> FieldKind {
    FieldKind::ALL.into_iter().find(|kind| format!("{kind:?}") == name).unwrap_or(FieldKind::Text)
}
