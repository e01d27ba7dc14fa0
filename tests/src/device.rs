//! A device: tabs over one storage, and one conversation with the relay.

mod forks;

use std::collections::{BTreeMap, BTreeSet};

use shared::change::ChangeHash;
use shared::command::{Command, Context, Origin};
use shared::id::{DocumentId, LogId};
use shared::replica::Saved;
use shared::wire::{Entry, Frame, Position, Stand, fill_frames};

use crate::dice::Dice;
use crate::disk::{Disk, Fate, Unsaved};
use crate::flaw::Flaw;
use crate::relay::Welcome;
use crate::tab::{Left, Tab};

/// A conversation that was greeted.
#[derive(Clone, Copy)]
pub struct Link {
    pub log: LogId,
    /// The head of the log at the greeting.
    pub greeted: Position,
}

/// What changes are called that were told again under another actor, by their former names.
pub type Renamed = BTreeMap<ChangeHash, ChangeHash>;

/// One member's device.
pub struct Device {
    pub disk: Disk,
    pub tabs: Vec<Tab>,
    pub link: Option<Link>,
    /// Its app is of a version that the relay does not speak.
    pub is_old: bool,
    dice: Dice,
    flaw: Option<Flaw>,
}

impl Device {
    /// A device that has nothing yet.
    pub fn new(dice: Dice, flaw: Option<Flaw>) -> Self {
        Self { disk: Disk::default(), tabs: Vec::new(), link: None, is_old: false, dice, flaw }
    }

    /// The copy of a profile on another machine.
    pub fn copy(&mut self) -> Self {
        Self { disk: self.disk.clone(), ..Self::new(self.dice.fork(), self.flaw) }
    }

    fn is(&self, flaw: Flaw) -> bool {
        self.flaw == Some(flaw)
    }

    /// Opens another tab, under the actor of the lowest free slot.
    pub fn open_tab(&mut self) {
        let slot = if self.is(Flaw::ShareActor) { 0 } else { self.free_slot() };
        let fresh = self.dice.actor();
        let actor = self.disk.stock().actors.get(&slot).copied().unwrap_or(fresh);
        let kept = self.disk.write(Fate::Synced, |stock| _ = stock.actors.insert(slot, actor));
        kept.expect("nothing aborts this");
        self.tabs.push(Tab::start(slot, actor, &self.disk));
        self.put_aside(DocumentId::Workspace, &self.disk.rotten(DocumentId::Workspace));
    }

    fn free_slot(&self) -> usize {
        let taken: BTreeSet<usize> = self.tabs.iter().map(Tab::slot).collect();
        (0..).find(|slot| !taken.contains(slot)).expect("there are more slots than tabs")
    }

    /// Closes a tab as the system does, in the middle of whatever it did; the first one has the link.
    pub fn kill_tab(&mut self, index: usize) {
        self.tabs.remove(index);
        if index == 0 {
            self.link = None;
        }
    }

    /// Starts all tabs again.
    pub fn restart(&mut self) {
        let count = self.tabs.len().max(1);
        self.tabs.clear();
        self.link = None;
        (0..count).for_each(|_| self.open_tab());
    }

    /// Asks the door in a tab, and then for what rules answer on other records, as far as they may.
    ///
    /// # Errors
    /// Why nothing was left.
    pub fn execute(&mut self, tab: usize, fate: Fate, context: &Context, command: Command) -> Result<Vec<Saved>, Left> {
        let (mut saved, answers) = self.execute_alone(tab, fate, context, command)?;
        let context = Context { origin: Origin::Automation, ..*context };
        for answer in answers {
            if let Ok((more, _)) = self.execute_alone(tab, Fate::Synced, &context, answer) {
                saved.extend(more);
            }
        }
        Ok(saved)
    }

    fn execute_alone(
        &mut self,
        tab: usize,
        fate: Fate,
        context: &Context,
        command: Command,
    ) -> Result<(Vec<Saved>, Vec<Command>), Left> {
        if self.look(tab, command.document()) {
            return Err(Left::Unsaved);
        }
        let fate = if self.disk.full { Fate::Aborted } else { fate };
        self.tabs[tab].execute(&mut self.disk, fate, self.flaw, context, command)
    }

    /// A tab looks into a document; what is damaged is put aside, and the relay is asked for it.
    pub fn look(&mut self, tab: usize, document: DocumentId) -> bool {
        let damaged = self.tabs[tab].open(&self.disk, document);
        self.put_aside(document, &damaged);
        !damaged.is_empty()
    }

    fn put_aside(&mut self, document: DocumentId, damaged: &[ChangeHash]) {
        if damaged.is_empty() {
            return;
        }
        self.disk.put_aside(document, damaged, !self.is(Flaw::ForgetDamaged));
        self.derive_card(document);
        self.link = None;
        let taken: Vec<usize> = self.tabs.iter().map(Tab::slot).collect();
        self.begin_anew(&taken);
    }

