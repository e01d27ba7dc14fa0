//! Where a device stands in a log, and under which list of members it got there.

use minicbor::{Decode, Encode};

use crate::id::LogId;

/// Where a change stands in a workspace's log; the first is 1.
pub type Position = u64;

/// Where a device stands in a log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode)]
pub struct Stand {
    /// The log.
    #[n(0)]
    pub log: LogId,
    /// Everything up to here is on the device. 0: nothing.
    #[n(1)]
    pub after: Position,
    /// The furthest position the device has heard of, be it in the answer to a push, be it before it lost a piece and
    /// asked for everything again. A log that does not reach so far has lost something, whatever came after.
    #[n(2)]
    pub furthest: Position,
    /// By how many entries of the list of members was chosen what the device was sent, as [`super::Frame::Sighted`] said last.
    /// 0: by none, when everybody saw everything.
    #[n(3)]
    pub under: u64,
}

impl Stand {
    /// Nothing of a log is here.
    pub fn before(log: LogId) -> Self {
        Self { log, after: 0, furthest: 0, under: 0 }
    }

    /// The log reaches up to here.
    pub fn hear(&mut self, upto: Position) {
        self.furthest = self.furthest.max(upto);
    }
}
