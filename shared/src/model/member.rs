//! The people of the team and what they may do.

use std::fmt;
use std::str::FromStr;

use minicbor::{Decode, Encode};
use serde::{Deserialize, Serialize};

use crate::id::{DeviceId, DocumentId, MemberId};

/// What a member may do; each role may do all that the ones before it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, Encode, Decode)]
#[serde(rename_all = "snake_case")]
#[cbor(index_only)]
pub enum Role {
    /// Sees.
    #[n(0)]
    Viewer,
    /// Works deals.
    #[n(1)]
    Rep,
    /// Approves, overrides gates, designs pipelines.
    #[n(2)]
    Manager,
    /// Decides who belongs to the workspace.
    #[n(3)]
    Owner,
}

impl Role {
    /// Every role, the one that may least first.
    pub const ALL: [Self; 4] = [Self::Viewer, Self::Rep, Self::Manager, Self::Owner];

    /// Whether a member with this role may bring in somebody with that one.
    pub fn may_invite(self, role: Self) -> bool {
        self >= Self::Manager && self >= role
    }

    /// The least role that may write a document: the relay asks no more, and the one door asks no less.
    pub fn least_to_write(document: DocumentId) -> Self {
        match document {
            DocumentId::Workspace => Self::Manager,
            DocumentId::Views | DocumentId::Company(_) | DocumentId::Deal(_) | DocumentId::Lead(_) => Self::Rep,
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Viewer => "viewer",
            Self::Rep => "rep",
            Self::Manager => "manager",
            Self::Owner => "owner",
        })
    }
}

impl FromStr for Role {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let named = Self::ALL.into_iter().find(|role| role.to_string() == text);
        named.ok_or_else(|| format!("{text:?} is not a role; use owner, manager, rep or viewer"))
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_invites_above_their_own_role() {
        for (own, other, may) in [
            (Role::Owner, Role::Owner, true),
            (Role::Manager, Role::Rep, true),
            (Role::Manager, Role::Owner, false),
            (Role::Rep, Role::Rep, false),
            (Role::Viewer, Role::Viewer, false),
        ] {
            assert_eq!(own.may_invite(other), may, "{own} invites {other}");
        }
    }

    #[test]
    fn roles_read_back_what_they_print() {
        assert!(Role::ALL.iter().all(|role| role.to_string().parse() == Ok(*role)));
        assert!("chief".parse::<Role>().unwrap_err().contains("owner, manager, rep or viewer"));
    }
}
