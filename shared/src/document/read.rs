//! From keys to records. Odd or missing parts read as empty: merged data is never an error.

use std::collections::{BTreeMap, BTreeSet};

use automerge::Automerge;

use super::schema as key;
use super::view::View;
use super::{conflict, history};
use crate::id::{CompanyId, CriterionId, DealId};
use crate::model::{
    Activity, ActivityKind, Approval, Company, Conflict, Contact, ContactRole, Deal, DealCard, Evidence, GateOverride,
    Member, NextStep, Outcome, Role, Source, Withdrawal,
};
use crate::money::Money;
use crate::pipeline::Pipeline;
use crate::time::Timestamp;

/// The deal, once its opening change is here.
pub(super) fn deal(doc: &Automerge, id: DealId) -> Option<Deal> {
    let root = View::root(doc);
    let activities = activities(&root);
    let evidence = evidence(&root);
    let approvals = approvals(&root);
    let overrides = overrides(&root);
    let conflicts = conflict::of_deal(doc);
    let card = facts(&root, id)?;
    let card = with_records(card, &activities, &evidence, &approvals, &overrides, &conflicts);
    Some(Deal { card, activities, evidence, approvals, overrides, conflicts, history: history::events(doc) })
}

/// The company, once its first change is here.
pub(super) fn company(doc: &Automerge, id: CompanyId) -> Option<Company> {
    let root = View::root(doc);
    Some(Company {
        id,
        name: root.text(key::NAME)?,
        contacts: contacts(&root),
        source: source(&root),
        discarded: root.flag(key::DISCARDED),
        conflicts: Vec::new(),
        history: history::events(doc),
    })
}

/// The members and pipelines of the workspace document.
pub(super) fn team(doc: &Automerge) -> (Vec<Member>, Vec<Pipeline>) {
    let root = View::root(doc);
    let members = root.map(key::MEMBERS).map(|map| map.each()).unwrap_or_default();
    let members = members.into_iter().map(|(id, map)| Member {
        id,
        name: map.text(key::NAME).unwrap_or_default(),
        role: map.named(key::ROLE).unwrap_or(Role::Viewer),
    });
    let pipelines = root.map(key::PIPELINES);
    let texts = pipelines.iter().flat_map(|map| map.keys().into_iter().filter_map(|id| map.text(&id)));
    let pipelines = texts.filter_map(|text| serde_json::from_str(&text).ok());
    (members.collect(), pipelines.collect())
}

/// An amount's map.
pub(super) fn money(map: &View<'_>) -> Option<Money> {
    Money::checked(map.int(key::MINOR)?, map.id(key::CURRENCY)?).ok()
}

/// An outcome's map.
pub(super) fn outcome(map: &View<'_>) -> Outcome {
    let at = map.time(key::AT).unwrap_or_default();
    match map.text(key::KIND).as_deref() {
        Some("won") => Outcome::Won { at },
        Some("lost") => Outcome::Lost { at, reason: map.text(key::REASON).unwrap_or_default() },
        Some(_) | None => Outcome::Open,
    }
}

fn facts(root: &View<'_>, id: DealId) -> Option<DealCard> {
    let claim = root.map(key::CLAIM)?;
    let stage = claim.id(key::STAGE)?;
    let entered = claim.time(key::ENTERED).unwrap_or_default();
    Some(DealCard {
        id,
        title: root.text(key::TITLE).unwrap_or_default(),
        company: root.id(key::COMPANY),
        owner: root.id(key::OWNER),
        amount: root.map(key::AMOUNT).as_ref().and_then(money),
        close: root.day(key::CLOSE),
        pipeline: root.id(key::PIPELINE)?,
        stage,
        entered,
        baseline: root.id(key::BASELINE).unwrap_or(stage),
        outcome: root.map(key::OUTCOME).as_ref().map_or(Outcome::Open, outcome),
        created: root.time(key::CREATED).unwrap_or(entered),
        touched: entered,
        next: None,
        proven: BTreeSet::new(),
        withdrawn: BTreeMap::new(),
        done: BTreeSet::new(),
        approved: BTreeMap::new(),
        overridden: BTreeSet::new(),
        disputed: BTreeSet::new(),
        source: source(root),
        discarded: root.flag(key::DISCARDED),
    })
}

