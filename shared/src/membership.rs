//! Who belongs to a workspace, with which devices and roles: a list of signed entries, each naming the one before it.
//!
//! The relay orders and stores the list; everybody verifies all of it, so a relay can withhold but not forge.

mod act;
mod entry;
mod greeting;
mod key;
mod prolong;
mod refusal;
mod seats;
mod sight;
#[cfg(test)]
mod tests;
mod ticket;

pub use entry::{Act, Entry, EntryHash, MAX_ENTRY_BYTES, Newcomer, Signer, Statement};
pub use greeting::{greeting, recovering};
pub use key::{PrivateKey, PublicKey, Signature};
pub use prolong::{Contradiction, prolong};
pub use refusal::Refusal;
pub use seats::Seats;
pub use sight::{Horizon, Sight, Vantage};
pub use ticket::Ticket;

use crate::id::{DeviceId, MemberId, WorkspaceId};
use crate::model::Role;
use crate::sorted::SortedMap;

/// The longest a link may be good, in seconds.
pub const MAX_LASTS: u32 = 15 * 60;

/// The longest name of a member or device, in characters.
pub const MAX_NAME: usize = 80;

/// The list, verified.
#[derive(Clone, Debug)]
pub struct Membership {
    workspace: WorkspaceId,
    root: EntryHash,
    head: EntryHash,
    length: u64,
    members: SortedMap<MemberId, Member>,
    devices: SortedMap<DeviceId, Device>,
    links: SortedMap<PublicKey, Link>,
    recovery: Option<Recovery>,
}

/// One person of the team.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// What the person is called.
    pub name: String,
    /// What the person may do.
    pub role: Role,
    /// From where the person looks.
    pub vantage: Vantage,
}

/// One device that is or was here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    /// The key it signs in with.
    pub key: PublicKey,
    /// Whose it is.
    pub member: MemberId,
    /// What to call it.
    pub name: String,
    /// It belongs here no more.
    pub removed: bool,
}

/// A link that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The device that made it.
    pub by: DeviceId,
    /// What it lets a new member do.
    pub role: Role,
    /// From where it lets a new member look.
    pub vantage: Vantage,
    /// Whose further device it is for, if it is.
    pub member: Option<MemberId>,
    /// How long it is good, in seconds after the relay received it.
    pub lasts: u32,
    /// At which place on the list it was made, from 0.
    pub place: u64,
    used: bool,
}

/// The recovery code that is good.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recovery {
    /// The public half of its key.
    pub key: PublicKey,
    /// Who printed it, and whose device it lets in.
    pub member: MemberId,
}

impl Membership {
    /// The empty list of a workspace that nobody has founded yet.
    pub fn unfounded(workspace: WorkspaceId) -> Self {
        let (members, devices, links) = (SortedMap::new(), SortedMap::new(), SortedMap::new());
        let (root, head) = (EntryHash::NONE, EntryHash::NONE);
        Self { workspace, root, head, length: 0, members, devices, links, recovery: None }
    }

    /// Verifies a whole list.
    ///
    /// # Errors
    /// Why the first entry that is refused is refused.
    pub fn verify<'a>(workspace: WorkspaceId, entries: impl IntoIterator<Item = &'a [u8]>) -> Result<Self, Refusal> {
        let mut list = Self::unfounded(workspace);
        entries.into_iter().try_for_each(|bytes| list.extend(&Entry::read(bytes)?))?;
        Ok(list)
    }

    /// Puts an entry at the end, if its signer may say so now.
    ///
    /// # Errors
    /// Why not. The list is then as it was.
    pub fn extend(&mut self, entry: &Entry) -> Result<(), Refusal> {
        let statement = entry.statement();
        if statement.workspace != self.workspace {
            return Err(Refusal::Elsewhere);
        }
        if statement.previous != self.head {
            return Err(Refusal::Unlinked);
        }
        if !entry.is_signed_by(&self.signing_key(statement)?) {
            return Err(Refusal::Forged);
        }
        self.perform(statement)?;
        self.head = entry.hash();
        if self.length == 0 {
            self.root = self.head;
        }
        self.length += 1;
        Ok(())
    }

    /// A statement that would stand at the end.
    pub fn statement(&self, by: Signer, act: Act) -> Statement {
        Statement { workspace: self.workspace, previous: self.head, by, act }
    }

    /// Which workspace's list it is.
    pub fn workspace(&self) -> WorkspaceId {
        self.workspace
    }

    /// The name of the first entry, by which a link names the list.
    pub fn root(&self) -> EntryHash {
        self.root
    }

    /// The name of the last entry.
    pub fn head(&self) -> EntryHash {
        self.head
    }

    /// How many entries there are.
    pub fn length(&self) -> u64 {
        self.length
    }

    /// Whether anybody belongs here.
    pub fn is_founded(&self) -> bool {
        self.length > 0
    }

    /// The people of the team, by id; those too whose devices are all gone.
    pub fn members(&self) -> &SortedMap<MemberId, Member> {
        &self.members
    }

    /// Every device that is or was here.
    pub fn devices(&self) -> &SortedMap<DeviceId, Device> {
        &self.devices
    }

    /// The recovery code that is good, if one was printed.
    pub fn recovery(&self) -> Option<Recovery> {
        self.recovery
    }

    /// What a device may do.
    ///
    /// # Errors
    /// [`Refusal::Stranger`] or [`Refusal::Removed`].
    pub fn role_of(&self, device: DeviceId) -> Result<Role, Refusal> {
        let device = self.devices.get(&device).ok_or(Refusal::Stranger)?;
        if device.removed {
            return Err(Refusal::Removed);
        }
        Ok(self.role(device.member))
    }

    /// A link that still lets somebody in, as far as the list tells; whether its time is over, the relay tells.
    ///
    /// # Errors
    /// [`Refusal::LinkUnknown`] or [`Refusal::LinkUsed`].
    pub fn link(&self, key: &PublicKey) -> Result<&Link, Refusal> {
        let link = self.links.get(key).ok_or(Refusal::LinkUnknown)?;
        if link.used {
            return Err(Refusal::LinkUsed);
        }
        // A stolen device may have made links before it was removed.
        self.may_invite(link.by, link.role, link.member).map_err(|_| Refusal::LinkUnknown)?;
        Ok(link)
    }

    fn role(&self, member: MemberId) -> Role {
        self.members.get(&member).map_or(Role::Viewer, |member| member.role)
    }
}
