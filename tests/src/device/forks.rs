//! Two devices that wrote as one: the change that the relay did not see first is told again.

use shared::change::{ChangeHash, Sealed};
use shared::document::rewrite;
use shared::id::DocumentId;
use shared::replica::Saved;

use super::{Device, Renamed};
use crate::disk::Fate;
use crate::judge::derived;
use crate::tab::Tab;

impl Device {
    /// Where a change of the relay counts as another that is here, the one here is told again.
    pub(super) fn settle_forks(&mut self, arrived: &[Saved]) -> Renamed {
        let mut renamed = Renamed::new();
        for each in arrived {
            if let Some(hash) = self.rival(each) {
                let more = self.tell_again(each.document, hash);
                renamed.values_mut().for_each(|name| *name = more.get(name).copied().unwrap_or(*name));
                renamed.extend(more);
            }
        }
        renamed
    }

    /// The unequal change here that counts as the same of its actor.
    fn rival(&self, of: &Saved) -> Option<ChangeHash> {
        let counted = of.change.origin();
        let mut held = self.disk.stock().changes(of.document).iter();
        let rival = held.find(|own| own.hash() != of.change.hash() && own.origin() == counted);
        rival.map(Sealed::hash)
    }

    /// The relay has another change that counts as this one: it and what builds on it is told again. All tabs begin
    /// to write as somebody new.
    pub fn tell_again(&mut self, document: DocumentId, hash: ChangeHash) -> Renamed {
        let told = rewrite(self.disk.stock().changes(document), hash).expect("stored changes read back");
        let renamed: Renamed = told.iter().map(|(old, new)| (old.hash(), new.hash())).collect();
        let renamed: Renamed = renamed.into_iter().filter(|(old, new)| old != new).collect();
        let kept = self.disk.write(Fate::Synced, |stock| {
            stock.changes.entry(document).or_default().retain(|change| !renamed.contains_key(&change.hash()));
            for (_, again) in told.into_iter().filter(|(old, _)| renamed.contains_key(&old.hash())) {
                if !stock.outbox.iter().any(|(_, hash)| *hash == again.hash()) {
                    stock.outbox.push((document, again.hash()));
                }
                stock.keep(document, again);
            }
            stock.outbox.retain(|(_, hash)| !renamed.contains_key(hash));
        });
        kept.expect("nothing aborts this");
        self.derive_card(document);
        self.link = None;
        let slots: Vec<usize> = self.tabs.iter().map(Tab::slot).collect();
        self.begin_anew(&slots);
        renamed
    }

    pub(super) fn derive_card(&mut self, document: DocumentId) {
        let card = derived(document, self.disk.sound(document));
        let kept = self.disk.write(Fate::Synced, |stock| stock.keep_card(document, card));
        kept.expect("nothing aborts this");
    }
}
