//! Why not: an answer, as data that the screen can act on.

use crate::gate::Unmet;
use crate::id::{
    ActivityId, AutomationId, CompanyId, ContactId, CriterionId, DealId, EvidenceId, FieldId, LeadId, LineId, MemberId,
    NoticeId, PipelineId, StageId, ViewId,
};
use crate::model::{EvidenceKind, Field, FileError, Role};
use crate::pipeline::ConditionError;
use crate::text::Label;

/// What a text was meant for, where it is empty or too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wording {
    /// A deal's title.
    Title,
    /// A company's, contact's, member's or pipeline's name.
    Name,
    /// Why a deal was lost or a gate overridden.
    Reason,
    /// What an activity was about.
    Summary,
    /// Who gave a proof.
    From,
    /// What a proof says.
    Quote,
    /// A telephone number or mail address.
    Reach,
    /// What is written in a field that the team added, or known of a company or lead.
    Entry,
    /// What is sold.
    Product,
    /// What a member is told, or asked to approve.
    Message,
}

/// Which way a deal is moved that its pipeline restricts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Past one or more stages.
    Skip,
    /// To an earlier stage.
    Back,
    /// To its end, from before the last stage.
    Win,
    /// Into a later stage, as a deal that is written down by hand.
    Begin,
}

/// What a number of days is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// How long a deal may lie still in a stage.
    Stalled,
    /// When a key activity is due after its stage was entered.
    Due,
    /// When an activity that a rule plans is due.
    Planned,
    /// When a deal to which a rule sets a closing day closes.
    Close,
    /// For how long nothing happened, as a rule asks.
    Quiet,
    /// How near the closing day is, as a rule asks.
    Near,
}

/// What is wrong with a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum AutomationFault {
    /// It would answer what it does itself.
    #[error("it would answer itself")]
    AnswersItself,
    /// It depends on time alone, so it can only remind or tell.
    #[error("what depends on time alone can only remind")]
    OnlyReminds,
    /// It does nothing, or too much.
    #[error("it does nothing, or more than allowed")]
    Actions,
}

