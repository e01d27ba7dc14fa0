//! The card of a deal out of its fields and records.

use super::{money, outcome, records, source};
use crate::document::schema as key;
use crate::document::view::View;
use crate::gather::{Arrange as _, Gather};
use crate::id::{CriterionId, DealId, FieldId};
use crate::model::{Activity, Deal, DealCard, Entry, Evidence, Line, NextStep, Outcome, Withdrawal};
use crate::money::Money;
use crate::sorted::{SortedMap, SortedSet};
use crate::time::Timestamp;

/// What the deal's own keys say; what its records say is still empty.
pub(super) fn facts(root: &View<'_>, id: DealId) -> Option<DealCard> {
    let claim = root.map(key::CLAIM)?;
    let stage = claim.id(key::STAGE)?;
    let entered = claim.time(key::ENTERED).unwrap_or_default();
    let end = root.map(key::OUTCOME);
    Some(DealCard {
        id,
        title: root.text(key::TITLE).unwrap_or_default(),
        company: root.id(key::COMPANY),
        owner: root.id(key::OWNER),
        amount: root.map(key::AMOUNT).as_ref().and_then(money),
        close: root.day(key::CLOSE),
        category: root.named(key::CATEGORY),
        custom: root.written(key::FIELD).into_iter().into_map(),
        told: SortedMap::new(),
        lines: None,
        products: SortedSet::new(),
        pipeline: root.id(key::PIPELINE)?,
        stage,
        entered,
        version: claim.int(key::VERSION).and_then(|version| version.try_into().ok()).unwrap_or(0),
        baseline: root.id(key::BASELINE).unwrap_or(stage),
        outcome: end.as_ref().map_or(Outcome::Open, outcome),
        lost_in: end.and_then(|end| end.id(key::STAGE)),
        created: root.time(key::CREATED).unwrap_or(entered),
        touched: entered,
        planned: Vec::new(),
        proven: SortedSet::new(),
        withdrawn: SortedMap::new(),
        done: SortedSet::new(),
        approved: SortedMap::new(),
        asked: records::asked(root),
        notices: records::notices(root),
        overridden: SortedSet::new(),
        disputed: SortedSet::new(),
        source: source(root),
        trail: Vec::new(),
        discarded: root.flag(key::DISCARDED),
    })
}

/// The card with what the records say.
pub(super) fn with_records(deal: &Deal) -> DealCard {
    let done = deal.activities.iter().filter(|activity| activity.done.is_some());
    let standing = deal.evidence.iter().filter(|proof| proof.withdrawn.is_none());
    let proven: SortedSet<CriterionId> = standing.clone().map(|proof| proof.criterion).into_set();
    let moments = done.clone().filter_map(|activity| activity.done).chain(standing.map(|proof| proof.at));
    DealCard {
        touched: moments.fold(deal.card.touched, Timestamp::max),
        planned: planned(&deal.activities),
        withdrawn: withdrawn(&deal.evidence, &proven),
        proven,
        told: told(done.clone()),
        done: done.filter_map(|activity| activity.key).into_set(),
        approved: deal.approvals.iter().map(|approval| (approval.criterion, approval.role)).into_map(),
        overridden: deal.overrides.iter().map(|each| each.stage).into_set(),
        disputed: deal.conflicts.iter().map(|each| each.field).into_set(),
        lines: sum(&deal.lines),
        products: deal.lines.iter().map(|line| line.product.clone()).into_set(),
        ..deal.card.clone()
    }
}

fn told<'a>(done: impl Iterator<Item = &'a Activity>) -> SortedMap<FieldId, Vec<Entry>> {
    let mut told: SortedMap<FieldId, Vec<Entry>> = SortedMap::new();
    for (field, entry) in done.flat_map(|activity| &activity.custom) {
        let values = told.entry(*field).or_default();
        if !values.contains(entry) {
            values.push(entry.clone());
        }
    }
    told
}

fn planned(activities: &[Activity]) -> Vec<NextStep> {
    let planned = activities.iter().filter(|activity| activity.done.is_none() && !activity.cancelled);
    let step = |activity: &Activity| {
        let Activity { id, kind, summary, due, key, .. } = activity.clone();
        Some(NextStep { due: due?, activity: id, kind, summary, key })
    };
    let mut steps: Vec<NextStep> = planned.filter_map(step).collect();
    steps.arrange();
    steps
}

/// What all products cost together; none if there are none, in unlike currencies, or if it is absurdly much.
fn sum(lines: &[Line]) -> Option<Money> {
    let totals: Option<Vec<Money>> = lines.iter().map(Line::total).collect();
    let totals = totals?;
    let first = totals.first()?.currency;
    let minor =
        totals.iter().try_fold(0_i64, |sum, total| sum.checked_add(total.minor).filter(|_| total.currency == first))?;
    Money::checked(minor, first).ok()
}

fn withdrawn(evidence: &[Evidence], proven: &SortedSet<CriterionId>) -> SortedMap<CriterionId, Withdrawal> {
    let mut last: SortedMap<CriterionId, Withdrawal> = SortedMap::new();
    for proof in evidence.iter().filter(|proof| !proven.contains(&proof.criterion)) {
        if let Some(withdrawal) = proof.withdrawn {
            let known = last.entry(proof.criterion).or_insert(withdrawal);
            if (known.at, known.by) < (withdrawal.at, withdrawal.by) {
                *known = withdrawal;
            }
        }
    }
    last
}
