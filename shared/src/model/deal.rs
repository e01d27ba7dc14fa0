//! One sales opportunity, read from its document.

use serde::{Deserialize, Serialize};

use crate::change::ChangeHash;
use crate::id::{BatchId, CriterionId, DeviceId, LineId, MemberId, NoticeId, StageId};
use crate::model::{Activity, DealCard, Evidence, Field, FieldValue, RecordField, RecordValue, Role};
use crate::money::Money;
use crate::number::Number;
use crate::time::Timestamp;

/// How a deal ended, if it did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Still being worked.
    Open,
    /// The customer bought.
    Won {
        /// When.
        at: Timestamp,
    },
    /// The customer did not buy.
    Lost {
        /// When.
        at: Timestamp,
        /// Why, in the seller's words.
        reason: String,
    },
}

/// How sure the seller is that a deal closes when it is expected to.
///
/// The five categories and their meaning follow the forecast categories that sales teams commonly use;
/// a deal that has none set takes the one its stage's probability suggests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// Left out of the forecast.
    Omitted,
    /// It may come.
    Pipeline,
    /// It comes if things go well.
    BestCase,
    /// It comes.
    Commit,
}

impl Category {
    /// Every category, the least sure first.
    pub const ALL: [Self; 4] = [Self::Omitted, Self::Pipeline, Self::BestCase, Self::Commit];

    /// What a stage's probability, in percent, suggests.
    pub const fn suggested(probability: u8) -> Self {
        match probability {
            0 => Self::Omitted,
            1..50 => Self::Pipeline,
            50..85 => Self::BestCase,
            _ => Self::Commit,
        }
    }
}

/// One product of a deal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Line {
    /// Its identity.
    pub id: LineId,
    /// What is sold.
    pub product: String,
    /// How many.
    pub quantity: Number,
    /// What one costs.
    pub price: Money,
}

impl Line {
    /// Quantity times price; none if that is absurdly large.
    pub fn total(&self) -> Option<Money> {
        let minor = self.quantity.times(self.price.minor)?;
        Money::checked(minor, self.price.currency).ok()
    }
}

/// Somebody asked for an approval and has no answer yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Asked {
    /// Who asked.
    pub by: MemberId,
    /// When.
    pub at: Timestamp,
    /// What for, in the asker's words.
    pub note: String,
}

/// Somebody with the right role said no.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decline {
    /// The criterion that asked for approval.
    pub criterion: CriterionId,
    /// Why not.
    pub reason: String,
    /// Who.
    pub by: MemberId,
    /// When.
    pub at: Timestamp,
}

/// A message to a member about a deal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    /// Its identity.
    pub id: NoticeId,
    /// Whom it is for.
    pub to: MemberId,
    /// What it says.
    pub text: String,
    /// When it was written.
    pub at: Timestamp,
}

/// Where an imported record came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// The import that brought it.
    pub batch: BatchId,
    /// What names the record in the file, so that a second import finds it again.
    pub key: String,
}

/// A manager let a deal pass a gate that was not met.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GateOverride {
    /// The stage whose gate it was.
    pub stage: StageId,
    /// Why.
    pub reason: String,
    /// Who.
    pub by: MemberId,
    /// When.
    pub at: Timestamp,
}

/// Somebody with the right role approved.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approval {
    /// The criterion that asked for it.
    pub criterion: CriterionId,
    /// The role in which it was given.
    pub role: Role,
    /// Who.
    pub by: MemberId,
    /// When.
    pub at: Timestamp,
}

/// One of the values that concurrent edits gave a field, of a deal unless said otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version<V = FieldValue> {
    /// The value.
    pub value: V,
    /// Who wrote it; none if the change does not say.
    pub by: Option<MemberId>,
    /// When.
    pub at: Timestamp,
}

/// A field that was edited on two devices that had not met, of a deal unless said otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict<F = Field, V = FieldValue> {
    /// Which field.
    pub field: F,
    /// All current values, unequal; the first one is what every device shows.
    pub versions: Vec<Version<V>>,
}

/// One change of a document's history: who asked for what, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The change.
    pub hash: ChangeHash,
    /// The name of the command, such as `move_deal`.
    pub command: String,
    /// What the command was about: the id of a stage, criterion, activity or contact, or a value.
    pub subject: String,
    /// Who asked.
    pub by: Option<MemberId>,
    /// From where: `hand`, `import`, `automation`, `connector`.
    pub origin: String,
    /// On which device, if the change says.
    pub device: Option<DeviceId>,
    /// Why, in words; empty where nobody had to say.
    pub reason: String,
    /// When.
    pub at: Timestamp,
}

/// A deal with everything on it. What the board needs of it is its card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deal {
    /// The facts that lists and gates read.
    pub card: DealCard,
    /// Interactions, planned and done.
    pub activities: Vec<Activity>,
    /// Proofs, withdrawn ones included.
    pub evidence: Vec<Evidence>,
    /// Approvals given.
    pub approvals: Vec<Approval>,
    /// Approvals refused.
    pub declines: Vec<Decline>,
    /// Gates passed by a manager's word.
    pub overrides: Vec<GateOverride>,
    /// Products.
    pub lines: Vec<Line>,
    /// Fields with more than one current value.
    pub conflicts: Vec<Conflict>,
    /// The same of activities and products.
    pub record_conflicts: Vec<Conflict<RecordField, RecordValue>>,
    /// What happened, oldest first.
    pub history: Vec<Event>,
}
