//! What crosses a socket between a device and the relay: CBOR frames, versioned and bounded.
//!
//! A frame is `[version byte][CBOR of Frame]`. Bytes of changes are opaque here.

mod cbor;
pub mod files;
pub mod joining;
mod stand;
#[cfg(test)]
mod tests;

use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};

use crate::change::{ChangeHash, SealError, Sealed};
use crate::id::{DeviceId, DocumentId, LogId, MemberId, WorkspaceId};
use crate::limits::MAX_CHANGE_BYTES;
pub use crate::limits::{MAX_CHANGES, MAX_FRAME_BYTES};
use crate::membership::{MAX_ENTRY_BYTES, Signature};
use crate::model::Role;
pub use stand::{Position, Stand};

/// The version of the frames below; a relay and a device must speak the same.
pub const WIRE_VERSION: u8 = 3;

/// How far a frame of changes is filled before the next is begun, in bytes of changes.
pub const FRAME_FILL_BYTES: usize = 1024 * 1024;

/// What shows, over HTTP, that a request is of a device that is connected. The relay draws it for each conversation.
pub type Pass = [u8; 32];

/// One change on its way.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Entry {
    /// The document it belongs to.
    #[n(0)]
    pub document: DocumentId,
    /// Its name.
    #[n(1)]
    pub hash: ChangeHash,
    /// Its bytes.
    #[cbor(n(2), with = "minicbor::bytes")]
    pub bytes: Vec<u8>,
}

impl Entry {
    /// Wraps a change for the way.
    pub fn new(document: DocumentId, sealed: Sealed) -> Self {
        Self { document, hash: sealed.hash(), bytes: sealed.into_bytes() }
    }

    /// Checks the bytes against the name.
    ///
    /// # Errors
    /// As [`Sealed::named`].
    pub fn open(self) -> Result<(DocumentId, Sealed), SealError> {
        Ok((self.document, Sealed::named(self.hash, self.bytes)?))
    }
}

/// A whole document for a device that has nothing of it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Whole {
    /// Which document.
    #[n(0)]
    pub document: DocumentId,
    /// Its folded past (what [`crate::document::fold`] made), if the relay folded any.
    #[cbor(n(1), with = "minicbor::bytes")]
    pub snapshot: Option<Vec<u8>>,
    /// The changes that are not in the snapshot, in log order.
    #[n(2)]
    pub changes: Vec<Entry>,
}

/// A deal that the device's member may see no more.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Withdrawn {
    /// Its document.
    #[n(0)]
    pub document: DocumentId,
    /// Whose it is now.
    #[n(1)]
    pub owner: Option<MemberId>,
}

