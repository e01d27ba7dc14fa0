//! One key activity: what the seller does, how, by when, and whether nothing leaves the stage before.

use leptos::prelude::*;
use shared::id::{CriterionId, KeyActivityId, StageId};
use shared::model::ActivityKind;
use shared::pipeline::KeyActivity;
use shared::rules::Place;
use shared::text::Label;

use super::fold::{Fold, fold};
use super::part::{List, Part, activity_mut};
use super::sort::Row;
use super::stage::{self, whole};
use super::{Designer, names};
use crate::engine::clock;
use crate::widgets::input::{select, switch, text};

/// Within how many days a new key activity is due.
const USUAL_DAYS: u16 = 7;

pub(super) fn activity(designer: Designer, stage: StageId, id: KeyActivityId) -> AnyView {
    let lang = designer.desk.lang;
    let note = Signal::derive(move || {
        let said =
            |activity: &KeyActivity| [lang.activity(activity.kind).to_owned(), lang.within_days(activity.due_after)];
        let mut parts = read(designer, id, said).map(Vec::from).unwrap_or_default();
        parts.extend(is_mandatory(designer, stage, id).then(|| lang.mandatory().to_owned()));
        parts.join(" · ")
    });
    let row = Row { list: List::Activities(stage), id: id.to_string() };
    let head = Fold { row, part: Part::Activity(id), place: Place::Activity(id), note };
    fold(designer, head, move || body(designer, stage, id))
}

fn body(designer: Designer, stage: StageId, id: KeyActivityId) -> AnyView {
    let lang = designer.desk.lang;
    let kinds = ActivityKind::ALL.map(|kind| (kind, lang.activity(kind).to_owned())).to_vec();
    let kind = move || read(designer, id, |activity| activity.kind).unwrap_or(ActivityKind::Task);
    let due = Signal::derive(move || read(designer, id, |activity| activity.due_after).unwrap_or_default().to_string());
    let mandatory = Signal::derive(move || is_mandatory(designer, stage, id));
    let demand = Callback::new(move |demanded| {
        let criterion = clock::fresh(CriterionId::from_bytes);
        stage::change(designer, stage, |stage| match demanded {
            true => stage.make_mandatory(id, criterion),
            false => stage.make_optional(id),
        });
    });
    let remove = move |_| {
        designer.cut(|draft| {
            let holder = draft.stages.iter_mut().find(|each| each.id == stage);
            holder.into_iter().for_each(|stage| {
                stage.make_optional(id);
                stage.activities.retain(|activity| activity.id != id);
            });
        });
    };
    view! {
        <div class="fold-body">
            {names(designer, lang.activity_what(), Part::Activity(id))}
            <div class="numbers">
                {select(lang.activity_kind().to_owned(), kinds, kind, move |kind| change(designer, id, |each| each.kind = kind))}
                {text(lang.activity_due_after().to_owned(), "number", due, Callback::new(move |words: String| {
                    change(designer, id, |each| each.due_after = whole(&words));
                }))}
            </div>
            {switch(lang.activity_mandatory().to_owned(), mandatory, demand)}
            <button type="button" class="link away" on:click=remove>{lang.remove_activity()}</button>
        </div>
    }
    .into_any()
}

/// Adds a key activity at the end of a stage, and unfolds it.
pub(super) fn add(designer: Designer, stage: StageId) {
    let id = clock::fresh(KeyActivityId::from_bytes);
    let (kind, what) = (ActivityKind::Meeting, Label::new("", ""));
    stage::change(designer, stage, |stage| {
        stage.activities.push(KeyActivity { id, kind, what, due_after: USUAL_DAYS });
    });
    designer.reveal(Place::Activity(id));
}

fn read<T>(designer: Designer, id: KeyActivityId, read: impl FnOnce(&KeyActivity) -> T) -> Option<T> {
    designer.draft.with(|draft| draft.key_activity(id).map(read))
}

fn change(designer: Designer, id: KeyActivityId, change: impl FnOnce(&mut KeyActivity)) {
    designer.edit(|draft| {
        if let Some(activity) = activity_mut(draft, id) {
            change(activity);
        }
    });
}

fn is_mandatory(designer: Designer, stage: StageId, id: KeyActivityId) -> bool {
    stage::read(designer, stage, |stage| stage.is_mandatory(id)).unwrap_or_default()
}
