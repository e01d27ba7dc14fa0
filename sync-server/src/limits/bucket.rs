//! A token bucket: it fills at a rate up to a bound, and may go into debt, which is waited for.

use std::time::Duration;

use tokio::time::Instant;

/// How fast a bucket fills, and how much it holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Rate {
    pub(crate) per_second: f64,
    pub(crate) burst: f64,
}

/// What is left.
pub(super) struct Bucket {
    level: f64,
    at: Instant,
}

impl Bucket {
    pub(super) fn full(rate: Rate, now: Instant) -> Self {
        Self { level: rate.burst, at: now }
    }

    /// Takes what was used already; how long until that is made good.
    pub(super) fn take(&mut self, rate: Rate, amount: f64, now: Instant) -> Duration {
        self.level = self.level_at(rate, now) - amount;
        self.at = now;
        Duration::from_secs_f64((-self.level / rate.per_second).max(0.0))
    }

    pub(super) fn is_full(&self, rate: Rate, now: Instant) -> bool {
        self.level_at(rate, now) >= rate.burst
    }

    fn level_at(&self, rate: Rate, now: Instant) -> f64 {
        let filled = now.saturating_duration_since(self.at).as_secs_f64() * rate.per_second;
        (self.level + filled).min(rate.burst)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RATE: Rate = Rate { per_second: 10.0, burst: 5.0 };

    #[test]
    fn what_goes_beyond_the_burst_is_waited_for() {
        // When, how much is taken, and how many milliseconds that must wait.
        let cases = [(0, 5.0, 0), (0, 1.0, 100), (50, 0.0, 50), (100, 0.0, 0), (300, 3.0, 100), (10_000, 5.0, 0)];
        let start = Instant::now();
        let mut bucket = Bucket::full(RATE, start);
        for (at, amount, waits) in cases {
            let wait = bucket.take(RATE, amount, start + Duration::from_millis(at));
            assert_eq!(wait.as_millis(), waits, "at {at}");
        }
    }

    #[test]
    fn it_is_full_again_after_a_while_and_no_fuller() {
        let start = Instant::now();
        let mut bucket = Bucket::full(RATE, start);
        bucket.take(RATE, 5.0, start);
        assert!(!bucket.is_full(RATE, start + Duration::from_millis(400)));
        assert!(bucket.is_full(RATE, start + Duration::from_millis(600)));
        assert!(bucket.take(RATE, 6.0, start + Duration::from_secs(100)) > Duration::ZERO);
    }
}
