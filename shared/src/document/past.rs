//! What is known of a document's history when a change arrives: how far each change and each writer came.

use crate::sorted::SortedMap;
use automerge::legacy::{Key, ObjectId, Op, OpId, OpType};
use automerge::{ActorId, Automerge, Change, ChangeHash, ObjId, ObjType, ReadDoc};

/// How far one writer came.
#[derive(Clone, Copy, Default)]
struct Last {
    /// The number of its last change.
    change: u64,
    /// The number of its last operation.
    operation: u64,
}

/// The changes of a document and its writers.
#[derive(Default)]
pub(super) struct Past {
    /// Each change with the number of its last operation.
    changes: SortedMap<ChangeHash, u64>,
    writers: SortedMap<ActorId, Last>,
}

impl Past {
    /// What is known of a document.
    ///
    /// # Errors
    /// Automerge believes a snapshot how far its changes came, and panics later where that is not so.
    pub(super) fn of(doc: &Automerge) -> Result<Self, &'static str> {
        let mut past = Self::default();
        for change in doc.get_changes_meta(&[]) {
            past.follows(&change.deps, change.start_op)?;
            past.learn(change.hash, change.actor.into_owned(), change.seq, change.max_op);
        }
        Ok(past)
    }

    /// A change became part of the document.
    pub(super) fn add(&mut self, change: &Change) {
        self.learn(change.hash(), change.actor_id().clone(), change.seq(), change.max_op());
    }

    fn learn(&mut self, hash: ChangeHash, writer: ActorId, change: u64, operation: u64) {
        self.changes.insert(hash, operation);
        let last = self.writers.entry(writer).or_default();
        *last = Last { change: change.max(last.change), operation: operation.max(last.operation) };
    }

    pub(super) fn knows(&self, hash: &ChangeHash) -> bool {
        self.changes.contains_key(hash)
    }

    /// One of those that a change builds on and that are not here.
    pub(super) fn lacks(&self, change: &Change) -> Option<ChangeHash> {
        change.deps().iter().find(|dep| !self.knows(dep)).copied()
    }

    /// Holds the number of a change's first operation against how far those came that it builds on.
    fn follows(&self, deps: &[ChangeHash], start: u64) -> Result<(), &'static str> {
        let before = deps.iter().filter_map(|dep| self.changes.get(dep)).max().copied().unwrap_or_default();
        if start == before + 1 { Ok(()) } else { Err("its operations do not follow those it builds on") }
    }

    /// Holds a change against the document it is for. Automerge panics at what is refused here, or shows it as part
    /// of something else. All that the change builds on must be here.
    pub(super) fn admits(&self, doc: &Automerge, change: &Change) -> Result<(), &'static str> {
        let last = self.writers.get(change.actor_id()).copied().unwrap_or_default();
        let start = change.start_op().get();
        if change.seq() != last.change + 1 {
            return Err("it is not the next change of its writer");
        }
        self.follows(change.deps(), start)?;
        if start <= last.operation {
            return Err("its operations do not follow its writer's own");
        }
        if !change.other_actor_ids().iter().all(|writer| self.writers.contains_key(writer)) {
            return Err("it names a writer who wrote nothing here");
        }
        fits(doc, change)
    }
}

/// Holds the operations of a change against the document. Automerge tells a change again from what it kept of it, and
/// panics where that is another: so each operation must be written as Automerge writes it, and name what is there.
fn fits(doc: &Automerge, change: &Change) -> Result<(), &'static str> {
    let expanded = change.decode();
    let made = Made { writer: change.actor_id(), start: change.start_op().get(), operations: &expanded.operations };
    for (number, operation) in (made.start..).zip(made.operations) {
        if !made.has_map(doc, &operation.obj, number) {
            return Err("it writes into a map that is not here");
        }
        if !made.replaces(doc, change.deps(), operation, number) {
            return Err("it replaces a value that is not here");
        }
    }
    match Change::from(expanded).hash() == change.hash() {
        true => Ok(()),
        false => Err("it is not written as Automerge writes it"),
    }
}

/// The operations of one change.
struct Made<'a> {
    writer: &'a ActorId,
    start: u64,
    operations: &'a [Op],
}

impl Made<'_> {
    /// The operation of an id, if this change made it before the one of a number.
    fn before(&self, id: &OpId, number: u64) -> Option<&Op> {
        let index = usize::try_from(id.counter().checked_sub(self.start)?).ok()?;
        self.operations.get(index).filter(|_| id.counter() < number && id.actor() == self.writer)
    }

    /// Whether a map is in the document, or was made by this change.
    fn has_map(&self, doc: &Automerge, map: &ObjectId, number: u64) -> bool {
        match map {
            ObjectId::Root => true,
            ObjectId::Id(id) if id.counter() >= self.start => {
                self.before(id, number).is_some_and(|made| made.obj_type() == Some(ObjType::Map))
            }
            ObjectId::Id(_) => doc.object_type(place(map)).is_ok_and(|kind| kind == ObjType::Map),
        }
    }

    /// Whether all that an operation replaces was shown under its key, to its writer or by this change. To delete is
    /// to replace; what deletes nothing leaves no trace.
    fn replaces(&self, doc: &Automerge, seen: &[ChangeHash], operation: &Op, number: u64) -> bool {
        let Key::Map(key) = &operation.key else { return false };
        if operation.pred.is_empty() {
            return operation.action != OpType::Delete;
        }
        let shown = doc.get_all_at(place(&operation.obj), key.as_str(), seen).unwrap_or_default();
        operation.pred.iter().all(|id| match self.before(id, number) {
            Some(made) => made.obj == operation.obj && made.key == operation.key && made.action != OpType::Delete,
            None => shown.iter().any(|(_, told)| *told == ObjId::Id(id.counter(), id.actor().clone(), 0)),
        })
    }
}

fn place(map: &ObjectId) -> ObjId {
    match map {
        ObjectId::Root => ObjId::Root,
        ObjectId::Id(id) => ObjId::Id(id.counter(), id.actor().clone(), 0),
    }
}
