//! One random schedule: three devices work, lose their link, restart, meet, and must agree.

use std::collections::{BTreeMap, BTreeSet};

use shared::change::ChangeHash;
use shared::command::Command;
use shared::gate::{self, Standing, Unmet};
use shared::id::{DocumentId, KeyActivityId};
use shared::model::{Activity, Deal, DealCard, Role};
use shared::pipeline::{Stage, b2b};
use shared::replica::{Actor, Replica};
use shared::time::Timestamp;
use shared::wire::Frame;

use crate::device::Device;
use crate::dice::{Dice, context, member};
use crate::log::Log;

const DEVICES: usize = 3;
const STEPS: usize = 60;

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
}

impl Seen {
    /// Counts another schedule in.
    pub fn add(&mut self, other: Self) {
        self.written += other.written;
        self.refused += other.refused;
        self.reopened += other.reopened;
        self.disputed += other.disputed;
        self.planned += other.planned;
    }
}

struct World {
    dice: Dice,
    log: Log,
    devices: Vec<Device>,
    seen: Seen,
}

/// Plays the schedule of a seed.
///
/// # Panics
/// If an invariant does not hold; the message says which.
pub fn play(seed: u64) -> Seen {
    let mut world = World::found(seed);
    for step in 0..STEPS {
        let device = world.dice.below(DEVICES);
        world.step(device, step);
    }
    world.meet();
    world.judge();
    world.seen
}

impl World {
    fn found(seed: u64) -> Self {
        let devices = (0..DEVICES).map(|index| Device::new(Actor([index as u8 + 1; 16]))).collect();
        let mut world = Self { dice: Dice::new(seed), log: Log::default(), devices, seen: Seen::default() };
        world.devices[0].found();
        for index in 0..DEVICES {
            let (id, role) = member(index);
            world.must(Command::PutMember { member: id, name: format!("Member {index}"), role: role.max(Role::Rep) });
        }
        world.must(Command::PublishPipeline(b2b()));
        world.meet();
        world
    }

    fn must(&mut self, command: Command) {
        let done = self.devices[0].execute(&context(0, 0), command);
        done.expect("the founder may found");
    }

    fn step(&mut self, index: usize, step: usize) {
        match self.dice.below(10) {
            0..5 => self.work(index, step),
            5 => self.devices[index].online = !self.devices[index].online,
            6 => self.devices[index].restart(),
            7 => self.push(index),
            8 => self.pull(index),
            _ => self.close_something(index),
        }
    }

    fn work(&mut self, index: usize, step: usize) {
        let device = &mut self.devices[index];
        let command = self.dice.command(device.replica().workspace());
        let before = device.replica().digest();
        let document = command.document();
        match device.execute(&context(index, step), command) {
            Ok(_) => self.seen.written += 1,
            Err(_) => {
                self.seen.refused += 1;
                assert_eq!(device.replica().digest(), before, "a refused command changes nothing");
            }
        }
        device.check(document);
    }

    fn close_something(&mut self, index: usize) {
        let documents: Vec<DocumentId> = self.devices[index].documents().collect();
        if let Some(document) = self.dice.pick(&documents) {
            self.devices[index].close(document);
            self.devices[index].check(document);
        }
    }

    /// The relay may get a push twice; the device may miss the answer.
    fn push(&mut self, index: usize) {
        if !self.devices[index].online {
            return;
        }
        for bytes in self.devices[index].pushes() {
            let Ok(Frame::Push { entries, .. }) = Frame::decode(&bytes) else { panic!("a push reads back") };
            let hashes: Vec<ChangeHash> = entries.iter().map(|entry| entry.hash).collect();
            let times = if self.dice.percent(20) { 2 } else { 1 };
            (0..times).for_each(|_| self.log.append(entries.clone()));
            if self.dice.percent(20) {
                return;
            }
            self.devices[index].acknowledge(&hashes);
        }
    }

    /// Frames may be cut, come twice, and carry changes before what they depend on.
    fn pull(&mut self, index: usize) {
        let device = &mut self.devices[index];
        if !device.online {
            return;
        }
        let after = if self.dice.percent(10) { device.position() / 2 } else { device.position() };
        let (mut entries, upto) = self.log.since(after);
        if self.dice.percent(15) {
            entries.truncate(entries.len() / 2);
            let frame = Frame::Log { upto: after + entries.len() as u64, entries };
            device.receive(&frame.encode());
            return;
        }
        if self.dice.percent(30) {
            self.dice.shuffle(&mut entries);
        }
        let frame = Frame::Log { upto, entries }.encode();
        let times = if self.dice.percent(20) { 2 } else { 1 };
        for _ in 0..times {
            device.receive(&frame).into_iter().for_each(|document| device.check(document));
        }
    }

