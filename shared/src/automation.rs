//! Rules that plan, remind and fill in by themselves.
//!
//! A rule answers commands given on this device and nothing else: what it writes reaches the other devices like any
//! change. Its ids are minted from what it answers and how often that has happened, so that two devices that answer the
//! same thing do it once, and what happens again is answered again. What depends on time alone is derived where it is
//! shown and writes nothing; so is a gate that reopened because changes of two devices met.

mod answer;
mod cause;
mod prompt;
mod starter;

use serde::{Deserialize, Serialize};

use crate::id::{AutomationId, CriterionId, FieldId, MemberId, PipelineId, StageId};
use crate::model::{ActivityKind, Category, DealCard, Entry, Field, Role};
use crate::pipeline::Condition;
use crate::text::Label;
use crate::workspace::Customers;
pub use answer::{MAX_TIGHTENED, before, follow_ups, tightened};
pub use prompt::{Prompt, prompts};
pub use starter::Starter;

/// When something happens, do something.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Automation {
    /// Its identity.
    pub id: AutomationId,
    /// What it is called.
    pub name: Label,
    /// The pipeline it is for; none for every one.
    pub pipeline: Option<PipelineId>,
    /// When.
    pub when: Trigger,
    /// Only for deals of which this is true.
    pub only_if: Option<Condition>,
    /// What, in order.
    pub then: Vec<Action>,
    /// Kept, but not obeyed.
    pub paused: bool,
}

impl Automation {
    /// Whether it is obeyed for a deal as it is now.
    pub fn is_for(&self, customers: &Customers<'_>, card: &DealCard) -> bool {
        !self.paused
            && self.pipeline.is_none_or(|pipeline| pipeline == card.pipeline)
            && self.only_if.as_ref().is_none_or(|condition| condition.holds(card, customers))
    }

    /// Whether it names a field, or a condition of its own does.
    pub fn names(&self, field: Field, asks: &impl Fn(&Condition) -> bool) -> bool {
        let sets = |action: &Action| matches!(action, Action::Set(setting) if setting.field() == field);
        self.when == Trigger::FieldChanged(field)
            || self.only_if.as_ref().is_some_and(asks)
            || self.then.iter().any(sets)
    }
}

/// What a rule answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trigger {
    /// A deal was moved to a stage, or opened in it.
    StageEntered(StageId),
    /// An activity of this kind was done.
    ActivityDone(ActivityKind),
    /// A field has another value.
    FieldChanged(Field),
    /// A gate that was passed holds no longer: by what was done here, which is answered once, or because changes of
    /// two devices met, which is derived and only reminds.
    GateReopened,
    /// For so many days there was no move, finished activity or proof. Derived.
    Quiet(u16),
    /// The day it is expected to close is so many days away, or fewer. Derived.
    CloseNear(u16),
    /// The day it was expected to close is over. Derived.
    ClosePast,
}

impl Trigger {
    /// Whether it depends on time alone, so that it is derived and can only remind.
    pub const fn is_derived(&self) -> bool {
        matches!(self, Self::Quiet(_) | Self::CloseNear(_) | Self::ClosePast)
    }

    /// Whether it may be seen to hold on a deal without anything being done here.
    pub fn lasts(&self) -> bool {
        self.is_derived() || *self == Self::GateReopened
    }
}

/// What a rule does.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// Plan an activity so many days from now.
    Plan {
        /// What kind.
        kind: ActivityKind,
        /// What it is about.
        what: Label,
        /// Days from now.
        due_after: u16,
    },
    /// Put a task on the deal for today, or show it there while a derived trigger holds.
    Remind(Label),
    /// Fill a field in.
    Set(Setting),
    /// Ask for the approval that a criterion needs.
    Ask(CriterionId),
    /// Tell somebody.
    Notify {
        /// Whom.
        whom: Whom,
        /// What.
        text: Label,
    },
}

/// What a rule fills in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Setting {
    /// How sure the deal is.
    Category(Category),
    /// The day it is expected to close, in days from now.
    CloseIn(u16),
    /// Who works it.
    Owner(MemberId),
    /// A field that the team added.
    Custom(FieldId, Entry),
}

impl Setting {
    /// The field it fills in.
    pub const fn field(&self) -> Field {
        match self {
            Self::Category(_) => Field::Category,
            Self::CloseIn(_) => Field::Close,
            Self::Owner(_) => Field::Owner,
            Self::Custom(field, _) => Field::Custom(*field),
        }
    }
}

/// Whom a rule tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Whom {
    /// Who works the deal.
    Owner,
    /// One member.
    Member(MemberId),
    /// Everybody with this role.
    Role(Role),
}

#[cfg(test)]
mod tests;
