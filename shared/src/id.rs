//! Names of things: one newtype for each kind that has identity, all 128-bit and written as 32 hex digits.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::time::Timestamp;

/// A text that is not the 32 hex digits of an id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an id: {0:?}")]
pub struct IdError(pub String);

macro_rules! id {
    ($($(#[$meta:meta])* $name:ident;)*) => {$(
        $(#[$meta])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        pub struct $name(Uuid);

        impl $name {
            /// The id made of these 16 bytes, which the caller drew at random.
            pub const fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(Uuid::from_bytes(bytes))
            }

            /// The same id for the same `name` on every device (UUID version 5).
            /// Whoever answers the same thing twice mints the same id twice.
            pub fn minted(name: &str) -> Self {
                let space = Uuid::new_v5(&Uuid::NAMESPACE_OID, stringify!($name).as_bytes());
                Self(Uuid::new_v5(&space, name.as_bytes()))
            }

            /// The 16 bytes of the id.
            pub const fn as_bytes(&self) -> &[u8; 16] {
                self.0.as_bytes()
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}", self.0.simple())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0.simple())
            }
        }

        impl FromStr for $name {
            type Err = IdError;

            fn from_str(text: &str) -> Result<Self, IdError> {
                match Uuid::try_parse(text) {
                    Ok(id) if text.len() == 32 => Ok(Self(id)),
                    Ok(_) | Err(_) => Err(IdError(text.to_owned())),
                }
            }
        }
    )*};
}

id! {
    /// One team's shared pipeline.
    WorkspaceId;
    /// One sales opportunity.
    DealId;
    /// One customer organisation.
    CompanyId;
    /// One person at a company.
    ContactId;
    /// One interaction, planned or done.
    ActivityId;
    /// One proof that a criterion is met.
    EvidenceId;
    /// One way of selling: an ordered list of stages.
    PipelineId;
    /// One step of a pipeline.
    StageId;
    /// One thing the customer must have done before a deal leaves a stage.
    CriterionId;
    /// One thing the seller does in a stage.
    KeyActivityId;
    /// One person of the team.
    MemberId;
    /// One browser profile or program that keeps a replica.
    DeviceId;
    /// One run of an import, so that it can be taken back as a whole.
    BatchId;
    /// One field that a team added to its records.
    FieldId;
    /// One of the values a choice field offers.
    ChoiceId;
    /// One product line of a deal.
    LineId;
    /// Somebody who may become a customer.
    LeadId;
    /// One rule that plans, reminds or fills in by itself.
    AutomationId;
    /// One message to a member about a deal.
    NoticeId;
    /// One saved view of the board.
    ViewId;
    /// One life of a relay's log; a relay that lost its data starts another.
    LogId;
}

impl BatchId {
    /// An import that begins now (UUID version 7); the caller drew the dice.
    pub fn begun(now: Timestamp, dice: [u8; 16]) -> Self {
        let mut drawn = [0; 10];
        drawn.copy_from_slice(&dice[..10]);
        let millis = u64::try_from(now.millis()).unwrap_or(0);
        Self(uuid::Builder::from_unix_timestamp_millis(millis, &drawn).into_uuid())
    }

    /// When it began, if the id tells.
    pub fn began(self) -> Option<Timestamp> {
        let millis = self.as_bytes()[..6].iter().fold(0, |millis, byte| (millis << 8) | i64::from(*byte));
        (self.0.get_version_num() == 7).then(|| Timestamp::from_millis(millis))
    }
}

/// Which Automerge document: the unit of storage, sync and damage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum DocumentId {
    /// Pipelines, fields, automations and members: what managers decide.
    Workspace,
    /// The views saved for the team, which everybody who works deals keeps.
    Views,
    /// One company with its contacts.
    Company(CompanyId),
    /// One deal with its activities and evidence.
    Deal(DealId),
    /// One lead.
    Lead(LeadId),
}

impl DocumentId {
    /// The team's own documents, which are small, have no card, and are open wherever there is a team.
    pub const OF_TEAM: [Self; 2] = [Self::Workspace, Self::Views];

    /// Whether it is one of the team's own.
    pub const fn is_of_team(self) -> bool {
        matches!(self, Self::Workspace | Self::Views)
    }
}

impl fmt::Display for DocumentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Workspace => f.write_str("workspace"),
            Self::Views => f.write_str("views"),
            Self::Company(id) => write!(f, "company/{id}"),
            Self::Deal(id) => write!(f, "deal/{id}"),
            Self::Lead(id) => write!(f, "lead/{id}"),
        }
    }
}

impl FromStr for DocumentId {
    type Err = IdError;

    fn from_str(text: &str) -> Result<Self, IdError> {
        match text.split_once('/') {
            None if text == "workspace" => Ok(Self::Workspace),
            None if text == "views" => Ok(Self::Views),
            Some(("company", id)) => Ok(Self::Company(id.parse()?)),
            Some(("deal", id)) => Ok(Self::Deal(id.parse()?)),
            Some(("lead", id)) => Ok(Self::Lead(id.parse()?)),
            Some(_) | None => Err(IdError(text.to_owned())),
        }
    }
}

impl From<DocumentId> for String {
    fn from(id: DocumentId) -> Self {
        id.to_string()
    }
}

impl TryFrom<String> for DocumentId {
    type Error = IdError;

    fn try_from(text: String) -> Result<Self, IdError> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_read_back_what_they_print() {
        let deal = DocumentId::Deal(DealId::minted("one"));
        assert_eq!(deal.to_string().parse(), Ok(deal));
        assert!(DocumentId::OF_TEAM.iter().all(|own| own.to_string().parse() == Ok(*own)));
        assert!("deal/xyz".parse::<DocumentId>().is_err());
        assert!("deal".parse::<DocumentId>().is_err());
    }

    #[test]
    fn a_batch_tells_when_it_began_and_two_of_one_moment_differ() {
        let now = Timestamp::from_millis(1_795_564_800_123);
        assert_eq!(BatchId::begun(now, [7; 16]).began(), Some(now));
        assert_ne!(BatchId::begun(now, [7; 16]), BatchId::begun(now, [8; 16]));
        assert_eq!(BatchId::minted("one").began(), None);
    }

    #[test]
    fn the_same_name_mints_different_ids_for_different_kinds() {
        assert_ne!(DealId::minted("a").as_bytes(), CompanyId::minted("a").as_bytes());
    }
}
