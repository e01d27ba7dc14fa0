//! One exit criterion: what the customer must have done, whether it blocks, and how it is met.

use leptos::prelude::*;
use shared::id::{CriterionId, KeyActivityId, StageId};
use shared::model::{EvidenceKind, Role};
use shared::pipeline::{Condition, Criterion, Rule, Weight};
use shared::rules::Place;
use shared::text::{Label, Lang};

use super::fold::{Fold, fold};
use super::part::{List, Part, criterion_mut};
use super::sort::Row;
use super::{Designer, names, stage};
use crate::engine::clock;
use crate::pages::condition::{condition_editor, said};
use crate::widgets::input::select;

/// How a criterion is met, without what exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Fields,
    Activity,
    Evidence,
    Approval,
}

impl Kind {
    const ALL: [Self; 4] = [Self::Fields, Self::Activity, Self::Evidence, Self::Approval];

    const fn of(rule: &Rule) -> Self {
        match rule {
            Rule::Fields(_) => Self::Fields,
            Rule::KeyActivity(_) => Self::Activity,
            Rule::Evidence(_) => Self::Evidence,
            Rule::Approval(_) => Self::Approval,
        }
    }

    const fn name(self, lang: Lang) -> &'static str {
        match self {
            Self::Fields => lang.by_fields(),
            Self::Activity => lang.by_activity(),
            Self::Evidence => lang.by_evidence(),
            Self::Approval => lang.by_approval(),
        }
    }
}

pub(super) fn criterion(designer: Designer, stage: StageId, id: CriterionId) -> AnyView {
    let lang = designer.desk.lang;
    let note = Signal::derive(move || {
        let found = read(designer, id, |each| (each.weight, each.rule.clone()));
        found
            .map(|(weight, rule)| format!("{} · {}", lang.weight(weight), explained(designer, &rule)))
            .unwrap_or_default()
    });
    let row = Row { list: List::Criteria(stage), id: id.to_string() };
    let head = Fold { row, part: Part::Criterion(id), place: Place::Criterion(id), note };
    fold(designer, head, move || body(designer, stage, id))
}

fn body(designer: Designer, stage: StageId, id: CriterionId) -> AnyView {
    let lang = designer.desk.lang;
    let weights = [Weight::Required, Weight::Advised].map(|each| (each, lang.weight(each).to_owned())).to_vec();
    let weight = move || read(designer, id, |each| each.weight).unwrap_or(Weight::Required);
    let kinds = Kind::ALL.map(|kind| (kind, kind.name(lang).to_owned())).to_vec();
    let kind = Memo::new(move |_| read(designer, id, |each| Kind::of(&each.rule)).unwrap_or(Kind::Fields));
    let turn_to = move |kind| {
        let first = untrack(|| planned(designer, stage)).first().map(|(key, _)| *key);
        change(designer, id, |each| each.rule = begun(kind, first));
    };
    let remove = move |_| {
        designer.cut(|draft| draft.stages.iter_mut().for_each(|stage| stage.criteria.retain(|each| each.id != id)));
    };
    view! {
        <div class="fold-body">
            {names(designer, lang.criterion_name(), Part::Criterion(id))}
            <div class="numbers">
                {select(lang.criterion_weight().to_owned(), weights, weight, move |to| change(designer, id, |each| each.weight = to))}
                {select(lang.criterion_kind().to_owned(), kinds, move || kind.get(), turn_to)}
                {move || detail(designer, stage, id, kind.get())}
            </div>
            {move || (kind.get() == Kind::Fields).then(|| fields(designer, id))}
            <button type="button" class="link away" on:click=remove>{lang.remove_criterion()}</button>
        </div>
    }
    .into_any()
}

/// A rule of a kind, to be completed. What is still missing the door names.
fn begun(kind: Kind, first: Option<KeyActivityId>) -> Rule {
    match kind {
        Kind::Fields => Rule::Fields(Condition::All(Vec::new())),
        Kind::Activity => Rule::KeyActivity(first.unwrap_or_else(|| KeyActivityId::minted(""))),
        Kind::Evidence => Rule::Evidence(EvidenceKind::WrittenConfirmation),
        Kind::Approval => Rule::Approval(Role::Manager),
    }
}

