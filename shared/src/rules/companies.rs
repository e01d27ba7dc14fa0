//! Customer organisations and the people there.

use crate::id::{CompanyId, ContactId};
use crate::model::Contact;
use crate::refusal::{Refusal, Wording};
use crate::rules::door::Door;
use crate::rules::limits;

pub(super) fn add(door: &Door<'_>, company: CompanyId, name: &str) -> Result<(), Refusal> {
    match door.workspace.companies.contains_key(&company) {
        true => Err(Refusal::Exists),
        false => limits::says(Wording::Name, name),
    }
}

pub(super) fn rename(door: &Door<'_>, company: CompanyId, name: &str) -> Result<(), Refusal> {
    door.company(company)?;
    limits::says(Wording::Name, name)
}

pub(super) fn describe(door: &Door<'_>, company: CompanyId, text: &str) -> Result<(), Refusal> {
    door.company(company)?;
    limits::fits(Wording::Entry, text)
}

/// The other record stands by itself, so that merges never go round in a ring.
pub(super) fn merge(door: &Door<'_>, company: CompanyId, into: CompanyId) -> Result<(), Refusal> {
    let (from, into) = (door.company(company)?.id, door.company(into)?.id);
    match () {
        () if from == into => Err(Refusal::MergeRing),
        () if door.workspace.standing_for(from) != from => Err(Refusal::SameState),
        () if door.workspace.standing_for(into) != into => Err(Refusal::MergeRing),
        () => Ok(()),
    }
}

pub(super) fn unmerge(door: &Door<'_>, company: CompanyId) -> Result<(), Refusal> {
    door.company(company)?.merged.map(drop).ok_or(Refusal::NotClosed)
}

/// The other record may lie at a company that was merged with this one.
pub(super) fn merge_contact(
    door: &Door<'_>,
    company: CompanyId,
    contact: ContactId,
    into: ContactId,
) -> Result<(), Refusal> {
    contact_of(door, company, contact)?;
    let people = door.workspace.people_at(company);
    let stands = |id: ContactId| people.iter().find(|each| each.contact.id == id).map(|each| each.stands);
    let other = stands(into).ok_or(Refusal::NoContact(into))?;
    match () {
        () if contact == into => Err(Refusal::MergeRing),
        () if stands(contact) != Some(contact) => Err(Refusal::SameState),
        () if other != into => Err(Refusal::MergeRing),
        () => Ok(()),
    }
}

pub(super) fn unmerge_contact(door: &Door<'_>, company: CompanyId, contact: ContactId) -> Result<(), Refusal> {
    contact_of(door, company, contact)?.merged.map(drop).ok_or(Refusal::NotClosed)
}

/// A person at a company.
pub(super) fn contact_of<'a>(door: &Door<'a>, company: CompanyId, contact: ContactId) -> Result<&'a Contact, Refusal> {
    door.company(company)?.contact(contact).ok_or(Refusal::NoContact(contact))
}

pub(super) fn discard(door: &Door<'_>, company: CompanyId) -> Result<(), Refusal> {
    door.company(company).map(drop)
}

pub(super) fn restore(door: &Door<'_>, company: CompanyId) -> Result<(), Refusal> {
    match door.workspace.companies.get(&company) {
        None => Err(Refusal::NoCompany(company)),
        Some(card) if card.discarded => Ok(()),
        Some(_) => Err(Refusal::NotClosed),
    }
}

pub(super) fn put_contact(door: &Door<'_>, company: CompanyId, name: &str, reach: [&String; 2]) -> Result<(), Refusal> {
    door.company(company)?;
    limits::says(Wording::Name, name)?;
    reach.into_iter().try_for_each(|text| limits::fits(Wording::Reach, text))
}
