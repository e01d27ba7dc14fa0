//! What anyone may ask for, and who asks, when and from where.

use crate::id::{
    ActivityId, BatchId, CompanyId, ContactId, CriterionId, DealId, DocumentId, EvidenceId, KeyActivityId, MemberId,
    PipelineId, StageId,
};
use crate::model::{ActivityKind, ContactRole, EvidenceKind, Outcome, Role, Source};
use crate::money::Money;
use crate::pipeline::Pipeline;
use crate::time::{Day, Timestamp};

/// Where a command comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A person's hand.
    Hand,
    /// A row of an import.
    Import(BatchId),
}

impl Origin {
    /// The name kept in the history.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hand => "hand",
            Self::Import(_) => "import",
        }
    }
}

/// Who asks, when, and from where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Context {
    /// Who.
    pub member: MemberId,
    /// When.
    pub now: Timestamp,
    /// From where.
    pub origin: Origin,
}

/// A deal as it is first written down.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewDeal {
    /// Its fresh identity.
    pub deal: DealId,
    /// What it is called.
    pub title: String,
    /// The customer.
    pub company: Option<CompanyId>,
    /// Who works it.
    pub owner: Option<MemberId>,
    /// What it is worth.
    pub amount: Option<Money>,
    /// The day it is expected to close.
    pub close: Option<Day>,
    /// The pipeline it is opened in.
    pub pipeline: PipelineId,
    /// The stage it is opened in. Gates before it are not asked, now or later.
    pub stage: StageId,
    /// When the deal began; for a deal that is taken over, earlier than now.
    pub created: Timestamp,
    /// Open, or how a deal of the past ended.
    pub outcome: Outcome,
    /// Where it was imported from, if it is.
    pub source: Option<Source>,
}

/// Everything anyone may ask for. Fresh ids come from the caller.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "fields are named after what they are")]
pub enum Command {
    /// Write a deal down.
    OpenDeal(NewDeal),
    /// Call it something else.
    RenameDeal { deal: DealId, title: String },
    /// Say what it is worth.
    PriceDeal { deal: DealId, amount: Option<Money> },
    /// Say when it is expected to close.
    ExpectDeal { deal: DealId, close: Option<Day> },
    /// Give it to somebody.
    AssignDeal { deal: DealId, owner: Option<MemberId> },
    /// Say who the customer is.
    LinkDeal { deal: DealId, company: Option<CompanyId> },
    /// Move it to another stage of its pipeline.
    MoveDeal { deal: DealId, to: StageId },
    /// The customer bought.
    WinDeal { deal: DealId },
    /// The customer did not buy.
    LoseDeal { deal: DealId, reason: String },
    /// It is being worked again.
    ReopenDeal { deal: DealId },
    /// Take it back as if it had not been written down; nothing is deleted.
    DiscardDeal { deal: DealId },
    /// Undo a [`Command::DiscardDeal`].
    RestoreDeal { deal: DealId },
    /// Let it pass the gate of a stage although the gate is not met.
    OverrideGate { deal: DealId, stage: StageId, reason: String },
    /// Take a [`Command::OverrideGate`] back.
    HoldGate { deal: DealId, stage: StageId },
    /// Approve what a criterion asks approval for.
    Approve { deal: DealId, criterion: CriterionId },
    /// Record a proof from the customer.
    RecordEvidence {
        deal: DealId,
        evidence: EvidenceId,
        criterion: CriterionId,
        kind: EvidenceKind,
        from: String,
        day: Day,
        quote: String,
    },
    /// Take a proof back.
    WithdrawEvidence { deal: DealId, evidence: EvidenceId },
    /// Plan an interaction.
    PlanActivity {
        deal: DealId,
        activity: ActivityId,
        kind: ActivityKind,
        summary: String,
        due: Day,
        key: Option<KeyActivityId>,
    },
    /// Write down an interaction that happened.
    LogActivity { deal: DealId, activity: ActivityId, kind: ActivityKind, summary: String, key: Option<KeyActivityId> },
    /// A planned interaction happened.
    FinishActivity { deal: DealId, activity: ActivityId, summary: String },
    /// A finished interaction did not happen after all.
    UnfinishActivity { deal: DealId, activity: ActivityId },
    /// Write a company down.
    AddCompany { company: CompanyId, name: String, source: Option<Source> },
    /// Call it something else.
    RenameCompany { company: CompanyId, name: String },
    /// Take it back as if it had not been written down.
    DiscardCompany { company: CompanyId },
    /// Undo a [`Command::DiscardCompany`].
    RestoreCompany { company: CompanyId },
    /// Write a person at a company down, or change what is known.
    PutContact { company: CompanyId, contact: ContactId, name: String, role: ContactRole, phone: String, email: String },
    /// Take a person into the team, or change the person's name or role.
    PutMember { member: MemberId, name: String, role: Role },
    /// Make a pipeline, or its next version, the team's.
    PublishPipeline(Pipeline),
}

