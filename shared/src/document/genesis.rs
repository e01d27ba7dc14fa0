//! What every document starts from: the same bytes on every device, never stored or sent.
//!
//! Root maps made apart on two devices would be two maps, and one device's records would vanish from view; so they come
//! from one change. It is kept as it was written, so that a device that only reads needs nothing that writes.

use std::sync::LazyLock;

use automerge::{ActorId, Automerge, Change, TextEncoding};

use crate::id::DocumentId;

/// The actor of every genesis, which nobody else writes under.
pub(super) const ACTOR: [u8; 16] = [0; 16];

const DEAL: &[u8] = include_bytes!("genesis/deal.change");
const COMPANY: &[u8] = include_bytes!("genesis/company.change");
const WORKSPACE: &[u8] = include_bytes!("genesis/workspace.change");

/// A document before anybody wrote into it.
pub(super) fn genesis(id: DocumentId) -> Automerge {
    first(id).clone()
}

/// The one that every document is a copy of.
pub(super) fn first(id: DocumentId) -> &'static Automerge {
    static DEALS: LazyLock<Automerge> = LazyLock::new(|| after(DEAL));
    static COMPANIES: LazyLock<Automerge> = LazyLock::new(|| after(COMPANY));
    static EMPTY: LazyLock<Automerge> = LazyLock::new(empty);
    static WORKSPACES: LazyLock<Automerge> = LazyLock::new(|| after(WORKSPACE));
    match id {
        DocumentId::Deal(_) => &DEALS,
        DocumentId::Company(_) => &COMPANIES,
        DocumentId::Lead(_) | DocumentId::Views => &EMPTY,
        DocumentId::Workspace => &WORKSPACES,
    }
}

fn empty() -> Automerge {
    Automerge::new_with_encoding(TextEncoding::UnicodeCodePoint).with_actor(ActorId::from(ACTOR))
}

fn after(change: &[u8]) -> Automerge {
    let mut doc = empty();
    let change = Change::from_bytes(change.to_vec()).expect("a test reads each of the three");
    doc.apply_changes([change]).expect("it builds on nothing");
    doc
}

#[cfg(test)]
mod tests {
    use super::super::schema::{ACTIVITIES, APPROVALS, CONTACTS, EVIDENCE, MEMBERS, OVERRIDES, PIPELINES};
    use super::*;
    use automerge::transaction::{CommitOptions, Transactable as _};
    use automerge::{ObjType, ROOT};

    /// The change that makes these maps, as it was written once.
    fn written(maps: &[&str]) -> Vec<u8> {
        let mut doc = empty();
        let mut change = doc.transaction();
        for map in maps {
            change.put_object(ROOT, *map, ObjType::Map).expect("the root is a map and takes any key");
        }
        change.commit_with(CommitOptions::default().with_time(0));
        doc.get_last_local_change().expect("it has maps").raw_bytes().to_vec()
    }

    /// Whoever changes one of these makes documents that do not merge with the older ones.
    #[test]
    fn a_genesis_is_the_root_maps_and_nothing_else() {
        let maps: [(&[u8], &[&str]); 3] = [
            (DEAL, &[ACTIVITIES, EVIDENCE, APPROVALS, OVERRIDES]),
            (COMPANY, &[CONTACTS]),
            (WORKSPACE, &[PIPELINES, MEMBERS]),
        ];
        for (kept, maps) in maps {
            assert_eq!(kept, written(maps), "{maps:?}");
            assert_eq!(after(kept).get_heads().len(), 1, "{maps:?}");
        }
    }
}
