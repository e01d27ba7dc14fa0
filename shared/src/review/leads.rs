//! Leads by what became of them, the newest first.

use std::cmp::Reverse;
use std::sync::Arc;

use crate::gather::Arrange as _;
use crate::id::LeadId;
use crate::model::{LeadCard, LeadState};
use crate::sorted::SortedMap;

/// What became of a lead, without when and why.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Pile {
    /// To be looked at.
    New,
    /// It became a deal.
    Converted,
    /// It leads nowhere.
    Dismissed,
}

impl Pile {
    /// Every pile, in the order they are offered.
    pub const ALL: [Self; 3] = [Self::New, Self::Converted, Self::Dismissed];

    /// The pile a lead lies on.
    pub const fn of(lead: &LeadCard) -> Self {
        match lead.state {
            LeadState::New => Self::New,
            LeadState::Converted { .. } => Self::Converted,
            LeadState::Dismissed { .. } => Self::Dismissed,
        }
    }
}

/// All leads; what happened last comes first. A pile without leads has no entry.
pub fn piles(leads: &SortedMap<LeadId, Arc<LeadCard>>) -> SortedMap<Pile, Arc<Vec<Arc<LeadCard>>>> {
    let mut piles: SortedMap<Pile, Vec<Arc<LeadCard>>> = SortedMap::new();
    for lead in leads.values() {
        piles.entry(Pile::of(lead)).or_default().push(lead.clone());
    }
    piles.values_mut().for_each(|pile| pile.arrange_by_key(|lead| Reverse((changed(lead), lead.id))));
    piles.into_iter().map(|(pile, leads)| (pile, Arc::new(leads))).collect()
}

fn changed(lead: &LeadCard) -> crate::time::Timestamp {
    match lead.state {
        LeadState::New => lead.created,
        LeadState::Converted { at, .. } | LeadState::Dismissed { at, .. } => at,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::Timestamp;

    fn lead(name: &str, created: i64, state: LeadState) -> Arc<LeadCard> {
        let created = Timestamp::from_millis(created);
        Arc::new(LeadCard { id: LeadId::minted(name), texts: SortedMap::new(), owner: None, created, state })
    }

    #[test]
    fn leads_lie_on_piles_and_the_last_ones_on_top() {
        let gone = |at| LeadState::Dismissed { reason: "no budget".to_owned(), at: Timestamp::from_millis(at) };
        let all = [
            lead("a", 1, LeadState::New),
            lead("b", 3, LeadState::New),
            lead("c", 2, LeadState::New),
            lead("d", 9, gone(10)),
            lead("e", 1, gone(11)),
        ];
        let piles = piles(&all.iter().map(|lead| (lead.id, lead.clone())).collect());
        let names = |pile| piles.get(&pile).map(|pile| pile.iter().map(|lead| lead.id).collect::<Vec<_>>());
        let ids = |names: &[&str]| Some(names.iter().map(|name| LeadId::minted(name)).collect::<Vec<_>>());
        assert_eq!(names(Pile::New), ids(&["b", "c", "a"]));
        assert_eq!(names(Pile::Dismissed), ids(&["e", "d"]));
        assert_eq!(names(Pile::Converted), None);
    }
}
