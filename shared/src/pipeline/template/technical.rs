//! Selling by proof: for materials, components and equipment that the customer tests before buying.

use super::{advised, filled, key, pipeline, required, stage};
use crate::model::{ActivityKind, EvidenceKind, Field, Role};
use crate::pipeline::{Pipeline, Rule, Stage};

/// 需求分析, 技术方案演示, 样品测试, 方案调整, 商务与签约.
pub(super) fn technical() -> Pipeline {
    pipeline(
        "technical",
        ("技术验证销售", "Technical validation"),
        vec![analyse(), present(), test(), adjust(), sign()],
    )
}

fn analyse() -> Stage {
    let visit = key("technical/analyse/visit", ActivityKind::Visit, ("现场调研", "Survey on site"), 5);
    let seen = Rule::KeyActivity(visit.id);
    let need = Rule::Evidence(EvidenceKind::WrittenConfirmation);
    Stage {
        activities: vec![visit],
        criteria: vec![
            required("technical/analyse/company", ("已知道客户是谁", "The customer is known"), filled(Field::Company)),
            required("technical/analyse/seen", ("已完成现场调研", "The site was surveyed"), seen),
            required(
                "technical/analyse/need",
                ("客户书面确认技术指标", "The customer confirmed the specification"),
                need,
            ),
        ],
        ..stage(
            "technical/analyse",
            ("需求分析", "Needs analysis"),
            ("指标由客户确认", "The customer owns the specification"),
            15,
            14,
        )
    }
}

fn present() -> Stage {
    let demo = key("technical/present/demo", ActivityKind::Demo, ("技术方案演示", "Present the technical solution"), 7);
    let shown = Rule::KeyActivity(demo.id);
    let meeting = Rule::Evidence(EvidenceKind::AcceptedMeeting);
    Stage {
        activities: vec![demo],
        criteria: vec![
            required("technical/present/shown", ("技术方案已演示", "The solution was presented"), shown),
            required("technical/present/decider", ("技术负责人参加演示", "The technical lead took part"), meeting),
        ],
        ..stage(
            "technical/present",
            ("技术方案演示", "Technical presentation"),
            ("客户认可思路", "The customer agrees with the approach"),
            35,
            14,
        )
    }
}

fn test() -> Stage {
    let send = key("technical/test/send", ActivityKind::Task, ("寄送样品", "Send the samples"), 3);
    let follow = key("technical/test/follow", ActivityKind::Call, ("跟进测试进度", "Ask how the test goes"), 14);
    let photo = Rule::Evidence(EvidenceKind::Photo);
    let report = Rule::Evidence(EvidenceKind::SignedDocument);
    Stage {
        activities: vec![send, follow],
        criteria: vec![
            advised("technical/test/photo", ("测试现场照片", "A picture of the test"), photo),
            required("technical/test/report", ("客户签署测试报告", "The customer signed the test report"), report),
        ],
        ..stage(
            "technical/test",
            ("样品测试", "Sample test"),
            ("样品通过客户测试", "The sample passes the customer's test"),
            55,
            30,
        )
    }
}

fn adjust() -> Stage {
    let meet = key("technical/adjust/meet", ActivityKind::Meeting, ("讨论调整方案", "Discuss the changes"), 7);
    let final_plan = Rule::Evidence(EvidenceKind::WrittenConfirmation);
    Stage {
        activities: vec![meet],
        criteria: vec![
            required(
                "technical/adjust/final",
                ("客户书面确认最终方案", "The customer confirmed the final solution"),
                final_plan,
            ),
            required("technical/adjust/amount", ("已知预算金额", "The budget is known"), filled(Field::Amount)),
        ],
        ..stage(
            "technical/adjust",
            ("方案调整", "Adjustment"),
            ("方案与测试结果一致", "The solution fits what the test showed"),
            70,
            21,
        )
    }
}

fn sign() -> Stage {
    let offer = key("technical/sign/offer", ActivityKind::Task, ("发送正式报价", "Send the formal offer"), 3);
    let approval = Rule::Approval(Role::Manager);
    let contract = Rule::Evidence(EvidenceKind::SignedDocument);
    Stage {
        activities: vec![offer],
        criteria: vec![
            required("technical/sign/approval", ("报价经经理批准", "A manager approved the offer"), approval),
            required("technical/sign/contract", ("合同已由客户签署", "The customer signed the contract"), contract),
        ],
        ..stage("technical/sign", ("商务与签约", "Terms and contract"), ("客户签字", "The customer signs"), 90, 14)
    }
}
