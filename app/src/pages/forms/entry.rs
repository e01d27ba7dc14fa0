//! What is written in a field that the team added: the right input for each kind, and a list of values to tap.

use leptos::prelude::*;
use shared::command::Command;
use shared::id::{ChoiceId, FieldId};
use shared::model::{Choice, CustomField, Entry, FieldKind, RecordKind, RecordRef, is_link};
use shared::sorted::{SortedMap, SortedSet};
use shared::text::Lang;

use super::input::{amount, choice, decimal, line, lines, members, read_amount, read_day, usual_currency};
use crate::pages::desk::Desk;

/// A value while it is being written; copying it copies no text.
#[derive(Clone, Copy)]
pub struct Draft {
    text: RwSignal<String>,
    currency: RwSignal<String>,
    picked: RwSignal<SortedSet<ChoiceId>>,
}

impl Draft {
    /// A draft that begins with what is written now.
    pub fn of(lang: Lang, current: Option<&Entry>) -> Self {
        let (mut text, mut currency, mut picked) = (String::new(), usual_currency(lang), SortedSet::new());
        match current {
            None => {}
            Some(Entry::Text(words) | Entry::Link(words)) => text.clone_from(words),
            Some(Entry::Number(number)) => text = number.to_string(),
            Some(Entry::Money(money)) => (text, currency) = (money.decimal(), money.currency.to_string()),
            Some(Entry::Date(day)) => text = day.to_string(),
            Some(Entry::Choice(choice)) => text = choice.to_string(),
            Some(Entry::Choices(choices)) => picked.clone_from(choices),
            Some(Entry::Person(member)) => text = member.to_string(),
            Some(Entry::Flag(flag)) => text = flag.to_string(),
        }
        Self { text: RwSignal::new(text), currency: RwSignal::new(currency), picked: RwSignal::new(picked) }
    }

    /// Tracks the draft, for what shows it while it is written.
    pub fn track(self) {
        self.text.track();
        self.currency.track();
        self.picked.track();
    }

    /// The input for a field, under the field's own name.
    pub fn input(self, desk: Desk, field: &CustomField) -> AnyView {
        let (lang, label, text) = (desk.lang, field.name.get(desk.lang), self.text);
        match field.kind {
            FieldKind::Text => lines(label, "entry", text).into_any(),
            FieldKind::Number => decimal(label, "entry", text).into_any(),
            FieldKind::Money => amount(lang, label, text, self.currency).into_any(),
            FieldKind::Date => line(label, "entry", "date", text).into_any(),
            FieldKind::Link => line(label, "entry", "url", text).into_any(),
            FieldKind::Choice => choice(label, "entry", choices(lang, field), text).into_any(),
            FieldKind::Choices => self.boxes(lang, label, field).into_any(),
            FieldKind::Person => choice(label, "entry", members(desk), text).into_any(),
            FieldKind::Flag => choice(label, "entry", flags(lang), text).into_any(),
        }
    }

    /// What was written; none if nothing was.
    ///
    /// # Errors
    /// Says what is wrong with it, in words.
    pub fn read(self, lang: Lang, kind: FieldKind) -> Result<Option<Entry>, String> {
        let text = self.text.get_untracked().trim().to_owned();
        if text.is_empty() && kind != FieldKind::Choices {
            return Ok(None);
        }
        Ok(match kind {
            FieldKind::Text => Some(Entry::Text(text)),
            FieldKind::Number => {
                Some(text.parse().map(Entry::Number).map_err(|_| lang.number_unreadable().to_owned())?)
            }
            FieldKind::Money => read_amount(lang, &text, &self.currency.get_untracked())?.map(Entry::Money),
            FieldKind::Date => read_day(&text).map(Entry::Date),
            FieldKind::Link => Some(Entry::Link(link(&text).ok_or_else(|| lang.link_wrong().to_owned())?)),
            FieldKind::Choice => text.parse().ok().map(Entry::Choice),
            FieldKind::Choices => Some(self.picked.get_untracked()).filter(|all| !all.is_empty()).map(Entry::Choices),
            FieldKind::Person => text.parse().ok().map(Entry::Person),
            FieldKind::Flag => text.parse().ok().map(Entry::Flag),
        })
    }

    fn boxes(self, lang: Lang, label: &str, field: &CustomField) -> impl IntoView + use<> {
        let one = |choice: &Choice| {
            let (id, picked) = (choice.id, self.picked);
            let turn = move |_| {
                picked.update(|all| {
                    let _turned = all.remove(&id) || all.insert(id);
                });
            };
            view! {
                <label class="check">
                    <input type="checkbox" prop:checked=move || picked.with(|all| all.contains(&id)) on:change=turn/>
                    <span>{choice.name.get(lang).to_owned()}</span>
                </label>
            }
        };
        view! {
            <fieldset class="checks">
                <legend>{label.to_owned()}</legend>
                {field.choices.iter().map(one).collect_view()}
            </fieldset>
        }
    }
}

/// The team's own fields inside the form of a record that is being written down.
#[derive(Clone, Copy)]
pub(super) struct Own(StoredValue<Vec<(CustomField, Draft, Option<Entry>)>>);

