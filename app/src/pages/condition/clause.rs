//! One clause: what it is about, how it compares, with which value, and what that means in words.

use leptos::prelude::*;
use shared::model::{Category, CustomField, Field, FieldKind, RecordKind};
use shared::pipeline::condition::{Clause, Node, NodeId, Subject};
use shared::pipeline::{Comparison, Condition};

use super::{Editor, said};
use crate::pages::desk::Desk;
use crate::pages::forms::{CURRENCIES, like, usual_currency};
use crate::widgets::input::{select, select_among, sign, switch, text};

/// Fields that each deal has and conditions can ask for.
const FIELDS: [Field; 6] = [Field::Amount, Field::Company, Field::Owner, Field::Close, Field::Title, Field::Category];

pub(super) fn clause(editor: Editor, id: NodeId) -> AnyView {
    let (desk, lang) = (editor.desk, editor.desk.lang);
    let read = Memo::new(move |_| editor.draft.with(|draft| draft.clause(id).cloned()));
    let about = move || read.get().map(|clause| clause.about);
    let shape = Memo::new(move |_| read.get().map(|clause| (clause.about, clause.is.is_some())));
    let turn_to = move |subject: Option<Subject>| {
        subject.into_iter().for_each(|subject| change(editor, id, |clause| *clause = Clause::new(subject)));
    };
    let fields = desk.mirror().fields;
    let means = Memo::new(move |_| {
        let made = fields.with(|fields| read.get().and_then(|clause| clause.condition(fields)));
        made.map(|made| said(desk, &made))
    });
    let deny = Callback::new(move |to| change(editor, id, |clause| clause.not = to));
    let denied = Signal::derive(move || read.get().is_some_and(|clause| clause.not));
    view! {
        <div class="clause" role="group" data-testid="clause">
            {select_among(lang.clause_field().to_owned(), subjects(desk, about()), about, turn_to)}
            {move || shape.get().map(|(subject, valued)| compared(editor, id, subject, valued))}
            <div class="clause-end">
                {switch(lang.opposite().to_owned(), denied, deny)}
                {sign("✕", lang.remove_clause().to_owned(), Callback::new(move |()| editor.change(|draft| draft.remove(id))))}
            </div>
            <p class="means" class:problem=move || means.with(Option::is_none)>
                {move || means.get().unwrap_or_else(|| lang.clause_unfinished().to_owned())}
            </p>
        </div>
    }
    .into_any()
}

fn change(editor: Editor, id: NodeId, change: impl FnOnce(&mut Clause)) {
    editor.change(|draft| {
        if let Some(Node::Clause(clause)) = draft.node_mut(id) {
            change(clause);
        }
    });
}

/// What clauses can be about, each with its name.
type Subjects = Vec<(Option<Subject>, String)>;

/// What a clause can be about, in a group for each kind of record; the field that it asks for is included even if it
/// is gone.
fn subjects(desk: Desk, now: Option<Subject>) -> Vec<(String, Subjects)> {
    let groups = RecordKind::ALL.map(|on| (desk.lang.record_kind(on).to_owned(), of_record(desk, on)));
    let mut groups: Vec<(String, Subjects)> = groups.into_iter().filter(|(_, all)| !all.is_empty()).collect();
    if groups.iter().flat_map(|(_, all)| all).all(|(about, _)| *about != now) {
        groups.push((String::new(), vec![(now, desk.lang.unknown_field_name().to_owned())]));
    }
    groups
}

fn of_record(desk: Desk, on: RecordKind) -> Subjects {
    let fields = desk.mirror().fields.get_untracked();
    let added = CustomField::asked(&fields, on).into_iter();
    let added = added.map(|field| (Subject::Field(Field::Custom(field.id)), field.name.get(desk.lang).to_owned()));
    let (fixed, lines) = match on {
        RecordKind::Deal => (FIELDS.as_slice(), Some((Subject::Lines, desk.lang.clause_lines().to_owned()))),
        RecordKind::Company | RecordKind::Contact | RecordKind::Activity => (&[][..], None),
    };
    let fixed = fixed.iter().map(|field| (Subject::Field(*field), desk.lang.field(*field).to_owned()));
    fixed.chain(added).chain(lines).map(|(about, name)| (Some(about), name)).collect()
}

/// How the field compares, and the value if it is compared with one.
fn compared(editor: Editor, id: NodeId, subject: Subject, valued: bool) -> AnyView {
    let (desk, lang) = (editor.desk, editor.desk.lang);
    let Subject::Field(field) = subject else { return view! { <p>{lang.compares_lines()}</p> }.into_any() };
    let kind = desk.mirror().fields.with_untracked(|fields| Condition::kind(fields, field).ok());
    let Some(kind) = kind else { return ().into_any() };
    let ways = std::iter::once(None).chain(Condition::ways(kind).iter().copied().map(Some));
    let ways = ways.map(|is| (is, lang.comparison(kind, is).to_owned())).collect();
    let now = move || read(editor, id, |clause| clause.is).flatten();
    let choose = move |is: Option<Comparison>| change(editor, id, |clause| begin(desk, clause, is));
    view! {
        {select(lang.clause_comparison().to_owned(), ways, now, choose)}
        {valued.then(|| value(editor, id, field, kind))}
    }
    .into_any()
}

