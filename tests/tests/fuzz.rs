//! Five seconds of each fuzz target, always from the same seed. `cargo xtask fuzz` throws for as long as one likes.

use std::time::{Duration, Instant};

use e2e::fuzz::{Meter, TARGETS};
use peak_alloc::PeakAlloc;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

const EACH: Duration = Duration::from_secs(5);

/// One test, because memory is counted for the whole process.
#[test]
fn changed_inputs_are_answered_without_a_panic_in_little_time_and_memory() {
    let meter =
        Meter { now: || MEMORY.current_usage(), peak: || MEMORY.peak_usage(), forget: || MEMORY.reset_peak_usage() };
    for target in &TARGETS {
        let start = Instant::now();
        match target.throw(1, meter, |_| start.elapsed() < EACH) {
            Ok(seen) => println!("{}: {seen:?}", target.name),
            Err(failure) => panic!(
                "{}: {}; again with `cargo xtask fuzz {} --minutes 0 --seed {}`",
                target.name, failure.what, target.name, failure.seed
            ),
        }
    }
}
