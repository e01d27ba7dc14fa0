//! Who belongs to the workspace, and how the team sells.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::command::Origin;
use crate::id::{DeviceId, MemberId, StageId, ViewId};
use crate::model::{DealCard, Outcome, Role};
use crate::pipeline::{Condition, ConditionError, Criterion, Pipeline, Rule, Stage, Weight};
use crate::refusal::{Refusal, Wording};
use crate::rules::door::Door;
use crate::rules::limits;
use crate::text::Label;
use crate::view::View;

const MAX_STAGES: usize = 30;

pub(super) fn put_member(door: &Door<'_>, member: MemberId, name: &str, role: Role) -> Result<(), Refusal> {
    door.needs(role_to_put(door, member, role))?;
    limits::says(Wording::Name, name)
}

/// The relay's invite decided about whoever joins; an import brings the sellers that its rows name.
fn role_to_put(door: &Door<'_>, member: MemberId, role: Role) -> Role {
    let members = &door.workspace.members;
    let known = members.contains_key(&member);
    match door.context.origin {
        _ if members.is_empty() => Role::Viewer,
        Origin::Hand if !known && member == door.context.member => Role::Viewer,
        Origin::Import(_) if !known && role == Role::Rep => Role::Manager,
        Origin::Hand | Origin::Import(_) | Origin::Automation | Origin::Console => Role::Owner,
    }
}

/// A device is its member's; nobody takes over another's.
pub(super) fn name_device(door: &Door<'_>, device: DeviceId, name: &str) -> Result<(), Refusal> {
    let owner = door.workspace.devices.get(&device).map(|device| device.member);
    match owner.is_none_or(|owner| owner == door.context.member) {
        true => limits::says(Wording::Name, name),
        false => Err(Refusal::Role { needs: Role::Owner }),
    }
}

pub(super) fn put_view(door: &Door<'_>, view: &View) -> Result<(), Refusal> {
    limits::says(Wording::Name, &view.name)?;
    view.filter.condition.as_ref().map_or(Ok(()), |condition| Ok(condition.check(&door.workspace.fields)?))
}

pub(super) fn remove_view(door: &Door<'_>, view: ViewId) -> Result<(), Refusal> {
    match door.workspace.views.contains_key(&view) {
        true => Ok(()),
        false => Err(Refusal::NoView(view)),
    }
}

pub(super) fn publish(door: &Door<'_>, pipeline: &Pipeline) -> Result<(), Refusal> {
    let current = door.workspace.pipelines.get(&pipeline.id);
    if pipeline.version <= current.map_or(0, |current| current.version) {
        return Err(Refusal::Exists);
    }
    if !(1..=MAX_STAGES).contains(&pipeline.stages.len()) || !distinct(pipeline) {
        return Err(Refusal::Pipeline);
    }
    names(pipeline).try_for_each(named)?;
    settled(door, current.map(AsRef::as_ref), pipeline)?;
    pipeline.stages.iter().enumerate().try_for_each(|(index, stage)| judgeable(door, pipeline, index, stage))
}

/// Every stage that an earlier version had has a place for its deals, also for those that a device far away moves
/// there now; and nothing is being worked in a pipeline that is put away.
fn settled(door: &Door<'_>, current: Option<&Pipeline>, next: &Pipeline) -> Result<(), Refusal> {
    let lying = |stage: StageId| {
        let here = |card: &&Arc<DealCard>| card.pipeline == next.id && card.stage == stage;
        let cards = door.workspace.deals.values().filter(here);
        cards.filter(|card| !card.discarded && card.outcome == Outcome::Open).count()
    };
    let before = current
        .into_iter()
        .flat_map(|current| current.stages.iter().map(|stage| stage.id).chain(current.retired.keys().copied()));
    let homeless = before.into_iter().find(|stage| next.index(*stage).is_none());
    let worked = || next.stages.iter().map(|stage| stage.id).find(|stage| next.archived && lying(*stage) > 0);
    match homeless.or_else(worked) {
        Some(stage) => Err(Refusal::StageInUse { stage, deals: lying(stage) }),
        None => Ok(()),
    }
}

fn distinct(pipeline: &Pipeline) -> bool {
    let (mut stages, mut criteria, mut keys) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    pipeline.stages.iter().all(|stage| {
        stages.insert(stage.id)
            && stage.criteria.iter().all(|criterion| criteria.insert(criterion.id))
            && stage.activities.iter().all(|activity| keys.insert(activity.id))
    })
}

fn names(pipeline: &Pipeline) -> impl Iterator<Item = &Label> {
    let of_stages = pipeline.stages.iter().flat_map(|stage| {
        let criteria = stage.criteria.iter().map(|criterion| &criterion.name);
        std::iter::once(&stage.name).chain(criteria).chain(stage.activities.iter().map(|activity| &activity.what))
    });
    std::iter::once(&pipeline.name).chain(of_stages)
}

/// One language is enough, since a label falls back to the other.
pub(super) fn named(label: &Label) -> Result<(), Refusal> {
    limits::fits(Wording::Name, &label.zh)?;
    limits::fits(Wording::Name, &label.en)?;
    limits::says(Wording::Name, if label.zh.trim().is_empty() { &label.en } else { &label.zh })
}

/// A gate that nothing could ever meet would hold every deal for good.
fn judgeable(door: &Door<'_>, pipeline: &Pipeline, index: usize, stage: &Stage) -> Result<(), Refusal> {
    stage.criteria.iter().try_for_each(|criterion| askable(door, pipeline, index, criterion))?;
    let required = stage.criteria.iter().filter(|criterion| criterion.weight == Weight::Required);
    let conditions = required.filter_map(|criterion| match &criterion.rule {
        Rule::Fields(condition) => Some(condition),
        Rule::KeyActivity(_) | Rule::Evidence(_) | Rule::Approval(_) => None,
    });
    match Condition::contradiction(conditions) {
        Some(field) => Err(ConditionError::Contradiction(field).into()),
        None => Ok(()),
    }
}

/// What a later stage plans cannot be asked for before the deal is there.
fn askable(door: &Door<'_>, pipeline: &Pipeline, index: usize, criterion: &Criterion) -> Result<(), Refusal> {
    match &criterion.rule {
        Rule::Fields(condition) => Ok(condition.check(&door.workspace.fields)?),
        Rule::KeyActivity(key) => {
            let plans = |stage: &Stage| stage.activities.iter().any(|activity| activity.id == *key);
            match pipeline.stages.iter().position(plans) {
                Some(planned) if planned <= index => Ok(()),
                Some(_) => Err(Refusal::Circular(criterion.id)),
                None => Err(Refusal::NoCriterion(criterion.id)),
            }
        }
        Rule::Evidence(_) | Rule::Approval(_) => Ok(()),
    }
}
