//! Taking an import back as a whole.

use std::collections::BTreeSet;

use crate::command::Command;
use crate::id::{BatchId, CompanyId};
use crate::model::Source;
use crate::workspace::Workspace;

/// What takes back everything a batch brought: its deals, and its companies that no other deal has.
/// Nothing is deleted; the same import restores it.
pub fn undo(workspace: &Workspace, batch: BatchId) -> Vec<Command> {
    let of_batch = |source: &Option<Source>| source.as_ref().is_some_and(|source| source.batch == batch);
    let live = || workspace.deals.values().filter(|card| !card.discarded);
    let deals = live().filter(|card| of_batch(&card.source)).map(|card| Command::DiscardDeal { deal: card.id });
    let needed: BTreeSet<CompanyId> =
        live().filter(|card| !of_batch(&card.source)).filter_map(|card| card.company).collect();
    let companies = workspace.companies.values().filter(|card| !card.discarded && of_batch(&card.source));
    let unneeded = companies.filter(|card| !needed.contains(&card.id));
    deals.chain(unneeded.map(|card| Command::DiscardCompany { company: card.id })).collect()
}
