//! One tab of a device: a replica in memory over the storage that all tabs share.

use std::collections::{BTreeMap, BTreeSet};

use shared::change::ChangeHash;
use shared::command::{Command, Context};
use shared::id::DocumentId;
use shared::refusal::Refusal;
use shared::replica::{Actor, Piece, Replica, Saved};
use shared::stored::Card;

use crate::disk::{Disk, Fate, Unsaved};
use crate::flaw::Flaw;

/// Why a command left nothing behind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Left {
    /// The door refused it.
    Refused(Refusal),
    /// It could not be saved, and is not shown any more.
    Unsaved,
}

/// A tab. What it knows of the storage may be old.
pub struct Tab {
    slot: usize,
    actor: Actor,
    replica: Replica,
    known: BTreeSet<(DocumentId, ChangeHash)>,
}

impl Tab {
    /// Starts from storage, cards first.
    pub fn start(slot: usize, actor: Actor, disk: &Disk) -> Self {
        let mut tab = Self { slot, actor, replica: Replica::new(actor), known: BTreeSet::new() };
        tab.reload(disk);
        tab
    }

    /// Makes memory what storage is.
    pub fn reload(&mut self, disk: &Disk) {
        self.replica = Replica::new(self.actor);
        self.known.clear();
        let cards: Vec<Card> = disk.stock().cards.values().filter_map(|bytes| Card::decode(bytes)).collect();
        assert_eq!(cards.len(), disk.stock().cards.len(), "every stored card reads back");
        self.replica.restore(cards);
        self.open(disk, DocumentId::Workspace);
    }

    /// What it holds in memory.
    pub fn replica(&self) -> &Replica {
        &self.replica
    }

    /// Its place among the tabs, which it has for as long as it lives.
    pub fn slot(&self) -> usize {
        self.slot
    }

    /// Whose changes it writes.
    pub fn actor(&self) -> Actor {
        self.actor
    }

    /// Opens a document from storage; names what is damaged there.
    pub fn open(&mut self, disk: &Disk, document: DocumentId) -> Vec<ChangeHash> {
        if self.replica.is_open(document) {
            return Vec::new();
        }
        self.known.extend(disk.sound(document).map(|change| (document, change.hash())));
        let unread = self.replica.open(document, disk.sound(document).cloned().map(Piece::Change).collect());
        assert!(unread.is_empty(), "stored changes load: {unread:?}");
        disk.rotten(document)
    }

    /// Forgets a document that nobody looks into.
    pub fn close(&mut self, document: DocumentId) {
        if document != DocumentId::Workspace {
            self.replica.close(document);
            self.known.retain(|(of, _)| *of != document);
        }
    }

    /// Merges what other tabs stored of an open document.
    pub fn catch_up(&mut self, disk: &Disk, document: DocumentId) {
        if !self.replica.is_open(document) {
            return self.replica.restore(disk.stock().cards.get(&document).and_then(|bytes| Card::decode(bytes)));
        }
        let strange = disk.sound(document).filter(|change| !self.known.contains(&(document, change.hash())));
        let strange: Vec<_> = strange.cloned().collect();
        if strange.is_empty() {
            return;
        }
        self.known.extend(strange.iter().map(|change| (document, change.hash())));
        let (_, unread) = self.replica.receive(document, strange.into_iter().map(Piece::Change).collect());
        assert!(unread.is_empty(), "what other tabs stored merges: {unread:?}");
    }

    /// Asks the door; what it lets through is stored with its card and outbox entry in one transaction, in which the
    /// tab first learns what other tabs stored. Returns what was stored, and what rules answer on other records.
    ///
    /// # Errors
    /// Why nothing was left.
    pub fn execute(
        &mut self,
        disk: &mut Disk,
        fate: Fate,
        flaw: Option<Flaw>,
        context: &Context,
        command: Command,
    ) -> Result<(Vec<Saved>, Vec<Command>), Left> {
        let effects = self.replica.execute(context, command).map_err(Left::Refused)?;
        if self.save(disk, fate, flaw, &effects.saved, true).is_ok() {
            return Ok((effects.saved, effects.answers));
        }
        if flaw != Some(Flaw::ShowUnsaved) {
            self.reload(disk);
        }
        Err(Left::Unsaved)
    }

    /// Stores changes with the cards of their documents; those made here wait for the relay.
    ///
    /// # Errors
    /// The transaction was aborted.
    pub fn save(
        &mut self,
        disk: &mut Disk,
        fate: Fate,
        flaw: Option<Flaw>,
        saved: &[Saved],
        made_here: bool,
    ) -> Result<(), Unsaved> {
        self.known.extend(saved.iter().map(|each| (each.document, each.change.hash())));
        let documents: BTreeSet<DocumentId> = saved.iter().map(|each| each.document).collect();
        if flaw != Some(Flaw::BlindCard) {
            documents.iter().for_each(|document| self.catch_up(disk, *document));
        }
        let cards: Vec<_> = documents.iter().map(|document| (*document, self.replica.card(*document))).collect();
        let is_noted = made_here && flaw != Some(Flaw::SkipOutbox);
        disk.write(fate, |stock| {
            for Saved { document, change } in saved {
                if is_noted && !stock.has(*document, change.hash()) {
                    stock.outbox.push((*document, change.hash()));
                }
                stock.keep(*document, change.clone());
            }
            cards.into_iter().for_each(|(document, card)| stock.keep_card(document, card));
        })
    }

    /// Merges what the relay sent, whose documents are open, without storing it.
    pub fn merge(&mut self, arrived: &[Saved]) {
        let mut pieces: BTreeMap<DocumentId, Vec<Piece>> = BTreeMap::new();
        for Saved { document, change } in arrived {
            pieces.entry(*document).or_default().push(Piece::Change(change.clone()));
        }
        for (document, pieces) in pieces {
            let (_, unread) = self.replica.receive(document, pieces);
            assert!(unread.is_empty(), "changes of others merge: {unread:?}");
        }
    }
}
