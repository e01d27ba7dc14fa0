//! What is asked and answered over HTTP by somebody who has no connection yet: CBOR, like the frames.

use minicbor::bytes::ByteVec;
use minicbor::{Decode, Encode};

use crate::id::WorkspaceId;
use crate::membership::{PublicKey, Signature};

/// `POST /join`: which list does this link or code belong to?
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Ask {
    /// The public half of the key that the secret stands for.
    #[n(0)]
    pub key: PublicKey,
}

/// The answer to [`Ask`].
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Answer {
    /// The workspace.
    #[n(0)]
    pub workspace: WorkspaceId,
    /// The list of members so far; empty where somebody is to found the workspace.
    #[n(1)]
    pub entries: Vec<ByteVec>,
    /// The key of the relay's console, for whoever founds.
    #[n(2)]
    pub console: PublicKey,
}

/// `POST /amend`: entries to put at the end of a list. Their signatures say who asks.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Amend {
    /// Whose list.
    #[n(0)]
    pub workspace: WorkspaceId,
    /// The entries, in order.
    #[n(1)]
    pub entries: Vec<ByteVec>,
}

/// `POST /recover`: a relay that lost everything is to go on with the workspace that a device brings.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Recover {
    /// Of the link that would found a workspace there.
    #[n(0)]
    pub key: PublicKey,
    /// The workspace.
    #[n(1)]
    pub workspace: WorkspaceId,
    /// Its whole list of members.
    #[n(2)]
    pub entries: Vec<ByteVec>,
    /// With the link's key, over [`crate::membership::recovering`].
    #[n(3)]
    pub signature: Signature,
}

/// The bytes of one of these.
pub fn encode(message: &impl Encode<()>) -> Vec<u8> {
    minicbor::to_vec(message).expect("a Vec takes every byte, and nothing of a message refuses to be written")
}

/// Reads one of these; none if the bytes are not one and nothing else.
pub fn decode<T: for<'b> Decode<'b, ()>>(bytes: &[u8]) -> Option<T> {
    let mut decoder = minicbor::Decoder::new(bytes);
    let message = decoder.decode().ok()?;
    (decoder.position() == bytes.len()).then_some(message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_reads_back_and_nothing_may_follow_it() {
        let amend = Amend { workspace: WorkspaceId::minted("w"), entries: vec![vec![1, 2].into()] };
        let mut bytes = encode(&amend);
        assert_eq!(decode(&bytes), Some(amend));
        assert_eq!(decode::<Ask>(&bytes), None);
        bytes.push(0);
        assert_eq!(decode::<Amend>(&bytes), None);
    }
}
