//! Whose change reopened a gate. Where the gate asks the customer, the customer's own history may tell.

use leptos::prelude::*;
use shared::gate::{self, Unmet};
use shared::id::{CompanyId, DocumentId};
use shared::model::{Deal, DealCard, Event, RecordKind};
use shared::pipeline::{Criterion, Pipeline, Rule};

use super::desk::Desk;

/// The change that reopened a gate, as far as the documents that are open tell; tracked.
pub fn reopening(desk: Desk, deal: &Deal, pipeline: &Pipeline, unmet: Unmet) -> Option<Event> {
    let mirror = desk.mirror();
    if let Some(company) = desk.standing(deal.card.company) {
        mirror.open_company(company.id).track();
    }
    mirror.look(|world| gate::cause(world, deal, pipeline, unmet).cloned())
}

/// The customer whose history may tell why one of these criteria holds no longer; tracked.
pub fn teller<'a>(desk: Desk, card: &DealCard, criteria: impl IntoIterator<Item = &'a Criterion>) -> Option<CompanyId> {
    let fields = desk.mirror().fields.get();
    let asks = |criterion: &Criterion| match &criterion.rule {
        Rule::Fields(condition) => {
            [RecordKind::Company, RecordKind::Contact].into_iter().any(|on| condition.asks_of(on, &fields))
        }
        Rule::KeyActivity(_) | Rule::Evidence(_) | Rule::Approval(_) => false,
    };
    let company = desk.standing(card.company)?.id;
    criteria.into_iter().any(asks).then_some(company)
}

/// Keeps a customer's document open as long as what asks for it is shown.
pub fn keep_open(desk: Desk, company: CompanyId) {
    desk.dispatch().open(DocumentId::Company(company));
    on_cleanup(move || desk.dispatch().close(DocumentId::Company(company)));
}
