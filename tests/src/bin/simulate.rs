//! Plays many schedules and says which seeds failed. `simulate --schedules N [--seed S]`.

use std::panic::catch_unwind;
use std::process::ExitCode;
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};

use e2e::schedule::{Seen, play};

fn main() -> ExitCode {
    let Some((schedules, seed)) = wishes(std::env::args().skip(1)) else {
        eprintln!("usage: simulate --schedules N [--seed S]");
        return ExitCode::from(2);
    };
    let (failed, seen) = run(schedules, seed);
    println!(
        "{} written, {} refused, {} gates reopened, {} fields disputed, {} key activities planned, {} told again, {} faults",
        seen.written, seen.refused, seen.reopened, seen.disputed, seen.planned, seen.forked, seen.faults
    );
    println!("{schedules} schedules, {failed} failed");
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn wishes(mut words: impl Iterator<Item = String>) -> Option<(u64, u64)> {
    let (mut schedules, mut seed) = (None, 1);
    while let Some(word) = words.next() {
        let number = words.next()?.parse().ok()?;
        match word.as_str() {
            "--schedules" => schedules = Some(number),
            "--seed" => seed = number,
            _ => return None,
        }
    }
    Some((schedules?, seed))
}

/// Plays `schedules` seeds from `first` on, on as many threads as there are cores.
fn run(schedules: u64, first: u64) -> (u64, Seen) {
    let (next, failed) = (AtomicU64::new(0), AtomicU64::new(0));
    let total = Mutex::new(Seen::default());
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                loop {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    if index >= schedules {
                        return;
                    }
                    let seed = first.wrapping_add(index);
                    match catch_unwind(|| play(seed)) {
                        Ok(seen) => total.lock().expect("nobody panics while adding").add(seen),
                        Err(_) => {
                            failed.fetch_add(1, Ordering::Relaxed);
                            println!("failed: replay with --schedules 1 --seed {seed}");
                        }
                    }
                }
            });
        }
    });
    let total = *total.lock().expect("nobody panics while adding");
    (failed.load(Ordering::Relaxed), total)
}
