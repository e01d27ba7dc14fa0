//! The records around a deal, for conditions that ask more than the deal itself.
//!
//! Who the customer is and which records stand for others, the workspace knows; conditions do not.

use crate::id::FieldId;
use crate::model::{DealCard, Entry, RecordKind};

/// What the team's own fields say of a deal, its finished activities, its customer and the people there.
pub trait Around {
    /// Whether a value of this field is as wanted: the deal's, the customer's, that of somebody there or that of a
    /// finished activity, wherever the team asks for the field.
    fn says(&self, deal: &DealCard, field: FieldId, wanted: &dyn Fn(&Entry) -> bool) -> bool;
}

impl RecordKind {
    /// Whether a deal has several of these records, so that a field of theirs may have several values at once.
    pub const fn is_many(self) -> bool {
        matches!(self, Self::Contact | Self::Activity)
    }
}
