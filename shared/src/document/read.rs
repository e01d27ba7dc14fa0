//! From keys to records. Odd or missing parts read as empty: merged data is never an error.

mod card;
mod records;
mod trail;

use std::str::FromStr;

use automerge::{Automerge, ReadDoc};
use serde::de::DeserializeOwned;

use super::schema as key;
use super::view::View;
use super::{conflict, history};
use crate::gather::Gather;
use crate::id::{AutomationId, CompanyId, DealId, FieldId, LeadId, ViewId};
use crate::model::{
    Company, CompanyCard, Contact, ContactRole, Deal, Lead, LeadCard, LeadState, Member, Outcome, Role, Source,
};
use crate::money::Money;
use crate::pipeline::Pipeline;
use crate::workspace::Team;
pub(super) use records::line;

/// The deal, once its opening change is here.
pub(super) fn deal(doc: &Automerge, id: DealId) -> Option<Deal> {
    let root = View::root(doc);
    let told = history::told(doc);
    let mut deal = Deal {
        card: card::facts(&root, id)?,
        activities: records::activities(&root),
        evidence: records::evidence(&root),
        approvals: records::approvals(&root),
        declines: records::declines(&root),
        overrides: records::overrides(&root),
        lines: records::lines(&root),
        conflicts: conflict::of_deal(&root),
        record_conflicts: conflict::of_records(&root),
        history: Vec::new(),
    };
    deal.card = card::with_records(&deal);
    deal.card.trail = trail::trail(&root, &told);
    deal.history = told.into_iter().map(|told| told.event).collect();
    Some(deal)
}

/// The company, once its first change is here.
pub(super) fn company(doc: &Automerge, id: CompanyId) -> Option<Company> {
    let root = View::root(doc);
    let card = CompanyCard {
        id,
        name: root.text(key::NAME)?,
        texts: root.texts(key::TEXTS),
        contacts: contacts(&root),
        custom: root.written(key::FIELD).into_iter().into_map(),
        merged: root.id(key::MERGED),
        source: source(&root),
        discarded: root.flag(key::DISCARDED),
    };
    Some(Company { card, conflicts: conflict::of_company(&root), history: history::events(doc) })
}

/// The lead, once its first change is here.
pub(super) fn lead(doc: &Automerge, id: LeadId) -> Option<Lead> {
    let root = View::root(doc);
    let card = LeadCard {
        id,
        texts: root.texts(key::TEXTS),
        owner: root.id(key::OWNER),
        created: root.time(key::CREATED)?,
        state: root.map(key::STATE).as_ref().map_or(LeadState::New, state),
    };
    Some(Lead { card, conflicts: conflict::of_lead(&root), history: history::events(doc) })
}

/// What the workspace document says of the team and its way of working.
pub(super) fn team(doc: &Automerge) -> Team {
    let root = View::root(doc);
    let members = root.map(key::MEMBERS).map(|map| map.records()).unwrap_or_default();
    let member = |(id, map): (_, View<'_>)| Member {
        id,
        name: map.text(key::NAME).unwrap_or_default(),
        role: map.named(key::ROLE).unwrap_or(Role::Viewer),
    };
    let mut team = Team {
        members: members.into_iter().map(member).collect(),
        fields: written::<FieldId, _>(&root, key::FIELD),
        automations: written::<AutomationId, _>(&root, key::AUTOMATION),
        ..Team::default()
    };
    let pipelines = root.map(key::PIPELINES);
    for (map, id) in pipelines.iter().flat_map(|map| map.keys().into_iter().map(move |id| (map, id))) {
        let mut published = published(map, &id).into_iter();
        if let Some(current) = published.next() {
            let others: Vec<Pipeline> = published.collect();
            team.alternatives.extend((!others.is_empty()).then_some((current.id, others)));
            team.pipelines.push(current);
        }
    }
    team
}

/// The views that the team saved.
pub(super) fn views(doc: &Automerge) -> Vec<crate::view::View> {
    written::<ViewId, _>(&View::root(doc), key::VIEW)
}

fn written<T: FromStr, V: DeserializeOwned>(root: &View<'_>, prefix: &str) -> Vec<V> {
    root.written::<T, V>(prefix).into_iter().map(|(_, value)| value).collect()
}

/// The pipeline under a key, and the unequal ones that were published at the same time.
fn published(map: &View<'_>, id: &str) -> Vec<Pipeline> {
    let mut pipelines: Vec<Pipeline> = map.json(id).into_iter().collect();
    if map.shown_of_several(id).is_none() {
        return pipelines;
    }
    let all = map.doc.get_all(&map.map, id).unwrap_or_default();
    for text in all.iter().filter_map(|(value, _)| value.as_str()) {
        let other = serde_json::from_str(text).ok();
        pipelines.extend(other.filter(|other| !pipelines.contains(other)));
    }
    pipelines
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

fn state(map: &View<'_>) -> LeadState {
    let at = map.time(key::AT).unwrap_or_default();
    match (map.text(key::KIND).as_deref(), map.id(key::DEAL)) {
        (Some(key::CONVERTED), Some(deal)) => LeadState::Converted { deal, at },
        (Some(key::DISMISSED), _) => LeadState::Dismissed { reason: map.text(key::REASON).unwrap_or_default(), at },
        (_, _) => LeadState::New,
    }
}

fn source(root: &View<'_>) -> Option<Source> {
    let map = root.map(key::SOURCE)?;
    Some(Source { batch: map.id(key::BATCH)?, key: map.text(key::KEY)? })
}

fn contacts(root: &View<'_>) -> Vec<Contact> {
    let maps = root.map(key::CONTACTS).map(|map| map.records()).unwrap_or_default();
    let read = |(id, map): (_, View<'_>)| Contact {
        id,
        name: map.text(key::NAME).unwrap_or_default(),
        role: map.named(key::ROLE).unwrap_or(ContactRole::Other),
        phone: map.text(key::PHONE).unwrap_or_default(),
        email: map.text(key::EMAIL).unwrap_or_default(),
        merged: map.id(key::MERGED),
        custom: map.written(key::FIELD).into_iter().into_map(),
    };
    maps.into_iter().filter(|(_, map)| !map.flag(key::DISCARDED)).map(read).collect()
}
