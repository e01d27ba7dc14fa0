//! A way of selling: a pipeline of stages, each with key activities and exit criteria.

pub mod condition;
mod template;

use serde::{Deserialize, Serialize};

use crate::id::{CriterionId, KeyActivityId, PipelineId, StageId};
use crate::model::{ActivityKind, EvidenceKind, Role};
use crate::text::Label;
pub use condition::{Comparison, Condition, ConditionError, Literal};
pub use template::b2b;

/// An ordered list of stages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pipeline {
    /// Its identity.
    pub id: PipelineId,
    /// What it is called.
    pub name: Label,
    /// How often it was published.
    pub version: u32,
    /// The stages, in the customer's buying order.
    pub stages: Vec<Stage>,
}

/// One step of a pipeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stage {
    /// Its identity.
    pub id: StageId,
    /// What it is called.
    pub name: Label,
    /// What the stage is for.
    pub purpose: Label,
    /// How likely a deal in this stage is won, in percent.
    pub probability: u8,
    /// After how many days without a move, finished activity or proof a deal counts as stalled.
    pub stalled_after: u16,
    /// What the seller does here.
    pub activities: Vec<KeyActivity>,
    /// What the customer must have done before a deal leaves: the gate.
    pub criteria: Vec<Criterion>,
}

/// Something the seller does in a stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KeyActivity {
    /// Its identity.
    pub id: KeyActivityId,
    /// What kind of interaction.
    pub kind: ActivityKind,
    /// What is to be done.
    pub what: Label,
    /// Days after the deal entered the stage.
    pub due_after: u16,
}

/// Whether an open criterion blocks or only warns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// Blocks.
    Required,
    /// Warns.
    Advised,
}

/// How a criterion is met.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rule {
    /// A condition on the deal's fields holds.
    Fields(Condition),
    /// A key activity was done.
    KeyActivity(KeyActivityId),
    /// The customer gave a proof of this kind.
    Evidence(EvidenceKind),
    /// Somebody with at least this role approved.
    Approval(Role),
}

/// One thing to be true before a deal leaves a stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Criterion {
    /// Its identity.
    pub id: CriterionId,
    /// What it says.
    pub name: Label,
    /// Required or advised.
    pub weight: Weight,
    /// How it is met.
    pub rule: Rule,
}

impl Pipeline {
    /// Where a stage stands in the order, from 0.
    pub fn index(&self, stage: StageId) -> Option<usize> {
        self.stages.iter().position(|each| each.id == stage)
    }

    /// A stage of this pipeline.
    pub fn stage(&self, stage: StageId) -> Option<&Stage> {
        self.stages.iter().find(|each| each.id == stage)
    }

    /// A criterion of any stage, with its stage.
    pub fn criterion(&self, criterion: CriterionId) -> Option<(&Stage, &Criterion)> {
        let of = |stage: &'_ Stage| stage.criteria.iter().position(|each| each.id == criterion);
        self.stages.iter().find_map(|stage| of(stage).map(|index| (stage, &stage.criteria[index])))
    }

    /// A key activity of any stage.
    pub fn key_activity(&self, key: KeyActivityId) -> Option<&KeyActivity> {
        self.stages.iter().flat_map(|stage| &stage.activities).find(|each| each.id == key)
    }
}
