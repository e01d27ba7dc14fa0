//! Somebody who may become a customer, before there is a deal.

use serde::{Deserialize, Serialize};

use crate::id::{DealId, LeadId, MemberId};
use crate::model::{Conflict, Event};
use crate::sorted::SortedMap;
use crate::time::Timestamp;

/// What is known of a lead, each as a text of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeadText {
    /// The person's name.
    Person,
    /// The organisation's name.
    Company,
    /// Telephone number as written.
    Phone,
    /// Mail address as written.
    Email,
    /// Where the lead came from: a fair, a form, a referral.
    Channel,
    /// What the lead wants.
    Need,
}

impl LeadText {
    /// Every one, in the order they are shown.
    pub const ALL: [Self; 6] = [Self::Company, Self::Person, Self::Phone, Self::Email, Self::Channel, Self::Need];
}

/// What became of a lead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LeadState {
    /// To be looked at.
    New,
    /// It became a deal.
    Converted {
        /// Which.
        deal: DealId,
        /// When.
        at: Timestamp,
    },
    /// It leads nowhere.
    Dismissed {
        /// Why.
        reason: String,
        /// When.
        at: Timestamp,
    },
}

/// The facts of a lead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LeadCard {
    /// Its identity.
    pub id: LeadId,
    /// What is known; what is not known has no entry.
    pub texts: SortedMap<LeadText, String>,
    /// Who looks after it.
    pub owner: Option<MemberId>,
    /// When it was written down.
    pub created: Timestamp,
    /// What became of it.
    pub state: LeadState,
}

impl LeadCard {
    /// A text; empty if unknown.
    pub fn text(&self, what: LeadText) -> &str {
        self.texts.get(&what).map_or("", String::as_str)
    }

    /// What to call it: the organisation, else the person.
    pub fn title(&self) -> &str {
        match self.text(LeadText::Company) {
            "" => self.text(LeadText::Person),
            company => company,
        }
    }

    /// The deal it becomes: one and the same, whichever device turns it into one.
    pub fn deal(&self) -> DealId {
        DealId::minted(&self.id.to_string())
    }
}

/// A lead with its history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lead {
    /// The facts that lists read.
    pub card: LeadCard,
    /// Texts with more than one current value.
    pub conflicts: Vec<Conflict<LeadText, String>>,
    /// What happened, oldest first.
    pub history: Vec<Event>,
}
