//! What goes wrong below and around a device, and at the relay.

use super::{COPIES, MEMBERS, World};

impl World {
    pub(super) fn fail(&mut self, index: usize) {
        self.seen.faults += 1;
        match self.dice.below(32) {
            0..6 => self.change_tabs(index),
            6..9 => self.kill(index),
            9..12 => self.cut_power(index),
            12 => self.evict(index),
            13..16 => self.devices[index].disk.full ^= true,
            16..18 => self.rot(index),
            18..21 => self.restart_relay(),
            21..23 => self.relay.back_up(),
            23 => self.lose_relay(),
            24 => self.copy(index),
            25..27 => self.change_version(index),
            _ => self.devices[index].link = None,
        }
    }

    fn change_tabs(&mut self, index: usize) {
        let count = self.devices[index].tabs.len();
        if count < 3 && self.dice.percent(60) {
            return self.devices[index].open_tab();
        }
        let tab = self.dice.below(count);
        self.devices[index].kill_tab(tab);
    }

    /// All tabs go at once. What was shown as saved is there afterwards.
    fn kill(&mut self, index: usize) {
        self.devices[index].restart();
    }

    fn cut_power(&mut self, index: usize) {
        let device = &mut self.devices[index];
        if device.disk.lose_power() {
            self.ledger.forgive(&self.devices, &self.relay);
        }
        self.devices[index].restart();
    }

    fn evict(&mut self, index: usize) {
        self.devices[index].disk.evict();
        self.ledger.forgive(&self.devices, &self.relay);
        self.devices[index].restart();
    }

    fn rot(&mut self, index: usize) {
        let stock = self.devices[index].disk.stock();
        let all: Vec<_> = stock
            .changes
            .iter()
            .flat_map(|(document, changes)| changes.iter().map(|change| (*document, change.hash())))
            .collect();
        let Some((document, hash)) = self.dice.pick(&all) else { return };
        self.devices[index].disk.damage(document, hash);
        self.ledger.forgive(&self.devices, &self.relay);
        // What is open in a tab was read before it rotted, and would hide it.
        self.devices[index].restart();
    }

    fn restart_relay(&mut self) {
        self.relay.restart();
        self.hang_up();
    }

    /// The relay's disk is gone; an old backup is put back if there is one.
    fn lose_relay(&mut self) {
        self.relay.lose();
        self.ledger.forgive(&self.devices, &self.relay);
        self.hang_up();
    }

    /// The profile is copied to another machine, and both go on.
    fn copy(&mut self, index: usize) {
        if self.devices.len() < MEMBERS + COPIES {
            let mut copy = self.devices[index].copy();
            copy.open_tab();
            self.devices.push(copy);
            self.members.push(self.members[index]);
        }
    }

    fn change_version(&mut self, index: usize) {
        let device = &mut self.devices[index];
        device.is_old ^= true;
        if device.is_old {
            device.link = None;
        }
    }
}
