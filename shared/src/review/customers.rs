//! What the deals say of each customer. A merged company's deals count for the one that stands for it.

use std::sync::Arc;

use crate::gather::Arrange as _;
use crate::id::{CompanyId, DealId};
use crate::model::{DealCard, NextStep, Outcome};
use crate::money::Sums;
use crate::sorted::SortedMap;
use crate::time::Timestamp;
use crate::workspace::Workspace;

/// A customer as lists show it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Customer {
    /// Which company.
    pub id: CompanyId,
    /// Its name.
    pub name: String,
    /// How many deals are being worked.
    pub open: usize,
    /// What they are worth together.
    pub sum: Sums,
    /// When any of its deals was last touched; none without deals.
    pub touched: Option<Timestamp>,
}

/// Every company that stands for itself, the one that was touched last first, then by name.
pub fn customers(workspace: &Workspace) -> Vec<Customer> {
    let itself = workspace.companies.values().filter(|card| !card.discarded);
    let itself = itself.filter(|card| card.merged.is_none() || workspace.standing_for(card.id) == card.id);
    let fresh = |id, name: &String| Customer { id, name: name.clone(), open: 0, sum: Sums::default(), touched: None };
    let mut all: SortedMap<CompanyId, Customer> = itself.map(|card| (card.id, fresh(card.id, &card.name))).collect();
    for card in workspace.deals.values().filter(|card| !card.discarded) {
        let customer = card.company.and_then(|company| all.get_mut(&workspace.standing_for(company)));
        if let Some(customer) = customer {
            count(customer, card);
        }
    }
    let mut all: Vec<Customer> = all.into_values().collect();
    all.arrange_by(|one, other| (other.touched, &one.name).cmp(&(one.touched, &other.name)));
    all
}

fn count(customer: &mut Customer, card: &DealCard) {
    customer.touched = customer.touched.max(Some(card.touched));
    if card.outcome == Outcome::Open {
        customer.open += 1;
        card.amount.into_iter().for_each(|amount| customer.sum.add(amount));
    }
}

/// Everything that is or was sold to one customer, in each part the deal that was touched last first.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dealings {
    /// Being worked.
    pub open: Vec<Arc<DealCard>>,
    /// Won.
    pub won: Vec<Arc<DealCard>>,
    /// Lost.
    pub lost: Vec<Arc<DealCard>>,
}

/// The deals of a company and of those merged into it.
pub fn dealings(workspace: &Workspace, company: CompanyId) -> Dealings {
    let ids: Vec<CompanyId> = workspace.merged_with(company).iter().map(|card| card.id).collect();
    let its = |card: &&Arc<DealCard>| !card.discarded && card.company.is_some_and(|its| ids.contains(&its));
    let mut all: Vec<Arc<DealCard>> = workspace.deals.values().filter(its).cloned().collect();
    all.arrange_by_key(|card| (std::cmp::Reverse(card.touched), card.id));
    let mut found = Dealings::default();
    for card in all {
        match card.outcome {
            Outcome::Open => found.open.push(card),
            Outcome::Won { .. } => found.won.push(card),
            Outcome::Lost { .. } => found.lost.push(card),
        }
    }
    found
}

impl Dealings {
    /// All deals, the one that was touched last first.
    pub fn all(&self) -> Vec<&Arc<DealCard>> {
        let mut all: Vec<_> = self.open.iter().chain(&self.won).chain(&self.lost).collect();
        all.arrange_by_key(|card| (std::cmp::Reverse(card.touched), card.id));
        all
    }

    /// Won deals among those that ended, in percent; none if none ended.
    pub fn win_rate(&self) -> Option<usize> {
        let ended = self.won.len() + self.lost.len();
        (self.won.len() * 200 + ended).checked_div(ended * 2)
    }

    /// What is planned with the customer, the earliest first.
    pub fn planned(&self) -> Vec<(DealId, &NextStep)> {
        let mut steps: Vec<_> =
            self.open.iter().flat_map(|card| card.planned.iter().map(|step| (card.id, step))).collect();
        steps.arrange_by_key(|(deal, step)| (*step, *deal));
        steps
    }
}

/// What deals are worth together.
pub fn worth<'a>(deals: impl IntoIterator<Item = &'a Arc<DealCard>>) -> Sums {
    let mut sums = Sums::default();
    deals.into_iter().filter_map(|card| card.amount).for_each(|amount| sums.add(amount));
    sums
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::CompanyCard;
    use crate::rules::sample::{acme, bare, company, now, tide, usd, workspace};

    /// Acme with one deal; Tidal, merged into it, with a won and a lost one; Weir with none.
    fn given() -> Workspace {
        let (tidal, weir) = (CompanyId::minted("tidal"), CompanyId::minted("weir"));
        let deal = |name: &str, company, outcome| DealCard {
            company: Some(company),
            amount: Some(usd(100)),
            outcome,
            ..bare(DealId::minted(name))
        };
        let mut given = workspace(deal("tide", acme(), Outcome::Open));
        let merged = CompanyCard { merged: Some(acme()), ..company(tidal, "Tidal") };
        for card in [merged, company(weir, "Weir")] {
            given.companies.insert(card.id, Arc::new(card));
        }
        let won = deal("won", tidal, Outcome::Won { at: now() });
        let lost = deal("lost", tidal, Outcome::Lost { at: now(), reason: "price".to_owned() });
        for card in [won, lost, DealCard { discarded: true, ..deal("gone", tidal, Outcome::Open) }] {
            given.deals.insert(card.id, Arc::new(card));
        }
        given
    }

    #[test]
    fn a_merged_company_is_no_line_of_its_own_and_its_deals_count_where_it_went() {
        let lines: Vec<_> = customers(&given()).into_iter().map(|line| (line.name, line.open, line.touched)).collect();
        assert_eq!(lines, [("Acme".to_owned(), 1, Some(now())), ("Weir".to_owned(), 0, None)]);
    }

    #[test]
    fn dealings_span_what_was_merged_and_say_how_often_the_customer_bought() {
        let mut given = given();
        for asked in [acme(), CompanyId::minted("tidal")] {
            let found = dealings(&given, asked);
            assert_eq!((found.open.len(), found.won.len(), found.lost.len()), (1, 1, 1));
            assert_eq!((found.win_rate(), found.all().len()), (Some(50), 3));
        }
        Arc::make_mut(given.companies.get_mut(&CompanyId::minted("tidal")).unwrap()).merged = None;
        let found = dealings(&given, acme());
        assert_eq!((found.open[0].id, found.won.len(), found.win_rate()), (tide(), 0, None));
    }
}
