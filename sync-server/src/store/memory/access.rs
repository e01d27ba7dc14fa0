//! Devices and invitations in memory.

use shared::id::{DeviceId, WorkspaceId};

use super::{KeptInvite, Memory};
use crate::access::Digest;
use crate::store::{Access, Device, Invite, InviteRefusal, Joining, Millis, Source, StoreError};

impl Access for Memory {
    fn add_invite(&self, invite: &Invite) -> Result<(), StoreError> {
        self.state().invites.push(KeptInvite { invite: invite.clone(), used: false });
        Ok(())
    }

    fn revoke_invites(&self, workspace: WorkspaceId, source: Source) -> Result<(), StoreError> {
        self.state()
            .invites
            .retain(|kept| kept.used || kept.invite.workspace != workspace || kept.invite.source != source);
        Ok(())
    }

    fn redeem(&self, secret: Digest, now: Millis, joining: &Joining) -> Result<Device, StoreError> {
        let mut state = self.state();
        let kept = state.invites.iter_mut().find(|kept| kept.invite.secret == secret);
        let kept = kept.ok_or(InviteRefusal::Unknown)?;
        if kept.used {
            return Err(InviteRefusal::Used.into());
        }
        if kept.invite.expires <= now {
            return Err(InviteRefusal::Expired.into());
        }
        kept.used = true;
        let device = Device {
            id: joining.device,
            workspace: kept.invite.workspace,
            member: kept.invite.member.unwrap_or(joining.member),
            role: kept.invite.role,
            name: joining.name.clone(),
            seen: now,
        };
        state.devices.push((joining.token, device.clone()));
        Ok(device)
    }

    fn device(&self, token: Digest) -> Result<Option<Device>, StoreError> {
        let state = self.state();
        Ok(state.devices.iter().find(|(known, _)| *known == token).map(|(_, device)| device.clone()))
    }

    fn devices(&self, workspace: WorkspaceId) -> Result<Vec<Device>, StoreError> {
        let state = self.state();
        let devices = state.devices.iter().map(|(_, device)| device);
        Ok(devices.filter(|device| device.workspace == workspace).cloned().collect())
    }

    fn seen(&self, devices: &[DeviceId], at: Millis) -> Result<(), StoreError> {
        for (_, known) in self.state().devices.iter_mut().filter(|(_, known)| devices.contains(&known.id)) {
            known.seen = at;
        }
        Ok(())
    }

    fn remove_device(&self, device: DeviceId) -> Result<(), StoreError> {
        self.state().devices.retain(|(_, known)| known.id != device);
        Ok(())
    }
}
