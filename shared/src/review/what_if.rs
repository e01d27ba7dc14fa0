//! What a draft of a pipeline would do to the deals that are being worked, before it is published.

use std::cmp::Reverse;

use crate::gate::{Progress, Unmet, progress};
use crate::gather::Arrange as _;
use crate::id::{DealId, StageId};
use crate::model::{DealCard, Outcome};
use crate::money::Sums;
use crate::pipeline::{Criterion, Pipeline, Stage, Weight};
use crate::workspace::Customers;

/// The open deals that would newly fail.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WhatIf {
    /// Each criterion that deals would newly fail, in the order of the stages.
    pub failing: Vec<Failing>,
    /// How many deals fail at least one of them.
    pub deals: usize,
    /// What those are worth together.
    pub sum: Sums,
}

/// A criterion that deals meet now, or are not asked for, and would fail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failing {
    /// The criterion, with its stage.
    pub unmet: Unmet,
    /// The deals in that stage that would not get out, the largest first.
    pub held: Vec<DealId>,
    /// The deals beyond it whose gate would open again, the largest first.
    pub reopened: Vec<DealId>,
    /// What all of them are worth together.
    pub sum: Sums,
}

/// A required criterion of the draft, and the same criterion in the current version.
struct Asked<'a> {
    criterion: &'a Criterion,
    before: Option<(usize, &'a Stage, &'a Criterion)>,
    held: Vec<&'a DealCard>,
    reopened: Vec<&'a DealCard>,
}

/// Which open deals fail criteria of the draft that they meet in the current version, or are not asked for there.
pub fn what_if<'a>(
    customers: &Customers<'_>,
    current: Option<&'a Pipeline>,
    draft: &'a Pipeline,
    cards: impl IntoIterator<Item = &'a DealCard>,
) -> WhatIf {
    let mut stages: Vec<Vec<Asked<'_>>> = draft.stages.iter().map(|stage| asked(current, stage)).collect();
    let mut all = WhatIf::default();
    for card in cards.into_iter().filter(|card| is_worked(card, draft)) {
        if judge(customers, card, current, draft, &mut stages) {
            all.deals += 1;
            card.amount.into_iter().for_each(|amount| all.sum.add(amount));
        }
    }
    let of_stage = |(stage, asked): (&Stage, Vec<Asked<'a>>)| {
        let id = stage.id;
        asked.into_iter().filter_map(move |asked| failing(id, asked))
    };
    all.failing = draft.stages.iter().zip(stages).flat_map(of_stage).collect();
    all
}

/// The open deals whose stage the draft has no more, each with the stage that takes it.
pub fn displaced<'a>(
    draft: &'a Pipeline,
    cards: impl IntoIterator<Item = &'a DealCard>,
) -> impl Iterator<Item = (DealId, StageId)> {
    let stays = |stage: StageId| draft.stages.iter().any(|each| each.id == stage);
    let cards = cards.into_iter().filter(move |card| is_worked(card, draft) && !stays(card.stage));
    cards.filter_map(|card| Some((card.id, draft.stage(card.stage)?.id)))
}

fn is_worked(card: &DealCard, draft: &Pipeline) -> bool {
    card.pipeline == draft.id && card.outcome == Outcome::Open && !card.discarded
}

fn asked<'a>(current: Option<&'a Pipeline>, stage: &'a Stage) -> Vec<Asked<'a>> {
    let before = |criterion: &Criterion| {
        let current = current?;
        let (stage, was) = current.criterion(criterion.id).filter(|(_, was)| was.weight == Weight::Required)?;
        Some((current.index(stage.id)?, stage, was))
    };
    let required = stage.criteria.iter().filter(|criterion| criterion.weight == Weight::Required);
    let asked = required.map(|criterion| Asked {
        criterion,
        before: before(criterion),
        held: Vec::new(),
        reopened: Vec::new(),
    });
    asked.collect()
}

/// Counts a deal under every criterion it newly fails; whether there was one.
fn judge<'a>(
    customers: &Customers<'_>,
    card: &'a DealCard,
    current: Option<&Pipeline>,
    draft: &Pipeline,
    stages: &mut [Vec<Asked<'a>>],
) -> bool {
    // A deal whose stage has no place yet cannot be judged; the door asks for its place first.
    let Some(at) = draft.index(card.stage) else { return false };
    let from = draft.index(card.baseline).unwrap_or(0);
    let mut fails = false;
    let passed = draft.stages.iter().zip(stages).enumerate().take(at + 1).skip(from);
    for (index, (_, asked)) in passed.filter(|(_, (stage, _))| !card.overridden.contains(&stage.id)) {
        for asked in asked {
            if progress(customers, card, asked.criterion) == Progress::Met || was_open(customers, card, current, asked)
            {
                continue;
            }
            fails = true;
            if index == at { asked.held.push(card) } else { asked.reopened.push(card) }
        }
    }
    fails
}

/// Whether the deal is asked for the criterion in the current version already and does not meet it there.
fn was_open(customers: &Customers<'_>, card: &DealCard, current: Option<&Pipeline>, asked: &Asked<'_>) -> bool {
    let Some((current, (index, stage, criterion))) = current.zip(asked.before) else { return false };
    let from = current.index(card.baseline).unwrap_or(0);
    let is_asked = current.index(card.stage).is_some_and(|at| (from..=at).contains(&index));
    is_asked && !card.overridden.contains(&stage.id) && progress(customers, card, criterion) != Progress::Met
}

fn failing(stage: StageId, asked: Asked<'_>) -> Option<Failing> {
    if asked.held.is_empty() && asked.reopened.is_empty() {
        return None;
    }
    let mut sum = Sums::default();
    let cards = asked.held.iter().chain(&asked.reopened);
    cards.filter_map(|card| card.amount).for_each(|amount| sum.add(amount));
    let unmet = Unmet { stage, criterion: asked.criterion.id };
    Some(Failing { unmet, held: largest_first(asked.held), reopened: largest_first(asked.reopened), sum })
}

fn largest_first(mut cards: Vec<&DealCard>) -> Vec<DealId> {
    cards.arrange_by_key(|card| (Reverse(card.amount.map(|amount| amount.minor)), card.id));
    cards.into_iter().map(|card| card.id).collect()
}

impl Failing {
    /// Every deal that fails it, those in its stage first.
    pub fn deals(&self) -> Vec<DealId> {
        self.held.iter().chain(&self.reopened).copied().collect()
    }
}

#[cfg(test)]
mod tests;
