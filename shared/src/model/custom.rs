//! Fields that a team adds to its records, and what is written into them.

use serde::{Deserialize, Serialize};

use crate::gather::Arrange as _;
use crate::id::{ActivityId, ChoiceId, CompanyId, ContactId, DealId, FieldId, MemberId};
use crate::money::Money;
use crate::number::Number;
use crate::sorted::{SortedMap, SortedSet};
use crate::text::Label;
use crate::time::Day;

/// Which records have a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordKind {
    /// Deals.
    Deal,
    /// Companies.
    Company,
    /// People at companies.
    Contact,
    /// Activities of deals.
    Activity,
}

/// What a field holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldKind {
    /// Words.
    Text,
    /// A decimal number.
    Number,
    /// An amount of money.
    Money,
    /// A day.
    Date,
    /// One of the values offered.
    Choice,
    /// Any of the values offered.
    Choices,
    /// Somebody of the team.
    Person,
    /// A web address.
    Link,
    /// Yes or no.
    Flag,
}

impl RecordKind {
    /// Every kind, in the order they are shown.
    pub const ALL: [Self; 4] = [Self::Deal, Self::Company, Self::Contact, Self::Activity];

    /// Those that a row of a table tells of: a deal, its customer and somebody there.
    pub const IN_ROWS: [Self; 3] = [Self::Deal, Self::Company, Self::Contact];
}

impl FieldKind {
    /// Whether it offers values to choose from.
    pub const fn offers(self) -> bool {
        matches!(self, Self::Choice | Self::Choices)
    }

    /// Every kind, in the order they are offered.
    pub const ALL: [Self; 9] = [
        Self::Text,
        Self::Number,
        Self::Money,
        Self::Date,
        Self::Choice,
        Self::Choices,
        Self::Person,
        Self::Link,
        Self::Flag,
    ];
}

/// A value that a choice field offers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choice {
    /// Its identity, which values refer to.
    pub id: ChoiceId,
    /// What it is called.
    pub name: Label,
}

/// A field that a team added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomField {
    /// Its identity.
    pub id: FieldId,
    /// Which records have it.
    pub on: RecordKind,
    /// What it is called.
    pub name: Label,
    /// What it holds; it never changes, so that what was written stays readable.
    pub kind: FieldKind,
    /// What a choice offers; empty for other kinds.
    pub choices: Vec<Choice>,
    /// Whether the board's cards show it.
    pub on_card: bool,
    /// Where it stands among the others.
    pub rank: u32,
    /// No longer asked for; what was written is kept.
    pub retired: bool,
}

impl CustomField {
    /// Whether this is its name in either language, without regard to case and spacing.
    pub fn is_called(&self, name: &str) -> bool {
        self.name.is_said(name)
    }

    /// The choice of this name.
    pub fn choice_called(&self, name: &str) -> Option<&Choice> {
        self.choices.iter().find(|choice| choice.name.is_said(name))
    }

    /// The fields that records of a kind are asked for, in their order.
    pub fn asked(fields: &SortedMap<FieldId, Self>, on: RecordKind) -> Vec<&Self> {
        let mut asked: Vec<&Self> = fields.values().filter(|field| field.on == on && !field.retired).collect();
        asked.arrange_by_key(|field| (field.rank, field.id));
        asked
    }

    /// The fields that stand elsewhere once one of them stands at another place among those of its records.
    pub fn placed(fields: &SortedMap<FieldId, Self>, field: &Self, to: usize) -> Vec<Self> {
        let mut order = Self::asked(fields, field.on);
        order.retain(|each| each.id != field.id);
        order.insert(to.min(order.len()), field);
        let ranked = (0_u32..).zip(order).filter(|(rank, field)| field.rank != *rank);
        ranked.map(|(rank, field)| Self { rank, ..field.clone() }).collect()
    }
}

