//! A browser's storage: whole transactions or nothing of them, on a disk that may be full, lie, and rot.

use std::collections::{BTreeMap, BTreeSet};

use shared::change::{ChangeHash, Sealed};
use shared::id::DocumentId;
use shared::replica::Actor;
use shared::stored::Card;
use shared::wire::Stand;

/// What a device keeps.
#[derive(Clone, Default)]
pub struct Stock {
    pub changes: BTreeMap<DocumentId, Vec<Sealed>>,
    pub cards: BTreeMap<DocumentId, Vec<u8>>,
    /// What the relay has not acknowledged, in order.
    pub outbox: Vec<(DocumentId, ChangeHash)>,
    /// Where it stands in which log.
    pub stand: Option<Stand>,
    /// The actor of each tab.
    pub actors: BTreeMap<usize, Actor>,
}

impl Stock {
    /// The stored changes of a document.
    pub fn changes(&self, document: DocumentId) -> &[Sealed] {
        self.changes.get(&document).map_or(&[], Vec::as_slice)
    }

    /// Whether a change is stored.
    pub fn has(&self, document: DocumentId, hash: ChangeHash) -> bool {
        self.changes(document).iter().any(|change| change.hash() == hash)
    }

    /// Stores a change once.
    pub fn keep(&mut self, document: DocumentId, change: Sealed) {
        if !self.has(document, change.hash()) {
            self.changes.entry(document).or_default().push(change);
        }
    }

    /// Stores the card of a document; one that has none any more is taken away.
    pub fn keep_card(&mut self, document: DocumentId, card: Option<Card>) {
        match card {
            Some(card) => drop(self.cards.insert(document, card.encode())),
            None => drop(self.cards.remove(&document)),
        }
    }

    /// The changes that wait for the relay.
    pub fn waiting(&self) -> impl Iterator<Item = (DocumentId, &Sealed)> {
        self.outbox.iter().filter_map(|(document, hash)| {
            let found = self.changes(*document).iter().find(|change| change.hash() == *hash);
            found.map(|change| (*document, change))
        })
    }
}

/// Why a transaction did not happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unsaved;

/// The disk below.
#[derive(Clone, Default)]
pub struct Disk {
    stock: Stock,
    /// What there was before the disk began to lie about what it had written.
    synced: Option<Box<Stock>>,
    damaged: BTreeSet<(DocumentId, ChangeHash)>,
    pub full: bool,
}

/// What happens to one transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// It is on disk when it is said to be.
    Synced,
    /// It is said to be on disk and is not.
    Believed,
    /// It is aborted.
    Aborted,
}

impl Disk {
    /// What can be read.
    pub fn stock(&self) -> &Stock {
        &self.stock
    }

    /// Carries out a transaction.
    pub fn write(&mut self, fate: Fate, work: impl FnOnce(&mut Stock)) -> Result<(), Unsaved> {
        match fate {
            Fate::Aborted => return Err(Unsaved),
            Fate::Believed if self.synced.is_none() => self.synced = Some(Box::new(self.stock.clone())),
            Fate::Believed => {}
            Fate::Synced => self.synced = None,
        }
        work(&mut self.stock);
        Ok(())
    }

    /// The power goes: what was only believed to be on disk is gone. Returns whether anything was.
    pub fn lose_power(&mut self) -> bool {
        let before = self.synced.take();
        let lost = before.is_some();
        self.stock = before.map_or_else(|| std::mem::take(&mut self.stock), |stock| *stock);
        lost
    }

    /// The browser clears everything.
    pub fn evict(&mut self) {
        *self = Self { full: self.full, ..Self::default() };
    }

    /// The bytes of a change rot.
    pub fn damage(&mut self, document: DocumentId, hash: ChangeHash) {
        self.damaged.insert((document, hash));
    }

    /// Whether a change is there and reads back.
    pub fn holds(&self, document: DocumentId, hash: ChangeHash) -> bool {
        self.stock.has(document, hash) && !self.is_damaged(document, hash)
    }

    /// The changes of a document that read back.
    pub fn sound(&self, document: DocumentId) -> impl Iterator<Item = &Sealed> {
        self.stock.changes(document).iter().filter(move |change| !self.is_damaged(document, change.hash()))
    }

    /// The names of the changes of a document that do not read back.
    pub fn rotten(&self, document: DocumentId) -> Vec<ChangeHash> {
        let names = self.stock.changes(document).iter().map(Sealed::hash);
        names.filter(|hash| self.is_damaged(document, *hash)).collect()
    }

    fn is_damaged(&self, document: DocumentId, hash: ChangeHash) -> bool {
        self.damaged.contains(&(document, hash))
    }

    /// Puts damaged changes aside, so that whole ones can take their place: the relay is asked for everything again.
    pub fn put_aside(&mut self, document: DocumentId, damaged: &[ChangeHash], is_asked_for: bool) {
        for hash in damaged {
            self.damaged.remove(&(document, *hash));
        }
        let stock = &mut self.stock;
        let rotten = |hash: &ChangeHash| damaged.contains(hash);
        stock.changes.entry(document).or_default().retain(|change| !rotten(&change.hash()));
        stock.outbox.retain(|(of, hash)| *of != document || !rotten(hash));
        if is_asked_for {
            stock.stand.iter_mut().for_each(|stand| stand.after = 0);
        }
        stock.actors.clear();
    }
}
