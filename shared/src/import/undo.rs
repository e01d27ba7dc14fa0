//! Taking an import back as a whole. Nothing is deleted; the same import restores it.

use std::collections::BTreeSet;

use super::plan::{Fate, Plan};
use crate::command::Command;
use crate::id::{BatchId, CompanyId, DealId};
use crate::model::Source;
use crate::workspace::Workspace;

/// What takes back the deals that a batch brought, and its companies that no other deal has.
pub fn undo(workspace: &Workspace, batch: BatchId) -> Vec<Command> {
    let of_batch = |source: &Option<Source>| source.as_ref().is_some_and(|source| source.batch == batch);
    let deals = workspace.deals.values().filter(|card| of_batch(&card.source)).map(|card| card.id);
    let companies = workspace.companies.values().filter(|card| of_batch(&card.source)).map(|card| card.id);
    take_back(workspace, &deals.collect(), &companies.collect())
}

impl Plan {
    /// What takes back the deals that carrying out this plan created or restored, and its companies that no other
    /// deal has. A restored deal belongs to the batch that first brought it, so [`undo`] would not find it.
    pub fn undo(&self, workspace: &Workspace) -> Vec<Command> {
        let (mut deals, mut companies) = (BTreeSet::new(), BTreeSet::new());
        let created = self.rows.iter().filter(|row| row.fate == Fate::Created);
        for command in created.flat_map(|row| &row.commands) {
            match command {
                Command::OpenDeal(new) => drop(deals.insert(new.deal)),
                Command::RestoreDeal { deal } => drop(deals.insert(*deal)),
                Command::AddCompany { company, .. } | Command::RestoreCompany { company } => {
                    companies.insert(*company);
                }
                // The other commands of a row fill fields of these.
                _ => {}
            }
        }
        take_back(workspace, &deals, &companies)
    }
}

fn take_back(workspace: &Workspace, deals: &BTreeSet<DealId>, companies: &BTreeSet<CompanyId>) -> Vec<Command> {
    let live = || workspace.deals.values().filter(|card| !card.discarded);
    let needed: BTreeSet<CompanyId> =
        live().filter(|card| !deals.contains(&card.id)).filter_map(|card| card.company).collect();
    let gone = live().filter(|card| deals.contains(&card.id)).map(|card| Command::DiscardDeal { deal: card.id });
    let unneeded = companies.difference(&needed).filter(|company| workspace.company(**company).is_some());
    gone.chain(unneeded.map(|company| Command::DiscardCompany { company: *company })).collect()
}
