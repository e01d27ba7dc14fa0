//! Whose deals a member sees. Everything else of a workspace is seen by everybody.

use std::fmt;
use std::str::FromStr;

use minicbor::{Decode, Encode};

use super::{MAX_NAME, Member, Membership, Refusal};
use crate::gather::Gather;
use crate::id::MemberId;
use crate::model::Role;
use crate::sorted::SortedSet;

/// Which deals a member below manager sees; managers and owners see all.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode)]
#[cbor(index_only)]
pub enum Sight {
    /// The member's own.
    #[n(0)]
    Own,
    /// Those of everybody in the same team.
    #[n(1)]
    Team,
    /// All of them.
    #[default]
    #[n(2)]
    All,
}

impl Sight {
    /// Every sight, the one that shows least first.
    pub const ALL: [Self; 3] = [Self::Own, Self::Team, Self::All];
}

impl fmt::Display for Sight {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Own => "own",
            Self::Team => "team",
            Self::All => "all",
        })
    }
}

impl FromStr for Sight {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let named = Self::ALL.into_iter().find(|sight| sight.to_string() == text);
        named.ok_or_else(|| format!("{text:?} is not a sight; use own, team or all"))
    }
}

/// From where a member looks: how far, and among whom.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode)]
pub struct Vantage {
    /// How far.
    #[n(0)]
    pub sight: Sight,
    /// The name of the team; empty for none.
    #[n(1)]
    pub team: String,
}

impl Vantage {
    /// A team is named plainly, so that two who are meant to be in one are.
    pub(super) fn hold(&self) -> Result<(), Refusal> {
        let is_plain = self.team.trim() == self.team && self.team.chars().count() <= MAX_NAME;
        if is_plain { Ok(()) } else { Err(Refusal::Name) }
    }
}

/// The owners whose deals a member sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Horizon {
    /// Everybody's, and those that nobody owns.
    Everything,
    /// Those of these members.
    Of(SortedSet<MemberId>),
}

impl Horizon {
    /// Whether a deal of this owner may be seen.
    pub fn sees(&self, owner: Option<MemberId>) -> bool {
        match self {
            Self::Everything => true,
            Self::Of(owners) => owner.is_some_and(|owner| owners.contains(&owner)),
        }
    }
}

impl Membership {
    /// Whose deals a member sees; of whom the list does not know, nobody's.
    pub fn horizon(&self, id: MemberId) -> Horizon {
        let Some(member) = self.members.get(&id) else { return Horizon::Of(SortedSet::new()) };
        match member.vantage.sight {
            _ if member.role >= Role::Manager => Horizon::Everything,
            Sight::All => Horizon::Everything,
            Sight::Own => Horizon::Of([id].into()),
            Sight::Team => Horizon::Of(self.team_of(id, member)),
        }
    }

    fn team_of(&self, id: MemberId, member: &Member) -> SortedSet<MemberId> {
        let team = &member.vantage.team;
        let is_near = |(other, known): &(&MemberId, &Member)| **other == id || is_same(&known.vantage.team, team);
        self.members.iter().filter(is_near).map(|(other, _)| *other).into_set()
    }
}

fn is_same(team: &str, other: &str) -> bool {
    !team.is_empty() && team == other
}
