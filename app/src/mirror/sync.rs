//! What the sync badge shows: facts about saving and sending, never guesses.

use shared::model::Role;
use shared::time::Timestamp;
use shared::wire::Ended;

/// The connection to the relay, as the heartbeat found it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Link {
    /// None.
    #[default]
    Offline,
    /// Being made.
    Connecting,
    /// Answering.
    Online,
}

impl Link {
    /// The name in attributes that journeys read.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Offline => "offline",
            Self::Connecting => "connecting",
            Self::Online => "online",
        }
    }
}

/// Why this device's storage does not work. Nothing that was saved is gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// The browser does not let the page store anything.
    Denied,
    /// There is no room; the last change was rolled back.
    Full,
    /// What this device was told when it joined is not there any more.
    Forgotten,
    /// Reading or writing failed in another way: the name that the failure goes by.
    Broken(String),
}

/// What keeps data from being kept or sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// Storage does not work.
    Storage(Trouble),
    /// The relay ended the connection for a reason that a retry does not cure.
    Ended(Ended),
    /// The relay shows a list of members that does not verify.
    Forged,
    /// Changes made here wait, because the member's role is not the one they need.
    Held(Role),
    /// So many stored pieces failed their checksum and were put aside.
    Damaged(usize),
    /// So many pieces are sound, and break a limit or do not fit their documents; they were put aside.
    Refused(usize),
}

impl Problem {
    /// Whether this device belongs to the workspace no more.
    pub const fn lets_go(&self) -> bool {
        matches!(self, Self::Ended(Ended::Unknown | Ended::Removed))
    }
}

/// Saving and sending, at one moment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SyncState {
    /// What is wrong, if anything is.
    pub problem: Option<Problem>,
    /// Changes saved here that the relay has not acknowledged.
    pub waiting: usize,
    /// The connection.
    pub link: Link,
    /// When the relay last acknowledged or answered.
    pub last: Option<Timestamp>,
    /// The fingerprint over all cards.
    pub digest: String,
}
