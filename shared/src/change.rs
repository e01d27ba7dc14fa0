//! A sealed change: bytes that travel and are stored, with the hash that names them.
//!
//! Checks the container only (magic, kind, length, hash), so that stores and relays
//! can refuse damaged bytes without reading a document.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// The largest change that is accepted, in bytes. One command writes a few hundred;
/// the bound leaves room for a long quoted mail.
pub const MAX_CHANGE_BYTES: usize = 256 * 1024;

const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];
const PLAIN_CHANGE: u8 = 1;

/// SHA-256 over a change's kind, length and body: its name everywhere.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ChangeHash(#[serde(with = "serde_bytes")] pub [u8; 32]);

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

/// Why bytes are not a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealError {
    /// Longer than [`MAX_CHANGE_BYTES`].
    #[error("change is larger than {MAX_CHANGE_BYTES} bytes")]
    TooLarge,
    /// Cut short, or followed by something else.
    #[error("change is cut short or has a tail")]
    Length,
    /// Not a change container, or a compressed one, which is never sent.
    #[error("not a plain change")]
    Kind,
    /// The bytes do not have the checksum or the hash they claim.
    #[error("change does not match its hash")]
    Hash,
}

/// Bytes of one change whose container and hash were checked; only [`Sealed::check`] makes one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sealed {
    hash: ChangeHash,
    bytes: Vec<u8>,
}

impl Sealed {
    /// Checks the container and computes the hash.
    ///
    /// # Errors
    /// Says which part of the container is wrong; nothing of the body was read then.
    pub fn check(bytes: Vec<u8>) -> Result<Self, SealError> {
        if bytes.len() > MAX_CHANGE_BYTES {
            return Err(SealError::TooLarge);
        }
        let checksum = match bytes.get(..9) {
            None => return Err(SealError::Length),
            Some(head) if head[..4] != MAGIC || head[8] != PLAIN_CHANGE => return Err(SealError::Kind),
            Some(head) => &head[4..8],
        };
        let (length, digits) = leb128(&bytes[9..]).ok_or(SealError::Length)?;
        if bytes.len() as u64 != 9 + digits as u64 + length {
            return Err(SealError::Length);
        }
        let hash: [u8; 32] = Sha256::digest(&bytes[8..]).into();
        if hash[..4] != *checksum {
            return Err(SealError::Hash);
        }
        Ok(Self { hash: ChangeHash(hash), bytes })
    }

    /// Checks that the bytes are the change of this name.
    ///
    /// # Errors
    /// As [`Sealed::check`], and [`SealError::Hash`] for another change's bytes.
    pub fn named(hash: ChangeHash, bytes: Vec<u8>) -> Result<Self, SealError> {
        match Self::check(bytes)? {
            sealed if sealed.hash == hash => Ok(sealed),
            _ => Err(SealError::Hash),
        }
    }

    /// The change's name.
    pub fn hash(&self) -> ChangeHash {
        self.hash
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

/// An unsigned LEB128 number and how many bytes it took; none if it is cut short or over 4 bytes long.
fn leb128(bytes: &[u8]) -> Option<(u64, usize)> {
    let mut value = 0;
    for (index, byte) in bytes.iter().take(4).enumerate() {
        value |= u64::from(byte & 0x7f) << (7 * index);
        if byte & 0x80 == 0 {
            return Some((value, index + 1));
        }
    }
    None
}
