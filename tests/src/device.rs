//! A device: a replica in memory, and the storage that outlives it.

use std::collections::{BTreeMap, BTreeSet};

use shared::change::{ChangeHash, Sealed};
use shared::command::{Command, Context, Origin};
use shared::id::DocumentId;
use shared::refusal::Refusal;
use shared::replica::{Actor, Piece, Replica};
use shared::stored::Card;
use shared::wire::{Entry, Frame, Position, fill_frames};

/// What a browser's storage holds. Written in whole transactions.
#[derive(Clone, Default)]
struct Storage {
    changes: BTreeMap<DocumentId, Vec<Sealed>>,
    cards: BTreeMap<DocumentId, Vec<u8>>,
    outbox: Vec<(DocumentId, Sealed)>,
    position: Position,
}

/// One member's device.
pub struct Device {
    actor: Actor,
    replica: Replica,
    storage: Storage,
    acknowledged: BTreeSet<ChangeHash>,
    /// Whether it can reach the relay now.
    pub online: bool,
}

impl Device {
    /// A device that has nothing yet.
    pub fn new(actor: Actor) -> Self {
        let (replica, storage) = (Replica::new(actor), Storage::default());
        Self { actor, replica, storage, acknowledged: BTreeSet::new(), online: true }
    }

    /// What it holds in memory.
    pub fn replica(&self) -> &Replica {
        &self.replica
    }

    /// Opens the workspace document of a workspace that nobody wrote in yet.
    pub fn found(&mut self) {
        self.replica.open(DocumentId::Workspace, Vec::new());
    }

    /// Asks the door; what it lets through is stored in one transaction with its card and outbox entry. So is what
    /// rules answer on other records.
    ///
    /// # Errors
    /// The door's refusal.
    pub fn execute(&mut self, context: &Context, command: Command) -> Result<DocumentId, Refusal> {
        let document = command.document();
        let answers = self.execute_alone(context, command)?;
        let context = Context { origin: Origin::Automation, ..*context };
        for answer in answers {
            // What a rule may not do is left.
            drop(self.execute_alone(&context, answer));
        }
        Ok(document)
    }

    fn execute_alone(&mut self, context: &Context, command: Command) -> Result<Vec<Command>, Refusal> {
        let document = command.document();
        self.open(document);
        let effects = self.replica.execute(context, command)?;
        for saved in effects.saved {
            self.storage.changes.entry(saved.document).or_default().push(saved.change.clone());
            self.storage.outbox.push((saved.document, saved.change));
        }
        self.store_card(document);
        Ok(effects.answers)
    }

    /// Loses everything in memory and starts again from storage, cards first.
    pub fn restart(&mut self) {
        self.replica = Replica::new(self.actor);
        let cards: Vec<Card> = self.storage.cards.values().filter_map(|bytes| Card::decode(bytes)).collect();
        assert_eq!(cards.len(), self.storage.cards.len(), "every stored card reads back");
        self.replica.restore(cards);
        self.open(DocumentId::Workspace);
    }

    /// Closes a document that nobody looks into.
    pub fn close(&mut self, document: DocumentId) {
        if document != DocumentId::Workspace {
            self.replica.close(document);
        }
    }

    /// Loads a document from storage if it is not open.
    pub fn open(&mut self, document: DocumentId) {
        let stored = self.storage.changes.get(&document);
        if let (false, Some(changes)) = (self.replica.is_open(document), stored) {
            let damaged = self.replica.open(document, changes.iter().cloned().map(Piece::Change).collect());
            assert!(damaged.is_empty(), "stored changes load: {damaged:?}");
        }
    }

    /// The bytes of the frames that push everything not acknowledged.
    pub fn pushes(&self) -> Vec<Vec<u8>> {
        let entries = self.storage.outbox.iter().map(|(document, change)| Entry::new(*document, change.clone()));
        let frames = fill_frames(entries.collect()).into_iter().zip(1..);
        frames.map(|(entries, number)| Frame::Push { number, entries }.encode()).collect()
    }

    /// The relay says these are durable.
    pub fn acknowledge(&mut self, hashes: &[ChangeHash]) {
        self.acknowledged.extend(hashes);
        self.storage.outbox.retain(|(_, change)| !hashes.contains(&change.hash()));
    }

    /// Takes a frame of the log: stores new changes with their cards and the new position in one transaction.
    pub fn receive(&mut self, frame: &[u8]) -> BTreeSet<DocumentId> {
        let frame = Frame::decode(frame).expect("the simulated relay sends frames");
        let Frame::Log { upto, entries } = frame else { panic!("not a log frame: {frame:?}") };
        let mut touched = BTreeSet::new();
        for entry in entries {
            let (document, sealed) = entry.open().expect("the simulated relay keeps bytes as they were");
            self.open(document);
            let (_, damaged) = self.replica.receive(document, vec![Piece::Change(sealed.clone())]);
            assert!(damaged.is_empty(), "changes of others merge: {damaged:?}");
            let known = self.storage.changes.entry(document).or_default();
            if known.iter().all(|change| change.hash() != sealed.hash()) {
                known.push(sealed);
            }
            self.store_card(document);
            touched.insert(document);
        }
        self.storage.position = self.storage.position.max(upto);
        touched
    }

    /// The last position of the log that it has all of.
    pub fn position(&self) -> Position {
        self.storage.position
    }

    /// Whether everything it made was acknowledged.
    pub fn is_settled(&self) -> bool {
        self.storage.outbox.is_empty()
    }

    /// The changes it was told are durable.
    pub fn acknowledged(&self) -> &BTreeSet<ChangeHash> {
        &self.acknowledged
    }

    /// Holds a document's card, in memory and in storage, against a fresh derivation from stored changes.
    pub fn check(&self, document: DocumentId) {
        let changes = self.storage.changes.get(&document).cloned().unwrap_or_default();
        let mut fresh = Replica::new(self.actor);
        fresh.open(document, changes.into_iter().map(Piece::Change).collect());
        assert_eq!(self.replica.card(document), fresh.card(document), "card of {document}");
        let stored = self.storage.cards.get(&document).and_then(|bytes| Card::decode(bytes));
        assert_eq!(stored, fresh.card(document), "stored card of {document}");
        if document == DocumentId::Workspace {
            assert_eq!(self.replica.workspace().members, fresh.workspace().members);
            assert_eq!(self.replica.workspace().pipelines, fresh.workspace().pipelines);
        }
    }

    /// Every document it has anything of.
    pub fn documents(&self) -> impl Iterator<Item = DocumentId> + '_ {
        self.storage.changes.keys().copied()
    }

    fn store_card(&mut self, document: DocumentId) {
        if let Some(card) = self.replica.card(document) {
            self.storage.cards.insert(document, card.encode());
        }
    }
}
