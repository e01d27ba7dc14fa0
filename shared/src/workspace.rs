//! Everything one team shares, as plain data: what rules judge and views show.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::id::{CompanyId, DealId, DocumentId, MemberId, PipelineId};
use crate::model::{Company, CompanyCard, Deal, DealCard, Member, Role};
use crate::pipeline::Pipeline;

/// The workspace document's content, all cards, and the documents that are open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Workspace {
    /// The pipelines.
    pub pipelines: BTreeMap<PipelineId, Arc<Pipeline>>,
    /// The team.
    pub members: BTreeMap<MemberId, Member>,
    /// A card for every deal, discarded ones included.
    pub deals: BTreeMap<DealId, Arc<DealCard>>,
    /// A card for every company, discarded ones included.
    pub companies: BTreeMap<CompanyId, Arc<CompanyCard>>,
    /// Deals whose documents are open.
    pub open_deals: BTreeMap<DealId, Arc<Deal>>,
    /// Companies whose documents are open.
    pub open_companies: BTreeMap<CompanyId, Arc<Company>>,
}

/// The records that changes reached.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Touched(pub BTreeSet<DocumentId>);

impl Touched {
    /// Counts other records in.
    pub fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// The deals among them.
    pub fn deals(&self) -> impl Iterator<Item = DealId> + '_ {
        self.0.iter().filter_map(|document| match document {
            DocumentId::Deal(deal) => Some(*deal),
            DocumentId::Workspace | DocumentId::Company(_) => None,
        })
    }

    /// The companies among them.
    pub fn companies(&self) -> impl Iterator<Item = CompanyId> + '_ {
        self.0.iter().filter_map(|document| match document {
            DocumentId::Company(company) => Some(*company),
            DocumentId::Workspace | DocumentId::Deal(_) => None,
        })
    }

    /// Whether pipelines or members are among them.
    pub fn workspace(&self) -> bool {
        self.0.contains(&DocumentId::Workspace)
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

    /// What a member may do; nothing (a viewer) if the workspace does not know the member.
    pub fn role(&self, member: MemberId) -> Role {
        self.members.get(&member).map_or(Role::Viewer, |member| member.role)
    }
}
