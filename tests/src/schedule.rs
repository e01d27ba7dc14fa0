//! One random schedule: devices with tabs work, lose links, power and disks, meet, and must agree.

mod faults;
mod traffic;

use shared::command::Command;
use shared::id::DocumentId;
use shared::model::Role;
use shared::pipeline::b2b;
use shared::replica::{Replica, Saved};
use shared::stored::Card;

use crate::device::Device;
use crate::dice::{Dice, context, member};
use crate::disk::Fate;
use crate::flaw::Flaw;
use crate::judge::{self, Derived};
use crate::ledger::Ledger;
use crate::relay::Relay;
use crate::tab::Left;

/// Members, each with a device.
const MEMBERS: usize = 3;
/// Copies of profiles that may come on top.
const COPIES: usize = 2;
const STEPS: usize = 110;
/// After so many rounds in which everybody meets, nobody has anything left to say.
const ROUNDS: usize = 8;

/// What a schedule saw, for the summary of a run.
#[derive(Clone, Copy, Debug, Default)]
pub struct Seen {
    /// Commands that were written.
    pub written: usize,
    /// Commands that the door refused.
    pub refused: usize,
    /// Deals whose gate a merge had reopened at the end.
    pub reopened: usize,
    /// Deals with a field that has two values at the end.
    pub disputed: usize,
    /// Key activities that entering a stage planned.
    pub planned: usize,
    /// Changes that were told again, because two devices had written as one.
    pub forked: usize,
    /// Disks, links and processes that failed.
    pub faults: usize,
}

impl Seen {
    /// Counts another schedule in.
    pub fn add(&mut self, other: Self) {
        self.written += other.written;
        self.refused += other.refused;
        self.reopened += other.reopened;
        self.disputed += other.disputed;
        self.planned += other.planned;
        self.forked += other.forked;
        self.faults += other.faults;
    }
}

struct World {
    dice: Dice,
    relay: Relay,
    devices: Vec<Device>,
    /// The member at each device.
    members: Vec<usize>,
    ledger: Ledger,
    derived: Derived,
    seen: Seen,
}

/// Plays the schedule of a seed.
///
/// # Panics
/// If an invariant does not hold; the message says which.
pub fn play(seed: u64) -> Seen {
    play_with(seed, None)
}

/// Plays the schedule of a seed in a world where one thing is done wrong.
///
/// # Panics
/// If an invariant does not hold, which it should not for some seeds.
pub fn play_with(seed: u64, flaw: Option<Flaw>) -> Seen {
    let mut world = World::found(seed, flaw);
    for step in 0..STEPS {
        let device = world.dice.below(world.devices.len());
        world.step(device, step);
    }
    world.meet();
    world.judge();
    world.seen
}

impl World {
    fn found(seed: u64, flaw: Option<Flaw>) -> Self {
        let mut dice = Dice::new(seed);
        let devices = (0..MEMBERS).map(|_| Device::new(dice.fork(), flaw)).collect();
        let (ledger, derived, seen) = (Ledger::default(), Derived::default(), Seen::default());
        let (relay, members) = (Relay::new(flaw), (0..MEMBERS).collect());
        let mut world = Self { dice, relay, devices, members, ledger, derived, seen };
        world.devices.iter_mut().for_each(Device::open_tab);
        for index in 0..MEMBERS {
            let (id, role) = member(index);
            world.must(Command::PutMember { member: id, name: format!("Member {index}"), role: role.max(Role::Rep) });
        }
        world.must(Command::PublishPipeline(b2b()));
        world.meet();
        world
    }

    fn must(&mut self, command: Command) {
        let done = self.devices[0].execute(0, Fate::Synced, &context(0, 0), command);
        self.ledger.add(&done.expect("the founder may found"));
    }

    fn step(&mut self, index: usize, step: usize) {
        if self.devices[index].tabs.is_empty() {
            return self.devices[index].open_tab();
        }
        match self.dice.below(100) {
            0..55 => self.work(index, step),
            55..62 => self.greet(index),
            62..70 => self.push(index),
            70..78 => self.pull(index),
            78..84 => self.look(index),
            _ => self.fail(index),
        }
    }

