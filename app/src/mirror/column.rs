//! One column of the board, as a page shows it.

use std::sync::Arc;

use shared::id::DealId;
use shared::model::DealCard;
use shared::money::Sums;
use shared::pipeline::Stage;
use shared::review::{Column, is_stalled};
use shared::sorted::SortedMap;
use shared::time::Timestamp;

/// The deals of a slot in their order, with exact count and sums.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ColumnView {
    /// The deals, the one that came last first.
    pub ids: Vec<DealId>,
    /// How many there are.
    pub count: usize,
    /// What they are worth together.
    pub sum: Sums,
    /// How many of them have stalled.
    pub stalled: usize,
}

impl ColumnView {
    /// The view of a column; `stage` is none for won and lost deals, which cannot stall.
    pub fn of(
        column: &Column,
        stage: Option<&Stage>,
        deals: &SortedMap<DealId, Arc<DealCard>>,
        now: Timestamp,
    ) -> Self {
        let ids: Vec<DealId> = column.ids().collect();
        let has_stalled = |stage: &Stage, id| deals.get(id).is_some_and(|card| is_stalled(card, stage, now));
        let stalled = stage.map_or(0, |stage| ids.iter().filter(|id| has_stalled(stage, id)).count());
        Self { count: column.count(), sum: column.sum().clone(), stalled, ids }
    }
}
