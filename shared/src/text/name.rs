//! Names of fields, roles, kinds and parts.

use super::Lang;
use crate::model::{ActivityKind, EvidenceKind, Field, Role};
use crate::refusal::Wording;

impl Lang {
    /// One of two words.
    const fn pick(self, zh: &'static str, en: &'static str) -> &'static str {
        match self {
            Self::Zh => zh,
            Self::En => en,
        }
    }

    /// A field of a deal.
    pub const fn field(self, field: Field) -> &'static str {
        match field {
            Field::Title => self.pick("商机名称", "Title"),
            Field::Company => self.pick("客户", "Customer"),
            Field::Owner => self.pick("负责人", "Owner"),
            Field::Amount => self.pick("金额", "Amount"),
            Field::Close => self.pick("预计成交日", "Expected close"),
            Field::Stage => self.pick("阶段", "Stage"),
            Field::Outcome => self.pick("结果", "Outcome"),
        }
    }

    /// What a member may do.
    pub const fn role(self, role: Role) -> &'static str {
        match role {
            Role::Viewer => self.pick("查看者", "Viewer"),
            Role::Rep => self.pick("销售", "Rep"),
            Role::Manager => self.pick("经理", "Manager"),
            Role::Owner => self.pick("所有者", "Owner"),
        }
    }

    /// A kind of interaction.
    pub const fn activity(self, kind: ActivityKind) -> &'static str {
        match kind {
            ActivityKind::Call => self.pick("电话", "Call"),
            ActivityKind::Meeting => self.pick("会议", "Meeting"),
            ActivityKind::Visit => self.pick("拜访", "Visit"),
            ActivityKind::Demo => self.pick("演示", "Demo"),
            ActivityKind::Mail => self.pick("邮件", "Mail"),
            ActivityKind::Task => self.pick("任务", "Task"),
            ActivityKind::Note => self.pick("备注", "Note"),
        }
    }

    /// A kind of proof.
    pub const fn evidence(self, kind: EvidenceKind) -> &'static str {
        match kind {
            EvidenceKind::WrittenConfirmation => self.pick("书面确认", "Written confirmation"),
            EvidenceKind::AcceptedMeeting => self.pick("接受的会议", "Accepted meeting"),
            EvidenceKind::SignedDocument => self.pick("签署的文件", "Signed document"),
            EvidenceKind::Photo => self.pick("照片", "Photo"),
        }
    }

    /// What a text is meant for.
    pub const fn wording(self, wording: Wording) -> &'static str {
        match wording {
            Wording::Title => self.pick("名称", "The title"),
            Wording::Name => self.pick("名字", "The name"),
            Wording::Reason => self.pick("理由", "The reason"),
            Wording::Summary => self.pick("内容", "The summary"),
            Wording::From => self.pick("来自谁", "Who gave it"),
            Wording::Quote => self.pick("原话", "The quote"),
            Wording::Reach => self.pick("电话或邮箱", "The number or address"),
        }
    }
}
