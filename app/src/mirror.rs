//! The workspace as signals: one per deal looked at, one per column, one for all the rest. One writer.

mod column;
mod state;
mod sync;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use leptos::prelude::*;
use shared::automation::Automation;
use shared::id::{AutomationId, CompanyId, DealId, DeviceId, FieldId, LeadId, MemberId, PipelineId, ViewId};
use shared::import::{self, PastImport};
use shared::model::{Company, CompanyCard, CustomField, Deal, DealCard, Device, Lead, LeadCard, Member};
use shared::pipeline::Pipeline;
use shared::review::Slot;
use shared::sorted::SortedMap;
use shared::time::Timestamp;
use shared::view::View;
use shared::workspace::{Touched, Workspace};

pub use column::ColumnView;
use state::State;
pub use sync::{Link, Problem, SyncState, Trouble};

/// The read half, for pages.
#[derive(Clone)]
pub struct Mirror {
    state: Arc<Mutex<State>>,
    /// The pipelines.
    pub pipelines: ArcRwSignal<SortedMap<PipelineId, Arc<Pipeline>>>,
    /// Pipelines that two people published at once: the versions that are not in use.
    pub alternatives: ArcRwSignal<SortedMap<PipelineId, Vec<Pipeline>>>,
    /// The team.
    pub members: ArcRwSignal<SortedMap<MemberId, Member>>,
    /// The team's devices.
    pub devices: ArcRwSignal<SortedMap<DeviceId, Device>>,
    /// The fields that the team added.
    pub fields: ArcRwSignal<SortedMap<FieldId, CustomField>>,
    /// The rules that plan and remind by themselves.
    pub automations: ArcRwSignal<SortedMap<AutomationId, Automation>>,
    /// The views saved for the team.
    pub views: ArcRwSignal<SortedMap<ViewId, View>>,
    /// Counts what was shown, for pages that read many records at once with [`Mirror::look`].
    pub turn: ArcRwSignal<u64>,
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
        alternatives: ArcRwSignal::default(),
        members: ArcRwSignal::default(),
        devices: ArcRwSignal::default(),
        fields: ArcRwSignal::default(),
        automations: ArcRwSignal::default(),
        views: ArcRwSignal::default(),
        turn: ArcRwSignal::new(0),
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
    pub fn companies(&self) -> ArcRwSignal<Arc<SortedMap<CompanyId, Arc<CompanyCard>>>> {
        self.state().companies.clone()
    }

    /// How many deals there are that were not discarded.
    pub fn deal_count(&self) -> ArcRwSignal<usize> {
        self.state().count.clone()
    }

    /// A company with its history; none while its document is not open.
    pub fn open_company(&self, id: CompanyId) -> ArcRwSignal<Option<Arc<Company>>> {
        self.state().open_company(id)
    }

    /// A lead with its history; none while its document is not open.
    pub fn open_lead(&self, id: LeadId) -> ArcRwSignal<Option<Arc<Lead>>> {
        self.state().open_lead(id)
    }

    /// The leads.
    pub fn leads(&self) -> ArcRwSignal<Arc<SortedMap<LeadId, Arc<LeadCard>>>> {
        self.state().leads.clone()
    }

    /// All plain data as it is now, with the documents that are open. Not tracked; read [`Mirror::turn`] to be told.
    /// Signals must not be set inside.
    pub fn look<T>(&self, read: impl FnOnce(&Workspace) -> T) -> T {
        read(&self.state().world)
    }

    /// All plain data as it is now, without documents: for the dry run of an import. Not tracked.
    pub fn snapshot(&self) -> Workspace {
        let world = self.look(Workspace::clone);
        let (open_deals, open_companies, open_leads) = Default::default();
        Workspace { open_deals, open_companies, open_leads, ..world }
    }

    /// The imports of which deals still stand, the last one first; tracked by the number of deals.
    pub fn past_imports(&self) -> Vec<PastImport> {
        self.deal_count().track();
        self.look(|world| import::past(world.deals.values().map(AsRef::as_ref)))
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
        self.0.turn.update(|turn| *turn += 1);
    }

    /// Shows another workspace, or the first one.
    pub fn reset(&self, workspace: &Workspace) {
        self.show_team(workspace);
        let changes = self.0.state().reset(workspace);
        changes.into_iter().for_each(|show| show());
        self.0.turn.update(|turn| *turn += 1);
    }

    /// Shows how saving and sending stand.
    pub fn set_sync(&self, sync: SyncState) {
        set(&self.0.sync, sync);
    }

    fn show_team(&self, workspace: &Workspace) {
        set(&self.0.pipelines, workspace.pipelines.clone());
        set(&self.0.alternatives, workspace.alternatives.clone());
        set(&self.0.members, workspace.members.clone());
        set(&self.0.devices, workspace.devices.clone());
        set(&self.0.fields, workspace.fields.clone());
        set(&self.0.automations, workspace.automations.clone());
        set(&self.0.views, workspace.views.clone());
    }
}

/// Sets a signal only if the value is another one, so that nothing is drawn twice.
fn set<T: PartialEq + Send + Sync + 'static>(signal: &ArcRwSignal<T>, value: T) {
    if signal.with_untracked(|shown| *shown != value) {
        signal.set(value);
    }
}