impl Command {
    /// The name kept in the history.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::OpenDeal(_) => "open_deal",
            Self::RenameDeal { .. } => "rename_deal",
            Self::PriceDeal { .. } => "price_deal",
            Self::ExpectDeal { .. } => "expect_deal",
            Self::AssignDeal { .. } => "assign_deal",
            Self::LinkDeal { .. } => "link_deal",
            Self::MoveDeal { .. } => "move_deal",
            Self::WinDeal { .. } => "win_deal",
            Self::LoseDeal { .. } => "lose_deal",
            Self::ReopenDeal { .. } => "reopen_deal",
            Self::DiscardDeal { .. } => "discard_deal",
            Self::RestoreDeal { .. } => "restore_deal",
            Self::OverrideGate { .. } => "override_gate",
            Self::HoldGate { .. } => "hold_gate",
            Self::Approve { .. } => "approve",
            Self::RecordEvidence { .. } => "record_evidence",
            Self::WithdrawEvidence { .. } => "withdraw_evidence",
            Self::PlanActivity { .. } => "plan_activity",
            Self::LogActivity { .. } => "log_activity",
            Self::FinishActivity { .. } => "finish_activity",
            Self::UnfinishActivity { .. } => "unfinish_activity",
            Self::AddCompany { .. } => "add_company",
            Self::RenameCompany { .. } => "rename_company",
            Self::DiscardCompany { .. } => "discard_company",
            Self::RestoreCompany { .. } => "restore_company",
            Self::PutContact { .. } => "put_contact",
            Self::PutMember { .. } => "put_member",
            Self::PublishPipeline(_) => "publish_pipeline",
        }
    }

    /// The one document it writes, which must be open when it is judged.
    pub const fn document(&self) -> DocumentId {
        match self {
            Self::OpenDeal(NewDeal { deal, .. })
            | Self::RenameDeal { deal, .. }
            | Self::PriceDeal { deal, .. }
            | Self::ExpectDeal { deal, .. }
            | Self::AssignDeal { deal, .. }
            | Self::LinkDeal { deal, .. }
            | Self::MoveDeal { deal, .. }
            | Self::WinDeal { deal }
            | Self::LoseDeal { deal, .. }
            | Self::ReopenDeal { deal }
            | Self::DiscardDeal { deal }
            | Self::RestoreDeal { deal }
            | Self::OverrideGate { deal, .. }
            | Self::HoldGate { deal, .. }
            | Self::Approve { deal, .. }
            | Self::RecordEvidence { deal, .. }
            | Self::WithdrawEvidence { deal, .. }
            | Self::PlanActivity { deal, .. }
            | Self::LogActivity { deal, .. }
            | Self::FinishActivity { deal, .. }
            | Self::UnfinishActivity { deal, .. } => DocumentId::Deal(*deal),
            Self::AddCompany { company, .. }
            | Self::RenameCompany { company, .. }
            | Self::DiscardCompany { company }
            | Self::RestoreCompany { company }
            | Self::PutContact { company, .. } => DocumentId::Company(*company),
            Self::PutMember { .. } | Self::PublishPipeline(_) => DocumentId::Workspace,
        }
    }
}