    fn work(&mut self, index: usize, step: usize) {
        let tab = self.dice.below(self.devices[index].tabs.len());
        let fate = self.dice.fate();
        let device = &mut self.devices[index];
        let workspace = device.tabs[tab].replica().workspace();
        if workspace.pipelines.is_empty() {
            // The device has lost everything, and nothing came back yet.
            return;
        }
        let command = self.dice.command(workspace);
        let document = command.document();
        if device.look(tab, document) {
            return;
        }
        let before = device.tabs[tab].replica().digest();
        let context = context(self.members[index], step);
        match device.execute(tab, fate, &context, command) {
            Ok(saved) => self.written(index, &saved),
            Err(Left::Refused(_)) => {
                self.seen.refused += 1;
                assert_eq!(device.tabs[tab].replica().digest(), before, "a refused command changes nothing");
            }
            Err(Left::Unsaved) => self.hold_shown(index, tab),
        }
        self.derived.hold_card(&self.devices[index].disk, document);
    }

    fn written(&mut self, index: usize, saved: &[Saved]) {
        self.seen.written += 1;
        self.ledger.add(saved);
        let disk = &self.devices[index].disk;
        let stock = disk.stock();
        for Saved { document, change } in saved {
            assert!(disk.holds(*document, change.hash()), "what is shown as saved is stored");
            assert!(stock.outbox.contains(&(*document, change.hash())), "what is stored waits for the relay");
        }
    }

    /// What could not be saved is not shown: memory is what storage says.
    fn hold_shown(&self, index: usize, tab: usize) {
        let device = &self.devices[index];
        let mut fresh = Replica::new(device.tabs[tab].actor());
        let cards = device.disk.stock().cards.values().filter_map(|bytes| Card::decode(bytes));
        fresh.restore(cards);
        assert_eq!(device.tabs[tab].replica().digest(), fresh.digest(), "what could not be saved is not shown");
    }

    /// Tabs look into documents and leave them, and hear of each other now and then.
    fn look(&mut self, index: usize) {
        let tab = self.dice.below(self.devices[index].tabs.len());
        let device = &mut self.devices[index];
        let documents: Vec<DocumentId> = device.disk.stock().changes.keys().copied().collect();
        let Some(document) = self.dice.pick(&documents) else { return };
        if self.dice.percent(50) {
            device.tabs[tab].close(document);
        } else if !device.look(tab, document) {
            device.tabs[tab].catch_up(&device.disk, document);
        }
    }

    fn judge(&mut self) {
        let missing: Vec<_> = self.ledger.missing(&self.relay).collect();
        assert!(missing.is_empty(), "shown as saved, and lost: {missing:?}");
        let mut names: Vec<_> = self.relay.entries().map(|entry| (entry.document, entry.hash)).collect();
        names.sort_unstable();
        assert!(names.windows(2).all(|pair| pair[0] != pair[1]), "a change is in the log twice");
        for device in &mut self.devices {
            assert!(device.disk.stock().outbox.is_empty(), "everything was acknowledged");
            let changes = &device.disk.stock().changes;
            let mut held: Vec<_> = changes
                .iter()
                .flat_map(|(document, all)| all.iter().map(|change| (*document, change.hash())))
                .collect();
            held.sort_unstable();
            assert_eq!(held, names, "a device holds each change of the log once");
            judge::hold_restart(device, &mut self.derived);
        }
        for other in &self.devices[1..] {
            judge::agree(self.devices[0].tabs[0].replica(), other.tabs[0].replica());
        }
        let documents: Vec<DocumentId> = self.devices[0].disk.stock().changes.keys().copied().collect();
        for document in documents {
            self.devices[0].look(0, document);
        }
        judge::hold_facts(self.devices[0].tabs[0].replica(), &mut self.seen);
    }
}
