//! What came over one connection: it is not told back over it. Another connection of the same device is told, which may be
//! a copy of the device on another machine.

use std::collections::VecDeque;
use std::ops::RangeInclusive;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use shared::wire::Position;

use crate::store::{Fork, Placed};

/// What is known of one connection to those who store and who tell.
#[derive(Clone, Debug, Default)]
pub(crate) struct Own(Arc<Mutex<Known>>);

#[derive(Debug, Default)]
struct Known {
    /// Runs of positions, in order, as far as the connection has not read past them.
    runs: VecDeque<RangeInclusive<Position>>,
    /// It pushed a fork: what it pushes after that may build on it.
    fork: Option<Fork>,
}

impl Own {
    /// These came over this connection.
    pub(crate) fn note<'a>(&self, placed: impl Iterator<Item = &'a Placed>) {
        let runs = &mut self.locked().runs;
        for position in placed.filter(|placed| placed.fresh).map(|placed| placed.position) {
            match runs.back_mut() {
                Some(last) if *last.end() + 1 == position => *last = *last.start()..=position,
                Some(_) | None => runs.push_back(position..=position),
            }
        }
    }

    /// Whether what stands here came over this connection.
    pub(crate) fn has(&self, position: Position) -> bool {
        self.locked().runs.iter().any(|run| run.contains(&position))
    }

    /// Everything up to here was read.
    pub(crate) fn forget(&self, upto: Position) {
        self.locked().runs.retain(|run| *run.end() > upto);
    }

    /// It pushed a fork; whether that is the first.
    pub(crate) fn forks(&self, fork: Fork) -> bool {
        let known = &mut self.locked().fork;
        let is_first = known.is_none();
        known.get_or_insert(fork);
        is_first
    }

    /// The fork that it pushed.
    pub(crate) fn fork(&self) -> Option<Fork> {
        self.locked().fork
    }

    /// Nothing here can be left half changed by a panic.
    fn locked(&self) -> MutexGuard<'_, Known> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_are_kept_until_they_are_read() {
        let own = Own::default();
        let placed = [(3, true), (4, true), (1, false), (7, true)];
        let placed = placed.map(|(position, fresh)| Placed { position, fresh });
        own.note(placed.iter());
        let has = |positions: [Position; 5]| positions.map(|position| own.has(position));
        assert_eq!(has([1, 3, 4, 5, 7]), [false, true, true, false, true]);
        own.forget(4);
        assert_eq!(has([1, 3, 4, 5, 7]), [false, false, false, false, true]);
    }
}
