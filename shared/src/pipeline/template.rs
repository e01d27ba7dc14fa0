//! Pipelines to start from. Their ids are the same in every workspace; each is a pipeline of its own once copied.

mod b2b;
mod poc;
mod technical;

use super::{Condition, Criterion, KeyActivity, Moves, Pipeline, Rule, Stage, Weight};
use crate::id::{CriterionId, KeyActivityId, PipelineId, StageId};
use crate::model::{ActivityKind, Field, Role};
use crate::text::Label;
pub use b2b::b2b;

/// A pipeline to start from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Template {
    /// 线索识别, 需求确认, 方案提出, 商务谈判, 合同签订.
    B2b,
    /// B2B with a demonstration and a proof of concept between need and negotiation.
    Poc,
    /// Selling by proof: 技术方案演示, 样品测试, 方案调整 before the terms.
    Technical,
    /// One stage, to be built up.
    Blank,
}

impl Template {
    /// Every template, in the order they are offered.
    pub const ALL: [Self; 4] = [Self::B2b, Self::Poc, Self::Technical, Self::Blank];

    /// The pipeline.
    pub fn pipeline(self) -> Pipeline {
        match self {
            Self::B2b => b2b(),
            Self::Poc => poc::poc(),
            Self::Technical => technical::technical(),
            Self::Blank => pipeline("blank", ("新销售管道", "New pipeline"), vec![first()]),
        }
    }
}

/// The pipeline that every workspace begins with.
pub fn founding() -> PipelineId {
    PipelineId::minted("b2b")
}

fn first() -> Stage {
    stage("blank/first", ("第一阶段", "First stage"), ("", ""), 10, 14)
}

fn pipeline(slug: &str, name: (&str, &str), stages: Vec<Stage>) -> Pipeline {
    Pipeline {
        id: PipelineId::minted(slug),
        name: Label::new(name.0, name.1),
        version: 1,
        stages,
        moves: Moves::default(),
        retired: Default::default(),
        archived: false,
    }
}

fn stage(slug: &str, name: (&str, &str), purpose: (&str, &str), probability: u8, stalled_after: u16) -> Stage {
    Stage {
        id: StageId::minted(slug),
        name: Label::new(name.0, name.1),
        purpose: Label::new(purpose.0, purpose.1),
        probability,
        stalled_after,
        activities: Vec::new(),
        criteria: Vec::new(),
        overridable: Some(Role::Manager),
    }
}

fn key(slug: &str, kind: ActivityKind, what: (&str, &str), due_after: u16) -> KeyActivity {
    KeyActivity { id: KeyActivityId::minted(slug), kind, what: Label::new(what.0, what.1), due_after }
}

fn filled(field: Field) -> Rule {
    Rule::Fields(Condition::Filled(field))
}

fn required(slug: &str, name: (&str, &str), rule: Rule) -> Criterion {
    let id = CriterionId::minted(slug);
    Criterion { id, name: Label::new(name.0, name.1), weight: Weight::Required, rule }
}

fn advised(slug: &str, name: (&str, &str), rule: Rule) -> Criterion {
    Criterion { weight: Weight::Advised, ..required(slug, name, rule) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::sample;

    #[test]
    fn every_template_passes_the_door() {
        for template in Template::ALL {
            let pipeline = Pipeline { version: 2, ..template.pipeline() };
            let workspace = sample::workspace(sample::bare(sample::tide()));
            let command = crate::command::Command::PublishPipeline(pipeline);
            let judged = crate::rules::admit(&workspace, &sample::context(Role::Manager), command);
            assert!(judged.is_ok(), "{template:?}: {judged:?}");
        }
    }
}
