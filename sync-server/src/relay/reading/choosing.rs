//! Which deals a device gets, and which are withdrawn: asked of the store whenever a device does not see everything.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use shared::id::{DocumentId, WorkspaceId};
use shared::membership::Horizon;
use shared::wire::{Entry, Frame, Position, Withdrawn};

use super::Outlook;
use super::delivery::{Delivery, End, withdrawals};
use super::fate::Fate;
use crate::error::Error;
use crate::ownership::is_owned;
use crate::relay::Own;
use crate::store::{Logged, Store, Tenure};

/// Chooses for one device.
pub(super) struct Choosing<'a> {
    pub(super) store: &'a dyn Store,
    pub(super) workspace: WorkspaceId,
    /// By what the device has what it has; nothing if it has nothing.
    pub(super) held: &'a [Horizon],
    pub(super) outlook: &'a Outlook,
}

impl Choosing<'_> {
    /// All documents, for a device of which nobody knows up to where it has what it has.
    pub(super) fn all(&self) -> Result<Delivery, Error> {
        let listing = self.store.documents(self.workspace)?;
        let (mut documents, horizon) = (listing.documents, &self.outlook.horizon);
        // A device that has nothing heard it with the welcome.
        let sighted = (!self.held.is_empty()).then_some(Frame::Sighted(self.outlook.under));
        if *horizon == Horizon::Everything {
            return Ok(Delivery::new(sighted, documents, End::All(listing.head)));
        }
        let fates = self.fates(|tenure| Fate::anew(tenure, self.held, horizon))?;
        documents.retain(|document| !is_owned(*document) || fates.comes.contains(document));
        let first = withdrawals(&fates.goes).chain(sighted);
        Ok(Delivery::new(first, documents, End::All(listing.head)))
    }

    /// What a device that stands here sees more and less than before.
    pub(super) fn turn(&self, after: Position) -> Result<Delivery, Error> {
        let horizon = &self.outlook.horizon;
        let fates = match self.held == std::slice::from_ref(horizon) {
            true => Fates::default(),
            false => self.fates(|tenure| Fate::in_turn(tenure, self.held, horizon, after))?,
        };
        let comes = fates.comes.into_iter().collect();
        Ok(Delivery::new(withdrawals(&fates.goes), comes, End::Sighted(self.outlook.clone())))
    }

    /// A run of the log after a position, for a device that does not see everything.
    pub(super) fn run(&self, after: Position, run: Vec<Arc<Logged>>, own: &Own) -> Result<Option<Delivery>, Error> {
        let Some(upto) = run.last().map(|last| last.position) else { return Ok(None) };
        let deals: BTreeSet<DocumentId> =
            run.iter().map(|logged| logged.entry.document).filter(|document| is_owned(*document)).collect();
        let tenures = self.store.tenures(self.workspace, &deals.into_iter().collect::<Vec<_>>())?;
        let fate = |tenure: &Tenure| Fate::in_run(tenure, &self.outlook.horizon, (after, upto), own);
        let known: BTreeMap<DocumentId, Fate> = tenures.iter().map(|(deal, tenure)| (*deal, fate(tenure))).collect();
        let is_told = |logged: &&Arc<Logged>| {
            known.get(&logged.entry.document).is_none_or(|fate| *fate == Fate::Stays) && !own.has(logged.position)
        };
        let entries: Vec<Entry> = run.iter().filter(is_told).map(|logged| logged.entry.clone()).collect();
        let fates = Fates::of(tenures, fate);
        let is_worth = !(entries.is_empty() && fates.comes.is_empty() && fates.goes.is_empty());
        let end = End::Log { upto, entries, is_worth };
        Ok(Some(Delivery::new(withdrawals(&fates.goes), fates.comes.into_iter().collect(), end)))
    }

    fn fates(&self, fate: impl Fn(&Tenure) -> Fate) -> Result<Fates, Error> {
        Ok(Fates::of(self.store.all_tenures(self.workspace)?, fate))
    }
}

/// What comes and goes.
#[derive(Default)]
struct Fates {
    comes: BTreeSet<DocumentId>,
    goes: Vec<Withdrawn>,
}

impl Fates {
    fn of(tenures: BTreeMap<DocumentId, Tenure>, fate: impl Fn(&Tenure) -> Fate) -> Self {
        let mut fates = Self::default();
        for (document, tenure) in tenures {
            match fate(&tenure) {
                Fate::Comes => drop(fates.comes.insert(document)),
                Fate::Goes => fates.goes.push(Withdrawn { document, owner: tenure.now() }),
                Fate::Stays | Fate::Hidden => {}
            }
        }
        fates
    }
}
