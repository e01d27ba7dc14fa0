//! The workspace as signals: one per deal looked at, one per column, one for all the rest. One writer.

mod column;
mod state;
mod sync;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use leptos::prelude::*;
use shared::id::{BatchId, CompanyId, DealId, MemberId, PipelineId};
use shared::model::{CompanyCard, Deal, DealCard, Member};
use shared::pipeline::Pipeline;
use shared::review::Slot;
use shared::time::Timestamp;
use shared::workspace::{Touched, Workspace};

pub use column::ColumnView;
use state::State;
pub use sync::{Link, Problem, SyncState, Trouble};

/// The read half, for pages.
#[derive(Clone)]
pub struct Mirror {
    state: Arc<Mutex<State>>,
    /// The pipelines.
    pub pipelines: ArcRwSignal<BTreeMap<PipelineId, Arc<Pipeline>>>,
    /// The team.
    pub members: ArcRwSignal<BTreeMap<MemberId, Member>>,
    /// Saving and sending.
    pub sync: ArcRwSignal<SyncState>,
}

/// The write half; only the engine holds it.
#[derive(Clone)]
pub struct MirrorWriter(Mirror);

/// Both halves, empty. The clock says which deals have stalled.
pub fn mirror(clock: fn() -> Timestamp) -> (Mirror, MirrorWriter) {
    let mirror = Mirror {
        state: Arc::new(Mutex::new(State::new(clock))),
        pipelines: ArcRwSignal::default(),
        members: ArcRwSignal::default(),
        sync: ArcRwSignal::default(),
    };
    (mirror.clone(), MirrorWriter(mirror))
}

impl Mirror {
    /// A deal's card; none while there is no such deal.
    pub fn deal(&self, id: DealId) -> ArcRwSignal<Option<Arc<DealCard>>> {
        self.state().deal(id)
    }

    /// A deal with everything on it; none while its document is not open.
    pub fn open_deal(&self, id: DealId) -> ArcRwSignal<Option<Arc<Deal>>> {
        self.state().open_deal(id)
    }

    /// One column of the board.
    pub fn column(&self, slot: Slot) -> ArcRwSignal<Arc<ColumnView>> {
        self.state().column(slot)
    }

    /// The companies that were not discarded.
    pub fn companies(&self) -> ArcRwSignal<Arc<BTreeMap<CompanyId, Arc<CompanyCard>>>> {
        self.state().companies.clone()
    }

    /// How many deals there are that were not discarded.
    pub fn deal_count(&self) -> ArcRwSignal<usize> {
        self.state().count.clone()
    }

    /// All plain data as it is now, without documents: for the dry run of an import. Not tracked.
    pub fn snapshot(&self) -> Workspace {
        let state = self.state();
        Workspace {
            pipelines: self.pipelines.get_untracked(),
            members: self.members.get_untracked(),
            deals: state.deals.clone(),
            companies: state.all_companies.clone(),
            ..Workspace::default()
        }
    }

    /// Whether any deal of this import still stands. Not tracked.
    pub fn has_batch(&self, batch: BatchId) -> bool {
        let of = |card: &Arc<DealCard>| card.source.as_ref().is_some_and(|source| source.batch == batch);
        self.state().deals.values().any(|card| !card.discarded && of(card))
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl MirrorWriter {
    /// Shows the touched records as they are now. Only signals whose value changed are set.
    pub fn refresh(&self, workspace: &Workspace, touched: &Touched) {
        if touched.workspace() {
            self.show_team(workspace);
        }
        let changes = self.0.state().refresh(workspace, touched);
        changes.into_iter().for_each(|show| show());
    }

    /// Shows another workspace, or the first one.
    pub fn reset(&self, workspace: &Workspace) {
        self.show_team(workspace);
        let changes = self.0.state().reset(workspace);
        changes.into_iter().for_each(|show| show());
    }

    /// Shows how saving and sending stand.
    pub fn set_sync(&self, sync: SyncState) {
        set(&self.0.sync, sync);
    }

    fn show_team(&self, workspace: &Workspace) {
        set(&self.0.pipelines, workspace.pipelines.clone());
        set(&self.0.members, workspace.members.clone());
    }
}

/// Sets a signal only if the value is another one, so that nothing is drawn twice.
fn set<T: PartialEq + Send + Sync + 'static>(signal: &ArcRwSignal<T>, value: T) {
    if signal.with_untracked(|shown| *shown != value) {
        signal.set(value);
    }
}
