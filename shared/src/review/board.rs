//! The board's columns with exact counts and sums, kept up deal by deal instead of counted anew.

use std::cmp::Reverse;
use std::sync::Arc;

use crate::gather::Gather;
use crate::id::{DealId, PipelineId, StageId};
use crate::model::{DealCard, Outcome};
use crate::money::{Currency, Money, Sums};
use crate::pipeline::{Pipeline, Stage};
use crate::sorted::{SortedMap, SortedSet};
use crate::time::{Day, Timestamp};

/// The pipelines of a workspace.
type Pipelines = SortedMap<PipelineId, Arc<Pipeline>>;

/// Where on the board a deal lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Slot {
    /// In a stage, being worked.
    Stage(PipelineId, StageId),
    /// Won.
    Won(PipelineId),
    /// Lost.
    Lost(PipelineId),
}

/// The deals of one slot.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Column {
    order: SortedSet<(Reverse<Timestamp>, DealId)>,
    priced: SortedMap<Currency, usize>,
    sum: Sums,
}

impl Column {
    /// The deals, the one that came last first.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = DealId> + '_ {
        self.order.iter().map(|(_, deal)| *deal)
    }

    /// How many deals there are.
    pub fn count(&self) -> usize {
        self.order.len()
    }

    /// What they are worth together.
    pub const fn sum(&self) -> &Sums {
        &self.sum
    }

    fn put(&mut self, place: &Place) {
        let came = self.order.insert((Reverse(place.since), place.deal));
        if let Some(money) = place.amount.filter(|_| came) {
            *self.priced.entry(money.currency).or_default() += 1;
            self.sum.add(money);
        }
    }

    fn take(&mut self, place: &Place) {
        let went = self.order.remove(&(Reverse(place.since), place.deal));
        if let Some(money) = place.amount.filter(|_| went) {
            self.unprice(money);
        }
    }

    /// A currency's total leaves with the last deal that is priced in it, not when it happens to be zero.
    fn unprice(&mut self, money: Money) {
        self.sum.remove(money);
        match self.priced.get_mut(&money.currency) {
            Some(left) if *left > 1 => {
                *left -= 1;
                self.sum.add(Money { minor: 0, ..money });
            }
            Some(_) | None => drop(self.priced.remove(&money.currency)),
        }
    }
}

/// What the board knows of a deal; it changes only with this.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Place {
    slot: Slot,
    since: Timestamp,
    deal: DealId,
    amount: Option<Money>,
}

impl Place {
    /// A deal in a stage that was retired lies where the others of that stage went.
    fn of(pipelines: &Pipelines, card: &DealCard) -> Option<Self> {
        let stage = pipelines.get(&card.pipeline).map_or(card.stage, |pipeline| pipeline.current(card.stage));
        let (slot, since) = match card.outcome {
            Outcome::Open => (Slot::Stage(card.pipeline, stage), card.entered),
            Outcome::Won { at } => (Slot::Won(card.pipeline), at),
            Outcome::Lost { at, reason: _ } => (Slot::Lost(card.pipeline), at),
        };
        let place = Self { slot, since, deal: card.id, amount: card.amount };
        (!card.discarded).then_some(place)
    }
}

/// Every deal that was not discarded, in its slot. A slot without deals has no column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Board {
    columns: SortedMap<Slot, Column>,
}

impl Board {
    /// Counts all these deals. Pipelines that changed take a new count.
    pub fn of<'a>(pipelines: &Pipelines, cards: impl IntoIterator<Item = &'a DealCard>) -> Self {
        let mut board = Self::default();
        for place in cards.into_iter().filter_map(|card| Place::of(pipelines, card)) {
            board.put(&place);
        }
        board
    }

    /// Takes a deal out as it was counted before and counts it as it is now; says which slots changed.
    pub fn refresh(
        &mut self,
        pipelines: &Pipelines,
        before: Option<&DealCard>,
        after: Option<&DealCard>,
    ) -> SortedSet<Slot> {
        let place = |card| Place::of(pipelines, card);
        let (before, after) = (before.and_then(place), after.and_then(place));
        if before == after {
            return SortedSet::new();
        }
        before.iter().for_each(|place| self.take(place));
        after.iter().for_each(|place| self.put(place));
        before.iter().chain(&after).map(|place| place.slot).into_set()
    }

    /// The deals of a slot; none if there are none.
    pub fn column(&self, slot: Slot) -> Option<&Column> {
        self.columns.get(&slot)
    }

    /// Every slot that has deals.
    pub fn columns(&self) -> impl Iterator<Item = (Slot, &Column)> {
        self.columns.iter().map(|(slot, column)| (*slot, column))
    }

    fn put(&mut self, place: &Place) {
        self.columns.entry(place.slot).or_default().put(place);
    }

    fn take(&mut self, place: &Place) {
        let column = self.columns.entry(place.slot).or_default();
        column.take(place);
        if column.count() == 0 {
            self.columns.remove(&place.slot);
        }
    }
}

/// Whether nothing happened on a deal for longer than its stage allows.
pub fn is_stalled(card: &DealCard, stage: &Stage, now: Timestamp) -> bool {
    card.outcome == Outcome::Open && now.days_since(card.touched) > i64::from(stage.stalled_after)
}

/// Whether a deal has a next step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Light {
    /// It should have been done before today.
    Late,
    /// It is to be done today or later.
    Planned,
    /// Nothing is planned.
    None,
}

impl Light {
    /// The light of a deal.
    pub fn of(card: &DealCard, today: Day) -> Self {
        match card.next() {
            Some(next) if next.due < today => Self::Late,
            Some(_) => Self::Planned,
            None => Self::None,
        }
    }
}

#[cfg(test)]
mod tests;
