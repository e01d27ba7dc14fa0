//! What is signed beside the list: the relay's dice when a device connects, so that no recording of it can be played
//! again, and a list that an empty relay is to go on with.

use super::Membership;
use crate::id::{DeviceId, WorkspaceId};

/// The message that a device signs to come in.
pub fn greeting(nonce: &[u8; 32], workspace: WorkspaceId, device: DeviceId) -> Vec<u8> {
    let parts: [&[u8]; 4] = [b"sluice sync 1\0", nonce, workspace.as_bytes(), device.as_bytes()];
    parts.concat()
}

/// The message that whoever has the founding link of an empty relay signs, so that it goes on with this list.
pub fn recovering(list: &Membership) -> Vec<u8> {
    let (workspace, head) = (list.workspace(), list.head());
    let parts: [&[u8]; 3] = [b"sluice recover 1\0", workspace.as_bytes(), &head.0];
    parts.concat()
}
