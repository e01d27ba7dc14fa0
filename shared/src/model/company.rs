//! Customer organisations and the people there.

use serde::{Deserialize, Serialize};

use crate::gather::Arrange as _;
use crate::id::{CompanyId, ContactId, FieldId};
use crate::model::Entry;
use crate::model::deal::{Conflict, Event, Source};
use crate::sorted::SortedMap;

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

impl ContactRole {
    /// Every role, in the order they are offered.
    pub const ALL: [Self; 5] = [Self::DecisionMaker, Self::User, Self::Gatekeeper, Self::Champion, Self::Other];
}

/// What is known of a company beside its name, each as a text of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CompanyText {
    /// Web address.
    Website,
    /// Telephone number as written.
    Phone,
    /// Where it is.
    Address,
    /// What is worth knowing.
    Note,
}

impl CompanyText {
    /// Every one, in the order they are shown.
    pub const ALL: [Self; 4] = [Self::Website, Self::Phone, Self::Address, Self::Note];
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
    /// The person this one turned out to be, if two records were one.
    pub merged: Option<ContactId>,
    /// What the team's own fields say.
    pub custom: SortedMap<FieldId, Entry>,
}

/// A part of what is known of a person, beside the team's own fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ContactPart {
    /// The name.
    Name,
    /// The part in the customer's decision.
    Role,
    /// The telephone number.
    Phone,
    /// The mail address.
    Email,
}

impl ContactPart {
    /// Every one, in the order they are shown.
    pub const ALL: [Self; 4] = [Self::Name, Self::Role, Self::Phone, Self::Email];
}

/// A field of a company or of somebody there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CompanyField {
    /// The organisation's name.
    Name,
    /// What else is known of it.
    Text(CompanyText),
    /// A field that the team added.
    Custom(FieldId),
    /// Of a person there.
    Contact(ContactId, ContactPart),
    /// A field that the team added, of a person there.
    ContactCustom(ContactId, FieldId),
}

/// A value of a [`CompanyField`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CompanyValue {
    /// Words; empty if there are none.
    Text(String),
    /// Of [`ContactPart::Role`].
    Role(ContactRole),
    /// Of a field that the team added.
    Custom(Option<Entry>),
}

/// The facts of a company.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CompanyCard {
    /// Its identity.
    pub id: CompanyId,
    /// The organisation's name.
    pub name: String,
    /// What else is known; what is not known has no entry.
    pub texts: SortedMap<CompanyText, String>,
    /// The people there, in the order of their ids.
    pub contacts: Vec<Contact>,
    /// What the team's own fields say.
    pub custom: SortedMap<FieldId, Entry>,
    /// The company this one turned out to be, if two records were one.
    pub merged: Option<CompanyId>,
    /// Where it was imported from, if it was.
    pub source: Option<Source>,
    /// Taken back, for example with the import that brought it.
    pub discarded: bool,
}

impl CompanyCard {
    /// A text; empty if unknown.
    pub fn text(&self, what: CompanyText) -> &str {
        self.texts.get(&what).map_or("", String::as_str)
    }

    /// The people there, who decides first. A record that turned out to be another person's is not one.
    pub fn people(&self) -> Vec<&Contact> {
        let mut people: Vec<&Contact> = self.contacts.iter().filter(|contact| contact.merged.is_none()).collect();
        people.arrange_by_key(|contact| contact.role);
        people
    }

    /// A person there.
    pub fn contact(&self, contact: ContactId) -> Option<&Contact> {
        self.contacts.iter().find(|each| each.id == contact)
    }
}

/// One customer organisation, read from its document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Company {
    /// The facts that lists read.
    pub card: CompanyCard,
    /// Fields with more than one current value.
    pub conflicts: Vec<Conflict<CompanyField, CompanyValue>>,
    /// What happened to it, oldest first.
    pub history: Vec<Event>,
}
