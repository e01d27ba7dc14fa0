//! What must not be lost: every change that a person was shown as saved.

use std::collections::BTreeSet;

use shared::change::ChangeHash;
use shared::id::DocumentId;
use shared::replica::Saved;

use crate::device::{Device, Renamed};
use crate::relay::Relay;

/// The changes that were shown as saved, and are not known to have gone with the last disk that held them.
#[derive(Default)]
pub struct Ledger(BTreeSet<(DocumentId, ChangeHash)>);

impl Ledger {
    /// These were shown as saved.
    pub fn add(&mut self, saved: &[Saved]) {
        self.0.extend(saved.iter().map(|each| (each.document, each.change.hash())));
    }

    /// These were told again under other names.
    pub fn rename(&mut self, renamed: &Renamed) {
        let names = std::mem::take(&mut self.0).into_iter();
        self.0 = names.map(|(document, hash)| (document, renamed.get(&hash).copied().unwrap_or(hash))).collect();
    }

    /// A disk lost something. Nobody can bring back what no other disk has; everything else must survive.
    pub fn forgive(&mut self, devices: &[Device], relay: &Relay) {
        self.0.retain(|(document, hash)| {
            relay.has(*document, *hash) || devices.iter().any(|device| device.disk.holds(*document, *hash))
        });
    }

    /// What the relay does not have.
    pub fn missing<'a>(&'a self, relay: &'a Relay) -> impl Iterator<Item = &'a (DocumentId, ChangeHash)> {
        self.0.iter().filter(|(document, hash)| !relay.has(*document, *hash))
    }
}
