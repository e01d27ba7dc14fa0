//! What a device signs when it connects: the relay's dice, so that no recording of it can be played again.

use crate::id::{DeviceId, WorkspaceId};

/// The message that a device signs to come in.
pub fn greeting(nonce: &[u8; 32], workspace: WorkspaceId, device: DeviceId) -> Vec<u8> {
    let parts: [&[u8]; 4] = [b"sluice sync 1\0", nonce, workspace.as_bytes(), device.as_bytes()];
    parts.concat()
}
