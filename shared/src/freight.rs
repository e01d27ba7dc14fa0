//! Files on their way between a device and the relay: which goes next, when a failed one is tried again, what is shown of
//! each. Pure; the shell moves the bytes.

use serde::{Deserialize, Serialize};

use crate::id::DocumentId;
use crate::model::{FileHash, FileRef};
use crate::time::Timestamp;

#[cfg(test)]
mod tests;

/// The wait after the first failure, in milliseconds; each further one doubles it.
const FIRST_PAUSE: i64 = 2_000;

/// The longest wait between two tries, in milliseconds.
const LONGEST_PAUSE: i64 = 300_000;

/// What a file is good for. Small pictures go first, because a glance at them is often all that is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Size {
    /// The small picture of a file; its length is not known before it is here.
    Thumbnail,
    /// The file itself, with its length in bytes.
    Whole(u64),
}

/// Where a file is going.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Course {
    /// From the relay to this device.
    Down,
    /// From this device to the relay.
    Up,
    /// It arrived.
    There,
}

/// Why a file did not get on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Failure {
    /// The relay holds as many bytes of the workspace's files as it may.
    Full(u64),
    /// The relay does not have it: the device that attached it has not sent it yet.
    Missing,
    /// What arrived is not what the name says.
    Damaged,
    /// The member may not do this.
    Forbidden,
    /// This device cannot keep it, or lost it.
    Storage,
    /// The relay could not do it.
    Relay,
}

/// A file of a document, and how far it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parcel {
    /// Whose file.
    pub document: DocumentId,
    /// Which.
    pub hash: FileHash,
    /// How large.
    pub size: Size,
    /// Where to.
    pub course: Course,
    /// How many bytes are there.
    pub at: u64,
    /// How many bytes are to get there, as far as it is known.
    pub of: u64,
    /// How often it failed in a row.
    pub tries: u32,
    /// Not before this is it tried again.
    pub rests_until: Timestamp,
    /// Why it failed the last time.
    pub failure: Option<Failure>,
}

/// What is shown of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Carriage {
    /// It waits for its way to the relay.
    OnlyHere,
    /// So many percent of it are at the relay.
    Sending(u64),
    /// It is here and at the relay.
    AtRelay,
    /// It is not on this device.
    Away,
    /// So many percent of it are here.
    Fetching(u64),
    /// It did not get on: whether it is on this device, and why.
    Failed {
        /// It is on this device.
        here: bool,
        /// Why.
        why: Failure,
    },
}

impl Carriage {
    /// Whether the file is on this device.
    pub const fn is_here(&self) -> bool {
        match self {
            Self::OnlyHere | Self::Sending(_) | Self::AtRelay => true,
            Self::Away | Self::Fetching(_) => false,
            Self::Failed { here, .. } => *here,
        }
    }

    /// Its name in attributes that journeys read.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::OnlyHere => "only-here",
            Self::Sending(_) => "sending",
            Self::AtRelay => "at-relay",
            Self::Away => "away",
            Self::Fetching(_) => "fetching",
            Self::Failed { .. } => "failed",
        }
    }
}

impl Parcel {
    /// A file and its small picture, each on a course of its own.
    pub fn both(document: DocumentId, file: &FileRef, course: Course) -> Vec<Self> {
        let thumbnail = file.thumbnail.map(|hash| Self::new(document, hash, Size::Thumbnail, course));
        thumbnail.into_iter().chain([Self::whole(document, file, course)]).collect()
    }

    /// The file itself.
    pub fn whole(document: DocumentId, file: &FileRef, course: Course) -> Self {
        Self::new(document, file.hash, Size::Whole(file.size), course)
    }

    /// A file that has not moved.
    pub fn new(document: DocumentId, hash: FileHash, size: Size, course: Course) -> Self {
        let of = match size {
            Size::Thumbnail => 0,
            Size::Whole(bytes) => bytes,
        };
        let (at, tries, rests_until) = (0, 0, Timestamp::default());
        Self { document, hash, size, course, at, of, tries, rests_until, failure: None }
    }

    /// It got on to here.
    pub fn moved(self, at: u64, of: u64) -> Self {
        Self { at, of, tries: 0, failure: None, ..self }
    }

    /// It is on both sides.
    pub fn arrived(self) -> Self {
        Self { course: Course::There, ..self }.anew()
    }

    /// It did not get on, and rests a while.
    pub fn failed(self, why: Failure, now: Timestamp) -> Self {
        let pause = FIRST_PAUSE.saturating_mul(1 << self.tries.min(20)).min(LONGEST_PAUSE);
        let rests_until = Timestamp::from_millis(now.millis() + pause);
        Self { tries: self.tries.saturating_add(1), rests_until, failure: Some(why), ..self }
    }

    /// It is tried again at once.
    pub fn anew(self) -> Self {
        Self { tries: 0, rests_until: Timestamp::default(), failure: None, ..self }
    }

    /// How long it rests, in milliseconds. A clock that was set back does not make it rest longer than it ever would.
    fn rests(&self, now: Timestamp) -> i64 {
        let left = self.rests_until.millis().saturating_sub(now.millis());
        if left > LONGEST_PAUSE { 0 } else { left.max(0) }
    }

    fn percent(&self) -> u64 {
        (self.at.saturating_mul(100) / self.of.max(1)).min(99)
    }
}

/// Which one goes on now: small pictures before files, what somebody waits for here before what others will see, and what
/// fails after what does not.
pub fn next(parcels: &[Parcel], now: Timestamp) -> Option<&Parcel> {
    let ready = parcels.iter().filter(|parcel| parcel.course != Course::There && parcel.rests(now) == 0);
    ready.min_by_key(|parcel| {
        (matches!(parcel.size, Size::Whole(_)), parcel.course == Course::Up, parcel.tries, parcel.size, parcel.hash)
    })
}

/// In how many milliseconds the next of those that rest is to be tried again; none if none rests.
pub fn pause(parcels: &[Parcel], now: Timestamp) -> Option<i64> {
    parcels.iter().filter(|parcel| parcel.course != Course::There).map(|parcel| parcel.rests(now)).min()
}

/// What is shown of a file that is on this device or is not.
pub fn shown(parcel: Option<&Parcel>, here: bool) -> Carriage {
    let idle = if here { Carriage::OnlyHere } else { Carriage::Away };
    let Some(parcel) = parcel else { return idle };
    match (parcel.course, here, parcel.failure) {
        (Course::There, true, _) => Carriage::AtRelay,
        (Course::There, false, _) | (Course::Up, false, None) => Carriage::Away,
        // What came here while it was being fetched once more is at the relay.
        (Course::Down, true, _) => Carriage::AtRelay,
        (Course::Up | Course::Down, here, Some(why)) => Carriage::Failed { here, why },
        (Course::Up, true, None) if parcel.at == 0 => Carriage::OnlyHere,
        (Course::Up, true, None) => Carriage::Sending(parcel.percent()),
        (Course::Down, false, None) => Carriage::Fetching(parcel.percent()),
    }
}
