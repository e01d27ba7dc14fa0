//! Files over HTTP, beside the socket: under which addresses, with which headers, in pieces of which size.
//!
//! `HEAD` says how much of a file the relay has, `PATCH` appends a piece, `GET` with a `Range` gives one. Each shows the
//! pass of a conversation that goes on meanwhile.

use minicbor::{Decode, Encode};

use super::Pass;
use crate::change::ChangeHash;
use crate::id::DocumentId;
use crate::model::FileHash;

/// The longest piece, in bytes: a second or two on a slow phone, so that little is lost when it breaks off.
pub const PIECE_BYTES: usize = 256 * 1024;

/// How many bytes of the file come before this piece, or are at the relay.
pub const OFFSET: &str = "upload-offset";

/// How many bytes the whole file has.
pub const LENGTH: &str = "upload-length";

/// `?1` where the relay has the whole file, and `?0` where it has not.
pub const COMPLETE: &str = "upload-complete";

/// What all addresses of files begin with. The address itself tells how much room there is.
pub const ROOT: &str = "/files";

/// What `GET /files` answers: how much the workspace holds at the relay and may hold, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Room {
    /// Files.
    #[n(0)]
    pub files: u64,
    /// How much files may be.
    #[n(1)]
    pub files_allowed: u64,
    /// Files and changes.
    #[n(2)]
    pub all: u64,
    /// How much both may be.
    #[n(3)]
    pub all_allowed: u64,
}

/// The address of a file of a document.
pub fn address(document: DocumentId, hash: FileHash) -> String {
    format!("{ROOT}/{document}/{hash}")
}

/// Reads what follows [`ROOT`] and a slash in an address; none if it is not the address of a file.
pub fn read_address(path: &str) -> Option<(DocumentId, FileHash)> {
    let (document, hash) = path.rsplit_once('/')?;
    Some((document.parse().ok()?, hash.parse().ok()?))
}

/// How a pass is shown.
pub fn bearer(pass: &Pass) -> String {
    format!("Bearer {}", ChangeHash(*pass))
}

/// Reads how a pass is shown.
pub fn read_bearer(shown: &str) -> Option<Pass> {
    shown.strip_prefix("Bearer ")?.parse().ok().map(|ChangeHash(pass)| pass)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::DealId;

    #[test]
    fn an_address_reads_back_and_nothing_else_does() {
        let hash = FileHash::of(b"abc");
        for document in [DocumentId::Deal(DealId::minted("a")), DocumentId::Workspace] {
            let path = address(document, hash);
            assert_eq!(read_address(path.strip_prefix("/files/").unwrap()), Some((document, hash)));
        }
        let deal = DealId::minted("a");
        for path in [
            format!("deal/{deal}"),
            format!("deal/{deal}/../{hash}"),
            format!("deal/../{hash}"),
            format!("deal/{deal}/{hash}.part"),
            format!("deal/{deal}//{hash}"),
            format!("/etc/{hash}"),
            hash.to_string(),
        ] {
            assert_eq!(read_address(&path), None, "{path}");
        }
    }

    #[test]
    fn a_pass_reads_back_as_it_is_shown() {
        assert_eq!(read_bearer(&bearer(&[0xa7; 32])), Some([0xa7; 32]));
        assert_eq!(read_bearer("Bearer a7"), None);
        assert_eq!(read_bearer(&ChangeHash([0xa7; 32]).to_string()), None);
    }
}
