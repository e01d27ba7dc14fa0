//! Why a file is not taken or given.

use std::io;
use std::path::PathBuf;

use shared::model::Role;

use super::Progress;

/// Why a file is not taken or given.
#[derive(Debug, thiserror::Error)]
pub enum FileRefusal {
    /// No conversation that goes on has this pass.
    #[error("no conversation goes on with this pass; connect, and show the pass of the welcome")]
    Pass,
    /// As many pieces of one conversation are on their way as may be.
    #[error("as many pieces are on their way as may be at once; send this one after them")]
    Turns,
    /// The member may not do this to files of such a document.
    #[error("a file of such a document may be sent by a {needs} only")]
    Role {
        /// The least role that may.
        needs: Role,
    },
    /// The file is of a deal that the member does not see.
    #[error("this file is of a deal that is not shown to the one who asks")]
    Unseen,
    /// The file is not here.
    #[error("this file is not here; the device that attached it has not sent it yet")]
    Missing,
    /// The piece does not go on where the last one ended.
    #[error("{} bytes of this file are here; go on from there", .0.has)]
    Offset(Progress),
    /// An empty piece, one that goes beyond its file, or a file that is too long.
    #[error("a piece has at least one byte and ends within its file, which has 25 MiB at most")]
    Length,
    /// The bytes that came are not what their name says; they were dropped.
    #[error("what came is not what its name says and was dropped; send it from the beginning")]
    Damaged,
    /// There is no room.
    #[error("the workspace's files may have {allowed} bytes; raise --file-bytes or --workspace-bytes")]
    Full {
        /// How many bytes its files may have.
        allowed: u64,
    },
    /// The system says no.
    #[error("{path}: {cause}")]
    Disk {
        /// Which file or folder.
        path: PathBuf,
        /// Why.
        cause: io::Error,
    },
}
