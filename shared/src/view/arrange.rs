//! Deals laid out for a view: one exact board for each lane, and the deals as they were on a day of the past.

use std::cmp::Reverse;
use std::sync::Arc;

use super::{Filter, Lane, Lanes, Sight};
use crate::gather::{Arrange as _, Gather};
use crate::id::DealId;
use crate::model::DealCard;
use crate::pipeline::Pipeline;
use crate::review::Board;
use crate::sorted::SortedMap;
use crate::time::Timestamp;
use crate::workspace::Workspace;

/// The lanes of a view that have deals, in their order, each with its board. Without lanes there is one.
pub fn arrange<'a>(
    world: &Workspace,
    pipeline: &Pipeline,
    cards: impl IntoIterator<Item = &'a DealCard>,
    filter: &Filter,
    lanes: Lanes,
    sight: &Sight<'_>,
) -> Vec<(Lane, Board)> {
    let mut found: SortedMap<Lane, Vec<&DealCard>> = SortedMap::new();
    let is_here = |card: &&DealCard| !card.discarded && card.pipeline == pipeline.id;
    for card in cards.into_iter().filter(is_here).filter(|card| filter.admits(card, pipeline, sight)) {
        found.entry(lanes.of(card, pipeline, sight)).or_default().push(card);
    }
    if lanes == Lanes::None {
        found.entry(Lane::All).or_default();
    }
    let board = |(lane, cards)| (lane, Board::of(&world.pipelines, cards));
    let mut boards: Vec<(Lane, Board)> = found.into_iter().map(board).collect();
    boards.arrange_by_key(|(lane, _)| order(world, *lane));
    boards
}

/// The deals as they were at a moment of the past; those that did not exist yet are left out.
pub fn past(world: &Workspace, at: Timestamp) -> SortedMap<DealId, Arc<DealCard>> {
    let then = world.deals.iter().filter_map(|(id, card)| Some((*id, Arc::new(card.as_of(at)?))));
    then.filter(|(_, card)| !card.discarded).into_map()
}

/// The surest category first, people and customers by name, and what has none last.
fn order(world: &Workspace, lane: Lane) -> (bool, Reverse<usize>, String, Lane) {
    let name = match lane {
        Lane::Owner(owner) => {
            owner.and_then(|owner| world.members.get(&owner)).map(|member| member.name.to_lowercase())
        }
        Lane::Company(company) => {
            company.and_then(|company| world.companies.get(&company)).map(|company| company.name.to_lowercase())
        }
        Lane::All | Lane::Category(_) => Some(String::new()),
    };
    let surest = match lane {
        Lane::Category(category) => category as usize,
        Lane::All | Lane::Owner(_) | Lane::Company(_) => 0,
    };
    (name.is_none(), Reverse(surest), name.unwrap_or_default(), lane)
}
