//! What happened to a deal, as rules see it, and how often.
//!
//! Ids of answers are minted from this. Two devices that were apart and saw one thing happen count alike, so their
//! answers are one; when it happens once more, the count differs and it is answered once more.

use super::{Automation, Trigger};
use crate::command::Command;
use crate::gate;
use crate::id::{ActivityId, CriterionId, DealId, StageId};
use crate::model::{ActivityKind, Deal, DealCard, Event, Field, Outcome, RecordRef, Turned};
use crate::pipeline::Pipeline;
use crate::workspace::Customers;

/// Something that happened to a deal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Cause {
    /// A stage was entered so many times.
    Entered(StageId, usize),
    /// An activity was done. It happens once, whatever was set back and finished again.
    Done(ActivityKind, ActivityId),
    /// A field became this value so many times.
    Changed(Field, String, usize),
    /// The first criterion that holds no longer was taken away so many times.
    Reopened(CriterionId, usize),
    /// A version of the pipeline asks for a criterion that the deal passed without meeting it.
    Tightened(CriterionId, u32),
}

/// What a command did to a deal that was so before; what it did is on the deal already.
pub(super) fn of(
    customers: &Customers<'_>,
    deal: &Deal,
    pipeline: &Pipeline,
    command: &Command,
    before: Option<&DealCard>,
) -> Vec<Cause> {
    let card = &deal.card;
    let moved = before.is_none_or(|before| before.stage != card.stage) && card.outcome == Outcome::Open;
    let mut causes: Vec<Cause> =
        moved.then(|| Cause::Entered(card.stage, entries(card, card.stage))).into_iter().collect();
    if let Command::LogActivity { activity, .. } | Command::FinishActivity { activity, .. } = command {
        let found = deal.activities.iter().find(|each| each.id == *activity);
        causes.extend(found.map(|found| Cause::Done(found.kind, found.id)));
    }
    let Some(before) = before else { return causes };
    causes.extend(changed(deal, command, before));
    causes.extend(reopened(customers, deal, pipeline, before));
    causes
}

impl Cause {
    pub(super) fn triggers(&self, rule: &Automation) -> bool {
        match (self, &rule.when) {
            (Self::Entered(stage, _), Trigger::StageEntered(asked)) => stage == asked,
            (Self::Done(kind, _), Trigger::ActivityDone(asked)) => kind == asked,
            (Self::Changed(field, ..), Trigger::FieldChanged(asked)) => field == asked,
            (Self::Reopened(..) | Self::Tightened(..), Trigger::GateReopened) => true,
            (_, _) => false,
        }
    }

    /// The stage that was entered, if that is what happened.
    pub(super) const fn entered(&self) -> Option<StageId> {
        match self {
            Self::Entered(stage, _) => Some(*stage),
            Self::Done(..) | Self::Changed(..) | Self::Reopened(..) | Self::Tightened(..) => None,
        }
    }

    /// What ids are minted from: the same on every device that saw the same thing happen.
    pub(super) fn name(&self, deal: DealId) -> String {
        match self {
            Self::Entered(stage, times) => format!("{deal}/entered/{stage}{}", again(*times)),
            Self::Done(_, activity) => format!("{deal}/done/{activity}"),
            Self::Changed(field, value, times) => format!("{deal}/changed/{field:?}/{value}{}", again(*times)),
            Self::Tightened(criterion, version) => format!("{deal}/reopened/{criterion}/version {version}"),
            Self::Reopened(criterion, times) => format!("{deal}/reopened/{criterion}{}", again(*times)),
        }
    }
}

fn again(times: usize) -> String {
    if times < 2 { String::new() } else { format!("/{times}") }
}

fn changed(deal: &Deal, command: &Command, before: &DealCard) -> Vec<Cause> {
    let mut fields = Field::ALL.to_vec();
    if let Command::SetField { of: RecordRef::Deal(_), field, .. } = command {
        fields.push(Field::Custom(*field));
    }
    let now = |field: Field| value(&deal.card, field);
    let changed = fields.into_iter().filter(|field| value(before, *field) != now(*field));
    changed.map(|field| Cause::Changed(field, now(field), told(deal, field))).collect()
}

fn reopened(customers: &Customers<'_>, deal: &Deal, pipeline: &Pipeline, before: &DealCard) -> Option<Cause> {
    let now = gate::first_reopened(customers, &deal.card, pipeline)?;
    let times = || distinct(gate::causes(customers, deal, pipeline, now)).len();
    gate::first_reopened(customers, before, pipeline).is_none().then(|| Cause::Reopened(now.criterion, times()))
}

/// How often a stage was entered, as the trail has it. Who moves a deal to where another device has moved it enters
/// nothing.
fn entries(card: &DealCard, stage: StageId) -> usize {
    let stages = card.trail.iter().filter_map(|turn| match turn.to {
        Turned::Stage(stage) => Some(stage),
        _ => None,
    });
    let mut stages: Vec<StageId> = stages.collect();
    stages.dedup();
    stages.into_iter().filter(|each| *each == stage).count()
}

/// How often a field was told the value that it was told last.
fn told(deal: &Deal, field: Field) -> usize {
    let told = distinct(deal.history.iter().filter(|event| field.is_told_by(event)).collect());
    let last = told.last().map(|event| says(event));
    told.iter().filter(|event| Some(says(event)) == last).count()
}

/// What two devices did alike and apart follows one upon the other and counts once. What a field of the team's own was
/// told does not stand in the history, so there each time counts.
fn distinct(mut events: Vec<&Event>) -> Vec<&Event> {
    events.dedup_by(|one, other| says(one) == says(other) && one.command != "set_field");
    events
}

fn says(event: &Event) -> (&str, &str) {
    (&event.command, &event.subject)
}

/// A field's value as a text that differs when the value does, and is one on devices that gave it at other moments.
fn value(card: &DealCard, field: Field) -> String {
    match field {
        Field::Title => card.title.clone(),
        Field::Company => format!("{:?}", card.company),
        Field::Owner => format!("{:?}", card.owner),
        Field::Amount => format!("{:?}", card.amount),
        Field::Close => format!("{:?}", card.close),
        Field::Category => format!("{:?}", card.category),
        Field::Stage => card.stage.to_string(),
        Field::Outcome => match &card.outcome {
            Outcome::Open => "open".to_owned(),
            Outcome::Won { .. } => "won".to_owned(),
            Outcome::Lost { reason, .. } => format!("lost/{reason}"),
        },
        Field::Custom(field) => format!("{:?}", card.custom.get(&field)),
    }
}