/// Why a command was refused.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Required criteria are open.
    #[error("the gate is closed: {} criteria are open", open.len())]
    GateClosed {
        /// Which, in the order of the stages.
        open: Vec<Unmet>,
    },
    /// The member's role does not reach.
    #[error("this takes the role {needs:?}")]
    Role {
        /// The least role that may.
        needs: Role,
    },
    /// No such deal, or it was discarded.
    #[error("there is no deal {0}")]
    NoDeal(DealId),
    /// No such company, or it was discarded.
    #[error("there is no company {0}")]
    NoCompany(CompanyId),
    /// No such member.
    #[error("there is no member {0}")]
    NoMember(MemberId),
    /// No such pipeline.
    #[error("there is no pipeline {0}")]
    NoPipeline(PipelineId),
    /// The pipeline has no such stage.
    #[error("the pipeline has no stage {0}")]
    NoStage(StageId),
    /// The pipeline has no such criterion, or it is not met in this way.
    #[error("the criterion {0} is not met in this way")]
    NoCriterion(CriterionId),
    /// No such activity on the deal.
    #[error("there is no activity {0}")]
    NoActivity(ActivityId),
    /// No such proof on the deal, or it was taken back already.
    #[error("there is no proof {0}")]
    NoEvidence(EvidenceId),
    /// No such person at the company.
    #[error("there is no contact {0}")]
    NoContact(ContactId),
    /// No such lead.
    #[error("there is no lead {0}")]
    NoLead(LeadId),
    /// No such product line on the deal.
    #[error("there is no product line {0}")]
    NoLine(LineId),
    /// No such message on the deal.
    #[error("there is no notice {0}")]
    NoNotice(NoticeId),
    /// No such field, or it is no longer asked for, or it belongs to other records.
    #[error("there is no field {0}")]
    NoField(FieldId),
    /// No such rule.
    #[error("there is no automation {0}")]
    NoAutomation(AutomationId),
    /// No such view.
    #[error("there is no view {0}")]
    NoView(ViewId),
    /// Only an import may write down how a deal ended in the past.
    #[error("a deal written down by hand begins open; import the deals of the past")]
    Past,
    /// The identity is in use.
    #[error("it is written down already")]
    Exists,
    /// The pipeline never lets deals move this way.
    #[error("the pipeline does not let deals move this way: {0:?}")]
    IllegalMove(Way),
    /// The pipeline lets deals move this way if somebody says why.
    #[error("moving this way takes a reason: {0:?}")]
    MoveReason(Way),
    /// Nobody may let a deal pass this gate by word.
    #[error("the gate of stage {0} cannot be overridden")]
    NoOverride(StageId),
    /// A merge would go round in a ring, or into itself.
    #[error("a record cannot be merged into itself")]
    MergeRing,
    /// What is written does not fit the kind of field or its choices.
    #[error("the value does not fit field {0}")]
    WrongEntry(FieldId),
    /// A field's kind and record cannot change.
    #[error("the kind of field {0} cannot change")]
    FieldFixed(FieldId),
    /// A gate, rule or view still asks for the field.
    #[error("field {field} is still asked for by {user:?}")]
    FieldInUse {
        /// The field.
        field: FieldId,
        /// The name of what asks for it, in both languages.
        user: Box<Label>,
    },
    /// A stage that an earlier version had is gone, and nobody said where its deals go.
    #[error("stage {stage} still has {deals} deals")]
    StageInUse {
        /// The stage.
        stage: StageId,
        /// How many open deals lie in it.
        deals: usize,
    },
    /// A stage or criterion is gone, and a rule names it.
    #[error("{part:?} is still named by the rule {rule:?}")]
    StillNamed {
        /// The name of what is gone.
        part: Box<Label>,
        /// The name of the rule.
        rule: Box<Label>,
    },
    /// A probability is more than a hundred percent.
    #[error("a probability is more than a hundred percent")]
    Percent,
    /// A gate asks for a key activity that only a later stage plans.
    #[error("criterion {0} waits for a later stage")]
    Circular(CriterionId),
    /// Two required criteria ask what no deal can say at once, so that none could be verified past both.
    #[error("criteria {earlier:?} and {later:?} can never hold together: {field:?}")]
    Contradicted {
        /// What both ask about.
        field: Field,
        /// The name of the one that comes first.
        earlier: Box<Label>,
        /// The name of the other.
        later: Box<Label>,
    },
    /// A rule would answer what it does itself, or writes where it may only remind.
    #[error("the automation would answer itself or cannot do this: {0}")]
    Automation(AutomationFault),
    /// A file cannot be attached.
    #[error("{0}")]
    File(#[from] FileError),
    /// A proof of this kind comes with a file that shows it.
    #[error("a proof of the kind {0:?} takes a file that shows it; attach one")]
    Unshown(EvidenceKind),
    /// The deal is won or lost; reopen it first.
    #[error("the deal is closed; reopen it first")]
    Closed,
    /// The deal is open, or the record is not discarded.
    #[error("there is nothing to take back")]
    NotClosed,
    /// It is so already; there is nothing to change.
    #[error("it is so already")]
    SameState,
    /// A text that must say something is empty.
    #[error("{0:?} is empty")]
    Blank(Wording),
    /// A text is longer than allowed, in characters.
    #[error("{what:?} is longer than {limit} characters")]
    TooLong {
        /// Which text.
        what: Wording,
        /// How long it may be.
        limit: usize,
    },
    /// The amount is negative or absurdly large.
    #[error("the amount is negative or absurdly large")]
    Amount,
    /// A day too far from now to be meant.
    #[error("the day is more than {0} years away")]
    Day(i32),
    /// A number of days that means nothing, or that nobody plans for.
    #[error("the days of {what:?} must be from {least} to {most}")]
    Days {
        /// Which number.
        what: Span,
        /// The fewest that mean anything.
        least: u16,
        /// The most.
        most: u16,
    },
    /// A condition of the pipeline cannot be judged.
    #[error("a condition cannot be judged: {0}")]
    Condition(#[from] ConditionError),
    /// The pipeline has no stages, too many, or the same id twice.
    #[error("the pipeline has no stages, too many, or one id twice")]
    Pipeline,
    /// The document is damaged or was not opened.
    #[error("the document cannot be written here")]
    Unreadable,
    /// What judges and writes is not on this device yet.
    #[error("the part of the program that writes is not here yet")]
    Unready,
    /// There was no room to save it, so it did not happen.
    #[error("there is no room left to save it")]
    Full,
    /// It could not be saved, so it did not happen.
    #[error("it could not be saved")]
    Unsaved,
}
