//! A condition as a form: clauses of field, comparison and value, in groups; each clause says what it means.
//!
//! It knows nothing of what the condition is for: gates, rules and filters use it alike.

mod clause;

use leptos::prelude::*;
use shared::model::Field;
use shared::pipeline::Condition;
use shared::pipeline::condition::{Clause, Draft, Node, NodeId, Subject};
use shared::text::Names;

use super::desk::Desk;
use crate::widgets::input::{sign, switch};

/// How deep groups are offered; what was written elsewhere may be deeper, and is shown.
const OFFERED_DEPTH: usize = 3;

/// One condition being edited, as its parts see it.
#[derive(Clone, Copy)]
pub(super) struct Editor {
    pub(super) desk: Desk,
    pub(super) draft: RwSignal<Draft>,
    target: RwSignal<Option<Condition>>,
    unfinished: RwSignal<bool>,
}

impl Editor {
    /// Changes the draft; the condition follows, and is none while a clause is unfinished.
    pub(super) fn change(self, change: impl FnOnce(&mut Draft)) {
        self.draft.update(change);
        let fields = self.desk.mirror().fields;
        let made = fields.with_untracked(|fields| self.draft.with_untracked(|draft| draft.condition(fields)));
        self.unfinished.set(made.is_err());
        let made = made.unwrap_or_default();
        if self.target.with_untracked(|target| *target != made) {
            self.target.set(made);
        }
    }
}

/// Edits a condition. It begins with what `target` holds and keeps it up to date; none means that nothing is asked,
/// or that a clause is unfinished, which the form itself says.
pub fn condition_editor(desk: Desk, target: RwSignal<Option<Condition>>) -> AnyView {
    optional_condition(desk, target, RwSignal::new(false))
}

/// [`condition_editor`] where nothing may be asked; `unfinished` then says whether none means that.
pub fn optional_condition(desk: Desk, target: RwSignal<Option<Condition>>, unfinished: RwSignal<bool>) -> AnyView {
    let draft = RwSignal::new(target.with_untracked(|target| Draft::of(target.as_ref())));
    let editor = Editor { desk, draft, target, unfinished };
    let whole = move || target.with(|target| target.as_ref().filter(|it| is_group(it)).map(|it| said(desk, it)));
    view! {
        <div class="condition" data-testid="condition">
            {group(editor, Draft::ROOT, 1)}
            <p class="sentence" data-testid="sentence">{whole}</p>
        </div>
    }
    .into_any()
}

/// A condition as a sentence; tracked.
pub fn said(desk: Desk, condition: &Condition) -> String {
    let (mirror, lang) = (desk.mirror(), desk.lang);
    let companies = mirror.companies().get();
    mirror.fields.with(|fields| {
        mirror.members.with(|members| lang.condition(condition, Names { fields, members, companies: &companies }))
    })
}

fn is_group(condition: &Condition) -> bool {
    match condition {
        Condition::All(_) | Condition::Any(_) => true,
        Condition::Not(part) => is_group(part),
        Condition::Filled(_) | Condition::Compare { .. } | Condition::LinesAddUp => false,
    }
}

fn group(editor: Editor, id: NodeId, depth: usize) -> AnyView {
    let lang = editor.desk.lang;
    let parts = Memo::new(move |_| editor.draft.with(|draft| draft.parts(id).to_vec()));
    let part = move |part: NodeId| match editor.draft.with_untracked(|draft| draft.clause(part).is_some()) {
        true => clause::clause(editor, part),
        false => group(editor, part, depth + 1),
    };
    let fresh = || Clause::new(Subject::Field(Field::Amount));
    let add = move |_| editor.change(|draft| draft.add(id, fresh()));
    let nest = move |_| editor.change(|draft| draft.add_group(id, fresh()));
    let whole = (id != Draft::ROOT).then(|| lang.group_of_conditions());
    view! {
        <div class="group" role="group" aria-label=whole data-testid=whole.map(|_| "group")>
            <Show when=move || { parts.with(Vec::len) > 1 || id != Draft::ROOT }>{head(editor, id)}</Show>
            <For each=move || parts.get() key=|part| *part children=part/>
            <p class="adds">
                <button type="button" class="link" on:click=add>{lang.add_clause()}</button>
                {(depth < OFFERED_DEPTH).then(|| view! {
                    <button type="button" class="link" on:click=nest>{lang.add_group()}</button>
                })}
            </p>
        </div>
    }
    .into_any()
}

/// Whether all parts of a group are asked for or any, and the opposite.
fn head(editor: Editor, id: NodeId) -> AnyView {
    let lang = editor.desk.lang;
    let read = move || editor.draft.with(|draft| flags(draft, id));
    let chip = move |each: bool, words: &'static str| {
        let choose = move |_| editor.change(|draft| with_flags(draft, id, |any, _| *any = each));
        view! {
            <button type="button" class="chip" aria-pressed=move || (read().0 == each).to_string() on:click=choose>{words}</button>
        }
    };
    let deny = Callback::new(move |to| editor.change(|draft| with_flags(draft, id, |_, not| *not = to)));
    let remove = Callback::new(move |()| editor.change(|draft| draft.remove(id)));
    view! {
        <div class="group-head">
            {chip(false, lang.all_of_these())}
            {chip(true, lang.any_of_these())}
            {switch(lang.opposite().to_owned(), Signal::derive(move || read().1), deny)}
            {(id != Draft::ROOT).then(|| sign("✕", lang.remove_group().to_owned(), remove))}
        </div>
    }
    .into_any()
}

fn flags(draft: &Draft, id: NodeId) -> (bool, bool) {
    match draft.node(id) {
        Some(Node::Group { any, not, parts: _ }) => (*any, *not),
        Some(Node::Clause(_)) | None => (false, false),
    }
}

fn with_flags(draft: &mut Draft, id: NodeId, change: impl FnOnce(&mut bool, &mut bool)) {
    if let Some(Node::Group { any, not, parts: _ }) = draft.node_mut(id) {
        change(any, not);
    }
}
