//! The deals somebody most likely means, to choose one of.

use std::cmp::Reverse;
use std::sync::Arc;

use crate::gather::Arrange as _;
use crate::id::MemberId;
use crate::model::{DealCard, Outcome};
use crate::workspace::Workspace;

/// The deals whose title or customer contains what was typed: those being worked first, the member's own before
/// others', the last touched before older ones.
pub fn recent(workspace: &Workspace, member: MemberId, typed: &str, limit: usize) -> Vec<Arc<DealCard>> {
    let typed = typed.trim().to_lowercase();
    let fits = |text: &str| text.to_lowercase().contains(&typed);
    let customer = |card: &DealCard| card.company.and_then(|id| workspace.company(workspace.standing_for(id)));
    let is_meant = |card: &DealCard| {
        typed.is_empty() || fits(&card.title) || customer(card).is_some_and(|company| fits(&company.name))
    };
    let standing = workspace.deals.values().filter(|card| !card.discarded && is_meant(card));
    let rank = |card: &DealCard| (card.outcome != Outcome::Open, card.owner != Some(member), Reverse(card.touched));
    let mut ranked: Vec<_> = standing.map(|card| (rank(card), card)).collect();
    ranked.arrange_by_key(|(rank, _)| *rank);
    ranked.into_iter().take(limit).map(|(_, card)| card.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::DealId;
    use crate::model::Role;
    use crate::rules::sample::{acme, bare, member, now, tide, workspace};
    use crate::time::Timestamp;

    #[test]
    fn own_work_comes_first_and_typing_finds_titles_and_customers() {
        let mut world = workspace(bare(tide()));
        world.deals.clear();
        let older = Timestamp::from_millis(now().millis() - 1);
        for (title, owner, touched, company, outcome) in [
            ("Mine, old", Role::Rep, older, None, Outcome::Open),
            ("Mine, new", Role::Rep, now(), None, Outcome::Open),
            ("Hers", Role::Manager, now(), Some(acme()), Outcome::Open),
            ("Mine, won", Role::Rep, now(), None, Outcome::Won { at: now() }),
        ] {
            let id = DealId::minted(title);
            let title = title.to_owned();
            let card = DealCard { title, owner: Some(member(owner)), touched, company, outcome, ..bare(id) };
            world.deals.insert(id, Arc::new(card));
        }
        for (typed, limit, expect) in [
            ("", 9, vec!["Mine, new", "Mine, old", "Hers", "Mine, won"]),
            ("", 2, vec!["Mine, new", "Mine, old"]),
            ("NEW ", 9, vec!["Mine, new"]),
            ("acm", 9, vec!["Hers"]),
            ("nobody", 9, vec![]),
        ] {
            let found = recent(&world, member(Role::Rep), typed, limit);
            let titles: Vec<&str> = found.iter().map(|card| card.title.as_str()).collect();
            assert_eq!(titles, expect, "{typed:?}");
        }
    }
}
