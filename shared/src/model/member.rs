//! The people of the team and what they may do.

use serde::{Deserialize, Serialize};

use crate::id::{DeviceId, MemberId};

/// What a member may do; each role may do all that the ones before it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Sees.
    Viewer,
    /// Works deals.
    Rep,
    /// Approves, overrides gates, designs pipelines.
    Manager,
    /// Decides who belongs to the workspace.
    Owner,
}

impl Role {
    /// Every role, the one that may least first.
    pub const ALL: [Self; 4] = [Self::Viewer, Self::Rep, Self::Manager, Self::Owner];
}

/// One person of the team.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    /// Its identity.
    pub id: MemberId,
    /// The person's name.
    pub name: String,
    /// What the person may do.
    pub role: Role,
}

/// One browser profile or program that a member works with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Device {
    /// Its identity.
    pub id: DeviceId,
    /// What to call it, such as the system and browser it runs.
    pub name: String,
    /// Whose it is.
    pub member: MemberId,
}
