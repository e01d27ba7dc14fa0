//! How bytes lie in storage: magic, version, kind, checksum, then the bytes themselves.

const MAGIC: [u8; 3] = *b"SLC";
const VERSION: u8 = 1;
const HEAD: usize = 9;

/// What a frame holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// One change of a document.
    Change = 1,
    /// A document's folded past.
    Snapshot = 2,
    /// One card.
    Card = 3,
    /// Many cards.
    Block = 4,
}

/// Wraps bytes for storage.
pub(super) fn wrap(kind: Kind, payload: &[u8]) -> Vec<u8> {
    let mut frame = Vec::with_capacity(HEAD + payload.len());
    frame.extend(MAGIC);
    frame.extend([VERSION, kind as u8]);
    frame.extend(crc32c::crc32c(payload).to_le_bytes());
    frame.extend(payload);
    frame
}

/// The bytes in a frame; none if they are damaged or of another version.
pub(super) fn unwrap(bytes: &[u8]) -> Option<(Kind, &[u8])> {
    let (head, payload) = bytes.split_at_checked(HEAD)?;
    let kind = match head[4] {
        1 => Kind::Change,
        2 => Kind::Snapshot,
        3 => Kind::Card,
        4 => Kind::Block,
        _ => return None,
    };
    let sound = head[..3] == MAGIC && head[3] == VERSION && head[5..] == crc32c::crc32c(payload).to_le_bytes();
    sound.then_some((kind, payload))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_frame_reads_back_and_no_flipped_bit_does() {
        let frame = wrap(Kind::Card, b"facts");
        assert_eq!(unwrap(&frame), Some((Kind::Card, b"facts".as_slice())));
        for bit in 0..frame.len() * 8 {
            let mut damaged = frame.clone();
            damaged[bit / 8] ^= 1 << (bit % 8);
            assert_ne!(unwrap(&damaged), Some((Kind::Card, b"facts".as_slice())), "bit {bit}");
        }
        assert_eq!(unwrap(&frame[..4]), None);
    }
}
