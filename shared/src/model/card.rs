//! The deal's card: the small plain record of its document that lists, gates and numbers read.
//!
//! A card holds facts, never verdicts, and always equals a fresh derivation from its document.

use serde::{Deserialize, Serialize};

use crate::id::{CompanyId, CriterionId, DealId, FieldId, KeyActivityId, MemberId, PipelineId, StageId};
use crate::model::{Asked, Category, Entry, Field, NextStep, Notice, Outcome, Role, Source, Turn};
use crate::money::Money;
use crate::sorted::{SortedMap, SortedSet};
use crate::time::{Day, Timestamp};

/// Somebody took a proof back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Withdrawal {
    /// Who.
    pub by: MemberId,
    /// When.
    pub at: Timestamp,
}

/// The facts of a deal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DealCard {
    /// Its identity.
    pub id: DealId,
    /// What the deal is called.
    pub title: String,
    /// The customer.
    pub company: Option<CompanyId>,
    /// Who works it.
    pub owner: Option<MemberId>,
    /// What it is worth.
    pub amount: Option<Money>,
    /// The day it is expected to close.
    pub close: Option<Day>,
    /// How sure the seller is, if the seller said so.
    pub category: Option<Category>,
    /// What the team's own fields say.
    pub custom: SortedMap<FieldId, Entry>,
    /// What the team's own fields say of its finished activities: for each field every value, in the activities' order.
    pub told: SortedMap<FieldId, Vec<Entry>>,
    /// What its products cost together; none without products, or in unlike currencies.
    pub lines: Option<Money>,
    /// What its products are called.
    pub products: SortedSet<String>,
    /// The pipeline it is in.
    pub pipeline: PipelineId,
    /// The claimed stage: where people moved it.
    pub stage: StageId,
    /// When it was moved there.
    pub entered: Timestamp,
    /// The version of the pipeline it was moved under; 0 if the move does not say.
    pub version: u32,
    /// The stage it was opened in; gates before it were never asked.
    pub baseline: StageId,
    /// Open, won or lost.
    pub outcome: Outcome,
    /// The stage it was in when it was lost.
    pub lost_in: Option<StageId>,
    /// When the deal began.
    pub created: Timestamp,
    /// The last move, finished activity or proof.
    pub touched: Timestamp,
    /// The planned activities, the earliest first.
    pub planned: Vec<NextStep>,
    /// Criteria with a proof that stands.
    pub proven: SortedSet<CriterionId>,
    /// Criteria whose every proof was taken back, with the last withdrawal.
    pub withdrawn: SortedMap<CriterionId, Withdrawal>,
    /// Key activities that were done.
    pub done: SortedSet<KeyActivityId>,
    /// Criteria that were approved, with the highest role that did.
    pub approved: SortedMap<CriterionId, Role>,
    /// Approvals that were asked for and not answered yet.
    pub asked: SortedMap<CriterionId, Asked>,
    /// Messages that were not seen yet.
    pub notices: Vec<Notice>,
    /// Stages whose gate a manager overrode.
    pub overridden: SortedSet<StageId>,
    /// Fields with more than one current value.
    pub disputed: SortedSet<Field>,
    /// Where it was imported from, if it was.
    pub source: Option<Source>,
    /// How stage, amount, closing day, owner and outcome came to be, in the order of cause.
    pub trail: Vec<Turn>,
    /// Taken back; shown nowhere, kept for ever.
    pub discarded: bool,
}

impl DealCard {
    /// The earliest planned activity.
    pub fn next(&self) -> Option<&NextStep> {
        self.planned.first()
    }
}
