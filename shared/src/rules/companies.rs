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
    let (from, into) = (door.company(company)?, door.company(into)?);
    match (from.merged, into.merged) {
        (Some(_), _) => Err(Refusal::SameState),
        (None, None) if from.id != into.id => Ok(()),
        (None, _) => Err(Refusal::MergeRing),
    }
}

pub(super) fn unmerge(door: &Door<'_>, company: CompanyId) -> Result<(), Refusal> {
    door.company(company)?.merged.map(drop).ok_or(Refusal::NotClosed)
}

pub(super) fn merge_contact(
    door: &Door<'_>,
    company: CompanyId,
    contact: ContactId,
    into: ContactId,
) -> Result<(), Refusal> {
    let (from, into) = (contact_of(door, company, contact)?, contact_of(door, company, into)?);
    match (from.merged, into.merged) {
        (Some(_), _) => Err(Refusal::SameState),
        (None, None) if from.id != into.id => Ok(()),
        (None, _) => Err(Refusal::MergeRing),
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
