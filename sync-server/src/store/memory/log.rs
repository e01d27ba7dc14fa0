//! The log in memory.

use std::collections::BTreeMap;

use shared::change::Origin;
use shared::id::{DocumentId, LogId, WorkspaceId};
use shared::wire::Position;

use super::{Kept, Memory, owners};
use crate::ownership::may_name_owner;
use crate::store::{Append, Appended, Fork, Limits, Listing, Log, Logged, Placed, StoreError, Workspace, in_turn};

impl Log for Memory {
    fn create_workspace(&self, workspace: Workspace) -> Result<(), StoreError> {
        self.state().workspaces.push(Kept {
            workspace,
            lives: vec![(workspace.log, 0)],
            log: Vec::new(),
            documents: Default::default(),
            entries: Vec::new(),
        });
        Ok(())
    }

    fn workspaces(&self) -> Result<Vec<Workspace>, StoreError> {
        Ok(self.state().workspaces.iter().map(|kept| kept.workspace).collect())
    }

    fn workspace(&self, id: WorkspaceId) -> Result<Workspace, StoreError> {
        Ok(self.state().workspace(id)?.workspace)
    }

    fn rename_logs(&self, renamed: &[Workspace]) -> Result<(), StoreError> {
        let mut state = self.state();
        for workspace in renamed {
            let kept = state.workspace(workspace.id)?;
            kept.lives.push((workspace.log, kept.head()));
            kept.workspace.log = workspace.log;
        }
        Ok(())
    }

    fn reached(&self, workspace: WorkspaceId, log: LogId) -> Result<Option<Position>, StoreError> {
        let mut state = self.state();
        let kept = state.workspace(workspace)?;
        let Some(life) = kept.lives.iter().position(|(name, _)| *name == log) else { return Ok(None) };
        Ok(Some(kept.lives.get(life + 1).map_or(kept.head(), |(_, began)| *began)))
    }

    fn append_all(&self, appends: &[Append]) -> Result<Vec<Appended>, StoreError> {
        let mut state = self.state();
        for append in appends {
            state.workspace(append.workspace)?;
        }
        in_turn(appends, |append| place(state.workspace(append.workspace)?, append))
    }

    fn since(&self, workspace: WorkspaceId, after: Position, limits: Limits) -> Result<Vec<Logged>, StoreError> {
        let mut state = self.state();
        let log = &state.workspace(workspace)?.log;
        let mut bytes = 0;
        Ok(log
            .iter()
            .filter(|logged| logged.position > after)
            .take(limits.changes)
            .take_while(|logged| {
                let first = bytes == 0;
                bytes += logged.entry.bytes.len();
                first || bytes <= limits.bytes
            })
            .cloned()
            .collect())
    }

    fn stored_bytes(&self, workspace: WorkspaceId) -> Result<u64, StoreError> {
        let mut state = self.state();
        let log = &state.workspace(workspace)?.log;
        Ok(log.iter().map(|logged| logged.entry.bytes.len() as u64).sum())
    }

    fn head(&self, workspace: WorkspaceId) -> Result<Position, StoreError> {
        Ok(self.state().workspace(workspace)?.head())
    }

    fn outside_commits(&self) -> Result<i64, StoreError> {
        Ok(0)
    }

    fn documents(&self, workspace: WorkspaceId) -> Result<Listing, StoreError> {
        let mut state = self.state();
        let kept = state.workspace(workspace)?;
        let mut order: Vec<_> = kept.documents.iter().map(|(id, document)| (*id, document.touched)).collect();
        order.sort_by_key(|(id, touched)| (*id != shared::id::DocumentId::Workspace, std::cmp::Reverse(*touched)));
        Ok(Listing { head: kept.head(), documents: order.into_iter().map(|(id, _)| id).collect() })
    }
}

fn place(kept: &mut Kept, append: &Append) -> Result<Appended, StoreError> {
    if let Some(fork) = fork(kept, append) {
        return Ok(Err(fork));
    }
    let placed: Vec<Placed> = append.entries.iter().map(|entry| place_one(kept, append, entry.clone())).collect();
    let mut changed: BTreeMap<DocumentId, (Position, bool)> = BTreeMap::new();
    for (entry, placed) in append.entries.iter().zip(&placed).filter(|(_, placed)| placed.fresh) {
        let (last, names_owner) = changed.entry(entry.document).or_default();
        (*last, *names_owner) = (placed.position, *names_owner || may_name_owner(entry));
    }
    for (document, (last, names_owner)) in changed {
        owners::keep(kept, (document, last), names_owner)?;
    }
    Ok(Ok(placed))
}

/// The fork with the lowest number, among what is kept and what comes with it.
fn fork(kept: &Kept, append: &Append) -> Option<Fork> {
    let mut fresh = BTreeMap::new();
    let forks = append.entries.iter().filter_map(|entry| {
        let origin = Origin::of(&entry.bytes).ok()?;
        let known = kept.documents.get(&entry.document);
        let stored = known.and_then(|known| known.origins.get(&origin)).copied();
        let first = stored.unwrap_or(*fresh.entry((entry.document, origin)).or_insert(entry.hash));
        let is_kept = known.is_some_and(|known| known.places.contains_key(&entry.hash));
        let fork = Fork { document: entry.document, hash: entry.hash };
        (first != entry.hash && !is_kept).then_some((origin.number, fork))
    });
    forks.min_by_key(|(number, _)| *number).map(|(_, fork)| fork)
}

fn place_one(kept: &mut Kept, append: &Append, entry: shared::wire::Entry) -> Placed {
    let next = kept.head() + 1;
    let document = kept.documents.entry(entry.document).or_default();
    if let Some(position) = document.places.get(&entry.hash) {
        return Placed { position: *position, fresh: false };
    }
    document.places.insert(entry.hash, next);
    if let Ok(origin) = Origin::of(&entry.bytes) {
        document.origins.insert(origin, entry.hash);
    }
    document.touched = next;
    kept.log.push(Logged { position: next, device: append.device, entry });
    Placed { position: next, fresh: true }
}
