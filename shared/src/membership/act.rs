//! Who may say what, and what it does to the list: everything of an entry but its place and signature.

use super::{Act, Device, Link, MAX_LASTS, MAX_NAME, Member, Membership, Newcomer, PublicKey, Recovery, Refusal};
use super::{Signer, Statement, Vantage};
use crate::id::{DeviceId, MemberId};
use crate::model::Role;

/// What the console's device and member are called in every workspace.
pub(super) const CONSOLE: &str = "Sluice";

impl Membership {
    /// The key that must have signed, if this signer says such things at all.
    pub(super) fn signing_key(&self, statement: &Statement) -> Result<PublicKey, Refusal> {
        match (statement.by, &statement.act) {
            (Signer::Link(link), Act::Found { .. }) if !self.is_founded() => Ok(link),
            (Signer::Link(link), Act::Admit(_)) => self.link(&link).map(|_| link),
            (Signer::Recovery(key), Act::Recover(_)) => self.recovery_of(key).map(|recovery| recovery.key),
            (
                Signer::Device(device),
                Act::Invite { .. }
                | Act::SetRole { .. }
                | Act::SetSight { .. }
                | Act::Remove { .. }
                | Act::PrintRecovery { .. },
            ) => {
                self.role_of(device)?;
                self.devices.get(&device).map(|device| device.key).ok_or(Refusal::Stranger)
            }
            _ => Err(Refusal::Signer),
        }
    }

    /// Does what a well signed statement says, or nothing.
    pub(super) fn perform(&mut self, statement: &Statement) -> Result<(), Refusal> {
        match (statement.by, statement.act.clone()) {
            (Signer::Link(_), Act::Found { first, console }) => self.found(first, console),
            (Signer::Link(link), Act::Admit(newcomer)) => self.admit(link, newcomer),
            (Signer::Recovery(key), Act::Recover(newcomer)) => self.recover(key, newcomer),
            (Signer::Device(by), Act::Invite { link, role, member, lasts, vantage }) => {
                self.invite(link, Link { by, role, vantage, member, lasts, place: self.length, used: false })
            }
            (Signer::Device(by), Act::SetRole { member, role }) => self.set_role(by, member, role),
            (Signer::Device(by), Act::SetSight { member, vantage }) => self.set_sight(by, member, vantage),
            (Signer::Device(by), Act::Remove { device }) => self.remove(by, device),
            (Signer::Device(by), Act::PrintRecovery { key }) => self.print_recovery(by, key),
            _ => Err(Refusal::Signer),
        }
    }

    fn found(&mut self, first: Newcomer, console: Option<PublicKey>) -> Result<(), Refusal> {
        let (device, member) = (DeviceId::minted("robot"), MemberId::minted("robot"));
        if first.device == device || first.member == member || Some(first.key) == console {
            return Err(Refusal::Taken);
        }
        self.come_in(first, Role::Owner, Vantage::default())?;
        let Some(key) = console else { return Ok(()) };
        let (name, called) = (CONSOLE.to_owned(), CONSOLE.to_owned());
        self.come_in(Newcomer { device, key, member, name, called }, Role::Manager, Vantage::default())
    }

    fn admit(&mut self, key: PublicKey, newcomer: Newcomer) -> Result<(), Refusal> {
        let link = self.link(&key)?;
        let (role, vantage, expected) = (link.role, link.vantage.clone(), link.member);
        match expected {
            Some(member) if member != newcomer.member => return Err(Refusal::OtherMember),
            None if self.members.contains_key(&newcomer.member) => return Err(Refusal::Taken),
            Some(_) | None => {}
        }
        self.come_in(newcomer, role, vantage)?;
        if let Some(link) = self.links.get_mut(&key) {
            link.used = true;
        }
        Ok(())
    }

    fn recover(&mut self, key: PublicKey, newcomer: Newcomer) -> Result<(), Refusal> {
        if self.recovery_of(key)?.member != newcomer.member {
            return Err(Refusal::OtherMember);
        }
        self.come_in(newcomer, Role::Owner, Vantage::default())?;
        self.recovery = None;
        Ok(())
    }

    /// Somebody who is here already keeps name, role and sight.
    fn come_in(&mut self, newcomer: Newcomer, role: Role, vantage: Vantage) -> Result<(), Refusal> {
        let Newcomer { device, key, member, name, called } = newcomer;
        named(&name)?;
        named(&called)?;
        if self.devices.contains_key(&device) || self.is_taken(&key) {
            return Err(Refusal::Taken);
        }
        self.members.entry(member).or_insert(Member { name, role, vantage });
        self.devices.insert(device, Device { key, member, name: called, removed: false });
        Ok(())
    }

