//! A sealed change: bytes that travel and are stored, with the hash that names them.
//!
//! Checks the container (magic, kind, length, hash) and every limit, so that stores and relays
//! can refuse damaged and hostile bytes without reading a document.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::limits::{Limit, MAX_CHANGE_BYTES, Reader, hold_change, origin_of_change};

const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];
const PLAIN_CHANGE: u8 = 1;

/// SHA-256 over a change's kind, length and body: its name everywhere.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ChangeHash(#[serde(with = "serde_bytes")] pub [u8; 32]);

impl ChangeHash {
    /// The name of a folded past: the hash of its bytes.
    pub fn of_snapshot(bytes: &[u8]) -> Self {
        Self(Sha256::digest(bytes).into())
    }
}

impl fmt::Display for ChangeHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for ChangeHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "ChangeHash({self})")
    }
}

impl FromStr for ChangeHash {
    type Err = SealError;

    fn from_str(text: &str) -> Result<Self, SealError> {
        if text.len() != 64 || !text.is_ascii() {
            return Err(SealError::Hash);
        }
        let mut hash = [0; 32];
        for (byte, pair) in hash.iter_mut().zip(text.as_bytes().chunks(2)) {
            let pair = std::str::from_utf8(pair).map_err(|_| SealError::Hash)?;
            *byte = u8::from_str_radix(pair, 16).map_err(|_| SealError::Hash)?;
        }
        Ok(Self(hash))
    }
}

/// Whose change it is, and its how manyeth. Two unequal changes of one document that share it are a fork: no document
/// takes both.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin {
    /// The actor.
    pub writer: [u8; 16],
    /// The first is 1.
    pub number: u64,
}

impl Origin {
    /// What a change's bytes say of it. Their head is read, and nothing is checked beyond that.
    ///
    /// # Errors
    /// The bytes do not begin as a change does.
    pub fn of(bytes: &[u8]) -> Result<Self, SealError> {
        let (writer, number) = origin_of_change(parted(PLAIN_CHANGE, bytes)?.1)?;
        Ok(Self { writer, number })
    }
}

/// Why bytes are not a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// Cut short, or followed by something else.
    #[error("change is cut short or has a tail")]
    Length,
    /// Not a change's container or a folded past's, or a compressed change's, which is never sent.
    #[error("not a plain change, nor a folded past where one is due")]
    Kind,
    /// The bytes do not have the checksum or the hash they claim.
    #[error("change does not match its hash")]
    Hash,
    /// The bytes are what their name says, and more than is accepted. Asking for them again brings the same.
    #[error("change breaks a limit: {0}")]
    Limit(#[from] Limit),
}

/// Bytes of one change whose container, hash and limits were checked; only [`Sealed::check`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    hash: ChangeHash,
    bytes: Vec<u8>,
}

impl Sealed {
    /// Checks the container and the limits, and computes the hash.
    ///
    /// # Errors
    /// Says which part of the container is wrong, or which limit is broken.
    pub fn check(bytes: Vec<u8>) -> Result<Self, SealError> {
        let (hash, body) = contained(PLAIN_CHANGE, MAX_CHANGE_BYTES, &bytes)?;
        hold_change(body)?;
        Ok(Self { hash, bytes })
    }

    /// Checks that the bytes are the change of this name.
    ///
    /// # Errors
    /// As [`Sealed::check`], and [`SealError::Hash`] for another change's bytes.
    pub fn named(hash: ChangeHash, bytes: Vec<u8>) -> Result<Self, SealError> {
        let (found, body) = contained(PLAIN_CHANGE, MAX_CHANGE_BYTES, &bytes)?;
        // Before the limits: other bytes say nothing about the change of this name, not even that it breaks one.
        if found != hash {
            return Err(SealError::Hash);
        }
        hold_change(body)?;
        Ok(Self { hash, bytes })
    }

    /// The change's name.
    pub fn hash(&self) -> ChangeHash {
        self.hash
    }

    /// Whose change it is.
    pub fn origin(&self) -> Origin {
        Origin::of(&self.bytes).expect("the limits were held, which read the same head")
    }

    /// The change's bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Gives the bytes away.
    pub fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }
}

/// The name of a container's bytes, and what is in it.
///
/// # Errors
/// Says which part of the container is wrong.
pub(crate) fn contained(kind: u8, most: usize, bytes: &[u8]) -> Result<(ChangeHash, &[u8]), SealError> {
    if bytes.len() > most {
        return Err(SealError::Limit(Limit::Bytes));
    }
    let (checksum, body) = parted(kind, bytes)?;
    let hash: [u8; 32] = Sha256::digest(&bytes[8..]).into();
    if hash[..4] != *checksum {
        return Err(SealError::Hash);
    }
    Ok((ChangeHash(hash), body))
}

/// The checksum and the body of a container.
fn parted(kind: u8, bytes: &[u8]) -> Result<(&[u8], &[u8]), SealError> {
    let (head, rest) = bytes.split_at_checked(9).ok_or(SealError::Length)?;
    if head[..4] != MAGIC || head[8] != kind {
        return Err(SealError::Kind);
    }
    let mut body = Reader(rest);
    if body.unsigned() != Ok(body.0.len() as u64) {
        return Err(SealError::Length);
    }
    Ok((&head[4..8], body.0))
}
