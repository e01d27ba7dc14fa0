//! A way of selling: a pipeline of stages, each with key activities and exit criteria.

pub mod condition;
mod copy;
pub mod file;
mod next;
mod template;

use serde::{Deserialize, Serialize};

use crate::id::{CriterionId, KeyActivityId, PipelineId, StageId};
use crate::model::{ActivityKind, EvidenceKind, Role};
use crate::sorted::SortedMap;
use crate::text::Label;
pub use condition::{Comparison, Condition, ConditionError, Literal};
pub use copy::copy;
pub use template::{Template, b2b, founding};

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
    /// Which moves are legal beside the one to the next stage.
    #[serde(default)]
    pub moves: Moves,
    /// Stages that an earlier version had, each with the one that took its deals. A device that was offline may
    /// still move a deal to such a stage; the deal then lies where the others went.
    #[serde(default)]
    pub retired: SortedMap<StageId, StageId>,
    /// No longer offered for new deals.
    #[serde(default)]
    pub archived: bool,
}

/// Which moves are legal beside the one to the next stage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moves {
    /// Past one or more stages, to the end too; their gates are asked all the same.
    pub skip: Leave,
    /// To an earlier stage.
    pub back: Leave,
}

/// Whether a kind of move is legal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Leave {
    /// Always.
    #[default]
    Free,
    /// If whoever moves the deal says why.
    Reason,
    /// Never.
    Never,
}

impl Leave {
    /// Every answer, the most lenient first.
    pub const ALL: [Self; 3] = [Self::Free, Self::Reason, Self::Never];
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
    /// The least role that may let a deal pass the gate by its word; none if nobody may.
    #[serde(default = "managers")]
    pub overridable: Option<Role>,
}

const fn managers() -> Option<Role> {
    Some(Role::Manager)
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

impl Stage {
    /// Whether a key activity must be done before a deal leaves: a required criterion asks for it.
    pub fn is_mandatory(&self, key: KeyActivityId) -> bool {
        let asks = |each: &Criterion| each.weight == Weight::Required && each.rule == Rule::KeyActivity(key);
        self.criteria.iter().any(asks)
    }

    /// Makes a key activity mandatory by a required criterion of this identity, which is called like the activity.
    pub fn make_mandatory(&mut self, key: KeyActivityId, criterion: CriterionId) {
        let found = self.activities.iter().find(|activity| activity.id == key);
        if let Some(activity) = found.filter(|_| !self.is_mandatory(key)) {
            let (name, rule) = (activity.what.clone(), Rule::KeyActivity(key));
            self.criteria.push(Criterion { id: criterion, name, weight: Weight::Required, rule });
        }
    }

    /// Takes the required criteria away that ask for a key activity.
    pub fn make_optional(&mut self, key: KeyActivityId) {
        self.criteria.retain(|each| each.weight == Weight::Advised || each.rule != Rule::KeyActivity(key));
    }
}

impl Pipeline {
    /// Where a stage, or the one that took its deals, stands in the order, from 0.
    pub fn index(&self, stage: StageId) -> Option<usize> {
        let stage = self.current(stage);
        self.stages.iter().position(|each| each.id == stage)
    }

    /// A stage of this pipeline, or the one that took its deals.
    pub fn stage(&self, stage: StageId) -> Option<&Stage> {
        self.stages.get(self.index(stage)?)
    }

    /// The stage itself, or the one that took its deals when it was retired.
    pub fn current(&self, stage: StageId) -> StageId {
        let mut current = stage;
        // Each step leaves one retired stage behind, so that a ring ends too.
        for _ in 0..=self.retired.len() {
            match self.retired.get(&current) {
                Some(next) if self.stages.iter().all(|each| each.id != current) => current = *next,
                Some(_) | None => break,
            }
        }
        current
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_activity_is_mandatory_exactly_while_a_required_criterion_asks_for_it() {
        let mut stage = b2b().stages.remove(0);
        let key = stage.activities[0].id;
        assert!(stage.is_mandatory(key));
        stage.make_optional(key);
        assert!(!stage.is_mandatory(key));
        let others = stage.criteria.len();
        for _ in 0..2 {
            stage.make_mandatory(key, CriterionId::minted("mandatory"));
            assert!(stage.is_mandatory(key));
            assert_eq!(stage.criteria.len(), others + 1, "one criterion is enough");
        }
        stage.make_mandatory(KeyActivityId::minted("elsewhere"), CriterionId::minted("other"));
        assert_eq!(stage.criteria.len(), others + 1, "another stage plans it");
    }
}
