//! What the mirror knows: plain records, the board's index, and a signal for whatever was asked for.
//!
//! Signals are made when a page asks, so a hundred thousand deals cost a hundred thousand pointers. The
//! writer gets the settings back as closures and runs them after the lock is released.

use std::sync::Arc;

use leptos::prelude::*;
use shared::gather::Gather;
use shared::id::{CompanyId, DealId, LeadId};
use shared::model::{Company, CompanyCard, Deal, DealCard, Lead, LeadCard};
use shared::review::{Board, Slot};
use shared::sorted::{SortedMap, SortedSet};
use shared::time::Timestamp;
use shared::workspace::{Touched, Workspace};

use super::ColumnView;

/// A signal to be set once nothing is locked.
pub(super) type Show = Box<dyn FnOnce()>;

/// Every company that was not discarded.
type Companies = Arc<SortedMap<CompanyId, Arc<CompanyCard>>>;

/// Every lead.
type Leads = Arc<SortedMap<LeadId, Arc<LeadCard>>>;

/// A signal for each record that was asked for.
type Asked<Id, T> = SortedMap<Id, ArcRwSignal<Option<Arc<T>>>>;

pub(super) struct State {
    clock: fn() -> Timestamp,
    board: Board,
    pub(super) world: Workspace,
    pub(super) companies: ArcRwSignal<Companies>,
    pub(super) leads: ArcRwSignal<Leads>,
    pub(super) count: ArcRwSignal<usize>,
    cards: Asked<DealId, DealCard>,
    opened: Asked<DealId, Deal>,
    opened_companies: Asked<CompanyId, Company>,
    opened_leads: Asked<LeadId, Lead>,
    columns: SortedMap<Slot, ArcRwSignal<Arc<ColumnView>>>,
}

impl State {
    pub(super) fn new(clock: fn() -> Timestamp) -> Self {
        Self {
            clock,
            board: Board::default(),
            world: Workspace::default(),
            companies: ArcRwSignal::default(),
            leads: ArcRwSignal::default(),
            count: ArcRwSignal::new(0),
            cards: SortedMap::new(),
            opened: SortedMap::new(),
            opened_companies: SortedMap::new(),
            opened_leads: SortedMap::new(),
            columns: SortedMap::new(),
        }
    }

    pub(super) fn deal(&mut self, id: DealId) -> ArcRwSignal<Option<Arc<DealCard>>> {
        asked(&mut self.cards, id, self.world.deal(id).cloned())
    }

    pub(super) fn open_deal(&mut self, id: DealId) -> ArcRwSignal<Option<Arc<Deal>>> {
        asked(&mut self.opened, id, self.world.open_deals.get(&id).cloned())
    }

    pub(super) fn open_company(&mut self, id: CompanyId) -> ArcRwSignal<Option<Arc<Company>>> {
        asked(&mut self.opened_companies, id, self.world.open_companies.get(&id).cloned())
    }

    pub(super) fn open_lead(&mut self, id: LeadId) -> ArcRwSignal<Option<Arc<Lead>>> {
        asked(&mut self.opened_leads, id, self.world.open_leads.get(&id).cloned())
    }

    pub(super) fn column(&mut self, slot: Slot) -> ArcRwSignal<Arc<ColumnView>> {
        let view = self.view(slot);
        self.columns.entry(slot).or_insert_with(|| ArcRwSignal::new(view)).clone()
    }

    pub(super) fn reset(&mut self, workspace: &Workspace) -> Vec<Show> {
        self.world = workspace.clone();
        self.recount();
        let mut shows = Vec::new();
        self.show_companies(&mut shows);
        self.show_leads(&mut shows);
        let deals: SortedSet<DealId> = self.cards.keys().chain(self.opened.keys()).copied().into_set();
        deals.into_iter().for_each(|id| self.show_deal(id, &mut shows));
        self.show_columns(&self.columns.keys().copied().into_set(), &mut shows);
        shows
    }

    pub(super) fn refresh(&mut self, workspace: &Workspace, touched: &Touched) -> Vec<Show> {
        let mut shows = Vec::new();
        if touched.companies().next().is_some() {
            take(&mut self.world.companies, &workspace.companies, touched.companies());
            take(&mut self.world.open_companies, &workspace.open_companies, touched.companies());
            self.show_companies(&mut shows);
        }
        if touched.leads().next().is_some() {
            take(&mut self.world.leads, &workspace.leads, touched.leads());
            take(&mut self.world.open_leads, &workspace.open_leads, touched.leads());
            self.show_leads(&mut shows);
        }
        let mut slots = SortedSet::new();
        for id in touched.deals() {
            slots.extend(self.take_deal(workspace, id));
            self.show_deal(id, &mut shows);
        }
        if touched.workspace() {
            self.take_team(workspace);
            slots.extend(self.columns.keys().copied());
        }
        self.show_columns(&slots, &mut shows);
        shows
    }

