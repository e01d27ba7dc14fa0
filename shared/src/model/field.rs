//! The fields that conditions ask for and people edit, as names and as values.

use serde::{Deserialize, Serialize};

use crate::id::{ActivityId, CompanyId, FieldId, LineId, MemberId, StageId};
use crate::model::deal::{Event, Outcome};
use crate::model::{Category, CustomField, Entry, Line, RecordKind};
use crate::money::Money;
use crate::sorted::SortedMap;
use crate::time::Day;

/// A field of a deal, or one that the team added to the records around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// What the deal is called.
    Title,
    /// The customer.
    Company,
    /// Who works it.
    Owner,
    /// What it is worth.
    Amount,
    /// The day it is expected to close.
    Close,
    /// How sure the seller is.
    Category,
    /// The stage people moved it to.
    Stage,
    /// Open, won or lost.
    Outcome,
    /// A field that the team added.
    Custom(FieldId),
}

impl Field {
    /// Every field that each deal has, in the order they are shown.
    pub const ALL: [Self; 8] = [
        Self::Title,
        Self::Company,
        Self::Owner,
        Self::Amount,
        Self::Close,
        Self::Category,
        Self::Stage,
        Self::Outcome,
    ];

    /// Whether a change of a deal's history gave the field a value. The one that wrote the deal down is left out.
    pub fn is_told_by(self, event: &Event) -> bool {
        let command = event.command.as_str();
        match self {
            Self::Title => command == "rename_deal",
            Self::Company => command == "link_deal",
            Self::Owner => command == "assign_deal",
            Self::Amount => command == "price_deal",
            Self::Close => command == "expect_deal",
            Self::Category => command == "classify_deal",
            Self::Stage => command == "move_deal",
            Self::Outcome => matches!(command, "win_deal" | "lose_deal" | "reopen_deal"),
            Self::Custom(id) => command == "set_field" && event.subject == id.to_string(),
        }
    }

    /// The records that have it; what is not known any more counts as a deal's.
    pub fn record(self, fields: &SortedMap<FieldId, CustomField>) -> RecordKind {
        match self {
            Self::Custom(id) => fields.get(&id).map_or(RecordKind::Deal, |field| field.on),
            _ => RecordKind::Deal,
        }
    }
}

/// A field's value; an empty optional field is `None` inside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FieldValue {
    /// Of [`Field::Title`].
    Title(String),
    /// Of [`Field::Company`].
    Company(Option<CompanyId>),
    /// Of [`Field::Owner`].
    Owner(Option<MemberId>),
    /// Of [`Field::Amount`].
    Amount(Option<Money>),
    /// Of [`Field::Close`].
    Close(Option<Day>),
    /// Of [`Field::Category`].
    Category(Option<Category>),
    /// Of [`Field::Stage`].
    Stage(StageId),
    /// Of [`Field::Outcome`].
    Outcome(Outcome),
    /// Of [`Field::Custom`].
    Custom(Option<Entry>),
}

/// What people edit of a record on a deal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordField {
    /// What an activity is about, or what came of it.
    Summary(ActivityId),
    /// The day an activity is planned for.
    Due(ActivityId),
    /// A product, which is edited as one.
    Line(LineId),
}

/// The value of a record's field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecordValue {
    /// Of [`RecordField::Summary`].
    Summary(String),
    /// Of [`RecordField::Due`].
    Due(Day),
    /// Of [`RecordField::Line`]; none where it was taken off.
    Line(Option<Line>),
}
