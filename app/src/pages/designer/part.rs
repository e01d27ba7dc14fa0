//! The parts of a draft by their identity, and where they stand.

use shared::id::{CriterionId, KeyActivityId, StageId};
use shared::pipeline::{Criterion, KeyActivity, Pipeline, Stage};
use shared::text::Label;

/// Something in a pipeline that has a text in both languages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Pipeline,
    Stage(StageId),
    Purpose(StageId),
    Activity(KeyActivityId),
    Criterion(CriterionId),
}

/// A list whose order people change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum List {
    Stages,
    Activities(StageId),
    Criteria(StageId),
}

impl Part {
    pub(super) fn label(self, pipeline: &Pipeline) -> Option<&Label> {
        match self {
            Self::Pipeline => Some(&pipeline.name),
            Self::Stage(id) => stage(pipeline, id).map(|stage| &stage.name),
            Self::Purpose(id) => stage(pipeline, id).map(|stage| &stage.purpose),
            Self::Activity(id) => pipeline.key_activity(id).map(|activity| &activity.what),
            Self::Criterion(id) => pipeline.criterion(id).map(|(_, criterion)| &criterion.name),
        }
    }

    pub(super) fn label_mut(self, pipeline: &mut Pipeline) -> Option<&mut Label> {
        match self {
            Self::Pipeline => Some(&mut pipeline.name),
            Self::Stage(id) => stage_mut(pipeline, id).map(|stage| &mut stage.name),
            Self::Purpose(id) => stage_mut(pipeline, id).map(|stage| &mut stage.purpose),
            Self::Activity(id) => activity_mut(pipeline, id).map(|activity| &mut activity.what),
            Self::Criterion(id) => criterion_mut(pipeline, id).map(|criterion| &mut criterion.name),
        }
    }
}

/// A stage of the draft itself, also where an earlier version retired it.
pub(super) fn stage(pipeline: &Pipeline, id: StageId) -> Option<&Stage> {
    pipeline.stages.iter().find(|stage| stage.id == id)
}

pub(super) fn stage_mut(pipeline: &mut Pipeline, id: StageId) -> Option<&mut Stage> {
    pipeline.stages.iter_mut().find(|stage| stage.id == id)
}

pub(super) fn activity_mut(pipeline: &mut Pipeline, id: KeyActivityId) -> Option<&mut KeyActivity> {
    pipeline.stages.iter_mut().flat_map(|stage| &mut stage.activities).find(|activity| activity.id == id)
}

pub(super) fn criterion_mut(pipeline: &mut Pipeline, id: CriterionId) -> Option<&mut Criterion> {
    pipeline.stages.iter_mut().flat_map(|stage| &mut stage.criteria).find(|criterion| criterion.id == id)
}

impl List {
    /// The attribute that marks its rows in the page.
    pub(super) const fn attribute(self) -> &'static str {
        match self {
            Self::Stages => "data-stage-row",
            Self::Activities(_) => "data-activity-row",
            Self::Criteria(_) => "data-criterion-row",
        }
    }

    /// What its rows are, for styles and tests.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Stages => "stage-row",
            Self::Activities(_) => "activity-row",
            Self::Criteria(_) => "criterion-row",
        }
    }

    /// The identities of its rows, in order.
    pub(super) fn ids(self, pipeline: &Pipeline) -> Vec<String> {
        let of = |id| stage(pipeline, id);
        match self {
            Self::Stages => pipeline.stages.iter().map(|stage| stage.id.to_string()).collect(),
            Self::Activities(id) => {
                of(id).into_iter().flat_map(|stage| &stage.activities).map(|each| each.id.to_string()).collect()
            }
            Self::Criteria(id) => {
                of(id).into_iter().flat_map(|stage| &stage.criteria).map(|each| each.id.to_string()).collect()
            }
        }
    }

    /// Moves a row to another place.
    pub(super) fn put(self, pipeline: &mut Pipeline, from: usize, to: usize) {
        match self {
            Self::Stages => shift(&mut pipeline.stages, from, to),
            Self::Activities(id) => {
                stage_mut(pipeline, id).into_iter().for_each(|stage| shift(&mut stage.activities, from, to));
            }
            Self::Criteria(id) => {
                stage_mut(pipeline, id).into_iter().for_each(|stage| shift(&mut stage.criteria, from, to));
            }
        }
    }
}

fn shift<T>(rows: &mut Vec<T>, from: usize, to: usize) {
    if from < rows.len() && to < rows.len() {
        let row = rows.remove(from);
        rows.insert(to, row);
    }
}