fn detail(designer: Designer, stage: StageId, id: CriterionId, kind: Kind) -> AnyView {
    let lang = designer.desk.lang;
    let put = move |rule: Rule| change(designer, id, |each| each.rule = rule);
    let rule = move || read(designer, id, |each| each.rule.clone());
    match kind {
        Kind::Fields => ().into_any(),
        Kind::Activity => {
            let choices = Memo::new(move |_| planned(designer, stage));
            let now = move || match rule() {
                Some(Rule::KeyActivity(key)) => Some(key),
                _ => None,
            };
            let choose = move |key: Option<KeyActivityId>| key.into_iter().for_each(|key| put(Rule::KeyActivity(key)));
            (move || {
                let none = (None, lang.choose().to_owned());
                let named = choices.get().into_iter().map(|(key, name)| (Some(key), name));
                select(lang.which_activity().to_owned(), std::iter::once(none).chain(named).collect(), now, choose)
            })
            .into_any()
        }
        Kind::Evidence => {
            let choices = EvidenceKind::ALL.map(|each| (Some(Rule::Evidence(each)), lang.evidence(each).to_owned()));
            select(lang.evidence_kind().to_owned(), choices.to_vec(), rule, move |to| to.into_iter().for_each(put))
        }
        Kind::Approval => {
            let roles = [Role::Rep, Role::Manager, Role::Owner];
            let choices = roles.map(|each| (Some(Rule::Approval(each)), lang.role(each).to_owned()));
            select(lang.least_role().to_owned(), choices.to_vec(), rule, move |to| to.into_iter().for_each(put))
        }
    }
}

/// The form of a condition; while it is unfinished, the criterion asks for nothing and the door says so.
fn fields(designer: Designer, id: CriterionId) -> AnyView {
    let began = untrack(|| read(designer, id, |each| each.rule.clone()));
    let target = RwSignal::new(match began {
        Some(Rule::Fields(condition)) if condition != Condition::All(Vec::new()) => Some(condition),
        _ => None,
    });
    Effect::new(move |_| {
        let rule = Rule::Fields(target.get().unwrap_or(Condition::All(Vec::new())));
        let differs = read_now(designer, id, |each| Kind::of(&each.rule) == Kind::Fields && each.rule != rule);
        if differs == Some(true) {
            change(designer, id, |each| each.rule = rule);
        }
    });
    condition_editor(designer.desk, target)
}

/// The key activities that are planned when a deal is in a stage: its own and those of the stages before it; tracked.
fn planned(designer: Designer, stage: StageId) -> Vec<(KeyActivityId, String)> {
    let lang = designer.desk.lang;
    let named =
        |what: &Label| Some(what.get(lang)).filter(|name| !name.is_empty()).unwrap_or(lang.unnamed()).to_owned();
    designer.draft.with(|draft| {
        let until = draft.stages.iter().position(|each| each.id == stage).map_or(0, |index| index + 1);
        let stages = draft.stages.iter().take(until).rev();
        stages.flat_map(|stage| &stage.activities).map(|each| (each.id, named(&each.what))).collect()
    })
}

/// Adds a criterion at the end of a stage, and unfolds it.
pub(super) fn add(designer: Designer, stage: StageId) {
    let id = clock::fresh(CriterionId::from_bytes);
    let fresh = Criterion { id, name: Label::new("", ""), weight: Weight::Required, rule: begun(Kind::Fields, None) };
    stage::change(designer, stage, |stage| stage.criteria.push(fresh));
    designer.reveal(Place::Criterion(id));
}

/// What a rule asks for, in words; tracked.
fn explained(designer: Designer, rule: &Rule) -> String {
    let lang = designer.desk.lang;
    match rule {
        Rule::Fields(condition) => said(designer.desk, condition),
        Rule::KeyActivity(key) => {
            let name = designer.draft.with(|draft| draft.key_activity(*key).map(|each| each.what.get(lang).to_owned()));
            name.unwrap_or_else(|| lang.unknown_name().to_owned())
        }
        Rule::Evidence(kind) => lang.evidence(*kind).to_owned(),
        Rule::Approval(role) => lang.needs_role(lang.role(*role)),
    }
}

fn read<T>(designer: Designer, id: CriterionId, read: impl FnOnce(&Criterion) -> T) -> Option<T> {
    designer.draft.with(|draft| draft.criterion(id).map(|(_, criterion)| read(criterion)))
}

fn read_now<T>(designer: Designer, id: CriterionId, now: impl FnOnce(&Criterion) -> T) -> Option<T> {
    untrack(|| read(designer, id, now))
}

fn change(designer: Designer, id: CriterionId, change: impl FnOnce(&mut Criterion)) {
    designer.edit(|draft| {
        if let Some(criterion) = criterion_mut(draft, id) {
            change(criterion);
        }
    });
}
