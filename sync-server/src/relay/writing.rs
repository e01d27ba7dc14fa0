//! Which deals a device may write: those that its member sees, and those that the member saw when the device last heard.
//! So what was done offline is kept, whoever was given the deal meanwhile.

use std::collections::{BTreeMap, BTreeSet};

use shared::id::DocumentId;
use shared::membership::Horizon;
use shared::wire::{Entry, Position};

use super::{Baggage, Outlook};
use crate::ownership::is_owned;
use crate::store::Tenure;

/// What one device may write in one conversation.
pub(crate) struct Writing {
    /// Up to where it had heard of everything when the conversation began.
    heard: Position,
    /// What its member saw then.
    saw: Horizon,
    /// What it may write until the conversation ends, as it may hear late of what has changed.
    known: BTreeSet<DocumentId>,
}

impl Writing {
    /// A device that sees so far begins with what it came with.
    pub(crate) fn begin(outlook: &Outlook, came: &Baggage) -> Self {
        let (heard, saw) = match &came.held {
            Some(held) => (came.after.unwrap_or(0), held.horizon.clone()),
            None => (Position::MAX, outlook.horizon.clone()),
        };
        Self { heard, saw, known: BTreeSet::new() }
    }

    /// The deals among these changes about which the store is to be asked.
    pub(crate) fn not_known(&self, outlook: &Outlook, entries: &[Entry]) -> Vec<DocumentId> {
        if outlook.horizon == Horizon::Everything {
            return Vec::new();
        }
        let deals: BTreeSet<DocumentId> = entries.iter().map(|entry| entry.document).collect();
        deals.into_iter().filter(|deal| is_owned(*deal) && !self.known.contains(deal)).collect()
    }

    /// The first of these deals that may not be written. One that is not here yet may be begun by everybody.
    pub(crate) fn unseen(&mut self, outlook: &Outlook, tenures: BTreeMap<DocumentId, Tenure>) -> Option<DocumentId> {
        let sees = |owner| self.saw.sees(owner) || outlook.horizon.sees(owner);
        let may = |tenure: &Tenure| !tenure.is_known() || tenure.since(self.heard).any(sees);
        let unseen = tenures.iter().find(|(_, tenure)| !may(tenure)).map(|(deal, _)| *deal);
        if unseen.is_none() {
            self.known.extend(tenures.into_keys());
        }
        unseen
    }
}

#[cfg(test)]
mod tests {
    use shared::id::{DealId, MemberId};

    use super::*;
    use crate::store::Holding;

    fn only(name: &str) -> Horizon {
        Horizon::Of([MemberId::minted(name)].into())
    }

    fn outlook(horizon: Horizon) -> Outlook {
        Outlook { horizon, under: 9 }
    }

    #[test]
    fn a_deal_is_written_by_who_sees_it_or_saw_it_when_last_heard_of() {
        let everything = Some(Horizon::Everything);
        let mine = Some(only("me"));
        for (owners, after, held, may) in [
            (&[][..], Some(5), &mine, true),
            (&[(1, "me")], Some(5), &mine, true),
            (&[(1, "you")], Some(5), &mine, false),
            (&[(1, "me"), (7, "you")], Some(5), &mine, true),
            (&[(1, "me"), (7, "you")], Some(7), &mine, false),
            (&[(1, "you"), (6, "me"), (7, "you")], Some(5), &mine, true),
            (&[(1, "you")], Some(5), &everything, true),
            (&[(1, "me"), (7, "you")], None, &mine, true),
            (&[(1, "you")], None, &mine, false),
            // A device that has nothing has done nothing either.
            (&[(1, "me"), (7, "you")], None, &None, false),
        ] {
            let held = held.clone().map(outlook);
            let mut writing = Writing::begin(&outlook(only("me")), &Baggage { after, held });
            let deal = DocumentId::Deal(DealId::minted("d"));
            let holding = |(position, owner): &(Position, &str)| Holding {
                position: *position,
                owner: Some(MemberId::minted(owner)),
                is_settled: true,
            };
            let tenure = Tenure(owners.iter().map(holding).collect());
            let unseen = writing.unseen(&outlook(only("me")), [(deal, tenure)].into());
            assert_eq!(unseen, (!may).then_some(deal), "{owners:?} after {after:?}");
        }
    }
}
