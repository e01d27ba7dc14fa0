//! The one action that meets an open criterion.

use leptos::prelude::Get;
use shared::gate::{Progress, progress};
use shared::model::{DealCard, Field, RecordKind, Role};
use shared::pipeline::{Condition, Criterion, Pipeline, Rule, Stage};
use shared::workspace::Customers;

use super::desk::Desk;
use super::forms::{Form, Then};

/// What its button says, and what it opens; nothing to open where somebody else must act.
pub struct Remedy {
    /// The words.
    pub label: String,
    /// What it opens.
    pub form: Option<Form>,
}

/// The action for a criterion that is not met; none for one that is.
pub fn remedy(desk: Desk, card: &DealCard, pipeline: &Pipeline, criterion: &Criterion, role: Role) -> Option<Remedy> {
    if desk.judge(|customers| progress(customers, card, criterion)) == Progress::Met {
        return None;
    }
    let (deal, lang) = (card.id, desk.lang);
    let (label, form) = match &criterion.rule {
        Rule::Fields(condition) => {
            let field = desk.judge(|customers| missing(condition, card, customers)).unwrap_or(Field::Title);
            filling(desk, card, field)
        }
        Rule::KeyActivity(key) => {
            let kind = pipeline.key_activity(*key).map(|activity| activity.kind);
            // One that is planned is what happened, or it would stay on the list and become late.
            let planned = card.planned.iter().find(|step| step.key == Some(*key));
            let form = match planned {
                Some(step) => Form::Finish { deal, activity: step.activity, then: Then::Gate },
                None => Form::Activity { deal, kind, key: Some(*key) },
            };
            (lang.record_activity().to_owned(), Some(form))
        }
        Rule::Evidence(_) => (lang.add_evidence().to_owned(), Some(Form::Evidence { deal, criterion: criterion.id })),
        Rule::Approval(needed) if role >= *needed => {
            (lang.approve().to_owned(), Some(Form::Approve { deal, criterion: criterion.id }))
        }
        Rule::Approval(needed) if card.asked.contains_key(&criterion.id) => {
            (lang.approval_waiting(lang.role(*needed)), None)
        }
        Rule::Approval(needed) if role >= Role::Rep => {
            (lang.ask_approval(lang.role(*needed)), Some(Form::Request { deal, criterion: criterion.id }))
        }
        Rule::Approval(needed) => (lang.needs_role(lang.role(*needed)), None),
    };
    Some(Remedy { label, form })
}

/// What fills in a field of the deal or of a record around it.
fn filling(desk: Desk, card: &DealCard, field: Field) -> (String, Option<Form>) {
    let (deal, lang, fields) = (card.id, desk.lang, desk.mirror().fields.get());
    let set = |field: Field| (lang.set_field(&lang.asked_field(field, &fields)), Some(Form::Field { deal, field }));
    match (field.record(&fields), desk.standing(card.company)) {
        (RecordKind::Deal, _) => set(field),
        (RecordKind::Activity, _) => {
            (lang.record_activity().to_owned(), Some(Form::Activity { deal, kind: None, key: None }))
        }
        (RecordKind::Company | RecordKind::Contact, None) => set(Field::Company),
        (RecordKind::Contact, Some(company)) if desk.judge(|customers| customers.people(card).next().is_none()) => {
            (lang.add_contact().to_owned(), Some(Form::Contact { company: company.id, known: None }))
        }
        (RecordKind::Company | RecordKind::Contact, Some(_)) => set(field),
    }
}

/// The override that somebody with this role may give for a stage.
pub fn overriding(card: &DealCard, stage: &Stage, role: Role) -> Option<Form> {
    let may = stage.overridable.is_some_and(|needed| role >= needed);
    may.then_some(Form::Override { deal: card.id, stage: stage.id })
}

/// The first field of a condition that keeps it from holding.
fn missing(condition: &Condition, card: &DealCard, customers: &Customers<'_>) -> Option<Field> {
    match condition {
        held if held.holds(card, customers) => None,
        Condition::All(parts) | Condition::Any(parts) => parts.iter().find_map(|part| missing(part, card, customers)),
        Condition::Not(part) => first(part),
        Condition::Filled(field) | Condition::Compare { field, .. } => Some(*field),
        Condition::LinesAddUp => Some(Field::Amount),
    }
}

fn first(condition: &Condition) -> Option<Field> {
    match condition {
        Condition::All(parts) | Condition::Any(parts) => parts.iter().find_map(first),
        Condition::Not(part) => first(part),
        Condition::Filled(field) | Condition::Compare { field, .. } => Some(*field),
        Condition::LinesAddUp => Some(Field::Amount),
    }
}
