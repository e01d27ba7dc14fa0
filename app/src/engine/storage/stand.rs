//! Where this device stands in the relay's log, as facts.

use shared::wire::Stand;

use super::{Storage, Trouble};

/// What is written down by name.
pub(crate) type Fact = (&'static str, String);

const LOG: &str = "log";
const POSITION: &str = "position";
const FURTHEST: &str = "furthest";
const UNDER: &str = "under";

impl Storage {
    /// Where this device stands; nothing if it was never greeted.
    pub(crate) async fn stand(&self) -> Result<Option<Stand>, Trouble> {
        let Some(log) = self.fact(LOG).await?.and_then(|log| log.parse().ok()) else { return Ok(None) };
        let (after, furthest) = (self.number(POSITION).await?, self.number(FURTHEST).await?);
        Ok(Some(Stand { log, after, furthest: furthest.max(after), under: self.number(UNDER).await? }))
    }

    async fn number(&self, name: &str) -> Result<u64, Trouble> {
        Ok(self.fact(name).await?.and_then(|number| number.parse().ok()).unwrap_or(0))
    }
}

/// What is true of a device that stands here.
pub(crate) fn standing(stand: Stand) -> [Fact; 4] {
    let Stand { log, after, furthest, under } = stand;
    let numbers = [(POSITION, after), (UNDER, under), (FURTHEST, furthest)];
    let [position, under, furthest] = numbers.map(|(name, number)| (name, number.to_string()));
    [(LOG, log.to_string()), position, under, furthest]
}

/// What becomes true when everything up to a place has arrived. How far the log was heard to reach stays as it is.
pub(crate) fn arrived(stand: Stand) -> [Fact; 3] {
    let [log, position, under, _] = standing(stand);
    [log, position, under]
}

/// What becomes true when the log is heard to reach further.
pub(crate) fn heard(stand: Stand) -> Fact {
    let [.., furthest] = standing(stand);
    furthest
}
