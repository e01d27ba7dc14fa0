//! Who belongs to the workspace, and how the team sells.

use std::collections::BTreeSet;

use crate::command::Origin;
use crate::id::MemberId;
use crate::model::Role;
use crate::pipeline::{Criterion, Pipeline, Rule};
use crate::refusal::{Refusal, Wording};
use crate::rules::door::Door;
use crate::rules::limits;
use crate::text::Label;

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
        Origin::Hand | Origin::Import(_) => Role::Owner,
    }
}

pub(super) fn publish(door: &Door<'_>, pipeline: &Pipeline) -> Result<(), Refusal> {
    let current = door.workspace.pipelines.get(&pipeline.id).map_or(0, |current| current.version);
    if pipeline.version <= current {
        return Err(Refusal::Exists);
    }
    if !(1..=MAX_STAGES).contains(&pipeline.stages.len()) || !distinct(pipeline) {
        return Err(Refusal::Pipeline);
    }
    names(pipeline).try_for_each(named)?;
    let mut criteria = pipeline.stages.iter().flat_map(|stage| &stage.criteria);
    criteria.try_for_each(|criterion| judgeable(pipeline, criterion))
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
fn named(label: &Label) -> Result<(), Refusal> {
    limits::fits(Wording::Name, &label.zh)?;
    limits::fits(Wording::Name, &label.en)?;
    limits::says(Wording::Name, if label.zh.trim().is_empty() { &label.en } else { &label.zh })
}

/// A criterion that nothing could ever meet would close its gate for good.
fn judgeable(pipeline: &Pipeline, criterion: &Criterion) -> Result<(), Refusal> {
    match &criterion.rule {
        Rule::Fields(condition) => Ok(condition.check()?),
        Rule::KeyActivity(key) if pipeline.key_activity(*key).is_none() => Err(Refusal::NoCriterion(criterion.id)),
        Rule::KeyActivity(_) | Rule::Evidence(_) | Rule::Approval(_) => Ok(()),
    }
}
