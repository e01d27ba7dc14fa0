//! The pipeline a new workspace starts with: B2B sales in five stages.

use super::{Condition, Criterion, KeyActivity, Pipeline, Rule, Stage, Weight};
use crate::id::{CriterionId, KeyActivityId, PipelineId, StageId};
use crate::model::{ActivityKind, EvidenceKind, Field, Role};
use crate::text::Label;

/// 线索识别, 需求确认, 方案提出, 商务谈判, 合同签订. Its ids are the same in every workspace.
pub fn b2b() -> Pipeline {
    Pipeline {
        id: PipelineId::minted("b2b"),
        name: Label::new("企业销售", "B2B sales"),
        version: 1,
        stages: vec![identify(), confirm(), propose(), negotiate(), sign()],
    }
}

fn identify() -> Stage {
    let call = key("identify/call", ActivityKind::Call, ("首次沟通", "First conversation"), 3);
    let met = Rule::KeyActivity(call.id);
    Stage {
        activities: vec![call],
        criteria: vec![
            required("identify/company", ("已知道客户是谁", "The customer is known"), filled(Field::Company)),
            required("identify/talked", ("客户已接受首次沟通", "The customer took the first conversation"), met),
        ],
        ..stage(
            "identify",
            ("线索识别", "Identified"),
            ("确认这是真实的机会", "Make sure it is a real opportunity"),
            10,
            14,
        )
    }
}

fn confirm() -> Stage {
    let need = Rule::Evidence(EvidenceKind::WrittenConfirmation);
    Stage {
        activities: vec![key("confirm/interview", ActivityKind::Meeting, ("需求访谈", "Needs interview"), 7)],
        criteria: vec![
            required("confirm/need", ("客户书面确认需求", "The customer confirmed the need in writing"), need),
            required("confirm/amount", ("已知预算金额", "The budget is known"), filled(Field::Amount)),
            advised("confirm/close", ("已知预计成交日", "The expected closing day is known"), filled(Field::Close)),
        ],
        ..stage(
            "confirm",
            ("需求确认", "Needs confirmed"),
            ("客户认可问题与预算", "The customer owns problem and budget"),
            25,
            21,
        )
    }
}

fn propose() -> Stage {
    let demo = key("propose/demo", ActivityKind::Demo, ("当面讲解方案", "Present the proposal"), 7);
    let shown = Rule::KeyActivity(demo.id);
    let written = Rule::Evidence(EvidenceKind::WrittenConfirmation);
    let meeting = Rule::Evidence(EvidenceKind::AcceptedMeeting);
    Stage {
        activities: vec![demo],
        criteria: vec![
            required("propose/shown", ("方案已当面讲解", "The proposal was presented"), shown),
            required(
                "propose/written",
                ("客户书面确认方案", "The customer confirmed the proposal in writing"),
                written,
            ),
            required(
                "propose/meeting",
                ("决策人参加评审会", "The decision maker accepted the review meeting"),
                meeting,
            ),
        ],
        ..stage("propose", ("方案提出", "Proposal"), ("客户认可方案", "The customer agrees to the solution"), 50, 21)
    }
}

fn negotiate() -> Stage {
    let terms = Rule::Evidence(EvidenceKind::WrittenConfirmation);
    let approval = Rule::Approval(Role::Manager);
    Stage {
        activities: vec![key("negotiate/offer", ActivityKind::Task, ("发送正式报价", "Send the formal offer"), 3)],
        criteria: vec![
            required("negotiate/terms", ("客户书面接受商务条款", "The customer accepted the terms in writing"), terms),
            required("negotiate/approval", ("报价经经理批准", "A manager approved the offer"), approval),
        ],
        ..stage(
            "negotiate",
            ("商务谈判", "Negotiation"),
            ("双方就条款达成一致", "Both sides agree on the terms"),
            75,
            14,
        )
    }
}

fn sign() -> Stage {
    let contract = Rule::Evidence(EvidenceKind::SignedDocument);
    let photo = Rule::Evidence(EvidenceKind::Photo);
    Stage {
        activities: vec![key("sign/visit", ActivityKind::Visit, ("上门签约", "Visit to sign"), 7)],
        criteria: vec![
            required("sign/contract", ("合同已由客户签署", "The customer signed the contract"), contract),
            advised("sign/photo", ("签约现场照片", "A picture of the signing"), photo),
        ],
        ..stage("sign", ("合同签订", "Contract"), ("客户签字", "The customer signs"), 90, 14)
    }
}

fn stage(slug: &str, name: (&str, &str), purpose: (&str, &str), probability: u8, stalled_after: u16) -> Stage {
    Stage {
        id: StageId::minted(&format!("b2b/{slug}")),
        name: Label::new(name.0, name.1),
        purpose: Label::new(purpose.0, purpose.1),
        probability,
        stalled_after,
        activities: Vec::new(),
        criteria: Vec::new(),
    }
}

fn key(slug: &str, kind: ActivityKind, what: (&str, &str), due_after: u16) -> KeyActivity {
    KeyActivity { id: KeyActivityId::minted(&format!("b2b/{slug}")), kind, what: Label::new(what.0, what.1), due_after }
}

fn filled(field: Field) -> Rule {
    Rule::Fields(Condition::Filled(field))
}

fn required(slug: &str, name: (&str, &str), rule: Rule) -> Criterion {
    let id = CriterionId::minted(&format!("b2b/{slug}"));
    Criterion { id, name: Label::new(name.0, name.1), weight: Weight::Required, rule }
}

fn advised(slug: &str, name: (&str, &str), rule: Rule) -> Criterion {
    Criterion { weight: Weight::Advised, ..required(slug, name, rule) }
}