    fn meet(&mut self) {
        for device in &mut self.devices {
            device.online = true;
        }
        for _ in 0..2 {
            for index in 0..DEVICES {
                let device = &mut self.devices[index];
                for bytes in device.pushes() {
                    let Ok(Frame::Push { entries, .. }) = Frame::decode(&bytes) else { panic!("a push reads back") };
                    let hashes: Vec<ChangeHash> = entries.iter().map(|entry| entry.hash).collect();
                    self.log.append(entries);
                    device.acknowledge(&hashes);
                }
                let (entries, upto) = self.log.since(device.position());
                device.receive(&Frame::Log { upto, entries }.encode());
            }
        }
    }

    fn judge(&mut self) {
        for device in &mut self.devices {
            assert!(device.is_settled(), "everything was acknowledged");
            assert!(
                device.acknowledged().iter().all(|hash| self.log.has(*hash)),
                "what was acknowledged is in the log"
            );
            device.documents().for_each(|document| device.check(document));
            let shown = device.replica().digest();
            device.restart();
            assert_eq!(device.replica().digest(), shown, "a restart shows what was shown");
        }
        self.agree();
    }

    fn agree(&mut self) {
        let first = self.devices[0].replica();
        for other in &self.devices[1..] {
            let other = other.replica();
            assert_eq!(other.digest(), first.digest(), "devices show the same fingerprint");
            assert_eq!(other.workspace().deals, first.workspace().deals, "devices agree on deals");
            assert_eq!(other.workspace().companies, first.workspace().companies, "devices agree on companies");
            assert_eq!(other.workspace().leads, first.workspace().leads, "devices agree on leads");
            assert_eq!(other.workspace().members, first.workspace().members, "devices agree on the team");
            assert_eq!(other.workspace().pipelines, first.workspace().pipelines, "devices agree on gates");
            assert_eq!(other.workspace().fields, first.workspace().fields, "devices agree on fields");
            assert_eq!(other.workspace().automations, first.workspace().automations, "devices agree on rules");
            assert_eq!(verdicts(other), verdicts(first), "devices judge alike");
        }
        for (standing, card) in verdicts(first).into_iter().zip(first.workspace().deals.values()) {
            self.seen.reopened += usize::from(!standing.0.reopened.is_empty());
            self.seen.disputed += usize::from(!card.disputed.is_empty());
        }
        self.hold_facts();
    }

    /// What entering a stage planned exists once, whoever entered it first, and a trail ends where its deal is.
    fn hold_facts(&mut self) {
        let device = &mut self.devices[0];
        for document in device.documents().collect::<Vec<_>>() {
            device.open(document);
        }
        let workspace = device.replica().workspace();
        for deal in workspace.open_deals.values() {
            let mut planned: BTreeMap<KeyActivityId, BTreeSet<&str>> = BTreeMap::new();
            for event in deal.history.iter().filter(|event| event.origin == "automation") {
                let of = deal.activities.iter().find(|activity| activity.id.to_string() == event.subject);
                if let Some(key) = of.and_then(|activity| activity.key) {
                    planned.entry(key).or_default().insert(&event.subject);
                }
            }
            self.seen.planned += planned.len();
            let twice = planned.iter().find(|(_, activities)| activities.len() > 1);
            assert_eq!(twice, None, "each key activity of {} is planned once", deal.card.id);
            deal.activities.iter().for_each(|activity| hold_done(deal, activity));
        }
        let late = Timestamp::from_millis(i64::MAX / 4);
        for card in workspace.deals.values() {
            let told = card.as_of(late).expect("every deal was opened");
            let facts = |card: &DealCard| {
                (card.stage, card.amount, card.close, card.owner, card.outcome.clone(), card.discarded)
            };
            assert_eq!(facts(&told), facts(card), "the trail of {}", card.id);
        }
    }
}

/// What somebody finished stays done, whichever device made the activity, unless somebody took that back.
fn hold_done(deal: &Deal, activity: &Activity) {
    let subject = activity.id.to_string();
    let happened = |name: &str| deal.history.iter().any(|event| event.command == name && event.subject == subject);
    let stays = activity.done.is_some() || !happened("finish_activity") || happened("unfinish_activity");
    assert!(stays, "{subject} of {} was finished and is not done", deal.card.id);
}

/// For each deal its standing, and what keeps it from each stage and from being won.
fn verdicts(replica: &Replica) -> Vec<(Standing, Vec<Vec<Unmet>>)> {
    let workspace = replica.workspace();
    let customers = workspace.customers();
    let judge = |card: &DealCard| {
        let pipeline = &workspace.pipelines[&card.pipeline];
        let to = |stage: &Stage| gate::unmet(&customers, card, pipeline, stage.id);
        let mut unmet: Vec<_> = pipeline.stages.iter().map(to).collect();
        unmet.push(gate::unmet_to_win(&customers, card, pipeline));
        (gate::standing(&customers, card, pipeline), unmet)
    };
    workspace.deals.values().map(|card| judge(card)).collect()
}
