//! A workspace in place of one that nobody founded, in memory.

use shared::id::WorkspaceId;
use shared::wire::Position;

use super::Memory;
use crate::store::{Brought, Opening, Recovery, StoreError};

impl Recovery for Memory {
    fn take_up(&self, here: WorkspaceId, brought: &Brought, founding: Position) -> Result<bool, StoreError> {
        let Brought { workspace, entries, recovery } = brought.clone();
        let mut state = self.state();
        let taken = workspace != here && state.workspace(workspace).is_ok();
        let kept = state.workspace(here)?;
        if taken || !kept.entries.is_empty() || kept.head() > founding {
            return Ok(false);
        }
        kept.workspace.id = workspace;
        kept.lives = vec![(kept.workspace.log, 0)];
        kept.log.clear();
        kept.documents.clear();
        kept.entries = entries;
        state.keys.retain(|_, opening| opening.workspace != here);
        state.keys.extend(recovery.map(|key| (key, Opening { workspace, expires: None })));
        Ok(true)
    }
}
