//! A small team with one pipeline and one deal, for tests to bend.

use std::sync::Arc;

use crate::command::{Context, NewDeal, Origin};
use crate::id::{
    ActivityId, CompanyId, CriterionId, DealId, DeviceId, EvidenceId, FieldId, KeyActivityId, MemberId, PipelineId,
    StageId,
};
use crate::model::{
    Activity, ActivityKind, CompanyCard, CustomField, Deal, DealCard, Evidence, EvidenceKind, FieldKind, Member,
    Outcome, RecordKind, Role, Withdrawal,
};
use crate::money::{Currency, Money};
use crate::pipeline::{Rule, b2b};
use crate::sorted::{SortedMap, SortedSet};
use crate::text::Label;
use crate::time::{Day, Timestamp};
use crate::workspace::Workspace;

pub(crate) fn today() -> Day {
    Day::new(2026, 3, 2).unwrap()
}

pub(crate) fn now() -> Timestamp {
    today().start()
}

pub(crate) fn stage(slug: &str) -> StageId {
    StageId::minted(&format!("b2b/{slug}"))
}

pub(crate) fn criterion(slug: &str) -> CriterionId {
    CriterionId::minted(&format!("b2b/{slug}"))
}

pub(crate) fn key(slug: &str) -> KeyActivityId {
    KeyActivityId::minted(&format!("b2b/{slug}"))
}

pub(crate) fn tide() -> DealId {
    DealId::minted("tide")
}

pub(crate) fn acme() -> CompanyId {
    CompanyId::minted("acme")
}

/// A number that the team added to records of a kind.
pub(crate) fn size(on: RecordKind) -> CustomField {
    CustomField {
        id: FieldId::minted(&format!("size of {on:?}")),
        on,
        name: Label::new("规模", "Size"),
        kind: FieldKind::Number,
        choices: Vec::new(),
        on_card: false,
        rank: 0,
        retired: false,
    }
}

/// The deal as a rep writes it down in the first stage.
pub(crate) fn written_down(owner: Option<MemberId>) -> NewDeal {
    NewDeal {
        deal: tide(),
        title: "Tide gate".to_owned(),
        company: Some(acme()),
        owner,
        amount: None,
        close: None,
        pipeline: b2b().id,
        stage: stage("identify"),
        created: now(),
        outcome: Outcome::Open,
        source: None,
    }
}

pub(crate) fn usd(minor: i64) -> Money {
    Money { minor, currency: Currency::USD }
}

pub(crate) fn member(role: Role) -> MemberId {
    MemberId::minted(&format!("{role:?}"))
}

pub(crate) fn context(role: Role) -> Context {
    Context { member: member(role), device: DeviceId::minted("desk"), now: now(), today: today(), origin: Origin::Hand }
}

/// A deal in its first stage about which nothing is known.
pub(crate) fn bare(id: DealId) -> DealCard {
    DealCard {
        id,
        title: "Tide gate".to_owned(),
        company: None,
        owner: None,
        amount: None,
        close: None,
        category: None,
        custom: SortedMap::new(),
        told: SortedMap::new(),
        lines: None,
        products: SortedSet::new(),
        pipeline: PipelineId::minted("b2b"),
        stage: stage("identify"),
        entered: now(),
        version: 1,
        baseline: stage("identify"),
        outcome: Outcome::Open,
        lost_in: None,
        created: now(),
        touched: now(),
        planned: Vec::new(),
        proven: SortedSet::new(),
        withdrawn: SortedMap::new(),
        done: SortedSet::new(),
        approved: SortedMap::new(),
        asked: SortedMap::new(),
        notices: Vec::new(),
        overridden: SortedSet::new(),
        disputed: SortedSet::new(),
        source: None,
        trail: Vec::new(),
        discarded: false,
    }
}

/// A deal with every criterion of its pipeline met.
pub(crate) fn ripe(id: DealId) -> DealCard {
    let pipeline = b2b();
    let criteria = || pipeline.stages.iter().flat_map(|stage| &stage.criteria);
    let proofs = criteria().filter(|each| matches!(each.rule, Rule::Evidence(_))).map(|each| each.id);
    DealCard {
        company: Some(acme()),
        amount: Some(usd(100)),
        close: Some(today()),
        done: pipeline.stages.iter().flat_map(|stage| &stage.activities).map(|each| each.id).collect(),
        proven: proofs.collect(),
        approved: [(criterion("negotiate/approval"), Role::Manager)].into(),
        ..bare(id)
    }
}

/// Proofs "given" and "taken", activities "planned" and "done".
pub(crate) fn deal(card: DealCard) -> Deal {
    Deal {
        activities: vec![activity("planned", None), activity("done", Some(now()))],
        evidence: vec![proof("given", false), proof("taken", true)],
        approvals: Vec::new(),
        declines: Vec::new(),
        overrides: Vec::new(),
        lines: Vec::new(),
        conflicts: Vec::new(),
        record_conflicts: Vec::new(),
        history: Vec::new(),
        card,
    }
}

/// The team, the B2B pipeline, one company and this deal, opened.
pub(crate) fn workspace(card: DealCard) -> Workspace {
    let roles = [Role::Viewer, Role::Rep, Role::Manager, Role::Owner];
    let people = roles.map(|role| (member(role), Member { id: member(role), name: format!("{role:?}"), role }));
    Workspace {
        pipelines: [(b2b().id, Arc::new(b2b()))].into(),
        members: people.into(),
        deals: [(card.id, Arc::new(card.clone()))].into(),
        companies: [(acme(), Arc::new(company(acme(), "Acme")))].into(),
        open_deals: [(card.id, Arc::new(deal(card)))].into(),
        ..Workspace::default()
    }
}

/// A company of which the name is known.
pub(crate) fn company(id: CompanyId, name: &str) -> CompanyCard {
    CompanyCard {
        id,
        name: name.to_owned(),
        texts: SortedMap::new(),
        contacts: Vec::new(),
        custom: SortedMap::new(),
        merged: None,
        source: None,
        discarded: false,
    }
}

/// The workspace with a ripe deal, bent.
pub(crate) fn with(bend: impl FnOnce(&mut DealCard)) -> Workspace {
    let mut card = ripe(tide());
    bend(&mut card);
    workspace(card)
}

fn activity(name: &str, done: Option<Timestamp>) -> Activity {
    Activity {
        id: ActivityId::minted(name),
        kind: ActivityKind::Call,
        summary: String::new(),
        key: None,
        due: Some(today()),
        done,
        cancelled: false,
        by: member(Role::Rep),
        custom: SortedMap::new(),
    }
}

fn proof(name: &str, withdrawn: bool) -> Evidence {
    Evidence {
        id: EvidenceId::minted(name),
        criterion: criterion("confirm/need"),
        kind: EvidenceKind::WrittenConfirmation,
        from: "Ms Lin".to_owned(),
        day: today(),
        quote: "We need it.".to_owned(),
        files: Vec::new(),
        by: member(Role::Rep),
        at: now(),
        withdrawn: withdrawn.then(|| Withdrawal { by: member(Role::Rep), at: now() }),
    }
}