    /// Tabs whose actors are not used any more start again under fresh ones.
    fn begin_anew(&mut self, slots: &[usize]) {
        let Self { disk, tabs, dice, .. } = self;
        for tab in tabs.iter_mut().filter(|tab| slots.contains(&tab.slot())) {
            let actor = dice.actor();
            let kept = disk.write(Fate::Synced, |stock| _ = stock.actors.insert(tab.slot(), actor));
            kept.expect("nothing aborts this");
            *tab = Tab::start(tab.slot(), actor, disk);
        }
    }

    /// What it says first to the relay.
    pub fn stand(&self) -> Option<Stand> {
        self.disk.stock().stand
    }

    /// The relay greets it: where the relay has lost what was there, it gets back all that is here.
    pub fn welcome(&mut self, welcome: Welcome) {
        let Welcome { log, head, anew } = welcome;
        let kept = self.disk.write(Fate::Synced, |stock| {
            if anew && stock.stand.is_some() {
                let all = stock
                    .changes
                    .iter()
                    .flat_map(|(document, changes)| changes.iter().map(|change| (*document, change.hash())));
                stock.outbox = all.collect();
            }
            let mut stand = stock.stand.filter(|_| !anew).unwrap_or(Stand::before(log));
            stand.hear(head);
            stock.stand = Some(Stand { log, ..stand });
        });
        kept.expect("nothing aborts this");
        self.link = Some(Link { log, greeted: head });
    }

    /// From where the relay sends, in this conversation.
    pub fn position(&self) -> Position {
        self.stand().map_or(0, |stand| stand.after)
    }

    /// The bytes of the frames that push everything not acknowledged.
    pub fn pushes(&self) -> Vec<Vec<u8>> {
        let waiting = self.disk.stock().waiting();
        let entries: Vec<Entry> = waiting.map(|(document, change)| Entry::new(document, change.clone())).collect();
        let frames = fill_frames(entries).into_iter().zip(1..);
        frames.map(|(entries, number)| Frame::Push { number, entries }.encode()).collect()
    }

    /// These are on their way.
    pub fn sent(&mut self, hashes: &[ChangeHash]) {
        if self.is(Flaw::AcknowledgeUnasked) {
            self.acknowledge(hashes, 0);
        }
    }

    /// Looks at everything, so that what is damaged is found; the rest only learns what other tabs stored.
    pub fn look_at_all(&mut self) {
        let documents: Vec<DocumentId> = self.disk.stock().changes.keys().copied().collect();
        for document in documents {
            if self.disk.rotten(document).is_empty() {
                self.tabs[0].catch_up(&self.disk, document);
            } else {
                self.tabs[0].close(document);
                self.look(0, document);
            }
        }
    }

    /// The relay says these are durable, up to a place in its log.
    pub fn acknowledge(&mut self, hashes: &[ChangeHash], upto: Position) {
        let kept = self.disk.write(Fate::Synced, |stock| {
            stock.outbox.retain(|(_, hash)| !hashes.contains(hash));
            stock.stand.iter_mut().for_each(|stand| stand.hear(upto));
        });
        kept.expect("nothing aborts this");
    }

    /// Takes a frame of the log: stores new changes with their cards, then the new position.
    pub fn receive(&mut self, frame: &[u8], fate: Fate) -> Renamed {
        let Ok(Frame::Log { upto, entries }) = Frame::decode(frame) else { panic!("the relay sends frames") };
        let opened = entries.into_iter().map(|entry| entry.open().expect("the relay keeps bytes as they were"));
        let arrived: Vec<Saved> = opened.map(|(document, change)| Saved { document, change }).collect();
        let renamed = self.settle_forks(&arrived);
        let fate = if self.disk.full { Fate::Aborted } else { fate };
        if self.is(Flaw::NoteFirst) {
            self.note(upto);
        }
        match self.hear(upto, fate).and_then(|()| self.take(&arrived, fate)) {
            Ok(()) => self.note(upto),
            // It is asked for again by the next conversation.
            Err(Unsaved) => self.link = None,
        }
        renamed
    }

    /// What arrives may be kept without its position. That the log reached so far is therefore written down before.
    fn hear(&mut self, upto: Position, fate: Fate) -> Result<(), Unsaved> {
        self.disk.write(fate, |stock| stock.stand.iter_mut().for_each(|stand| stand.hear(upto)))
    }

    fn take(&mut self, arrived: &[Saved], fate: Fate) -> Result<(), Unsaved> {
        let documents: BTreeSet<DocumentId> = arrived.iter().map(|each| each.document).collect();
        for document in &documents {
            if self.look(0, *document) {
                return Err(Unsaved);
            }
        }
        let Self { disk, tabs, flaw, .. } = self;
        let fresh: Vec<Saved> =
            arrived.iter().filter(|each| !disk.stock().has(each.document, each.change.hash())).cloned().collect();
        tabs[0].merge(&fresh);
        if tabs[0].save(disk, fate, *flaw, &fresh, false).is_err() {
            tabs[0].reload(disk);
            return Err(Unsaved);
        }
        Ok(())
    }

    fn note(&mut self, upto: Position) {
        let Some(Link { log, .. }) = self.link else { return };
        let kept = self.disk.write(Fate::Synced, |stock| {
            stock.stand.iter_mut().filter(|stand| stand.log == log).for_each(|stand| {
                stand.after = stand.after.max(upto);
            });
        });
        kept.expect("nothing aborts this");
    }
}
