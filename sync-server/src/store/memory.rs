//! The store in memory, for tests: the plainest thing that fulfils the traits.

use std::collections::BTreeMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use shared::change::{ChangeHash, Origin};
use shared::id::{DeviceId, DocumentId, LogId, WorkspaceId};
use shared::membership::PublicKey;
use shared::wire::Position;

use crate::store::{KeptEntry, Logged, Millis, Opening, StoreError, Tenure, Workspace};

mod access;
mod log;
mod owners;
mod recovery;
mod snapshots;

/// A store that is gone with its process.
#[derive(Default)]
pub struct Memory {
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    workspaces: Vec<Kept>,
    keys: BTreeMap<PublicKey, Opening>,
    console: Option<[u8; 32]>,
    seen: BTreeMap<DeviceId, Millis>,
}

/// One workspace.
struct Kept {
    workspace: Workspace,
    /// The names of the log, and how far it reached when each began.
    lives: Vec<(LogId, Position)>,
    log: Vec<Logged>,
    documents: BTreeMap<DocumentId, KeptDocument>,
    entries: Vec<KeptEntry>,
}

#[derive(Default)]
struct KeptDocument {
    places: BTreeMap<ChangeHash, Position>,
    /// Which change came first of those that share a writer and number.
    origins: BTreeMap<Origin, ChangeHash>,
    touched: Position,
    in_use: Option<Position>,
    snapshots: BTreeMap<Position, Vec<u8>>,
    tenure: Tenure,
}

impl Memory {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn workspace(&mut self, id: WorkspaceId) -> Result<&mut Kept, StoreError> {
        self.workspaces.iter_mut().find(|kept| kept.workspace.id == id).ok_or(StoreError::NoWorkspace(id))
    }
}

impl Kept {
    fn head(&self) -> Position {
        self.log.last().map_or(0, |logged| logged.position)
    }
}

impl KeptDocument {
    fn unfolded(&self) -> u64 {
        let folded = self.in_use.unwrap_or(0);
        self.places.values().filter(|position| **position > folded).count() as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::conformance;

    #[test]
    fn memory_fulfils_the_store() {
        conformance::hold(|| (Memory::default(), ()));
    }
}
