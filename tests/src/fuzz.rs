//! Fuzzing: inputs that are known, changed by dice, thrown at one door until the time is up.
//!
//! Each input comes from one seed, so that a failure is thrown again by naming it. It works on the stable compiler:
//! there is no coverage to follow, so inputs are changed where it tells, and mended so that they get past checksums.

mod list;
mod mutation;
mod targets;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::{Duration, Instant};

use crate::dice::Dice;
pub use targets::TARGETS;

/// What one input may take.
const MOST_BYTES: usize = 128 * 1024 * 1024;
const MOST_TIME: Duration = Duration::from_secs(10);

/// What bytes are thrown at; it panics at what must not be.
type Door = dyn FnMut(&[u8]);

/// A door that bytes of others come in through.
pub struct Target {
    /// What it is called.
    pub name: &'static str,
    /// Inputs that are known.
    corpus: fn() -> Vec<Vec<u8>>,
    /// Makes checksums fit.
    mend: fn(Vec<u8>) -> Vec<u8>,
    /// Opens the door.
    door: fn() -> Box<Door>,
}

/// How memory is measured: by the program that counts it.
#[derive(Clone, Copy)]
pub struct Meter {
    /// How many bytes are in use.
    pub now: fn() -> usize,
    /// How many were in use at most since the last forgetting.
    pub peak: fn() -> usize,
    /// Forgets the peak.
    pub forget: fn(),
}

/// What a run saw.
#[derive(Clone, Copy, Debug, Default)]
pub struct Seen {
    /// How many inputs were thrown.
    pub thrown: u64,
    /// The most bytes that one of them took.
    pub peak: usize,
    /// The longest that one of them took.
    pub slowest: Duration,
}

/// An input that must not do what it did.
#[derive(Debug)]
pub struct Failure {
    /// What it was made from.
    pub seed: u64,
    /// What it did.
    pub what: String,
}

impl Target {
    /// The target of a name.
    pub fn named(name: &str) -> Option<&'static Self> {
        TARGETS.iter().find(|target| target.name == name)
    }

    /// Throws the inputs of all seeds from `first` on, as long as `more` says so.
    ///
    /// # Errors
    /// The first input at which the door panicked, or that took too much.
    pub fn throw(&self, first: u64, meter: Meter, mut more: impl FnMut(&Seen) -> bool) -> Result<Seen, Failure> {
        let (corpus, mut door) = ((self.corpus)(), (self.door)());
        let mut seen = Seen::default();
        while more(&seen) {
            let seed = first.wrapping_add(seen.thrown);
            let input = self.input(&corpus, seed);
            (meter.forget)();
            let (before, start) = ((meter.now)(), Instant::now());
            let thrown = catch_unwind(AssertUnwindSafe(|| door(&input)));
            let (peak, took) = ((meter.peak)().saturating_sub(before), start.elapsed());
            let what = match thrown {
                Err(_) => "it panicked".to_owned(),
                Ok(()) if peak > MOST_BYTES => format!("it took {peak} bytes of memory"),
                Ok(()) if took > MOST_TIME => format!("it took {took:?}"),
                Ok(()) => {
                    seen = Seen { thrown: seen.thrown + 1, peak: peak.max(seen.peak), slowest: took.max(seen.slowest) };
                    continue;
                }
            };
            return Err(Failure { seed, what });
        }
        Ok(seen)
    }

    /// The input of a seed.
    fn input(&self, corpus: &[Vec<u8>], seed: u64) -> Vec<u8> {
        let mut dice = Dice::new(seed);
        let input = mutation::mutated(&mut dice, corpus);
        if dice.percent(95) { (self.mend)(input) } else { input }
    }

    /// The input of a seed, to be looked at.
    pub fn show(&self, seed: u64) -> Vec<u8> {
        self.input(&(self.corpus)(), seed)
    }
}
