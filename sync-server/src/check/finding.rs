//! What can be wrong with stored data, and where.

use std::fmt;

use serde::{Serialize, Serializer};
use shared::change::{ChangeHash, SealError};
use shared::id::WorkspaceId;
use shared::model::FileHash;
use shared::wire::Position;

/// One thing that is wrong.
#[derive(Debug, Serialize)]
pub struct Finding {
    /// In which workspace, if it is in one.
    #[serde(skip_serializing_if = "Option::is_none", serialize_with = "maybe_as_text")]
    pub workspace: Option<WorkspaceId>,
    /// In which document, as its row names it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document: Option<String>,
    /// At which position of the log.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<Position>,
    /// What.
    #[serde(serialize_with = "as_text")]
    pub problem: Problem,
}

/// What is wrong.
#[derive(Debug, thiserror::Error)]
pub enum Problem {
    /// SQLite says so.
    #[error("the database file: {0}")]
    File(String),
    /// The name is not an id.
    #[error("the workspace's name is not an id")]
    WorkspaceName,
    /// The name is not an id, or not the last one that was given.
    #[error("the log's name is not the one that it was last given")]
    LogName,
    /// The log is shorter than it was.
    #[error("the log ends at {head}; when the relay last started it reached to {before}")]
    WentBack {
        /// Where it ends.
        head: Position,
        /// Where it ended then.
        before: Position,
    },
    /// Devices would not believe the list.
    #[error("the list of members: {0}")]
    Members(String),
    /// Nothing stands at some positions.
    #[error("nothing stands at the positions {from} to {to}")]
    Hole {
        /// The first of them.
        from: Position,
        /// The last of them.
        to: Position,
    },
    /// The change's document has no row here.
    #[error("the change belongs to no document of this workspace")]
    NoDocument,
    /// The document's name does not read.
    #[error("the document's name is not one")]
    DocumentName,
    /// The stored name of a change is no hash.
    #[error("the change's name is not a hash")]
    HashName,
    /// The bytes are damaged, or another change's.
    #[error("change {0}: {1}")]
    Sealed(ChangeHash, SealError),
    /// No document takes both. Relays of today refuse the later one.
    #[error("change {0} forks: the change at position {1} has its writer and number")]
    Forked(ChangeHash, Position),
    /// The container is sound, the content is not.
    #[error("{0}")]
    Content(String),
    /// What is noted of the document is not what the log says.
    #[error("the document's row says it was last touched at {noted}; the log says {last}")]
    Touched {
        /// The row.
        noted: Position,
        /// The log.
        last: Position,
    },
    /// As [`Problem::Touched`], of the changes that no snapshot holds.
    #[error("the document's row says that {noted} changes are in no snapshot; the log says {counted}")]
    Unfolded {
        /// The row.
        noted: u64,
        /// The log.
        counted: u64,
    },
    /// Whoever may not see the deal would be sent it, or whoever may would not.
    #[error("the deal is noted as {noted}; the document says {told}")]
    Owner {
        /// Whose it is noted to be.
        noted: String,
        /// Whose it is.
        told: String,
    },
    /// More than one snapshot would be sent.
    #[error("several snapshots of the document are in use")]
    SeveralInUse,
    /// The snapshot's bytes are not what was stored.
    #[error("the snapshot's bytes are damaged; its changes are sent instead")]
    Digest,
    /// The snapshot does not read.
    #[error("the snapshot cannot be read: {0}")]
    Snapshot(String),
    /// A change up to the snapshot's position is not in it.
    #[error("the snapshot up to {upto} lacks this change")]
    Lacks {
        /// The snapshot's position.
        upto: Position,
    },
    /// The snapshot has changes that the log lacks, or has later.
    #[error("the snapshot holds {0} changes that do not stand in the log up to its position")]
    Holds(usize),
    /// The bytes of a file are not what was stored.
    #[error("file {0} is damaged; put it back from a backup")]
    FileDamaged(FileHash),
    /// No relay put it there.
    #[error("among the files lies {0:?}, which is none")]
    StrayFile(String),
    /// The folder of files cannot be read.
    #[error("the files: {0}")]
    Files(String),
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(workspace) = &self.workspace {
            write!(f, "workspace {workspace}: ")?;
        }
        if let Some(document) = &self.document {
            write!(f, "{document}: ")?;
        }
        if let Some(position) = &self.position {
            write!(f, "position {position}: ")?;
        }
        self.problem.fmt(f)
    }
}

fn as_text<S: Serializer>(value: &impl fmt::Display, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(value)
}

fn maybe_as_text<S: Serializer>(value: &Option<impl fmt::Display>, serializer: S) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => serializer.collect_str(value),
        None => serializer.serialize_none(),
    }
}
