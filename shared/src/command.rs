//! What anyone may ask for, and who asks, when and from where.

mod about;

use serde::{Deserialize, Serialize};

use crate::automation::Automation;
use crate::id::{
    ActivityId, AutomationId, BatchId, CompanyId, ContactId, CriterionId, DealId, DeviceId, EvidenceId, FieldId,
    KeyActivityId, LeadId, LineId, MemberId, NoticeId, PipelineId, StageId, ViewId,
};
use crate::model::{
    ActivityKind, Category, CompanyText, ContactRole, CustomField, Entry, EvidenceKind, FileRef, LeadText, Outcome,
    RecordRef, Role, Source,
};
use crate::money::Money;
use crate::number::Number;
use crate::pipeline::Pipeline;
use crate::time::{Day, Timestamp};
use crate::view::View;

/// Where a command comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// A person's hand.
    Hand,
    /// A row of an import.
    Import(BatchId),
    /// A rule that answers a person's command.
    Automation,
    /// A script at the relay's console.
    Console,
}

impl Origin {
    /// The name kept in the history.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hand => "hand",
            Self::Import(_) => "import",
            Self::Automation => "automation",
            Self::Console => "console",
        }
    }
}

/// Who asks, when, and from where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Context {
    /// Who.
    pub member: MemberId,
    /// On which device.
    pub device: DeviceId,
    /// When.
    pub now: Timestamp,
    /// The day it is there, which the time zone decides.
    pub today: Day,
    /// From where.
    pub origin: Origin,
}

/// A deal as it is first written down.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
    /// The stage it is opened in. Gates before it are not asked, now or later; a pipeline that lets no deal skip a
    /// stage lets only an import open one in a later stage.
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
#[cfg_attr(feature = "script", derive(Serialize, Deserialize), serde(rename_all = "snake_case"))]
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
    /// Say how sure it is; none takes what its stage suggests.
    ClassifyDeal { deal: DealId, category: Option<Category> },
    /// Move it to another stage of its pipeline. The reason is empty unless the pipeline asks for one.
    MoveDeal {
        deal: DealId,
        to: StageId,
        #[cfg_attr(feature = "script", serde(default))]
        reason: String,
    },
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
    /// Say how many of a product at which price.
    PutLine { deal: DealId, line: LineId, product: String, quantity: Number, price: Money },
    /// Take a product off the deal.
    RemoveLine { deal: DealId, line: LineId },
    /// Let it pass the gate of a stage although the gate is not met.
    OverrideGate { deal: DealId, stage: StageId, reason: String },
    /// Take a [`Command::OverrideGate`] back.
    HoldGate { deal: DealId, stage: StageId },
    /// Ask for the approval that a criterion needs.
    RequestApproval { deal: DealId, criterion: CriterionId, note: String },
    /// Take a [`Command::RequestApproval`] back.
    WithdrawRequest { deal: DealId, criterion: CriterionId },
    /// Approve what a criterion asks approval for.
    Approve { deal: DealId, criterion: CriterionId },
    /// Refuse it, or take an approval back.
    Decline { deal: DealId, criterion: CriterionId, reason: String },
    /// Record a proof from the customer.
    RecordEvidence {
        deal: DealId,
        evidence: EvidenceId,
        criterion: CriterionId,
        kind: EvidenceKind,
        from: String,
        day: Day,
        quote: String,
        #[cfg_attr(feature = "script", serde(default))]
        files: Vec<FileRef>,
    },
    /// Take a proof back.
    WithdrawEvidence { deal: DealId, evidence: EvidenceId },
    /// Undo a [`Command::WithdrawEvidence`].
    RestoreEvidence { deal: DealId, evidence: EvidenceId },
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
    /// Say more about an interaction: what it is about, or what came of it.
    DescribeActivity { deal: DealId, activity: ActivityId, summary: String },
    /// A finished interaction did not happen after all.
    UnfinishActivity { deal: DealId, activity: ActivityId },
    /// Plan it for another day; a cancelled one is planned again.
    RescheduleActivity { deal: DealId, activity: ActivityId, due: Day },
    /// Call a planned interaction off.
    CancelActivity { deal: DealId, activity: ActivityId },
    /// Tell a member something about a deal.
    Notify { deal: DealId, notice: NoticeId, to: MemberId, text: String },
    /// The member saw it.
    SeeNotice { deal: DealId, notice: NoticeId },
    /// Fill in a field that the team added; none empties it.
    SetField { of: RecordRef, field: FieldId, value: Option<Entry> },
    /// Write a company down.
    AddCompany { company: CompanyId, name: String, source: Option<Source> },
    /// Call it something else.
    RenameCompany { company: CompanyId, name: String },
    /// Say more about it; an empty text forgets it.
    DescribeCompany { company: CompanyId, what: CompanyText, text: String },
    /// Take it back as if it had not been written down.
    DiscardCompany { company: CompanyId },
    /// Undo a [`Command::DiscardCompany`].
    RestoreCompany { company: CompanyId },
    /// It is the same organisation as another record, which stands for both from now on.
    MergeCompany { company: CompanyId, into: CompanyId },
    /// Undo a [`Command::MergeCompany`].
    UnmergeCompany { company: CompanyId },
    /// Write a person at a company down, or change what is known.
    PutContact { company: CompanyId, contact: ContactId, name: String, role: ContactRole, phone: String, email: String },
    /// Take a person back as if nobody had been written down; a [`Command::PutContact`] undoes it.
    DiscardContact { company: CompanyId, contact: ContactId },
    /// It is the same person as another record of the company.
    MergeContact { company: CompanyId, contact: ContactId, into: ContactId },
    /// Undo a [`Command::MergeContact`].
    UnmergeContact { company: CompanyId, contact: ContactId },
    /// Write a lead down. Texts that are not known are left out.
    AddLead { lead: LeadId, owner: Option<MemberId>, texts: Vec<(LeadText, String)> },
    /// Say more about it; an empty text forgets it.
    DescribeLead { lead: LeadId, what: LeadText, text: String },
    /// Give it to somebody.
    AssignLead { lead: LeadId, owner: Option<MemberId> },
    /// It became a deal.
    ConvertLead { lead: LeadId, deal: DealId },
    /// It leads nowhere.
    DismissLead { lead: LeadId, reason: String },
    /// It is to be looked at again.
    ReviveLead { lead: LeadId },
    /// Take a person into the team, or change the person's name or role.
    PutMember { member: MemberId, name: String, role: Role },
    /// Make a pipeline, or its next version, the team's.
    PublishPipeline(Pipeline),
    /// Add a field to the team's records, or change its name, choices and place.
    DefineField(CustomField),
    /// Make a rule the team's, or change it.
    PutAutomation(Automation),
    /// Take a rule away.
    RemoveAutomation { automation: AutomationId },
    /// Save a view of the board for the team, or change it.
    PutView(View),
    /// Take a view away.
    RemoveView { view: ViewId },
}