fn with_records(
    card: DealCard,
    activities: &[Activity],
    evidence: &[Evidence],
    approvals: &[Approval],
    overrides: &[GateOverride],
    conflicts: &[Conflict],
) -> DealCard {
    let done = activities.iter().filter(|activity| activity.done.is_some());
    let standing = evidence.iter().filter(|proof| proof.withdrawn.is_none());
    let proven: BTreeSet<CriterionId> = standing.clone().map(|proof| proof.criterion).collect();
    let moments = done.clone().filter_map(|activity| activity.done).chain(standing.map(|proof| proof.at));
    DealCard {
        touched: moments.fold(card.touched, Timestamp::max),
        next: next(activities),
        withdrawn: withdrawn(evidence, &proven),
        proven,
        done: done.filter_map(|activity| activity.key).collect(),
        approved: approvals.iter().map(|approval| (approval.criterion, approval.role)).collect(),
        overridden: overrides.iter().map(|each| each.stage).collect(),
        disputed: conflicts.iter().map(|each| each.field).collect(),
        ..card
    }
}

fn next(activities: &[Activity]) -> Option<NextStep> {
    let planned = activities.iter().filter(|activity| activity.done.is_none());
    let steps = planned.filter_map(|activity| {
        let Activity { id, kind, summary, due, .. } = activity;
        Some(NextStep { due: (*due)?, activity: *id, kind: *kind, summary: summary.clone() })
    });
    steps.min()
}

fn withdrawn(evidence: &[Evidence], proven: &BTreeSet<CriterionId>) -> BTreeMap<CriterionId, Withdrawal> {
    let mut last: BTreeMap<CriterionId, Withdrawal> = BTreeMap::new();
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

fn source(root: &View<'_>) -> Option<Source> {
    let map = root.map(key::SOURCE)?;
    Some(Source { batch: map.id(key::BATCH)?, key: map.text(key::KEY)? })
}

fn activities(root: &View<'_>) -> Vec<Activity> {
    let maps = root.map(key::ACTIVITIES).map(|map| map.each()).unwrap_or_default();
    let read = |(id, map): (_, View<'_>)| {
        Some(Activity {
            id,
            kind: map.named(key::KIND).unwrap_or(ActivityKind::Note),
            summary: map.text(key::SUMMARY).unwrap_or_default(),
            key: map.id(key::KEY),
            due: map.day(key::DUE),
            done: map.time(key::DONE),
            by: map.member(key::BY)?,
        })
    };
    maps.into_iter().filter_map(read).collect()
}

fn evidence(root: &View<'_>) -> Vec<Evidence> {
    let maps = root.map(key::EVIDENCE).map(|map| map.each()).unwrap_or_default();
    let read = |(id, map): (_, View<'_>)| {
        Some(Evidence {
            id,
            criterion: map.id(key::CRITERION)?,
            kind: map.named(key::KIND)?,
            from: map.text(key::FROM).unwrap_or_default(),
            day: map.day(key::DAY)?,
            quote: map.text(key::QUOTE).unwrap_or_default(),
            by: map.member(key::BY)?,
            at: map.time(key::AT)?,
            withdrawn: map
                .map(key::WITHDRAWN)
                .and_then(|map| Some(Withdrawal { by: map.member(key::BY)?, at: map.time(key::AT)? })),
        })
    };
    maps.into_iter().filter_map(read).collect()
}

fn approvals(root: &View<'_>) -> Vec<Approval> {
    let maps = root.map(key::APPROVALS).map(|map| map.each()).unwrap_or_default();
    let read = |(criterion, map): (_, View<'_>)| {
        let role = map.named(key::ROLE).unwrap_or(Role::Viewer);
        Some(Approval { criterion, role, by: map.member(key::BY)?, at: map.time(key::AT)? })
    };
    maps.into_iter().filter_map(read).collect()
}

fn overrides(root: &View<'_>) -> Vec<GateOverride> {
    let maps = root.map(key::OVERRIDES).map(|map| map.each()).unwrap_or_default();
    let read = |(stage, map): (_, View<'_>)| {
        let reason = map.text(key::REASON).unwrap_or_default();
        Some(GateOverride { stage, reason, by: map.member(key::BY)?, at: map.time(key::AT)? })
    };
    maps.into_iter().filter_map(read).collect()
}

fn contacts(root: &View<'_>) -> Vec<Contact> {
    let maps = root.map(key::CONTACTS).map(|map| map.each()).unwrap_or_default();
    let read = |(id, map): (_, View<'_>)| Contact {
        id,
        name: map.text(key::NAME).unwrap_or_default(),
        role: map.named(key::ROLE).unwrap_or(ContactRole::Other),
        phone: map.text(key::PHONE).unwrap_or_default(),
        email: map.text(key::EMAIL).unwrap_or_default(),
    };
    maps.into_iter().map(read).collect()
}
