//! B2B sales in five stages: the pipeline a new workspace starts with.

use super::{advised, filled, key, pipeline, required, stage};
use crate::model::{ActivityKind, EvidenceKind, Field, Role};
use crate::pipeline::{Pipeline, Rule, Stage};

/// 线索识别, 需求确认, 方案提出, 商务谈判, 合同签订. Its ids are the same in every workspace.
pub fn b2b() -> Pipeline {
    pipeline("b2b", ("企业销售", "B2B sales"), vec![identify(), confirm(), propose(), negotiate(), sign()])
}

fn identify() -> Stage {
    let call = key("b2b/identify/call", ActivityKind::Call, ("首次沟通", "First conversation"), 3);
    let met = Rule::KeyActivity(call.id);
    Stage {
        activities: vec![call],
        criteria: vec![
            required("b2b/identify/company", ("已知道客户是谁", "The customer is known"), filled(Field::Company)),
            required("b2b/identify/talked", ("客户已接受首次沟通", "The customer took the first conversation"), met),
        ],
        ..stage(
            "b2b/identify",
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
        activities: vec![key("b2b/confirm/interview", ActivityKind::Meeting, ("需求访谈", "Needs interview"), 7)],
        criteria: vec![
            required("b2b/confirm/need", ("客户书面确认需求", "The customer confirmed the need in writing"), need),
            required("b2b/confirm/amount", ("已知预算金额", "The budget is known"), filled(Field::Amount)),
            advised("b2b/confirm/close", ("已知预计成交日", "The expected closing day is known"), filled(Field::Close)),
        ],
        ..stage(
            "b2b/confirm",
            ("需求确认", "Needs confirmed"),
            ("客户认可问题与预算", "The customer owns problem and budget"),
            25,
            21,
        )
    }
}

fn propose() -> Stage {
    let demo = key("b2b/propose/demo", ActivityKind::Demo, ("当面讲解方案", "Present the proposal"), 7);
    let shown = Rule::KeyActivity(demo.id);
    let written = Rule::Evidence(EvidenceKind::WrittenConfirmation);
    let meeting = Rule::Evidence(EvidenceKind::AcceptedMeeting);
    Stage {
        activities: vec![demo],
        criteria: vec![
            required("b2b/propose/shown", ("方案已当面讲解", "The proposal was presented"), shown),
            required(
                "b2b/propose/written",
                ("客户书面确认方案", "The customer confirmed the proposal in writing"),
                written,
            ),
            required(
                "b2b/propose/meeting",
                ("决策人参加评审会", "The decision maker accepted the review meeting"),
                meeting,
            ),
        ],
        ..stage(
            "b2b/propose",
            ("方案提出", "Proposal"),
            ("客户认可方案", "The customer agrees to the solution"),
            50,
            21,
        )
    }
}

fn negotiate() -> Stage {
    let terms = Rule::Evidence(EvidenceKind::WrittenConfirmation);
    let approval = Rule::Approval(Role::Manager);
    Stage {
        activities: vec![key("b2b/negotiate/offer", ActivityKind::Task, ("发送正式报价", "Send the formal offer"), 3)],
        criteria: vec![
            required(
                "b2b/negotiate/terms",
                ("客户书面接受商务条款", "The customer accepted the terms in writing"),
                terms,
            ),
            required("b2b/negotiate/approval", ("报价经经理批准", "A manager approved the offer"), approval),
        ],
        ..stage(
            "b2b/negotiate",
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
        activities: vec![key("b2b/sign/visit", ActivityKind::Visit, ("上门签约", "Visit to sign"), 7)],
        criteria: vec![
            required("b2b/sign/contract", ("合同已由客户签署", "The customer signed the contract"), contract),
            advised("b2b/sign/photo", ("签约现场照片", "A picture of the signing"), photo),
        ],
        ..stage("b2b/sign", ("合同签订", "Contract"), ("客户签字", "The customer signs"), 90, 14)
    }
}
