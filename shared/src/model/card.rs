//! Cards: the small plain record of a document that lists, gates and numbers read.
//!
//! A card holds facts, never verdicts, and always equals a fresh derivation from its document.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::id::{CompanyId, CriterionId, DealId, KeyActivityId, MemberId, PipelineId, StageId};
use crate::model::{Field, NextStep, Outcome, Role, Source};
use crate::money::Money;
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
    /// The pipeline it is in.
    pub pipeline: PipelineId,
    /// The claimed stage: where people moved it.
    pub stage: StageId,
    /// When it was moved there.
    pub entered: Timestamp,
    /// The stage it was opened in; gates before it were never asked.
    pub baseline: StageId,
    /// Open, won or lost.
    pub outcome: Outcome,
    /// When the deal began.
    pub created: Timestamp,
    /// The last move, finished activity or proof.
    pub touched: Timestamp,
    /// The earliest planned activity.
    pub next: Option<NextStep>,
    /// Criteria with a proof that stands.
    pub proven: BTreeSet<CriterionId>,
    /// Criteria whose every proof was taken back, with the last withdrawal.
    pub withdrawn: BTreeMap<CriterionId, Withdrawal>,
    /// Key activities that were done.
    pub done: BTreeSet<KeyActivityId>,
    /// Criteria that were approved, with the highest role that did.
    pub approved: BTreeMap<CriterionId, Role>,
    /// Stages whose gate a manager overrode.
    pub overridden: BTreeSet<StageId>,
    /// Fields with more than one current value.
    pub disputed: BTreeSet<Field>,
    /// Where it was imported from, if it was.
    pub source: Option<Source>,
    /// Taken back; shown nowhere, kept for ever.
    pub discarded: bool,
}

/// The facts of a company.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompanyCard {
    /// Its identity.
    pub id: CompanyId,
    /// The organisation's name.
    pub name: String,
    /// How many people there are known.
    pub contacts: u32,
    /// Where it was imported from, if it was.
    pub source: Option<Source>,
    /// Taken back.
    pub discarded: bool,
}