impl Own {
    pub(super) fn of(desk: Desk, on: RecordKind, values: &SortedMap<FieldId, Entry>) -> Self {
        let draft = |field: &CustomField| {
            let current = values.get(&field.id);
            (field.clone(), Draft::of(desk.lang, current), current.cloned())
        };
        let fields = desk.mirror().fields;
        Self(StoredValue::new(
            fields.with_untracked(|all| CustomField::asked(all, on).into_iter().map(draft).collect()),
        ))
    }

    pub(super) fn inputs(self, desk: Desk) -> AnyView {
        self.0.with_value(|all| all.iter().map(|(field, draft, _)| draft.input(desk, field)).collect_view()).into_any()
    }

    /// The command, then what was written in the fields.
    pub(super) fn after(self, desk: Desk, of: RecordRef, command: Command) -> Result<Vec<Command>, String> {
        let mut commands = vec![command];
        for (field, draft, current) in self.0.get_value() {
            let value = draft.read(desk.lang, field.kind)?;
            if value != current {
                commands.push(Command::SetField { of, field: field.id, value });
            }
        }
        Ok(commands)
    }
}

/// The form for a value of a record. `done` is called when it is kept or given up.
pub fn entry_form(
    desk: Desk,
    of: RecordRef,
    field: &CustomField,
    current: Option<Entry>,
    done: Callback<()>,
) -> impl IntoView + use<> {
    let draft = Draft::of(desk.lang, current.as_ref());
    let (id, kind) = (field.id, field.kind);
    let told = desk.lang.field_kept(field.name.get(desk.lang));
    let build = move || Ok(Command::SetField { of, field: id, value: draft.read(desk.lang, kind)? });
    super::asking_undoable(desk, draft.input(desk, field), done, told, build)
}

/// What the team's own fields say of a record: each value turns into its form when it is tapped. Nothing is drawn
/// where the team asks for no field.
pub fn custom_fields(desk: Desk, of: RecordRef, values: Signal<SortedMap<FieldId, Entry>>) -> impl IntoView {
    let fields = desk.mirror().fields;
    let editing = RwSignal::new(None::<FieldId>);
    let asked = Memo::new(move |_| {
        fields.with(|all| CustomField::asked(all, of.kind()).iter().map(|field| field.id).collect::<Vec<_>>())
    });
    view! {
        <Show when=move || asked.with(|all| !all.is_empty())>
            <dl class="facts" aria-label=desk.lang.custom_fields()>
                <For each=move || asked.get() key=|id| *id children=move |id| row(desk, of, id, values, editing)/>
            </dl>
        </Show>
    }
}

fn row(
    desk: Desk,
    of: RecordRef,
    id: FieldId,
    values: Signal<SortedMap<FieldId, Entry>>,
    editing: RwSignal<Option<FieldId>>,
) -> impl IntoView {
    let fields = desk.mirror().fields;
    let field = Memo::new(move |_| fields.with(|all| all.get(&id).cloned()));
    let value = Memo::new(move |_| values.with(|all| all.get(&id).cloned()));
    let is_edited = Memo::new(move |_| editing.get() == Some(id));
    let name = move || field.with(|field| field.as_ref().map(|field| field.name.get(desk.lang).to_owned()));
    let done = Callback::new(move |()| editing.set(None));
    let cell = move || match field.get().filter(|_| is_edited.get()) {
        Some(field) => entry_form(desk, of, &field, value.get_untracked(), done).into_any(),
        None => shown(desk, id, name().unwrap_or_default(), value, editing).into_any(),
    };
    view! { <div><dt>{name}</dt><dd>{cell}</dd></div> }
}

/// A value to tap; a link is followed, and has a button of its own to edit it.
fn shown(
    desk: Desk,
    id: FieldId,
    name: String,
    value: Memo<Option<Entry>>,
    editing: RwSignal<Option<FieldId>>,
) -> impl IntoView {
    let edit = move |_| editing.set(Some(id));
    let words =
        move || value.with(|value| value.as_ref().map_or(desk.lang.empty_value().to_owned(), |it| desk.entry(it)));
    let label = desk.lang.edit_field(&name);
    move || {
        match value.get() {
        Some(Entry::Link(to)) if is_link(&to) => view! {
            <span class="linked">
                <a href=to.clone() target="_blank" rel="noopener noreferrer">{to.clone()}</a>
                <button type="button" class="quiet" aria-label=label.clone() data-entry=id.to_string() on:click=edit>"✎"</button>
            </span>
        }
        .into_any(),
        _ => view! {
            <button type="button" class="value" class:blank=move || value.with(Option::is_none) title=label.clone() data-entry=id.to_string() on:click=edit>{words}</button>
        }
        .into_any(),
    }
    }
}

fn choices(lang: Lang, field: &CustomField) -> Vec<(String, String)> {
    let offered = field.choices.iter().map(|choice| (choice.id.to_string(), choice.name.get(lang).to_owned()));
    std::iter::once((String::new(), lang.none_chosen().to_owned())).chain(offered).collect()
}

fn flags(lang: Lang) -> Vec<(String, String)> {
    [("", lang.none_chosen()), ("true", lang.yes()), ("false", lang.no())]
        .map(|(value, words)| (value.to_owned(), words.to_owned()))
        .into()
}

/// A web address; one that lacks its scheme gets the usual one.
fn link(text: &str) -> Option<String> {
    let whole = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
    Some(whole).filter(|link| is_link(link))
}
