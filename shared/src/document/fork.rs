//! Changes written again because another change counts as the same of their actor.
//!
//! A copied profile, or a disk that lost what it had said was written, makes two devices number unequal changes alike.
//! No document takes both. The relay keeps the one it saw first, and whoever holds the other tells it again, with all
//! that builds on it. Each is told again under an actor that its former name gives, so everybody tells the same.

use std::ops::Range;

use automerge::legacy::{ObjectId, OpId};
use automerge::{ActorId, Change, ChangeHash, ExpandedChange};

use super::DocumentError;
use super::merging::read;
use crate::change::{self, Sealed};
use crate::gather::Arrange as _;
use crate::sorted::SortedMap;

/// All changes of a document, as they are when `forked` is told again. In the order in which each follows what it
/// builds on; those that do not build on `forked` stay as they are.
///
/// # Errors
/// Names the change that cannot be read.
pub fn rewrite(changes: &[Sealed], forked: change::ChangeHash) -> Result<Vec<(Sealed, Sealed)>, DocumentError> {
    let told = changes.iter().map(|change| Ok((read_change(change)?, change)));
    let mut told = told.collect::<Result<Vec<_>, DocumentError>>()?;
    // What builds on a change begins to count after it.
    told.arrange_by_key(|(change, sealed)| (change.start_op(), sealed.hash()));
    let mut fork = Fork { forked: ChangeHash(forked.0), names: SortedMap::new(), spans: Vec::new() };
    told.into_iter().map(|(change, sealed)| Ok((sealed.clone(), fork.told(&change, sealed)?))).collect()
}

fn read_change(change: &Sealed) -> Result<Change, DocumentError> {
    read(change.clone()).map_err(|damaged| damaged.error)
}

struct Fork {
    forked: ChangeHash,
    /// What changes are called now that were told again.
    names: SortedMap<ChangeHash, ChangeHash>,
    /// Which operations of an actor are another's now.
    spans: Vec<(ActorId, Range<u64>, ActorId)>,
}

impl Fork {
    fn told(&mut self, change: &Change, sealed: &Sealed) -> Result<Sealed, DocumentError> {
        let builds_on_one = change.deps().iter().any(|dep| self.names.contains_key(dep));
        if change.hash() != self.forked && !builds_on_one {
            return Ok(sealed.clone());
        }
        let mut told = change.decode();
        let actor = ActorId::from(&change.hash().0[..16]);
        let start = told.start_op.get();
        self.spans.push((told.actor_id, start..start + told.operations.len() as u64, actor.clone()));
        (told.actor_id, told.seq) = (actor, 1);
        self.rename(&mut told);
        let again = Change::from(told);
        self.names.insert(change.hash(), again.hash());
        Ok(Sealed::check(again.raw_bytes().to_vec())?)
    }

    fn rename(&self, told: &mut ExpandedChange) {
        let renamed = |dep: &ChangeHash| self.names.get(dep).copied().unwrap_or(*dep);
        told.deps = told.deps.iter().map(renamed).collect();
        told.deps.arrange();
        for operation in &mut told.operations {
            if let ObjectId::Id(id) = &mut operation.obj {
                self.reassign(id);
            }
            let mut replaced: Vec<OpId> = operation.pred.iter().cloned().collect();
            replaced.iter_mut().for_each(|id| self.reassign(id));
            operation.pred = replaced.into();
        }
    }

    fn reassign(&self, OpId(counter, actor): &mut OpId) {
        let span = self.spans.iter().find(|(of, span, _)| of == actor && span.contains(counter));
        if let Some((_, _, now)) = span {
            *actor = now.clone();
        }
    }
}
