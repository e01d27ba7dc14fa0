//! Customer organisations and the people there.

use crate::id::CompanyId;
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