/// Whether a text is a web address. Other schemes can run script where the link is shown.
pub fn is_link(text: &str) -> bool {
    let text = text.trim().to_ascii_lowercase();
    text.starts_with("https://") || text.starts_with("http://")
}

/// What is written in a field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Entry {
    /// Of [`FieldKind::Text`].
    Text(String),
    /// Of [`FieldKind::Number`].
    Number(Number),
    /// Of [`FieldKind::Money`].
    Money(Money),
    /// Of [`FieldKind::Date`].
    Date(Day),
    /// Of [`FieldKind::Choice`].
    Choice(ChoiceId),
    /// Of [`FieldKind::Choices`].
    Choices(SortedSet<ChoiceId>),
    /// Of [`FieldKind::Person`].
    Person(MemberId),
    /// Of [`FieldKind::Link`].
    Link(String),
    /// Of [`FieldKind::Flag`].
    Flag(bool),
}

impl Entry {
    /// The kind of field it can be written in.
    pub const fn kind(&self) -> FieldKind {
        match self {
            Self::Text(_) => FieldKind::Text,
            Self::Number(_) => FieldKind::Number,
            Self::Money(_) => FieldKind::Money,
            Self::Date(_) => FieldKind::Date,
            Self::Choice(_) => FieldKind::Choice,
            Self::Choices(_) => FieldKind::Choices,
            Self::Person(_) => FieldKind::Person,
            Self::Link(_) => FieldKind::Link,
            Self::Flag(_) => FieldKind::Flag,
        }
    }
}

/// A record whose field is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordRef {
    /// A deal.
    Deal(DealId),
    /// A company.
    Company(CompanyId),
    /// A person at a company.
    Contact(CompanyId, ContactId),
    /// An activity of a deal.
    Activity(DealId, ActivityId),
}

impl RecordRef {
    /// Which kind of record it is.
    pub const fn kind(self) -> RecordKind {
        match self {
            Self::Deal(_) => RecordKind::Deal,
            Self::Company(_) => RecordKind::Company,
            Self::Contact(_, _) => RecordKind::Contact,
            Self::Activity(_, _) => RecordKind::Activity,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(name: &str, rank: u32) -> CustomField {
        CustomField {
            id: FieldId::minted(name),
            on: RecordKind::Deal,
            name: Label::new("", name),
            kind: FieldKind::Text,
            choices: Vec::new(),
            on_card: false,
            rank,
            retired: false,
        }
    }

    #[test]
    fn a_field_that_is_placed_elsewhere_leaves_the_others_in_their_order() {
        let mut fields: SortedMap<FieldId, CustomField> =
            ["a", "b", "c", "d"].map(|name| field(name, 3)).into_iter().map(|field| (field.id, field)).collect();
        for (name, to, expected) in [("d", 0, "d"), ("c", 1, "c"), ("d", 9, "d")] {
            let before: Vec<FieldId> =
                CustomField::asked(&fields, RecordKind::Deal).iter().map(|field| field.id).collect();
            let moved = fields[&FieldId::minted(name)].clone();
            for changed in CustomField::placed(&fields, &moved, to) {
                fields.insert(changed.id, changed);
            }
            let after = CustomField::asked(&fields, RecordKind::Deal);
            assert_eq!(after[to.min(3)].id, FieldId::minted(expected));
            let others = |all: Vec<FieldId>| all.into_iter().filter(|id| *id != moved.id).collect::<Vec<_>>();
            assert_eq!(others(after.iter().map(|field| field.id).collect()), others(before));
        }
        assert_eq!(CustomField::placed(&fields, &fields[&FieldId::minted("d")], 3), [], "it stands there already");
    }

    #[test]
    fn only_web_addresses_are_links() {
        assert!(is_link(" HTTPS://example.org") && is_link("http://10.0.0.1/a"));
        assert!(!is_link("javascript:alert(1)") && !is_link("example.org") && !is_link(""));
    }
}
