//! What goes between devices and the relay, and what is lost, cut, doubled and put out of order on the way.

use shared::wire::Frame;

use super::{ROUNDS, World};
use crate::disk::Fate;
use crate::relay::Answer;

impl World {
    /// A device of another version is not greeted; it works on, and waits for its next version.
    pub(super) fn greet(&mut self, index: usize) {
        let device = &mut self.devices[index];
        if !device.is_old {
            device.welcome(self.relay.welcome(device.stand()));
        }
    }

    /// Frames may be cut, the relay may be killed in the middle, and its answer may be lost.
    pub(super) fn push(&mut self, index: usize) {
        for bytes in self.devices[index].pushes() {
            if self.devices[index].link.is_none() {
                return;
            }
            if self.dice.percent(8) {
                assert!(Frame::decode(&bytes[..bytes.len() / 2]).is_err(), "a frame that was cut is none");
                self.devices[index].link = None;
                return;
            }
            let times = if self.dice.percent(15) { 2 } else { 1 };
            let (is_killed, is_heard) = (self.dice.percent(8), !self.dice.percent(15));
            (0..times).for_each(|_| self.pushed(index, &bytes, is_killed, is_heard));
        }
    }

    fn pushed(&mut self, index: usize, bytes: &[u8], is_killed: bool, is_heard: bool) {
        let Ok(Frame::Push { entries, .. }) = Frame::decode(bytes) else { panic!("a push reads back") };
        let hashes: Vec<_> = entries.iter().map(|entry| entry.hash).collect();
        let answer = self.relay.push(index, entries, is_killed);
        if is_killed {
            self.hang_up();
        }
        self.devices[index].sent(&hashes);
        match answer.filter(|_| is_heard) {
            Some(Answer::Stored(hashes, upto)) => self.devices[index].acknowledge(&hashes, upto),
            Some(Answer::Forked(document, hash)) => {
                let renamed = self.devices[index].tell_again(document, hash);
                self.seen.forked += renamed.len();
                self.ledger.rename(&renamed);
            }
            None => self.devices[index].link = None,
        }
    }

    /// The relay is gone: whoever talked to it has to be greeted again.
    pub(super) fn hang_up(&mut self) {
        self.devices.iter_mut().for_each(|device| device.link = None);
    }

    /// Frames may be cut short, come twice, and carry changes before what they depend on.
    pub(super) fn pull(&mut self, index: usize) {
        let Some(link) = self.devices[index].link else { return };
        let after = self.devices[index].position();
        let (mut entries, mut upto) = self.relay.since(index, after, link.greeted);
        if self.dice.percent(15) && upto > after {
            upto = after + (upto - after) / 2;
            entries = self.relay.between(index, after, upto, link.greeted);
        }
        if self.dice.percent(30) {
            self.dice.shuffle(&mut entries);
        }
        let frame = Frame::Log { upto, entries }.encode();
        let times = if self.dice.percent(20) { 2 } else { 1 };
        for _ in 0..times {
            let fate = self.dice.fate();
            self.received(index, &frame, fate);
        }
    }

    fn received(&mut self, index: usize, frame: &[u8], fate: Fate) {
        if self.devices[index].link.is_some() {
            let renamed = self.devices[index].receive(frame, fate);
            self.seen.forked += renamed.len();
            self.ledger.rename(&renamed);
        }
    }

    /// Everything works again. Devices are greeted and talk until nobody has anything left to say.
    pub(super) fn meet(&mut self) {
        for device in &mut self.devices {
            (device.is_old, device.disk.full) = (false, false);
            if device.tabs.is_empty() {
                device.open_tab();
            }
        }
        for _ in 0..ROUNDS {
            if !self.round() {
                return;
            }
        }
        panic!("after {ROUNDS} rounds devices still have something to say");
    }

    /// Whether anybody had something to say.
    fn round(&mut self) -> bool {
        let mut is_busy = false;
        for index in 0..self.devices.len() {
            self.greet(index);
            for bytes in self.devices[index].pushes() {
                is_busy = true;
                if self.devices[index].link.is_some() {
                    self.pushed(index, &bytes, false, true);
                }
            }
            let Some(link) = self.devices[index].link else { continue };
            let after = self.devices[index].position();
            let (entries, upto) = self.relay.since(index, after, link.greeted);
            is_busy |= upto > after;
            self.received(index, &Frame::Log { upto, entries }.encode(), Fate::Synced);
            self.devices[index].look_at_all();
        }
        is_busy
    }
}
