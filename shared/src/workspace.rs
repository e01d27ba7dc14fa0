//! Everything one team shares, as plain data: what rules judge and views show.

mod customers;
mod standing;
mod team;

use std::sync::Arc;

use crate::automation::Automation;
use crate::gather::Gather;
use crate::id::{AutomationId, CompanyId, DealId, DeviceId, DocumentId, FieldId, LeadId, MemberId, PipelineId, ViewId};
use crate::membership::Seats;
use crate::model::{Company, CompanyCard, CustomField, Deal, DealCard, Device, Lead, LeadCard, Member, Role};
use crate::pipeline::Pipeline;
use crate::sorted::{SortedMap, SortedSet};
use crate::view::View;
pub use customers::Customers;
pub use standing::Person;
pub(crate) use standing::standing;
pub use team::Team;

/// The content of the team's own documents, all cards, and the documents that are open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Workspace {
    /// Who belongs here, as the signed list says; none where nobody keeps one, as in a script before a team is founded.
    pub seats: Option<Arc<Seats>>,
    /// The pipelines.
    pub pipelines: SortedMap<PipelineId, Arc<Pipeline>>,
    /// Pipelines that two people published at once: the versions that are not in use.
    pub alternatives: SortedMap<PipelineId, Vec<Pipeline>>,
    /// The team.
    pub members: SortedMap<MemberId, Member>,
    /// The team's devices.
    pub devices: SortedMap<DeviceId, Device>,
    /// The fields that the team added, retired ones included.
    pub fields: SortedMap<FieldId, CustomField>,
    /// The rules that plan and remind by themselves.
    pub automations: SortedMap<AutomationId, Automation>,
    /// The views saved for the team.
    pub views: SortedMap<ViewId, View>,
    /// A card for every deal, discarded ones included.
    pub deals: SortedMap<DealId, Arc<DealCard>>,
    /// A card for every company, discarded ones included.
    pub companies: SortedMap<CompanyId, Arc<CompanyCard>>,
    /// A card for every lead.
    pub leads: SortedMap<LeadId, Arc<LeadCard>>,
    /// Deals whose documents are open.
    pub open_deals: SortedMap<DealId, Arc<Deal>>,
    /// Companies whose documents are open.
    pub open_companies: SortedMap<CompanyId, Arc<Company>>,
    /// Leads whose documents are open.
    pub open_leads: SortedMap<LeadId, Arc<Lead>>,
}

/// The records that changes reached.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Touched(pub SortedSet<DocumentId>);

impl Touched {
    /// Counts other records in.
    pub fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// The deals among them.
    pub fn deals(&self) -> impl Iterator<Item = DealId> + '_ {
        self.0.iter().filter_map(|document| match document {
            DocumentId::Deal(deal) => Some(*deal),
            DocumentId::Workspace | DocumentId::Views | DocumentId::Company(_) | DocumentId::Lead(_) => None,
        })
    }

    /// The companies among them.
    pub fn companies(&self) -> impl Iterator<Item = CompanyId> + '_ {
        self.0.iter().filter_map(|document| match document {
            DocumentId::Company(company) => Some(*company),
            DocumentId::Workspace | DocumentId::Views | DocumentId::Deal(_) | DocumentId::Lead(_) => None,
        })
    }

    /// The leads among them.
    pub fn leads(&self) -> impl Iterator<Item = LeadId> + '_ {
        self.0.iter().filter_map(|document| match document {
            DocumentId::Lead(lead) => Some(*lead),
            DocumentId::Workspace | DocumentId::Views | DocumentId::Deal(_) | DocumentId::Company(_) => None,
        })
    }

    /// Whether pipelines, fields, rules, views or members are among them.
    pub fn workspace(&self) -> bool {
        DocumentId::OF_TEAM.iter().any(|own| self.0.contains(own))
    }
}

impl Workspace {
    /// A deal that was not discarded.
    pub fn deal(&self, deal: DealId) -> Option<&Arc<DealCard>> {
        self.deals.get(&deal).filter(|card| !card.discarded)
    }

    /// A company that was not discarded.
    pub fn company(&self, company: CompanyId) -> Option<&Arc<CompanyCard>> {
        self.companies.get(&company).filter(|card| !card.discarded)
    }

    /// The company that stands for each one that was merged into another.
    pub fn merged(&self) -> SortedMap<CompanyId, CompanyId> {
        let merged = self.companies.iter().filter(|(_, card)| card.merged.is_some() && !card.discarded);
        merged.map(|(id, _)| (*id, self.standing_for(*id))).into_map()
    }

    /// The signed list goes before the document, which everybody may read and managers may write. Whom the list does
    /// not know is a name that deals can be given to.
    pub(crate) fn seat(&mut self) {
        let Some(seats) = &self.seats else { return };
        self.members.values_mut().for_each(|member| member.role = member.role.min(Role::Rep));
        self.members.extend(seats.members.iter().map(|(id, member)| (*id, member.clone())));
        self.devices.extend(seats.devices.iter().map(|(id, device)| (*id, device.clone())));
    }

    /// What a member may do; nothing (a viewer) if the workspace does not know the member.
    pub fn role(&self, member: MemberId) -> Role {
        self.members.get(&member).map_or(Role::Viewer, |member| member.role)
    }
}
