//! What the page reads: the customer's cards, and those documents that are open. The deals touched last come first.

use std::sync::{Arc, Mutex, PoisonError};

use leptos::prelude::*;
use shared::id::{CompanyId, DealId, DocumentId};
use shared::model::{Company, Deal};
use shared::review::{Dealings, dealings};
use shared::sorted::SortedSet;

use crate::pages::desk::Desk;

/// How many deals are opened before anybody asks for more.
const FIRST: usize = 30;

/// The customer as it is now. Copying it copies no data.
#[derive(Clone, Copy)]
pub(super) struct Opened {
    /// Its deals, as their cards have them.
    pub dealings: Memo<Arc<Dealings>>,
    /// Those deals whose documents are open.
    pub deals: Memo<Arc<Vec<Arc<Deal>>>>,
    /// Its document, and those of the customers merged into it, as far as they are open.
    pub companies: Memo<Arc<Vec<Arc<Company>>>>,
    /// The deals that are open or being opened.
    pub wanted: RwSignal<SortedSet<DealId>>,
    desk: Desk,
    pinned: StoredValue<Arc<Mutex<Vec<DocumentId>>>>,
}

impl Opened {
    /// Opens the customer's documents, and those of the deals touched last. They are closed when the page goes.
    pub(super) fn of(desk: Desk, id: CompanyId) -> Self {
        let turn = desk.mirror().turn;
        let told = turn.clone();
        let cards = Memo::new(move |_| {
            told.track();
            Arc::new(desk.mirror().look(|world| dealings(world, id)))
        });
        let (wanted, told) = (RwSignal::new(SortedSet::new()), turn.clone());
        let deals = Memo::new(move |_| {
            told.track();
            let deals = cards.with(|cards| cards.all().iter().map(|card| card.id).collect::<Vec<DealId>>());
            let open: Vec<DealId> = wanted.with(|wanted| deals.into_iter().filter(|id| wanted.contains(id)).collect());
            desk.mirror()
                .look(|world| Arc::new(open.iter().filter_map(|deal| world.open_deals.get(deal).cloned()).collect()))
        });
        let companies = Memo::new(move |_| {
            turn.track();
            desk.mirror().look(|world| {
                let all = world.merged_with(id).into_iter().map(|card| card.id);
                Arc::new(all.filter_map(|id| world.open_companies.get(&id).cloned()).collect::<Vec<_>>())
            })
        });
        let pinned: Arc<Mutex<Vec<DocumentId>>> = Arc::default();
        let closing = pinned.clone();
        on_cleanup(move || close(desk, &closing));
        let opened = Self { dealings: cards, deals, companies, wanted, desk, pinned: StoredValue::new(pinned) };
        opened.keep_open(id);
        opened
    }

    /// Opens the documents of all deals.
    pub(super) fn open_rest(self) {
        self.open_deals(usize::MAX);
    }

    /// The deals that are being opened and not open yet.
    pub(super) fn waiting(self) -> usize {
        self.wanted.with(SortedSet::len).saturating_sub(self.deals.with(|deals| deals.len()))
    }

    /// The deals that nobody opened yet.
    pub(super) fn closed(self) -> usize {
        let wanted = self.wanted.get();
        self.dealings.with(|cards| cards.all().iter().filter(|card| !wanted.contains(&card.id)).count())
    }

    /// A deal or company that comes while the page is shown is opened too.
    fn keep_open(self, id: CompanyId) {
        let cards = self.dealings;
        let companies = self.desk.mirror().companies();
        Effect::new(move |_| {
            cards.track();
            companies.track();
            let merged = self.desk.mirror().look(|world| {
                world.merged_with(id).into_iter().map(|card| DocumentId::Company(card.id)).collect::<Vec<_>>()
            });
            self.pin(merged);
            self.open_deals(FIRST);
        });
    }

    fn open_deals(self, most: usize) {
        let all: Vec<DealId> =
            self.dealings.with_untracked(|cards| cards.all().into_iter().take(most).map(|card| card.id).collect());
        let fresh = self.wanted.with_untracked(|wanted| all.iter().any(|deal| !wanted.contains(deal)));
        if fresh {
            self.wanted.update(|wanted| wanted.extend(all.iter().copied()));
        }
        self.pin(all.into_iter().map(DocumentId::Deal).collect());
    }

    /// Opens those that are not opened yet, and remembers to close them.
    fn pin(self, documents: Vec<DocumentId>) {
        let pinned = self.pinned.get_value();
        let mut pinned = pinned.lock().unwrap_or_else(PoisonError::into_inner);
        let fresh: Vec<DocumentId> = documents.into_iter().filter(|document| !pinned.contains(document)).collect();
        pinned.extend(&fresh);
        if !fresh.is_empty() {
            self.desk.dispatch().open_all(fresh);
        }
    }
}

fn close(desk: Desk, pinned: &Mutex<Vec<DocumentId>>) {
    let pinned = std::mem::take(&mut *pinned.lock().unwrap_or_else(PoisonError::into_inner));
    let dispatch = desk.dispatch();
    pinned.into_iter().for_each(|document| dispatch.close(document));
}