/// Why the relay ends a conversation. The device shows it and does not retry blindly.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Ended {
    /// No such workspace or device, or the greeting is signed by another key. Which, the relay does not tell.
    #[n(0)]
    Unknown,
    /// The device speaks another version of the wire; the relay's follows.
    #[n(1)]
    Version(#[n(0)] u8),
    /// A frame was not a frame, came at the wrong time, or broke a bound: which.
    #[n(2)]
    Malformed(#[n(0)] String),
    /// The relay is shutting down or cannot write; try again later.
    #[n(3)]
    Unavailable,
    /// The device was removed from the workspace. What is on it stays readable.
    #[n(4)]
    Removed,
    /// The device has as many connections as it may; try again later.
    #[n(5)]
    Crowded,
    /// The workspace holds as many bytes as it may. Told by [`Frame::Full`], after which the conversation goes on.
    #[n(6)]
    Full(#[n(0)] u64),
}

/// Everything that is said on the wire.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Frame {
    /// Device → relay, after [`Frame::Challenge`]: who it is, and where it stands.
    #[n(0)]
    Hello {
        /// Its workspace.
        #[n(3)]
        workspace: WorkspaceId,
        /// Its name there.
        #[n(4)]
        device: DeviceId,
        /// Over [`crate::membership::greeting`].
        #[n(0)]
        signature: Signature,
        /// How many entries of the list of members it has.
        #[n(5)]
        members: u64,
        /// Where it stands in the log; none on first contact.
        #[n(1)]
        stand: Option<Stand>,
    },
    /// Relay → device, in answer to [`Frame::Hello`]. The device asks for nothing more: what it lacks follows by itself.
    #[n(1)]
    Welcome {
        /// The name the relay's log goes by now.
        #[n(0)]
        log: LogId,
        /// The log's last position.
        #[n(1)]
        head: Position,
        /// How many entries the list of members has. A relay that has fewer than the device gets the rest from it. To a
        /// device that has nothing it says what [`Frame::Sighted`] says later.
        #[n(2)]
        members: u64,
        /// The device's stand is none of this log: it begins at nothing. If it had one, the relay has lost what was there, and the device pushes all the changes it holds, its own and those of others.
        #[n(3)]
        anew: bool,
        /// Shown with what is asked of [`files`] while this conversation lasts.
        #[cbor(n(4), with = "minicbor::bytes")]
        pass: Pass,
    },
    /// Device → relay: changes it made.
    #[n(2)]
    Push {
        /// The device's number for this push, answered in [`Frame::Stored`].
        #[n(0)]
        number: u64,
        /// At most [`MAX_CHANGES`].
        #[n(1)]
        entries: Vec<Entry>,
    },
    /// Relay → device: the push is on disk.
    #[n(3)]
    Stored {
        /// The number of the push.
        #[n(0)]
        number: u64,
        /// The position of its last change. A log that does not reach so far any more has lost it.
        #[n(1)]
        upto: Position,
    },
    /// Relay → device: nothing of the push was stored, because the workspace holds as much as it may. What others wrote
    /// is told all the same.
    #[n(14)]
    Full {
        /// The number of the push.
        #[n(0)]
        number: u64,
        /// How many bytes of changes a workspace may hold.
        #[n(1)]
        allowed: u64,
    },
    /// Relay → device: nothing of the push was stored, because the log holds another change of the same writer and number
    /// in this document, as after a profile was copied. The device tells its own again as somebody else, and greets the
    /// relay anew: until then its pushes may build on the fork, and all of them are answered so.
    #[n(15)]
    Forked {
        /// The number of the push.
        #[n(0)]
        number: u64,
        /// The document.
        #[n(1)]
        document: DocumentId,
        /// The change of the push; of several the one with the lowest number, on which others may build.
        #[n(2)]
        hash: ChangeHash,
    },
    /// Relay → device: the log goes on. What came in this conversation is left out; what the device wrote before, its disk
    /// may have lost.
    #[n(4)]
    Log {
        /// Everything up to here has now been sent.
        #[n(0)]
        upto: Position,
        /// The changes, in log order.
        #[n(1)]
        entries: Vec<Entry>,
    },
    /// Relay → device that has nothing: whole documents, the most useful first.
    #[n(5)]
    Wholes {
        /// The documents.
        #[n(0)]
        documents: Vec<Whole>,
        /// How many documents follow after these.
        #[n(1)]
        left: u64,
        /// In the last of these frames: the position up to which all has been sent.
        #[n(2)]
        upto: Option<Position>,
    },
    /// Either way: the connection is alive.
    #[n(6)]
    Ping,
    /// The answer to [`Frame::Ping`].
    #[n(7)]
    Pong,
    /// Relay → device: the conversation is over.
    #[n(8)]
    End(#[n(0)] Ended),
    /// Relay → device, first: what the greeting is to be signed over.
    #[n(9)]
    Challenge(#[cbor(n(0), with = "minicbor::bytes")] [u8; 32]),
    /// Relay → device: the list of members goes on.
    #[n(10)]
    Members {
        /// How many entries come before these.
        #[n(0)]
        from: u64,
        /// The entries, as [`crate::membership::Entry::bytes`].
        #[n(1)]
        entries: Vec<ByteVec>,
    },
    /// Relay → device: nothing of the push was stored, because the device's member may not write such a document, or
    /// does not see the deal.
    #[n(11)]
    Refused {
        /// The number of the push.
        #[n(0)]
        number: u64,
        /// The document.
        #[n(1)]
        document: DocumentId,
        /// Who may write it; who sees all deals, where it is about that.
        #[n(2)]
        needs: Role,
    },
    /// Relay → device: deals that its member may see no more. The device sends what it wrote of them before it heard,
    /// and then forgets them.
    #[n(16)]
    Withdrawn {
        /// At most [`MAX_CHANGES`].
        #[n(0)]
        deals: Vec<Withdrawn>,
    },
    /// Relay → device: all that the device has is now chosen by the first so many entries of the list of members.
    #[n(17)]
    Sighted(#[n(0)] u64),
    /// Device → relay: when were the devices of the workspace last here?
    #[n(12)]
    AskSeen,
    /// The answer to [`Frame::AskSeen`].
    #[n(13)]
    Seen {
        /// Devices, and milliseconds since 1970.
        #[n(0)]
        devices: Vec<(DeviceId, i64)>,
    },
}

/// Why bytes are not a frame.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FrameError {
    /// Longer than [`MAX_FRAME_BYTES`].
    #[error("frame of {0} bytes is larger than {MAX_FRAME_BYTES}")]
    TooLarge(usize),
    /// No bytes at all.
    #[error("empty frame")]
    Empty,
    /// Of another version of the wire.
    #[error("frame of wire version {0}, this side speaks {WIRE_VERSION}")]
    Version(u8),
    /// Truncated, or not what a frame looks like.
    #[error("malformed frame: {0}")]
    Malformed(String),
    /// More than [`MAX_CHANGES`] changes or entries, or one over its bound.
    #[error("frame carries too many changes or entries, or one over {MAX_CHANGE_BYTES} or {MAX_ENTRY_BYTES} bytes")]
    Bounds,
}

impl Frame {
    /// The bytes of the frame.
    pub fn encode(&self) -> Vec<u8> {
        let mut bytes = vec![WIRE_VERSION];
        minicbor::encode(self, &mut bytes)
            .expect("a Vec takes every byte, and nothing of a frame refuses to be written");
        bytes
    }

    /// Reads a frame, holding every bound before anything is believed.
    ///
    /// # Errors
    /// Says which bound or part is wrong.
    pub fn decode(bytes: &[u8]) -> Result<Self, FrameError> {
        if bytes.len() > MAX_FRAME_BYTES {
            return Err(FrameError::TooLarge(bytes.len()));
        }
        let (version, body) = bytes.split_first().ok_or(FrameError::Empty)?;
        if *version != WIRE_VERSION {
            return Err(FrameError::Version(*version));
        }
        let mut decoder = minicbor::Decoder::new(body);
        let frame: Self = decoder.decode().map_err(malformed)?;
        let left = body.len() - decoder.position();
        if left > 0 {
            return Err(FrameError::Malformed(format!("{left} bytes after the frame")));
        }
        frame.hold_bounds()?;
        Ok(frame)
    }

    fn hold_bounds(&self) -> Result<(), FrameError> {
        let (count, largest) = match self {
            Self::Push { entries, .. } | Self::Log { entries, .. } => (entries.len(), largest(entries)),
            Self::Wholes { documents, .. } => {
                let changes = documents.iter().map(|whole| whole.changes.len()).max();
                let largest = documents.iter().map(|whole| largest(&whole.changes)).max();
                (changes.unwrap_or(0).max(documents.len()), largest.unwrap_or(0))
            }
            Self::Members { entries, .. } => {
                let largest = entries.iter().map(|entry| entry.len()).max().unwrap_or(0);
                (entries.len(), if largest > MAX_ENTRY_BYTES { usize::MAX } else { 0 })
            }
            Self::Withdrawn { deals } => (deals.len(), 0),
            Self::Seen { .. }
            | Self::Sighted(_)
            | Self::Hello { .. }
            | Self::Welcome { .. }
            | Self::Stored { .. }
            | Self::Full { .. }
            | Self::Forked { .. }
            | Self::Refused { .. }
            | Self::Challenge(_)
            | Self::AskSeen
            | Self::Ping
            | Self::Pong
            | Self::End(_) => (0, 0),
        };
        if count > MAX_CHANGES || largest > MAX_CHANGE_BYTES {
            return Err(FrameError::Bounds);
        }
        Ok(())
    }
}

/// Splits changes into runs that each fit a frame, in order.
pub fn fill_frames(entries: Vec<Entry>) -> Vec<Vec<Entry>> {
    let mut frames: Vec<Vec<Entry>> = Vec::new();
    let mut filled = 0;
    for entry in entries {
        let size = entry.bytes.len();
        match frames.last_mut() {
            Some(frame) if frame.len() < MAX_CHANGES && filled + size <= FRAME_FILL_BYTES => {
                filled += size;
                frame.push(entry);
            }
            Some(_) | None => {
                filled = size;
                frames.push(vec![entry]);
            }
        }
    }
    frames
}

fn largest(entries: &[Entry]) -> usize {
    entries.iter().map(|entry| entry.bytes.len()).max().unwrap_or(0)
}

fn malformed(error: minicbor::decode::Error) -> FrameError {
    FrameError::Malformed(if error.is_end_of_input() { "cut short".to_owned() } else { error.to_string() })
}
