//! Writes real changes, one command's worth each.

use automerge::transaction::Transactable as _;
use automerge::{ActorId, AutoCommit, ROOT};
use shared::change::Sealed;
use shared::id::{DealId, DocumentId, MemberId};
use shared::wire::Entry;

/// One device's hand on one document.
pub(crate) struct Pen {
    document: DocumentId,
    doc: AutoCommit,
    written: i64,
}

impl Pen {
    pub(crate) fn new(deal: &str) -> Self {
        Self::on(DocumentId::Deal(DealId::minted(deal)))
    }

    pub(crate) fn on(document: DocumentId) -> Self {
        Self { document, doc: AutoCommit::new(), written: 0 }
    }

    /// From now on it writes under this name.
    pub(crate) fn written_by(mut self, writer: [u8; 16]) -> Self {
        self.doc.set_actor(ActorId::from(writer));
        self
    }

    pub(crate) fn write(&mut self, text: &str) -> Entry {
        // Writing the same text again would be no change at all.
        self.written += 1;
        self.doc.put(ROOT, "written", self.written).unwrap();
        self.doc.put(ROOT, "title", text).unwrap();
        let bytes = self.doc.get_last_local_change().unwrap().raw_bytes().to_vec();
        Entry::new(self.document, Sealed::check(bytes).unwrap())
    }

    /// Gives the deal to somebody.
    pub(crate) fn give(&mut self, to: MemberId) -> Entry {
        self.doc.put(ROOT, "owner", to.to_string()).unwrap();
        let bytes = self.doc.get_last_local_change().unwrap().raw_bytes().to_vec();
        Entry::new(self.document, Sealed::check(bytes).unwrap())
    }

    /// Another hand on the document as it is now.
    pub(crate) fn beside(&mut self, writer: [u8; 16]) -> Self {
        Self { document: self.document, doc: self.doc.fork().with_actor(ActorId::from(writer)), written: 0 }
    }

    pub(crate) fn document(&self) -> DocumentId {
        self.document
    }

    pub(crate) fn write_many(&mut self, count: usize) -> Vec<Entry> {
        (0..count).map(|_| self.write("a draft")).collect()
    }
}
