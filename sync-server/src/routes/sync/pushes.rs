//! One device's pushes on their way to the disk: answered in order, and bounded, so that it holds up nobody else's.

use std::collections::VecDeque;

use shared::wire::{Ended, Frame};

use crate::relay::{Outcome, Storing};
use crate::store::Fork;

/// How many may wait before more is read from the device.
const COUNT: usize = 256;

/// How many bytes may wait. One more frame may come on top.
const BYTES: usize = 4 * 1024 * 1024;

/// Oldest first.
#[derive(Default)]
pub(super) struct Pushes {
    waiting: VecDeque<Push>,
    bytes: usize,
}

struct Push {
    number: u64,
    bytes: usize,
    storing: Storing,
}

impl Pushes {
    /// Whether more may be read.
    pub(super) fn has_room(&self) -> bool {
        self.waiting.len() < COUNT && self.bytes < BYTES
    }

    pub(super) fn is_empty(&self) -> bool {
        self.waiting.is_empty()
    }

    pub(super) fn add(&mut self, number: u64, bytes: usize, storing: Storing) {
        self.bytes += bytes;
        self.waiting.push_back(Push { number, bytes, storing });
    }

    /// Waits for the oldest to be settled; asking again after being dropped loses nothing.
    pub(super) async fn answer(&mut self) -> Result<Frame, Ended> {
        let Some(oldest) = self.waiting.front_mut() else { return std::future::pending().await };
        let outcome = (&mut oldest.storing).await;
        let number = oldest.number;
        self.bytes -= oldest.bytes;
        self.waiting.pop_front();
        match outcome {
            Ok(Outcome::Stored { upto }) => Ok(Frame::Stored { number, upto }),
            Ok(Outcome::Full { allowed }) => Ok(Frame::Full { number, allowed }),
            Ok(Outcome::Forked(Fork { document, hash })) => Ok(Frame::Forked { number, document, hash }),
            Err(_) => Err(Ended::Unavailable),
        }
    }
}
