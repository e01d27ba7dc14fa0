//! Where this device stands in the relay's log, as facts.

use shared::wire::{Position, Stand};

use super::{Storage, Trouble};

/// What is written down by name.
pub(crate) type Fact = (&'static str, String);

const LOG: &str = "log";
const POSITION: &str = "position";
const FURTHEST: &str = "furthest";

impl Storage {
    /// Where this device stands; nothing if it was never greeted.
    pub(crate) async fn stand(&self) -> Result<Option<Stand>, Trouble> {
        let Some(log) = self.fact(LOG).await?.and_then(|log| log.parse().ok()) else { return Ok(None) };
        let (after, furthest) = (self.position(POSITION).await?, self.position(FURTHEST).await?);
        Ok(Some(Stand { log, after, furthest: furthest.max(after) }))
    }

    async fn position(&self, name: &str) -> Result<Position, Trouble> {
        Ok(self.fact(name).await?.and_then(|position| position.parse().ok()).unwrap_or(0))
    }
}

/// What is true of a device that stands here.
pub(crate) fn standing(stand: Stand) -> [Fact; 3] {
    let Stand { log, after, furthest } = stand;
    [(LOG, log.to_string()), (POSITION, after.to_string()), (FURTHEST, furthest.to_string())]
}

/// What becomes true when everything up to a place has arrived. How far the log was heard to reach stays as it is.
pub(crate) fn arrived(stand: Stand) -> [Fact; 2] {
    let [log, position, _] = standing(stand);
    [log, position]
}

/// What becomes true when the log is heard to reach further.
pub(crate) fn heard(stand: Stand) -> Fact {
    let [.., furthest] = standing(stand);
    furthest
}
