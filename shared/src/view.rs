//! Views of the board: which deals, and in which lanes.

mod address;
mod arrange;

use serde::{Deserialize, Serialize};

use crate::gate;
use crate::id::{CompanyId, MemberId, PipelineId, ViewId};
use crate::model::{Category, DealCard};
use crate::pipeline::{Condition, Pipeline};
use crate::review::{Light, is_stalled};
use crate::sorted::SortedSet;
use crate::time::{Day, Timestamp};
use crate::workspace::{Customers, Workspace};

pub use address::Shown;
pub use arrange::{arrange, past};

/// A view that was saved for the team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct View {
    /// Its identity.
    pub id: ViewId,
    /// What it is called.
    pub name: String,
    /// The pipeline it shows; none for the one that is shown anyway.
    pub pipeline: Option<PipelineId>,
    /// Which deals.
    pub filter: Filter,
    /// In which lanes.
    pub lanes: Lanes,
}

/// What a board's lanes are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lanes {
    /// There is one lane.
    #[default]
    None,
    /// One for each owner.
    Owner,
    /// One for each customer.
    Company,
    /// One for each forecast category.
    Category,
}

impl Lanes {
    /// Every way, in the order they are offered.
    pub const ALL: [Self; 4] = [Self::None, Self::Owner, Self::Company, Self::Category];

    /// The lane a deal lies in.
    pub fn of(self, card: &DealCard, pipeline: &Pipeline, sight: &Sight<'_>) -> Lane {
        match self {
            Self::None => Lane::All,
            Self::Owner => Lane::Owner(card.owner),
            Self::Company => Lane::Company(sight.company(card)),
            Self::Category => Lane::Category(category(card, pipeline)),
        }
    }
}

/// One lane of a board.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lane {
    /// Every deal.
    All,
    /// The deals of an owner.
    Owner(Option<MemberId>),
    /// The deals of a customer.
    Company(Option<CompanyId>),
    /// The deals of a forecast category.
    Category(Category),
}

/// What a filter has to know beside a card.
pub struct Sight<'a> {
    /// The customers; two companies that turned out to be one are one.
    pub customers: Customers<'a>,
    /// When.
    pub now: Timestamp,
    /// The day it is.
    pub today: Day,
}

impl<'a> Sight<'a> {
    /// What a workspace says at a moment.
    pub const fn of(world: &'a Workspace, now: Timestamp, today: Day) -> Self {
        Self { customers: world.customers(), now, today }
    }

    /// A deal's customer; two companies that turned out to be one are one.
    pub fn company(&self, card: &DealCard) -> Option<CompanyId> {
        card.company.map(|company| self.customers.standing_for(company))
    }
}

/// Something about a deal that wants attention.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Flag {
    /// Nothing happened for longer than its stage allows.
    Stalled,
    /// Its next step should have been done before today.
    Late,
    /// It has no next step.
    NoNextStep,
    /// A gate it passed holds no longer.
    Reopened,
    /// A field has two values.
    Disputed,
    /// The day it was expected to close is over.
    Overdue,
}

impl Flag {
    /// Every flag, in the order they are offered.
    pub const ALL: [Self; 6] =
        [Self::Late, Self::NoNextStep, Self::Stalled, Self::Reopened, Self::Overdue, Self::Disputed];

    /// Whether a deal that is being worked has it.
    pub fn is_on(self, card: &DealCard, pipeline: &Pipeline, sight: &Sight<'_>) -> bool {
        let Sight { customers, now, today } = sight;
        match self {
            Self::Stalled => pipeline.stage(card.stage).is_some_and(|stage| is_stalled(card, stage, *now)),
            Self::Late => Light::of(card, *today) == Light::Late,
            Self::NoNextStep => Light::of(card, *today) == Light::None,
            Self::Reopened => !gate::standing(customers, card, pipeline).reopened.is_empty(),
            Self::Disputed => !card.disputed.is_empty(),
            Self::Overdue => card.close.is_some_and(|close| close < *today),
        }
    }
}

/// Which deals a view shows. What is empty asks for nothing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Filter {
    /// Those of these owners; none stands for deals without one.
    pub owners: SortedSet<Option<MemberId>>,
    /// Those of these customers.
    pub companies: SortedSet<CompanyId>,
    /// Those in these categories, suggested ones included.
    pub categories: SortedSet<Category>,
    /// Those with at least one of these.
    pub flags: SortedSet<Flag>,
    /// Those of which this is true.
    pub condition: Option<Condition>,
}

impl Filter {
    /// Whether it asks for nothing.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// How many owners, customers, categories, flags and conditions it is made of.
    pub fn part_count(&self) -> usize {
        let chosen = self.owners.len() + self.companies.len() + self.categories.len() + self.flags.len();
        chosen + usize::from(self.condition.is_some())
    }

    /// Whether a deal is shown.
    pub fn admits(&self, card: &DealCard, pipeline: &Pipeline, sight: &Sight<'_>) -> bool {
        let any = |flags: &SortedSet<Flag>| flags.iter().any(|flag| flag.is_on(card, pipeline, sight));
        // A filter may have been saved before the company it names was merged.
        let is_of = |company| self.companies.iter().any(|wanted| sight.customers.standing_for(*wanted) == company);
        (self.owners.is_empty() || self.owners.contains(&card.owner))
            && (self.companies.is_empty() || sight.company(card).is_some_and(is_of))
            && (self.categories.is_empty() || self.categories.contains(&category(card, pipeline)))
            && (self.flags.is_empty() || any(&self.flags))
            && self.condition.as_ref().is_none_or(|condition| condition.holds(card, &sight.customers))
    }
}

/// A deal's forecast category: the one set, else the one its stage's probability suggests.
pub fn category(card: &DealCard, pipeline: &Pipeline) -> Category {
    let suggested = || pipeline.stage(card.stage).map_or(0, |stage| stage.probability);
    card.category.unwrap_or_else(|| Category::suggested(suggested()))
}

#[cfg(test)]
mod tests;
