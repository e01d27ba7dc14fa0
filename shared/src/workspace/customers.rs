//! Customers as gates and filters ask about them: one record for each, whatever was merged.

use std::cell::OnceCell;

use super::{Person, Workspace, standing};
use crate::id::{CompanyId, FieldId};
use crate::model::{CompanyCard, Contact, CustomField, DealCard, Entry, RecordKind};
use crate::pipeline::condition::Around;
use crate::sorted::SortedMap;

/// The customers of a workspace. Made once for all deals that are judged together: which companies were merged is
/// found out when people are first asked for, and then known.
pub struct Customers<'a> {
    world: &'a Workspace,
    merged: OnceCell<SortedMap<CompanyId, Vec<&'a CompanyCard>>>,
}

impl Workspace {
    /// The customers, for judging deals.
    pub const fn customers(&self) -> Customers<'_> {
        Customers { world: self, merged: OnceCell::new() }
    }
}

impl<'a> Customers<'a> {
    /// The fields that the team added.
    pub const fn fields(&self) -> &'a SortedMap<FieldId, CustomField> {
        &self.world.fields
    }

    /// The company itself, or the one it was merged into.
    pub fn standing_for(&self, company: CompanyId) -> CompanyId {
        self.world.standing_for(company)
    }

    /// The company that stands for a deal's customer; none if it was discarded.
    pub fn of(&self, deal: &DealCard) -> Option<&'a CompanyCard> {
        self.world.company(self.standing_for(deal.company?)).map(AsRef::as_ref)
    }

    /// The people at a deal's customer.
    pub fn people(&self, deal: &DealCard) -> impl Iterator<Item = &'a Contact> + use<'a> {
        let people = deal.company.map(|company| self.people_at(company)).unwrap_or_default();
        people.into_iter().map(|person| person.contact)
    }

    /// The people at a company and those merged into it. A record that turned out to be another person's is not one.
    pub fn people_at(&self, company: CompanyId) -> Vec<Person<'a>> {
        let company = self.world.company(self.standing_for(company)).map(AsRef::as_ref);
        let merged = company.and_then(|company| self.merged().get(&company.id)).into_iter().flatten().copied();
        let mut people = standing(company.into_iter().chain(merged).collect());
        people.retain(|person| person.stands == person.contact.id);
        people
    }

    fn merged(&self) -> &SortedMap<CompanyId, Vec<&'a CompanyCard>> {
        self.merged.get_or_init(|| {
            let mut merged: SortedMap<CompanyId, Vec<&CompanyCard>> = SortedMap::new();
            let all = self.world.companies.values().filter(|card| card.merged.is_some() && !card.discarded);
            for (stands, card) in all.map(|card| (self.standing_for(card.id), card)) {
                if stands != card.id {
                    merged.entry(stands).or_default().push(card);
                }
            }
            merged
        })
    }
}

impl Around for Customers<'_> {
    fn says(&self, deal: &DealCard, field: FieldId, wanted: &dyn Fn(&Entry) -> bool) -> bool {
        match self.world.fields.get(&field).map(|field| field.on) {
            None | Some(RecordKind::Deal) => deal.custom.get(&field).is_some_and(wanted),
            Some(RecordKind::Activity) => deal.told.get(&field).into_iter().flatten().any(wanted),
            Some(RecordKind::Company) => self.of(deal).and_then(|card| card.custom.get(&field)).is_some_and(wanted),
            Some(RecordKind::Contact) => {
                let mut said = self.people(deal).filter_map(|person| person.custom.get(&field));
                said.any(wanted)
            }
        }
    }
}