    fn invite(&mut self, key: PublicKey, link: Link) -> Result<(), Refusal> {
        self.may_invite(link.by, link.role, link.member)?;
        link.vantage.hold()?;
        if link.lasts > MAX_LASTS {
            return Err(Refusal::LinkTooLong);
        }
        if self.is_taken(&key) {
            return Err(Refusal::Taken);
        }
        self.links.insert(key, link);
        Ok(())
    }

    /// Everybody brings in further devices of their own; others, whoever stands high enough.
    pub(super) fn may_invite(&self, by: DeviceId, role: Role, member: Option<MemberId>) -> Result<(), Refusal> {
        let own = self.role_of(by)?;
        match member {
            Some(member) if self.devices.get(&by).is_some_and(|device| device.member == member) => Ok(()),
            Some(_) => Err(Refusal::OtherMember),
            None if own.may_invite(role) => Ok(()),
            None => Err(Refusal::Role { needs: role.max(Role::Manager) }),
        }
    }

    fn set_role(&mut self, by: DeviceId, member: MemberId, role: Role) -> Result<(), Refusal> {
        self.owner(by)?;
        if !self.members.contains_key(&member) {
            return Err(Refusal::NoMember);
        }
        if role != Role::Owner && !self.has_owner_besides(|device| device.member == member) {
            return Err(Refusal::LastOwner);
        }
        if let Some(known) = self.members.get_mut(&member) {
            known.role = role;
        }
        // What somebody printed as an owner must not make an owner of them again.
        self.recovery.take_if(|recovery| recovery.member == member && role != Role::Owner);
        Ok(())
    }

    fn set_sight(&mut self, by: DeviceId, member: MemberId, vantage: Vantage) -> Result<(), Refusal> {
        self.owner(by)?;
        vantage.hold()?;
        self.members.get_mut(&member).ok_or(Refusal::NoMember)?.vantage = vantage;
        Ok(())
    }

    fn remove(&mut self, by: DeviceId, device: DeviceId) -> Result<(), Refusal> {
        self.role_of(device)?;
        let whose = |device: &DeviceId| self.devices.get(device).map(|device| device.member);
        if whose(&by) != whose(&device) {
            self.owner(by)?;
        }
        let key = self.devices.get(&device).map(|device| device.key);
        if !self.has_owner_besides(|device| Some(device.key) == key) {
            return Err(Refusal::LastOwner);
        }
        if let Some(known) = self.devices.get_mut(&device) {
            known.removed = true;
        }
        Ok(())
    }

    fn print_recovery(&mut self, by: DeviceId, key: PublicKey) -> Result<(), Refusal> {
        self.owner(by)?;
        if self.is_taken(&key) {
            return Err(Refusal::Taken);
        }
        self.recovery = self.devices.get(&by).map(|device| Recovery { key, member: device.member });
        Ok(())
    }

    fn owner(&self, device: DeviceId) -> Result<(), Refusal> {
        match self.role_of(device)? {
            Role::Owner => Ok(()),
            Role::Viewer | Role::Rep | Role::Manager => Err(Refusal::Role { needs: Role::Owner }),
        }
    }

    /// Whether an owner has a device besides these.
    fn has_owner_besides(&self, gone: impl Fn(&Device) -> bool) -> bool {
        let mut left = self.devices.values().filter(|device| !device.removed && !gone(device));
        left.any(|device| self.role(device.member) == Role::Owner)
    }

    fn recovery_of(&self, key: PublicKey) -> Result<Recovery, Refusal> {
        self.recovery.filter(|recovery| recovery.key == key).ok_or(Refusal::NoRecovery)
    }

    /// A key that stands for two things could be used for one in the place of the other.
    fn is_taken(&self, key: &PublicKey) -> bool {
        let of_device = self.devices.values().any(|device| device.key == *key);
        of_device || self.links.contains_key(key) || self.recovery.is_some_and(|recovery| recovery.key == *key)
    }
}

fn named(name: &str) -> Result<(), Refusal> {
    let length = name.trim().chars().count();
    if (1..=MAX_NAME).contains(&length) { Ok(()) } else { Err(Refusal::Name) }
}
