//! Why not: an answer, as data that the screen can act on.

use crate::gate::Unmet;
use crate::id::{ActivityId, CompanyId, CriterionId, DealId, EvidenceId, MemberId, PipelineId, StageId};
use crate::model::Role;
use crate::pipeline::ConditionError;

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
    /// Only an import may write down how a deal ended in the past.
    #[error("a deal written down by hand begins open; import the deals of the past")]
    Past,
    /// The identity is in use.
    #[error("it is written down already")]
    Exists,
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
    /// A condition of the pipeline cannot be judged.
    #[error("a condition cannot be judged: {0}")]
    Condition(#[from] ConditionError),
    /// The pipeline has no stages, too many, or the same id twice.
    #[error("the pipeline has no stages, too many, or one id twice")]
    Pipeline,
    /// The document is damaged or was not opened.
    #[error("the document cannot be written here")]
    Unreadable,
}
