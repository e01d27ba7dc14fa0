//! Gates: which criteria are open, and what a deal's claimed stage is worth.
//!
//! A card says what gates read of a deal; what the team's own fields say of its customer and the people there is read
//! where they are. The same pure functions refuse a move at the door and draw every badge, so all devices agree.

mod cause;

use crate::id::{CriterionId, StageId};
use crate::model::DealCard;
use crate::pipeline::{Criterion, Pipeline, Rule, Stage, Weight};
use crate::workspace::Customers;
pub use cause::{cause, causes};

/// How far a criterion is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// Met.
    Met,
    /// Not met yet.
    Open,
    /// It was met, and the proof was taken back.
    Withdrawn,
}

/// A required criterion that is not met, with its stage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Unmet {
    /// The stage whose gate it belongs to.
    pub stage: StageId,
    /// The criterion.
    pub criterion: CriterionId,
}

/// What people say and what the facts carry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The stage people moved the deal to.
    pub claimed: StageId,
    /// The furthest stage whose gates before it hold now.
    pub verified: StageId,
    /// Why the two differ; empty if they do not.
    pub reopened: Vec<Unmet>,
}

/// How far one criterion is on a deal.
pub fn progress(customers: &Customers<'_>, card: &DealCard, criterion: &Criterion) -> Progress {
    let met = match &criterion.rule {
        Rule::Fields(condition) => condition.holds(card, customers),
        Rule::KeyActivity(key) => card.done.contains(key),
        // Whether its files show it was asked when it was recorded; what was recorded stands until it is taken back.
        Rule::Evidence(_) => card.proven.contains(&criterion.id),
        Rule::Approval(role) => card.approved.get(&criterion.id).is_some_and(|given| given >= role),
    };
    match met {
        true => Progress::Met,
        false if card.withdrawn.contains_key(&criterion.id) => Progress::Withdrawn,
        false => Progress::Open,
    }
}

/// The required criteria of one stage that are not met; none if a manager overrode its gate.
pub fn open(customers: &Customers<'_>, card: &DealCard, stage: &Stage) -> Vec<Unmet> {
    if card.overridden.contains(&stage.id) {
        return Vec::new();
    }
    let required = stage.criteria.iter().filter(|criterion| criterion.weight == Weight::Required);
    required
        .filter(|criterion| progress(customers, card, criterion) != Progress::Met)
        .map(|criterion| Unmet { stage: stage.id, criterion: criterion.id })
        .collect()
}

/// What keeps a deal from being moved to a stage: the open criteria of every stage from its own up to that one.
/// Moving back asks for nothing, and neither do gates before the stage the deal was opened in.
pub fn unmet(customers: &Customers<'_>, card: &DealCard, pipeline: &Pipeline, to: StageId) -> Vec<Unmet> {
    match pipeline.index(to) {
        Some(to) => open_between(customers, card, pipeline, asked_from(card, pipeline), to),
        None => Vec::new(),
    }
}

/// What keeps a deal from being won: the open criteria of every stage from its own to the last.
pub fn unmet_to_win(customers: &Customers<'_>, card: &DealCard, pipeline: &Pipeline) -> Vec<Unmet> {
    open_between(customers, card, pipeline, asked_from(card, pipeline), pipeline.stages.len())
}

fn asked_from(card: &DealCard, pipeline: &Pipeline) -> usize {
    let index = |stage| pipeline.index(stage).unwrap_or(0);
    index(card.stage).max(index(card.baseline))
}

/// Compares the claimed stage with what the facts carry now.
///
/// The gates from the stage a deal was opened in up to its claimed stage are asked again; the first
/// one that does not hold is how far the deal is verified.
pub fn standing(customers: &Customers<'_>, card: &DealCard, pipeline: &Pipeline) -> Standing {
    let claimed = pipeline.current(card.stage);
    let from = pipeline.index(card.baseline).unwrap_or(0);
    let reopened = open_between(customers, card, pipeline, from, pipeline.index(claimed).unwrap_or(0));
    let verified = reopened.first().map_or(claimed, |first| first.stage);
    Standing { claimed, verified, reopened }
}

/// The first of [`Standing::reopened`], for lists that ask thousands of deals.
pub fn first_reopened(customers: &Customers<'_>, card: &DealCard, pipeline: &Pipeline) -> Option<Unmet> {
    let (from, to) = (pipeline.index(card.baseline).unwrap_or(0), pipeline.index(card.stage).unwrap_or(0));
    let stages = pipeline.stages.get(from..to).unwrap_or_default();
    let asked = stages.iter().filter(|stage| !card.overridden.contains(&stage.id));
    let required = asked.flat_map(|stage| stage.criteria.iter().map(move |criterion| (stage.id, criterion)));
    required
        .filter(|(_, criterion)| criterion.weight == Weight::Required)
        .find(|(_, criterion)| progress(customers, card, criterion) != Progress::Met)
        .map(|(stage, criterion)| Unmet { stage, criterion: criterion.id })
}

fn open_between(customers: &Customers<'_>, card: &DealCard, pipeline: &Pipeline, from: usize, to: usize) -> Vec<Unmet> {
    let stages = pipeline.stages.get(from..to).unwrap_or_default();
    stages.iter().flat_map(|stage| open(customers, card, stage)).collect()
}

#[cfg(test)]
mod tests;
