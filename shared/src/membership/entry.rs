//! One entry of the list: what somebody says, after which entry, and the signature over it.

use std::fmt;

use minicbor::{Decode, Encode};
use sha2::{Digest as _, Sha256};

use super::key::{PrivateKey, PublicKey, Signature};
use super::refusal::Refusal;
use super::sight::Vantage;
use crate::id::{DeviceId, MemberId, WorkspaceId};
use crate::model::Role;

/// The largest entry, in bytes: three names and a few keys fit three times.
pub const MAX_ENTRY_BYTES: usize = 2 * 1024;

/// What the signature is about, so that it is worth nothing anywhere else.
const PURPOSE: &[u8] = b"sluice membership 1\0";

const SIGNATURE_BYTES: usize = 64;

/// SHA-256 of an entry, signature included: its name.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Encode, Decode)]
#[cbor(transparent)]
pub struct EntryHash(#[cbor(n(0), with = "minicbor::bytes")] pub [u8; 32]);

impl EntryHash {
    /// What the first entry names as the one before it.
    pub const NONE: Self = Self([0; 32]);
}

impl fmt::Debug for EntryHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0[..4].iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

/// A device that comes in, and whose it is.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Newcomer {
    /// Its fresh identity.
    #[n(0)]
    pub device: DeviceId,
    /// The key it signs in with.
    #[n(1)]
    pub key: PublicKey,
    /// Whose it is.
    #[n(2)]
    pub member: MemberId,
    /// What that person is called; not heard of somebody who is here already.
    #[n(3)]
    pub name: String,
    /// What to call the device, such as the system and browser it runs.
    #[n(4)]
    pub called: String,
}

/// What an entry says.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Act {
    /// The first entry: the first device comes in, as an owner's.
    #[n(0)]
    Found {
        /// The device.
        #[n(0)]
        first: Newcomer,
        /// The key of the relay's console, which comes in as a manager; an owner can remove it like any device.
        #[n(1)]
        console: Option<PublicKey>,
    },
    /// A link is made that lets one device in.
    #[n(1)]
    Invite {
        /// The public half of the key its secret stands for.
        #[n(0)]
        link: PublicKey,
        /// What the new member may do.
        #[n(1)]
        role: Role,
        /// Whose further device it is for; none for a new member.
        #[n(2)]
        member: Option<MemberId>,
        /// For how many seconds after the relay received it. Clocks of devices are often wrong.
        #[n(3)]
        lasts: u32,
        /// From where the new member looks, so that no newcomer gets too much before anybody says so.
        #[n(4)]
        vantage: Vantage,
    },
    /// A device comes in through a link.
    #[n(2)]
    Admit(#[n(0)] Newcomer),
    /// A member may do something else from now on.
    #[n(3)]
    SetRole {
        /// Who.
        #[n(0)]
        member: MemberId,
        /// What.
        #[n(1)]
        role: Role,
    },
    /// A device belongs here no more.
    #[n(4)]
    Remove {
        /// Which.
        #[n(0)]
        device: DeviceId,
    },
    /// A recovery code was printed; an older one is worth nothing any more.
    #[n(5)]
    PrintRecovery {
        /// The public half of the key that the code stands for.
        #[n(0)]
        key: PublicKey,
    },
    /// A device comes in with the recovery code, as an owner's. The code is used up.
    #[n(6)]
    Recover(#[n(0)] Newcomer),
    /// A member sees other deals from now on.
    #[n(7)]
    SetSight {
        /// Who.
        #[n(0)]
        member: MemberId,
        /// From where the member looks.
        #[n(1)]
        vantage: Vantage,
    },
}

/// Whose key signs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub enum Signer {
    /// A device's own.
    #[n(0)]
    Device(#[n(0)] DeviceId),
    /// That of a link's secret.
    #[n(1)]
    Link(#[n(0)] PublicKey),
    /// That of the recovery code.
    #[n(2)]
    Recovery(#[n(0)] PublicKey),
}

/// What is signed.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Statement {
    /// In which workspace.
    #[n(0)]
    pub workspace: WorkspaceId,
    /// The entry it stands after.
    #[n(1)]
    pub previous: EntryHash,
    /// Who says it.
    #[n(2)]
    pub by: Signer,
    /// What.
    #[n(3)]
    pub act: Act,
}

impl Statement {
    /// The bytes to sign, for a key that is not in this program's hands.
    pub fn message(&self) -> Vec<u8> {
        let mut message = PURPOSE.to_vec();
        message.extend(self.encode());
        message
    }

    /// The entry, with the signature over [`Statement::message`].
    pub fn signed(self, signature: Signature) -> Entry {
        let mut bytes = signature.0.to_vec();
        bytes.extend(self.encode());
        Entry { statement: self, signature, bytes }
    }

    /// The entry, signed by this key.
    pub fn sign(self, key: &PrivateKey) -> Entry {
        let signature = key.sign(&self.message());
        self.signed(signature)
    }

    fn encode(&self) -> Vec<u8> {
        minicbor::to_vec(self).expect("a Vec takes every byte, and nothing of a statement refuses to be written")
    }
}

/// A statement with a signature, of which nothing is known yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    statement: Statement,
    signature: Signature,
    bytes: Vec<u8>,
}

impl Entry {
    /// Reads an entry. There is one way to write each, so that nobody can make another hash of the same words.
    ///
    /// # Errors
    /// [`Refusal::Malformed`].
    pub fn read(bytes: &[u8]) -> Result<Self, Refusal> {
        let parts = bytes.split_first_chunk::<SIGNATURE_BYTES>().filter(|_| bytes.len() <= MAX_ENTRY_BYTES);
        let (signature, said) = parts.ok_or(Refusal::Malformed)?;
        let statement: Statement = minicbor::decode(said).map_err(|_| Refusal::Malformed)?;
        let entry = statement.signed(Signature(*signature));
        if entry.bytes == bytes { Ok(entry) } else { Err(Refusal::Malformed) }
    }

    /// The bytes that travel and are stored.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Its name.
    pub fn hash(&self) -> EntryHash {
        EntryHash(Sha256::digest(&self.bytes).into())
    }

    /// What it says, whether true or not.
    pub fn statement(&self) -> &Statement {
        &self.statement
    }

    /// Whether this key signed it.
    pub(super) fn is_signed_by(&self, key: &PublicKey) -> bool {
        key.signed(&self.statement.message(), &self.signature)
    }
}
