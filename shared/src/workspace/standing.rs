//! Records that turned out to be one: which of them stands for the others, here and on every device.

use super::Workspace;
use crate::gather::Gather;
use crate::id::{CompanyId, ContactId};
use crate::model::{CompanyCard, Contact};
use crate::sorted::SortedMap;

/// Somebody at a company, or at one that was merged into it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person<'a> {
    /// The company in whose document the record lies.
    pub company: CompanyId,
    /// The record.
    pub contact: &'a Contact,
    /// The record that stands for it: itself, unless it was merged.
    pub stands: ContactId,
}

impl Workspace {
    /// The company itself, or the one it was merged into. Where two devices merged companies into each other, the
    /// one with the smallest id stands for all of the ring.
    pub fn standing_for(&self, company: CompanyId) -> CompanyId {
        let into = |id| self.company(id)?.merged.filter(|into| self.company(*into).is_some());
        end_of(company, into)
    }

    /// The company that stands for this one, first, and all that were merged into it.
    pub fn merged_with(&self, company: CompanyId) -> Vec<&CompanyCard> {
        let stands = self.standing_for(company);
        let merged = self.companies.values().filter(|card| card.merged.is_some() && card.id != stands);
        let merged = merged.filter(|card| !card.discarded && self.standing_for(card.id) == stands);
        self.company(stands).into_iter().chain(merged).map(AsRef::as_ref).collect()
    }

    /// Everybody at a company and those merged into it, merged people included.
    pub fn people_at(&self, company: CompanyId) -> Vec<Person<'_>> {
        standing(self.merged_with(company))
    }
}

/// Everybody at these companies, which are one. A person merged into somebody who is not among them stands alone
/// again: the companies' own merge was taken back.
pub(crate) fn standing(cards: Vec<&CompanyCard>) -> Vec<Person<'_>> {
    let all = cards.into_iter().flat_map(|card| card.contacts.iter().map(|contact| (card.id, contact)));
    let all: Vec<(CompanyId, &Contact)> = all.collect();
    let known: SortedMap<ContactId, &Contact> = all.iter().map(|(_, contact)| (contact.id, *contact)).into_map();
    let into = |id: ContactId| known.get(&id)?.merged.filter(|into| known.contains_key(into));
    all.iter()
        .map(|(company, contact)| Person { company: *company, contact, stands: end_of(contact.id, into) })
        .collect()
}

/// The end of a chain of merges; the smallest id of a ring.
fn end_of<Id: Copy + Ord>(start: Id, into: impl Fn(Id) -> Option<Id>) -> Id {
    let mut chain = vec![start];
    while let Some(next) = chain.last().and_then(|last| into(*last)) {
        if let Some(ring) = chain.iter().position(|each| *each == next) {
            return chain[ring..].iter().copied().min().unwrap_or(next);
        }
        chain.push(next);
    }
    chain.last().copied().unwrap_or(start)
}
