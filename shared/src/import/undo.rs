//! Taking an import back as a whole, now or later. Nothing is deleted; the same import restores it.

use crate::command::Command;
use crate::id::{BatchId, CompanyId};
use crate::model::{DealCard, Source};
use crate::sorted::SortedSet;
use crate::time::Timestamp;
use crate::workspace::Workspace;

/// An import of the past, as its deals tell of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PastImport {
    /// Which.
    pub batch: BatchId,
    /// When it began, if that is known.
    pub began: Option<Timestamp>,
    /// How many of its deals still stand.
    pub deals: usize,
}

/// The imports of which deals still stand, the last one first; ids that tell their time have its order.
pub fn past<'a>(cards: impl Iterator<Item = &'a DealCard>) -> Vec<PastImport> {
    let mut past: Vec<PastImport> = Vec::new();
    for batch in cards.filter(|card| !card.discarded).filter_map(|card| Some(card.source.as_ref()?.batch)) {
        let at = past.partition_point(|import| import.batch > batch);
        match past.get_mut(at).filter(|import| import.batch == batch) {
            Some(import) => import.deals += 1,
            None => past.insert(at, PastImport { batch, began: batch.began(), deals: 1 }),
        }
    }
    past
}

/// What takes back the deals that a batch brought or restored, and its companies that no other deal has.
pub fn undo(workspace: &Workspace, batch: BatchId) -> Vec<Command> {
    let of_batch = |source: &Option<Source>| source.as_ref().is_some_and(|source| source.batch == batch);
    let live = || workspace.deals.values().filter(|card| !card.discarded);
    let (gone, stay): (Vec<_>, Vec<_>) = live().partition(|card| of_batch(&card.source));
    let needed = stay.into_iter().filter_map(|card| card.company);
    // What stands for a company that is needed is needed too.
    let needed: SortedSet<CompanyId> = needed.flat_map(|id| [id, workspace.standing_for(id)]).collect();
    let companies = workspace.companies.values().filter(|card| !card.discarded && of_batch(&card.source));
    let unneeded = companies.map(|card| card.id).filter(|company| !needed.contains(company));
    let deals = gone.into_iter().map(|card| Command::DiscardDeal { deal: card.id });
    deals.chain(unneeded.map(|company| Command::DiscardCompany { company })).collect()
}

/// What undoes an [`undo`].
pub fn redo(taken_back: &[Command]) -> Vec<Command> {
    let restored = |command: &Command| match command {
        Command::DiscardDeal { deal } => Some(Command::RestoreDeal { deal: *deal }),
        Command::DiscardCompany { company } => Some(Command::RestoreCompany { company: *company }),
        _ => None,
    };
    taken_back.iter().filter_map(restored).collect()
}
