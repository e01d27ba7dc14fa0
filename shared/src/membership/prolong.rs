//! Taking over what a relay sends of the list: it may come late, and it may not contradict what is known.

use minicbor::bytes::ByteVec;

use super::Membership;
use crate::id::WorkspaceId;

/// Why entries are not taken over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Contradiction {
    /// Entries before them are lacking.
    #[error("entries before these are lacking")]
    Gap,
    /// They are others than those known here, or may not stand where they do: somebody made the list up.
    #[error("the entries do not follow from what is known")]
    Forged,
}

/// A known list with what comes after its first `from` entries, verified as a whole.
///
/// # Errors
/// What is wrong with the entries. What is known stays then.
pub fn prolong(
    workspace: WorkspaceId,
    known: &[ByteVec],
    from: u64,
    more: &[ByteVec],
) -> Result<(Membership, Vec<ByteVec>), Contradiction> {
    let from = usize::try_from(from).ok().filter(|from| *from <= known.len()).ok_or(Contradiction::Gap)?;
    let (again, fresh) = more.split_at(more.len().min(known.len() - from));
    if known[from..from + again.len()] != *again {
        return Err(Contradiction::Forged);
    }
    let entries = [known, fresh].concat();
    let list = Membership::verify(workspace, entries.iter().map(|entry| entry.as_slice()));
    list.map(|list| (list, entries)).map_err(|_| Contradiction::Forged)
}
