//! B2B with a demonstration and a proof of concept, for products that have to show what they can do.

use super::{advised, b2b, filled, key, pipeline, required, stage};
use crate::id::PipelineId;
use crate::model::{ActivityKind, EvidenceKind, Field};
use crate::pipeline::{Pipeline, Rule, Stage, copy};

/// The first two and the last two stages are those of B2B sales.
pub(super) fn poc() -> Pipeline {
    let base = copy(&b2b(), PipelineId::minted("poc"));
    let mut stages = base.stages;
    stages.splice(2..3, [demo(), proof()]);
    pipeline("poc", ("企业销售（演示与试点）", "B2B with demo and POC"), stages)
}

fn demo() -> Stage {
    let demo = key("poc/demo/show", ActivityKind::Demo, ("产品演示", "Demonstrate the product"), 7);
    let shown = Rule::KeyActivity(demo.id);
    let meeting = Rule::Evidence(EvidenceKind::AcceptedMeeting);
    Stage {
        activities: vec![demo],
        criteria: vec![
            required("poc/demo/shown", ("已向使用者演示", "The users saw a demonstration"), shown),
            required(
                "poc/demo/decider",
                ("决策人接受演示会议", "The decision maker accepted the demo meeting"),
                meeting,
            ),
        ],
        ..stage("poc/demo", ("产品演示", "Demo"), ("使用者看到价值", "The users see the value"), 40, 14)
    }
}

fn proof() -> Stage {
    let start = key("poc/proof/start", ActivityKind::Visit, ("试点启动会", "Kick off the proof of concept"), 5);
    let review = key("poc/proof/review", ActivityKind::Meeting, ("试点评审会", "Review the results together"), 21);
    let started = Rule::KeyActivity(start.id);
    let goals = Rule::Evidence(EvidenceKind::SignedDocument);
    let passed = Rule::Evidence(EvidenceKind::WrittenConfirmation);
    Stage {
        activities: vec![start, review],
        criteria: vec![
            required("poc/proof/goals", ("客户签署试点目标", "The customer signed the goals of the proof"), goals),
            advised("poc/proof/started", ("试点已启动", "The proof was kicked off"), started),
            required(
                "poc/proof/passed",
                ("客户书面确认试点达标", "The customer confirmed that the goals were met"),
                passed,
            ),
            advised("poc/proof/close", ("已知预计成交日", "The expected closing day is known"), filled(Field::Close)),
        ],
        ..stage(
            "poc/proof",
            ("试点验证", "Proof of concept"),
            ("客户验证方案可行", "The customer proves that it works"),
            60,
            30,
        )
    }
}
