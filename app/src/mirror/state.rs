//! What the mirror knows: plain records, the board's index, and a signal for whatever was asked for.
//!
//! Signals are made when a page asks, so a hundred thousand deals cost a hundred thousand pointers. The
//! writer gets the settings back as closures and runs them after the lock is released.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use leptos::prelude::*;
use shared::id::{CompanyId, DealId, PipelineId};
use shared::model::{CompanyCard, Deal, DealCard};
use shared::pipeline::Pipeline;
use shared::review::{Board, Slot};
use shared::time::Timestamp;
use shared::workspace::{Touched, Workspace};

use super::ColumnView;

/// A signal to be set once nothing is locked.
pub(super) type Show = Box<dyn FnOnce()>;

/// Every company that was not discarded.
type Companies = Arc<BTreeMap<CompanyId, Arc<CompanyCard>>>;

pub(super) struct State {
    clock: fn() -> Timestamp,
    board: Board,
    pipelines: BTreeMap<PipelineId, Arc<Pipeline>>,
    pub(super) deals: BTreeMap<DealId, Arc<DealCard>>,
    pub(super) all_companies: BTreeMap<CompanyId, Arc<CompanyCard>>,
    pub(super) companies: ArcRwSignal<Companies>,
    pub(super) count: ArcRwSignal<usize>,
    open: BTreeMap<DealId, Arc<Deal>>,
    cards: BTreeMap<DealId, ArcRwSignal<Option<Arc<DealCard>>>>,
    opened: BTreeMap<DealId, ArcRwSignal<Option<Arc<Deal>>>>,
    columns: BTreeMap<Slot, ArcRwSignal<Arc<ColumnView>>>,
}

impl State {
    pub(super) fn new(clock: fn() -> Timestamp) -> Self {
        Self {
            clock,
            board: Board::default(),
            pipelines: BTreeMap::new(),
            deals: BTreeMap::new(),
            all_companies: BTreeMap::new(),
            companies: ArcRwSignal::default(),
            count: ArcRwSignal::new(0),
            open: BTreeMap::new(),
            cards: BTreeMap::new(),
            opened: BTreeMap::new(),
            columns: BTreeMap::new(),
        }
    }

    pub(super) fn deal(&mut self, id: DealId) -> ArcRwSignal<Option<Arc<DealCard>>> {
        let card = self.standing(id);
        self.cards.entry(id).or_insert_with(|| ArcRwSignal::new(card)).clone()
    }

    pub(super) fn open_deal(&mut self, id: DealId) -> ArcRwSignal<Option<Arc<Deal>>> {
        let deal = self.open.get(&id).cloned();
        self.opened.entry(id).or_insert_with(|| ArcRwSignal::new(deal)).clone()
    }

    pub(super) fn column(&mut self, slot: Slot) -> ArcRwSignal<Arc<ColumnView>> {
        let view = self.view(slot);
        self.columns.entry(slot).or_insert_with(|| ArcRwSignal::new(view)).clone()
    }

    pub(super) fn reset(&mut self, workspace: &Workspace) -> Vec<Show> {
        self.pipelines = workspace.pipelines.clone();
        self.deals = workspace.deals.clone();
        self.open = workspace.open_deals.clone();
        self.board = Board::of(self.deals.values().map(AsRef::as_ref));
        let mut shows = self.show_companies(workspace);
        let deals: BTreeSet<DealId> = self.cards.keys().chain(self.opened.keys()).copied().collect();
        deals.into_iter().for_each(|id| self.show_deal(id, &mut shows));
        self.show_columns(&self.columns.keys().copied().collect(), &mut shows);
        shows
    }

    pub(super) fn refresh(&mut self, workspace: &Workspace, touched: &Touched) -> Vec<Show> {
        let companies = touched.companies().next().is_some();
        let mut shows = if companies { self.show_companies(workspace) } else { Vec::new() };
        let mut slots = BTreeSet::new();
        for id in touched.deals() {
            slots.extend(self.take_over(workspace, id));
            self.show_deal(id, &mut shows);
        }
        if touched.workspace() {
            self.pipelines = workspace.pipelines.clone();
            slots.extend(self.columns.keys().copied());
        }
        self.show_columns(&slots, &mut shows);
        shows
    }

    fn take_over(&mut self, workspace: &Workspace, id: DealId) -> BTreeSet<Slot> {
        match workspace.open_deals.get(&id) {
            Some(deal) => drop(self.open.insert(id, deal.clone())),
            None => drop(self.open.remove(&id)),
        }
        let after = workspace.deals.get(&id);
        let before = match after {
            Some(card) => self.deals.insert(id, card.clone()),
            None => self.deals.remove(&id),
        };
        let mut slots = self.board.refresh(before.as_deref(), after.map(AsRef::as_ref));
        // A finished activity moves no card but may wake a stalled one.
        slots.extend(after.map(|card| Slot::Stage(card.pipeline, card.stage)));
        slots
    }

    fn show_deal(&self, id: DealId, shows: &mut Vec<Show>) {
        push(shows, self.cards.get(&id), self.standing(id));
        push(shows, self.opened.get(&id), self.open.get(&id).cloned());
    }

    fn show_companies(&mut self, workspace: &Workspace) -> Vec<Show> {
        self.all_companies = workspace.companies.clone();
        let standing = self.all_companies.iter().filter(|(_, card)| !card.discarded);
        let companies = Arc::new(standing.map(|(id, card)| (*id, card.clone())).collect());
        let mut shows = Vec::new();
        push(&mut shows, Some(&self.companies), companies);
        shows
    }

    fn show_columns(&self, slots: &BTreeSet<Slot>, shows: &mut Vec<Show>) {
        for slot in slots {
            push(shows, self.columns.get(slot), self.view(*slot));
        }
        let count = self.board.columns().map(|(_, column)| column.count()).sum();
        push(shows, Some(&self.count), count);
    }

    fn standing(&self, id: DealId) -> Option<Arc<DealCard>> {
        self.deals.get(&id).filter(|card| !card.discarded).cloned()
    }

    fn view(&self, slot: Slot) -> Arc<ColumnView> {
        let stage = match slot {
            Slot::Stage(pipeline, stage) => self.pipelines.get(&pipeline).and_then(|found| found.stage(stage)),
            Slot::Won(_) | Slot::Lost(_) => None,
        };
        let column = self.board.column(slot);
        Arc::new(column.map(|column| ColumnView::of(column, stage, &self.deals, (self.clock)())).unwrap_or_default())
    }
}

fn push<T: PartialEq + Send + Sync + 'static>(shows: &mut Vec<Show>, signal: Option<&ArcRwSignal<T>>, value: T) {
    if let Some(signal) = signal.cloned() {
        shows.push(Box::new(move || super::set(&signal, value)));
    }
}
