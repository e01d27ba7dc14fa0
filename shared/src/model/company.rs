//! Customer organisations and the people there.

use serde::{Deserialize, Serialize};

use crate::id::{CompanyId, ContactId};
use crate::model::deal::{Conflict, Event, Source};

/// A person's part in the customer's decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContactRole {
    /// Decides.
    DecisionMaker,
    /// Works with what is bought.
    User,
    /// Controls who is heard.
    Gatekeeper,
    /// Wants the deal to happen.
    Champion,
    /// Not known yet.
    Other,
}

/// One person at a company.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contact {
    /// Its identity.
    pub id: ContactId,
    /// The person's name.
    pub name: String,
    /// The person's part in the decision.
    pub role: ContactRole,
    /// Telephone number as written; empty if unknown.
    pub phone: String,
    /// Mail address as written; empty if unknown.
    pub email: String,
}

/// One customer organisation, read from its document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Company {
    /// Its identity.
    pub id: CompanyId,
    /// The organisation's name.
    pub name: String,
    /// The people there, by name.
    pub contacts: Vec<Contact>,
    /// Where it was imported from, if it was.
    pub source: Option<Source>,
    /// Taken back, for example with the import that brought it.
    pub discarded: bool,
    /// Fields with more than one current value.
    pub conflicts: Vec<Conflict>,
    /// What happened to it, oldest first.
    pub history: Vec<Event>,
}
