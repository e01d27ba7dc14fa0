//! Leads: written down, looked after, turned into deals or dismissed.

use crate::id::{DealId, LeadId, MemberId};
use crate::model::{LeadState, LeadText};
use crate::refusal::{Refusal, Wording};
use crate::rules::door::Door;
use crate::rules::limits;

/// A lead has at least a person or an organisation.
pub(super) fn add(
    door: &Door<'_>,
    lead: LeadId,
    owner: Option<MemberId>,
    texts: &[(LeadText, String)],
) -> Result<(), Refusal> {
    if door.workspace.leads.contains_key(&lead) {
        return Err(Refusal::Exists);
    }
    owner.map_or(Ok(()), |owner| door.member(owner))?;
    texts.iter().try_for_each(|(_, text)| limits::fits(Wording::Entry, text))?;
    let named = |(what, _): &&(LeadText, String)| matches!(what, LeadText::Person | LeadText::Company);
    let name = texts.iter().filter(named).map(|(_, text)| text.trim()).find(|text| !text.is_empty());
    limits::says(Wording::Name, name.unwrap_or_default())
}

/// What the lead is called may change, but not vanish.
pub(super) fn describe(door: &Door<'_>, lead: LeadId, what: LeadText, text: &str) -> Result<(), Refusal> {
    let card = door.lead(lead)?;
    limits::fits(Wording::Entry, text)?;
    let other = match what {
        LeadText::Person => LeadText::Company,
        LeadText::Company => LeadText::Person,
        LeadText::Phone | LeadText::Email | LeadText::Channel | LeadText::Need => return Ok(()),
    };
    limits::says(Wording::Name, if text.trim().is_empty() { card.text(other) } else { text })
}

pub(super) fn assign(door: &Door<'_>, lead: LeadId, owner: Option<MemberId>) -> Result<(), Refusal> {
    door.lead(lead)?;
    owner.map_or(Ok(()), |owner| door.member(owner))
}

/// The deal was written down before, so that a lead never points to nothing.
pub(super) fn convert(door: &Door<'_>, lead: LeadId, deal: DealId) -> Result<(), Refusal> {
    fresh(door, lead)?;
    door.deal(deal).map(drop)
}

pub(super) fn dismiss(door: &Door<'_>, lead: LeadId, reason: &str) -> Result<(), Refusal> {
    fresh(door, lead)?;
    limits::says(Wording::Reason, reason)
}

pub(super) fn revive(door: &Door<'_>, lead: LeadId) -> Result<(), Refusal> {
    match door.lead(lead)?.state {
        LeadState::New => Err(Refusal::NotClosed),
        LeadState::Converted { .. } | LeadState::Dismissed { .. } => Ok(()),
    }
}

fn fresh(door: &Door<'_>, lead: LeadId) -> Result<(), Refusal> {
    match door.lead(lead)?.state {
        LeadState::New => Ok(()),
        LeadState::Converted { .. } | LeadState::Dismissed { .. } => Err(Refusal::SameState),
    }
}