/// A value is kept from one comparison to the next; an amount begins in the usual currency.
fn begin(desk: Desk, clause: &mut Clause, is: Option<Comparison>) {
    clause.is = is;
    if clause.currency.is_empty() {
        clause.currency = usual_currency(desk.lang);
    }
}

fn read<T>(editor: Editor, id: NodeId, read: impl FnOnce(&Clause) -> T) -> Option<T> {
    editor.draft.with(|draft| draft.clause(id).map(read))
}

fn value(editor: Editor, id: NodeId, field: Field, kind: FieldKind) -> AnyView {
    let (lang, label) = (editor.desk.lang, editor.desk.lang.clause_value().to_owned());
    let now = move || read(editor, id, |clause| clause.value.clone()).unwrap_or_default();
    let write = move |value: String| change(editor, id, |clause| clause.value = value);
    let typed =
        |kind| text(editor.desk.lang.clause_value().to_owned(), kind, Signal::derive(now), Callback::new(write));
    match offered(editor.desk, field, kind) {
        _ if field == Field::Company => company(editor, id),
        Some(offered) => {
            let none = (String::new(), lang.choose().to_owned());
            select(label, std::iter::once(none).chain(offered).collect(), now, write)
        }
        None => match kind {
            FieldKind::Money => view! { {typed("decimal")}{currency(editor, id)} }.into_any(),
            FieldKind::Date => typed("date"),
            FieldKind::Number => typed("decimal"),
            _ => typed("text"),
        },
    }
}

/// A customer by name, since there may be thousands.
fn company(editor: Editor, id: NodeId) -> AnyView {
    let companies = editor.desk.mirror().companies().get_untracked();
    let own = read(editor, id, |clause| clause.value.parse().ok()).flatten().and_then(|id| companies.get(&id));
    let name = RwSignal::new(own.map(|company| company.name.clone()).unwrap_or_default());
    let list = format!("asked-companies-{id}");
    let all = companies.clone();
    let known = move || {
        let offered = name.with(|typed| like(all.values(), typed));
        offered.into_iter().map(|(name, _)| view! { <option value=name></option> }).collect_view()
    };
    let write = move |event| {
        name.set(event_target_value(&event));
        let wanted = name.with_untracked(|name| name.trim().to_lowercase());
        let found = companies.iter().find(|(_, company)| company.name.trim().to_lowercase() == wanted);
        let value = found.map(|(id, _)| id.to_string()).unwrap_or_default();
        change(editor, id, |clause| clause.value = value);
    };
    view! {
        <label class="field">
            <span>{editor.desk.lang.clause_value()}</span>
            <input type="text" autocomplete="off" list=list.clone() prop:value=move || name.get() on:input=write/>
            <datalist id=list>{known}</datalist>
        </label>
    }
    .into_any()
}

fn currency(editor: Editor, id: NodeId) -> AnyView {
    let own = read(editor, id, |clause| clause.currency.clone()).unwrap_or_default();
    let mut codes: Vec<(String, String)> = CURRENCIES.map(|code| (code.to_owned(), code.to_owned())).to_vec();
    if codes.iter().all(|(code, _)| *code != own) {
        codes.push((own.clone(), own));
    }
    let now = move || read(editor, id, |clause| clause.currency.clone()).unwrap_or_default();
    let choose = move |code| change(editor, id, |clause| clause.currency = code);
    select(editor.desk.lang.currency().to_owned(), codes, now, choose)
}

/// The values to choose from, where a field has fixed ones.
fn offered(desk: Desk, field: Field, kind: FieldKind) -> Option<Vec<(String, String)>> {
    let (mirror, lang) = (desk.mirror(), desk.lang);
    match (field, kind) {
        (Field::Category, _) => {
            Some(Category::ALL.map(|each| (format!("{each:?}"), lang.category(each).to_owned())).to_vec())
        }
        (_, FieldKind::Person) => {
            let members = mirror.members.get_untracked();
            Some(members.values().map(|member| (member.id.to_string(), member.name.clone())).collect())
        }
        (_, FieldKind::Flag) => {
            Some(vec![("true".to_owned(), lang.yes().to_owned()), ("false".to_owned(), lang.no().to_owned())])
        }
        (Field::Custom(id), FieldKind::Choice | FieldKind::Choices) => mirror.fields.with_untracked(|fields| {
            let choices = &fields.get(&id)?.choices;
            Some(choices.iter().map(|each| (each.id.to_string(), each.name.get(lang).to_owned())).collect())
        }),
        (_, _) => None,
    }
}
