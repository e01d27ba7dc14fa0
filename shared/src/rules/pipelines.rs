//! How the team sells: what must be true of a pipeline before it is published, and where in it something is not.

mod contradiction;
mod named;

use std::sync::Arc;

use crate::id::{CriterionId, KeyActivityId, StageId};
use crate::model::{DealCard, Outcome};
use crate::pipeline::{Criterion, Pipeline, Rule, Stage};
use crate::refusal::{Refusal, Span, Wording};
use crate::rules::door::Door;
use crate::rules::{limits, team};
use crate::sorted::SortedSet;
use crate::workspace::Workspace;

const MAX_STAGES: usize = 30;

/// A part of a pipeline.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// All of it, or its name.
    Pipeline,
    /// A stage that the current version has and this one has not.
    Gone(StageId),
    /// A stage.
    Stage(StageId),
    /// A key activity.
    Activity(KeyActivityId),
    /// A criterion.
    Criterion(CriterionId),
}

/// Why a pipeline cannot be published, and which part of it is to be changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where.
    pub place: Place,
    /// Why.
    pub refusal: Refusal,
}

impl Fault {
    const fn new(place: Place, refusal: Refusal) -> Self {
        Self { place, refusal }
    }
}

/// Everything for which the door refuses a pipeline, in the order of its stages. Whoever asks and its version are
/// judged apart.
pub fn faults(workspace: &Workspace, pipeline: &Pipeline) -> Vec<Fault> {
    let mut faults = Vec::new();
    if !(1..=MAX_STAGES).contains(&pipeline.stages.len()) || !distinct(pipeline) {
        faults.push(Fault::new(Place::Pipeline, Refusal::Pipeline));
    }
    faults.extend(team::named(&pipeline.name).err().map(|refusal| Fault::new(Place::Pipeline, refusal)));
    faults.extend(unsettled(workspace, pipeline));
    faults.extend(named::faults(workspace, pipeline));
    for (index, stage) in pipeline.stages.iter().enumerate() {
        in_stage(workspace, pipeline, index, stage, &mut faults);
    }
    faults
}

pub(super) fn publish(door: &Door<'_>, pipeline: &Pipeline) -> Result<(), Refusal> {
    let current = door.workspace.pipelines.get(&pipeline.id);
    if pipeline.version <= current.map_or(0, |current| current.version) {
        return Err(Refusal::Exists);
    }
    faults(door.workspace, pipeline).into_iter().next().map_or(Ok(()), |first| Err(first.refusal))
}

/// Every stage that an earlier version had has a place for its deals, also for those that a device far away moves
/// there now; and nothing is being worked in a pipeline that is put away.
fn unsettled(workspace: &Workspace, next: &Pipeline) -> Option<Fault> {
    let lying = |stage: StageId| {
        let here = |card: &&Arc<DealCard>| card.pipeline == next.id && card.stage == stage;
        let cards = workspace.deals.values().filter(here);
        cards.filter(|card| !card.discarded && card.outcome == Outcome::Open).count()
    };
    let in_use = |place, stage| Fault::new(place, Refusal::StageInUse { stage, deals: lying(stage) });
    let current = workspace.pipelines.get(&next.id);
    let homeless =
        current.into_iter().flat_map(|current| next.gone(current)).find(|stage| next.index(*stage).is_none());
    let worked = || next.stages.iter().map(|stage| stage.id).find(|stage| next.archived && lying(*stage) > 0);
    homeless
        .map(|stage| in_use(Place::Gone(stage), stage))
        .or_else(|| worked().map(|stage| in_use(Place::Stage(stage), stage)))
}

fn distinct(pipeline: &Pipeline) -> bool {
    let (mut stages, mut criteria, mut keys) = (SortedSet::new(), SortedSet::new(), SortedSet::new());
    pipeline.stages.iter().all(|stage| {
        stages.insert(stage.id)
            && stage.criteria.iter().all(|criterion| criteria.insert(criterion.id))
            && stage.activities.iter().all(|activity| keys.insert(activity.id))
    })
}

fn in_stage(workspace: &Workspace, pipeline: &Pipeline, index: usize, stage: &Stage, faults: &mut Vec<Fault>) {
    let place = Place::Stage(stage.id);
    let purpose = [&stage.purpose.zh, &stage.purpose.en].map(|text| limits::fits(Wording::Summary, text));
    let percent = if stage.probability > 100 { Err(Refusal::Percent) } else { Ok(()) };
    let stalled = limits::days(Span::Stalled, stage.stalled_after);
    let own = [team::named(&stage.name)].into_iter().chain(purpose).chain([percent, stalled]);
    faults.extend(own.filter_map(Result::err).map(|refusal| Fault::new(place, refusal)));
    for activity in &stage.activities {
        let judged = team::named(&activity.what).and_then(|()| limits::days(Span::Due, activity.due_after));
        faults.extend(judged.err().map(|refusal| Fault::new(Place::Activity(activity.id), refusal)));
    }
    for criterion in &stage.criteria {
        let judged = team::named(&criterion.name).and_then(|()| askable(workspace, pipeline, index, criterion));
        faults.extend(judged.err().map(|refusal| Fault::new(Place::Criterion(criterion.id), refusal)));
    }
    faults.extend(contradiction::of(&workspace.fields, &pipeline.stages[..=index]));
}

/// What a later stage plans cannot be asked for before the deal is there.
fn askable(workspace: &Workspace, pipeline: &Pipeline, index: usize, criterion: &Criterion) -> Result<(), Refusal> {
    match &criterion.rule {
        Rule::Fields(condition) => Ok(condition.check(&workspace.fields)?),
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

#[cfg(test)]
mod tests;
