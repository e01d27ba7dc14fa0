//! A relay without a socket: one ordered log, each change once, acknowledged when it is on disk.

use std::collections::BTreeMap;

use shared::change::{self, ChangeHash};
use shared::id::{DocumentId, LogId};
use shared::wire::{Entry, Position, Stand};

use crate::flaw::Flaw;

/// A change in the log, and which device pushed it.
#[derive(Clone)]
pub struct Logged {
    pub device: usize,
    pub entry: Entry,
}

/// What the relay's disk holds.
#[derive(Clone, Default)]
struct Kept {
    /// Each start gives the log a new name; where the log stood then.
    lives: Vec<(LogId, Position)>,
    entries: Vec<Logged>,
    /// Which change counts as which of an actor.
    origins: BTreeMap<Origin, ChangeHash>,
}

type Origin = (DocumentId, change::Origin);

/// What a device is told first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Welcome {
    pub log: LogId,
    pub head: Position,
    /// The device's position is none of this log: it begins at nothing, and gives back all it has.
    pub anew: bool,
}

/// The answer to a push.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Answer {
    /// All of it is on disk, up to this place.
    Stored(Vec<ChangeHash>, Position),
    /// Another device wrote as this change's actor: it is to be told again under another.
    Forked(DocumentId, ChangeHash),
}

/// The relay of one workspace.
pub struct Relay {
    disk: Kept,
    /// What was pushed and is not on disk yet.
    pending: Vec<Logged>,
    backup: Option<Kept>,
    starts: u64,
    flaw: Option<Flaw>,
}

impl Relay {
    /// A relay that nobody pushed to yet.
    pub fn new(flaw: Option<Flaw>) -> Self {
        let mut relay = Self { disk: Kept::default(), pending: Vec::new(), backup: None, starts: 0, flaw };
        relay.restart();
        relay
    }

    /// Greets a device that stands somewhere in a log it knows by name.
    pub fn welcome(&self, stand: Option<Stand>) -> Welcome {
        let (log, _) = self.life();
        let reached = stand.and_then(|stand| self.reached(stand.log));
        let anew = match (stand, reached) {
            (Some(Stand { furthest, .. }), Some(reached)) => furthest > reached && !self.is(Flaw::TrustPosition),
            (_, _) => !self.is(Flaw::TrustPosition),
        };
        Welcome { log, head: self.head(), anew }
    }

    /// How far the log reached under a name.
    fn reached(&self, log: LogId) -> Option<Position> {
        let life = self.disk.lives.iter().position(|(name, _)| *name == log)?;
        Some(self.disk.lives.get(life + 1).map_or(self.head(), |(_, began)| *began))
    }

    fn life(&self) -> (LogId, Position) {
        *self.disk.lives.last().expect("a relay has begun its first life")
    }

    fn is(&self, flaw: Flaw) -> bool {
        self.flaw == Some(flaw)
    }

    fn head(&self) -> Position {
        self.disk.entries.len() as Position
    }

    /// Takes a push: all of it is on disk when this returns, unless the relay is killed in the middle.
    pub fn push(&mut self, device: usize, entries: Vec<Entry>, killed: bool) -> Option<Answer> {
        let hashes: Vec<ChangeHash> = entries.iter().map(|entry| entry.hash).collect();
        let forks = entries.iter().filter(|entry| self.forks(entry) && !self.is(Flaw::TakeForks));
        // The first of them: the others may only build on it.
        if let Some(fork) = forks.min_by_key(|entry| place(entry).1.number) {
            return Some(Answer::Forked(fork.document, fork.hash));
        }
        self.pending.extend(entries.into_iter().map(|entry| Logged { device, entry }));
        match (killed, self.is(Flaw::AcknowledgeEarly)) {
            (false, _) => self.commit(),
            (true, true) => self.restart(),
            (true, false) => {
                self.restart();
                return None;
            }
        }
        Some(Answer::Stored(hashes, self.head()))
    }

    /// Whether an unequal change counts as the same of its actor.
    fn forks(&self, entry: &Entry) -> bool {
        self.disk.origins.get(&place(entry)).is_some_and(|other| *other != entry.hash)
    }

    fn commit(&mut self) {
        for logged in std::mem::take(&mut self.pending) {
            if self.is(Flaw::StoreTwice) || !self.has(logged.entry.document, logged.entry.hash) {
                self.disk.origins.insert(place(&logged.entry), logged.entry.hash);
                self.disk.entries.push(logged);
            }
        }
    }

    /// Starts again with what is on disk, under a new name.
    pub fn restart(&mut self) {
        self.pending.clear();
        self.starts += 1;
        let began = (LogId::minted(&format!("life {}", self.starts)), self.head());
        self.disk.lives.push(began);
    }

    /// Writes a backup.
    pub fn back_up(&mut self) {
        self.backup = Some(self.disk.clone());
    }

    /// Loses the disk, and starts with the last backup, or with nothing where there is none.
    pub fn lose(&mut self) {
        self.disk = self.backup.clone().unwrap_or_default();
        self.restart();
    }

    /// What a device lacks after a position, and up to where that is all.
    pub fn since(&self, device: usize, after: Position, greeted: Position) -> (Vec<Entry>, Position) {
        (self.between(device, after, self.head(), greeted), self.head())
    }

    /// What a device lacks between two positions. Its own changes are left out where it can be sure to have them:
    /// after it was greeted.
    pub fn between(&self, device: usize, after: Position, upto: Position, greeted: Position) -> Vec<Entry> {
        let own_upto = if self.is(Flaw::LeaveOutOwn) { 0 } else { greeted };
        let places = (1..).zip(&self.disk.entries).filter(|(place, _)| (after + 1..=upto).contains(place));
        let lacked = places.filter(|(place, logged)| logged.device != device || *place <= own_upto);
        lacked.map(|(_, logged)| logged.entry.clone()).collect()
    }

    /// Whether a change is on disk.
    pub fn has(&self, document: DocumentId, hash: ChangeHash) -> bool {
        self.disk.entries.iter().any(|logged| logged.entry.document == document && logged.entry.hash == hash)
    }

    /// Everything on disk, in order.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.disk.entries.iter().map(|logged| &logged.entry)
    }
}

fn place(entry: &Entry) -> Origin {
    (entry.document, change::Origin::of(&entry.bytes).expect("devices send what they sealed"))
}
