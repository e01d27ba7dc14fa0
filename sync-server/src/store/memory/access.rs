//! Lists of members in memory.

use shared::id::{DeviceId, WorkspaceId};
use shared::membership::PublicKey;

use super::Memory;
use crate::store::{Access, KeptEntry, Millis, Opening, StoreError};

impl Access for Memory {
    fn entries(&self, workspace: WorkspaceId, after: u64) -> Result<Vec<KeptEntry>, StoreError> {
        let after = usize::try_from(after).unwrap_or(usize::MAX);
        Ok(self.state().workspace(workspace)?.entries.iter().skip(after).cloned().collect())
    }

    fn amend(
        &self,
        workspace: WorkspaceId,
        length: u64,
        entry: &KeptEntry,
        opened_by: Option<PublicKey>,
    ) -> Result<bool, StoreError> {
        let mut state = self.state();
        let kept = state.workspace(workspace)?;
        if kept.entries.len() as u64 != length {
            return Ok(false);
        }
        kept.entries.push(entry.clone());
        state.keys.extend(opened_by.map(|key| (key, Opening { workspace, expires: None })));
        Ok(true)
    }

    fn opening(&self, key: PublicKey) -> Result<Option<Opening>, StoreError> {
        Ok(self.state().keys.get(&key).copied())
    }

    fn put_start_key(&self, workspace: WorkspaceId, key: PublicKey, expires: Millis) -> Result<(), StoreError> {
        let mut state = self.state();
        state.keys.retain(|_, opening| opening.workspace != workspace || opening.expires.is_none());
        state.keys.insert(key, Opening { workspace, expires: Some(expires) });
        Ok(())
    }

    fn console_seed(&self, fresh: [u8; 32]) -> Result<[u8; 32], StoreError> {
        Ok(*self.state().console.get_or_insert(fresh))
    }

    fn seen(&self, devices: &[DeviceId], at: Millis) -> Result<(), StoreError> {
        self.state().seen.extend(devices.iter().map(|device| (*device, at)));
        Ok(())
    }

    fn last_seen(&self, devices: &[DeviceId]) -> Result<Vec<(DeviceId, Millis)>, StoreError> {
        let state = self.state();
        Ok(devices.iter().filter_map(|device| Some((*device, *state.seen.get(device)?))).collect())
    }
}