    /// What the workspace document says, beside the records.
    fn take_team(&mut self, workspace: &Workspace) {
        let world = std::mem::take(&mut self.world);
        let (deals, companies, leads) = (world.deals, world.companies, world.leads);
        let (open_deals, open_companies, open_leads) = (world.open_deals, world.open_companies, world.open_leads);
        self.world = Workspace {
            seats: workspace.seats.clone(),
            pipelines: workspace.pipelines.clone(),
            alternatives: workspace.alternatives.clone(),
            members: workspace.members.clone(),
            devices: workspace.devices.clone(),
            fields: workspace.fields.clone(),
            automations: workspace.automations.clone(),
            views: workspace.views.clone(),
            deals,
            companies,
            leads,
            open_deals,
            open_companies,
            open_leads,
        };
        if world.pipelines != self.world.pipelines {
            self.recount();
        }
    }

    fn recount(&mut self) {
        self.board = Board::of(&self.world.pipelines, self.world.deals.values().map(AsRef::as_ref));
    }

    fn take_deal(&mut self, workspace: &Workspace, id: DealId) -> SortedSet<Slot> {
        take(&mut self.world.open_deals, &workspace.open_deals, [id].into_iter());
        let after = workspace.deals.get(&id);
        let before = match after {
            Some(card) => self.world.deals.insert(id, card.clone()),
            None => self.world.deals.remove(&id),
        };
        let pipelines = &self.world.pipelines;
        let mut slots = self.board.refresh(pipelines, before.as_deref(), after.map(AsRef::as_ref));
        // A finished activity moves no card but may wake a stalled one.
        slots.extend(after.map(|card| Slot::Stage(card.pipeline, card.stage)));
        slots
    }

    fn show_deal(&self, id: DealId, shows: &mut Vec<Show>) {
        push(shows, self.cards.get(&id), self.world.deal(id).cloned());
        push(shows, self.opened.get(&id), self.world.open_deals.get(&id).cloned());
    }

    fn show_companies(&self, shows: &mut Vec<Show>) {
        let standing = self.world.companies.iter().filter(|(_, card)| !card.discarded);
        let companies = Arc::new(standing.map(|(id, card)| (*id, card.clone())).into_map());
        push(shows, Some(&self.companies), companies);
        for (id, signal) in &self.opened_companies {
            push(shows, Some(signal), self.world.open_companies.get(id).cloned());
        }
    }

    fn show_leads(&self, shows: &mut Vec<Show>) {
        push(shows, Some(&self.leads), Arc::new(self.world.leads.clone()));
        for (id, signal) in &self.opened_leads {
            push(shows, Some(signal), self.world.open_leads.get(id).cloned());
        }
    }

    fn show_columns(&self, slots: &SortedSet<Slot>, shows: &mut Vec<Show>) {
        for slot in slots {
            push(shows, self.columns.get(slot), self.view(*slot));
        }
        let count = self.board.columns().map(|(_, column)| column.count()).sum();
        push(shows, Some(&self.count), count);
    }

    fn view(&self, slot: Slot) -> Arc<ColumnView> {
        let stage = match slot {
            Slot::Stage(pipeline, stage) => self.world.pipelines.get(&pipeline).and_then(|found| found.stage(stage)),
            Slot::Won(_) | Slot::Lost(_) => None,
        };
        let column = self.board.column(slot);
        Arc::new(
            column.map(|column| ColumnView::of(column, stage, &self.world.deals, (self.clock)())).unwrap_or_default(),
        )
    }
}

fn push<T: PartialEq + Send + Sync + 'static>(shows: &mut Vec<Show>, signal: Option<&ArcRwSignal<T>>, value: T) {
    if let Some(signal) = signal.cloned() {
        shows.push(Box::new(move || super::set(&signal, value)));
    }
}

/// The signal of a record, made when it is asked for the first time.
fn asked<Id: Ord, T: Send + Sync + 'static>(
    signals: &mut Asked<Id, T>,
    id: Id,
    now: Option<Arc<T>>,
) -> ArcRwSignal<Option<Arc<T>>> {
    signals.entry(id).or_insert_with(|| ArcRwSignal::new(now)).clone()
}

/// Takes some records over as they are elsewhere.
fn take<Id: Ord + Copy, T>(
    mine: &mut SortedMap<Id, Arc<T>>,
    theirs: &SortedMap<Id, Arc<T>>,
    ids: impl Iterator<Item = Id>,
) {
    for id in ids {
        match theirs.get(&id) {
            Some(record) => drop(mine.insert(id, record.clone())),
            None => drop(mine.remove(&id)),
        }
    }
}
