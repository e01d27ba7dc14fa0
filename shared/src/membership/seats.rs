//! What the list says of people and devices, as plain data: for those who judge and show, and need no signatures.

use serde::{Deserialize, Serialize};

use super::Membership;
use crate::gather::Gather;
use crate::id::{DeviceId, MemberId};
use crate::model::{Device, Member};
use crate::sorted::{SortedMap, SortedSet};

/// People with their roles, and devices.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Seats {
    /// Everybody who has or had a device.
    pub members: SortedMap<MemberId, Member>,
    /// Every device that is or was here.
    pub devices: SortedMap<DeviceId, Device>,
    /// The devices that belong here no more.
    pub removed: SortedSet<DeviceId>,
    /// A recovery code was printed and is good.
    pub recoverable: bool,
}

impl Membership {
    /// What the list says.
    pub fn seats(&self) -> Seats {
        let member = |(id, member): (&MemberId, &super::Member)| {
            (*id, Member { id: *id, name: member.name.clone(), role: member.role })
        };
        let device = |(id, device): (&DeviceId, &super::Device)| {
            (*id, Device { id: *id, name: device.name.clone(), member: device.member })
        };
        let removed = self.devices.iter().filter(|(_, device)| device.removed);
        Seats {
            members: self.members.iter().map(member).into_map(),
            devices: self.devices.iter().map(device).into_map(),
            removed: removed.map(|(id, _)| *id).into_set(),
            recoverable: self.recovery.is_some(),
        }
    }
}
