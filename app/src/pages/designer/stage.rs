//! One stage: what it is for, its numbers, its key activities and its gate.

use leptos::prelude::*;
use shared::id::StageId;
use shared::model::Role;
use shared::pipeline::{Pipeline, Stage};
use shared::rules::Place;
use shared::text::Label;

use super::fold::{Fold, fold};
use super::part::{self, List, Part};
use super::sort::Row;
use super::{Designer, activity, criterion, gone, names};
use crate::engine::clock;
use crate::widgets::input::{select, text};

/// What a new stage allows before a deal in it has stalled.
const USUAL_DAYS: u16 = 14;

pub(super) fn stage(designer: Designer, id: StageId) -> AnyView {
    let lang = designer.desk.lang;
    let note = Signal::derive(move || {
        read(designer, id, |stage| lang.stage_sum(stage.activities.len(), stage.criteria.len())).unwrap_or_default()
    });
    let row = Row { list: List::Stages, id: id.to_string() };
    let head = Fold { row, part: Part::Stage(id), place: Place::Stage(id), note };
    fold(designer, head, move || body(designer, id))
}

fn body(designer: Designer, id: StageId) -> AnyView {
    let lang = designer.desk.lang;
    let activities = Memo::new(move |_| {
        read(designer, id, |stage| stage.activities.iter().map(|each| each.id).collect::<Vec<_>>()).unwrap_or_default()
    });
    let criteria = Memo::new(move |_| {
        read(designer, id, |stage| stage.criteria.iter().map(|each| each.id).collect::<Vec<_>>()).unwrap_or_default()
    });
    view! {
        <div class="fold-body">
            {names(designer, lang.stage_name(), Part::Stage(id))}
            {names(designer, lang.stage_purpose(), Part::Purpose(id))}
            <div class="numbers">
                {number(designer, id, lang.stage_probability(), |stage| stage.probability.into(), |stage, to| {
                    stage.probability = u8::try_from(to).unwrap_or(u8::MAX);
                })}
                {number(designer, id, lang.stage_stalled(), |stage| stage.stalled_after, |stage, to| stage.stalled_after = to)}
                {overriding(designer, id)}
            </div>
            <h3>{lang.key_activities()}</h3>
            <ol class="folds">
                <For each=move || activities.get() key=|key| *key children=move |key| activity::activity(designer, id, key)/>
            </ol>
            <button type="button" class="link" on:click=move |_| activity::add(designer, id)>{lang.add_activity()}</button>
            <h3>{lang.exit_criteria()}</h3>
            <ol class="folds">
                <For each=move || criteria.get() key=|key| *key children=move |key| criterion::criterion(designer, id, key)/>
            </ol>
            <button type="button" class="link" on:click=move |_| criterion::add(designer, id)>{lang.add_criterion()}</button>
            <button type="button" class="link away" on:click=move |_| gone::remove(designer, id)>{lang.remove_stage()}</button>
        </div>
    }
    .into_any()
}

/// Adds an empty stage at the end, and unfolds it.
pub(super) fn add(designer: Designer) {
    let id = clock::fresh(StageId::from_bytes);
    let empty = || Label::new("", "");
    let fresh = |after: Option<&Stage>| Stage {
        id,
        name: empty(),
        purpose: empty(),
        probability: after.map_or(10, |stage| stage.probability),
        stalled_after: after.map_or(USUAL_DAYS, |stage| stage.stalled_after),
        activities: Vec::new(),
        criteria: Vec::new(),
        overridable: Some(Role::Manager),
    };
    designer.edit(|draft: &mut Pipeline| {
        let stage = fresh(draft.stages.last());
        draft.stages.push(stage);
    });
    designer.reveal(Place::Stage(id));
}

/// What a stage of the draft says; tracked.
pub(super) fn read<T>(designer: Designer, id: StageId, read: impl FnOnce(&Stage) -> T) -> Option<T> {
    designer.draft.with(|draft| part::stage(draft, id).map(read))
}

/// Changes a stage of the draft.
pub(super) fn change(designer: Designer, id: StageId, change: impl FnOnce(&mut Stage)) {
    designer.edit(|draft| {
        if let Some(stage) = part::stage_mut(draft, id) {
            change(stage);
        }
    });
}

fn number(
    designer: Designer,
    id: StageId,
    label: &'static str,
    now: fn(&Stage) -> u16,
    put: fn(&mut Stage, u16),
) -> AnyView {
    let shown = Signal::derive(move || read(designer, id, now).unwrap_or_default().to_string());
    let write = Callback::new(move |words: String| change(designer, id, |stage| put(stage, whole(&words))));
    text(label.to_owned(), "number", shown, write)
}

/// A whole number as far as it fits; nothing written is none.
pub(super) fn whole(words: &str) -> u16 {
    words.trim().parse::<u64>().map_or(0, |number| u16::try_from(number).unwrap_or(u16::MAX))
}

fn overriding(designer: Designer, id: StageId) -> AnyView {
    let lang = designer.desk.lang;
    let roles = [Role::Rep, Role::Manager, Role::Owner].map(|role| (Some(role), lang.role(role).to_owned()));
    let choices = std::iter::once((None, lang.nobody_may().to_owned())).chain(roles).collect();
    let now = move || read(designer, id, |stage| stage.overridable).flatten();
    let choose = move |role| change(designer, id, |stage| stage.overridable = role);
    select(lang.stage_override().to_owned(), choices, now, choose)
}
