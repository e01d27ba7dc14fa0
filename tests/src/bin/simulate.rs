//! Plays many schedules, on as many threads as there are cores, and says which seeds failed.
//! `simulate --schedules N [--seed S]`.

use std::fmt;
use std::panic::catch_unwind;
use std::process::ExitCode;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::time::{Duration, Instant};

use e2e::schedule::{Seen, play};

/// How often it is told how far it is.
const TOLD_EVERY: Duration = Duration::from_secs(60);

fn main() -> ExitCode {
    let Some(wish) = wishes(std::env::args().skip(1)) else {
        eprintln!("usage: simulate --schedules N [--seed S]");
        return ExitCode::from(2);
    };
    let tally = run(&wish);
    let seen = tally.seen;
    println!(
        "{} written, {} refused, {} gates reopened, {} fields disputed, {} key activities planned, {} told again, {} faults",
        seen.written, seen.refused, seen.reopened, seen.disputed, seen.planned, seen.forked, seen.faults
    );
    println!("{tally}");
    if tally.failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

/// What to play.
struct Wish {
    schedules: u64,
    /// The first seed.
    seed: u64,
}

fn wishes(mut words: impl Iterator<Item = String>) -> Option<Wish> {
    let (mut schedules, mut seed) = (None, 1);
    while let Some(word) = words.next() {
        let number = words.next()?.parse().ok()?;
        match word.as_str() {
            "--schedules" => schedules = Some(number),
            "--seed" => seed = number,
            _ => return None,
        }
    }
    Some(Wish { schedules: schedules?, seed })
}

/// A schedule's seed, and what it saw; nothing if it failed.
type Played = (u64, Option<Seen>);

fn run(wish: &Wish) -> Tally {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let next = AtomicU64::new(0);
    std::thread::scope(|scope| {
        let (told, played) = channel();
        for _ in 0..threads {
            let (told, next) = (told.clone(), &next);
            scope.spawn(move || play_on(wish, next, &told));
        }
        drop(told);
        Tally::begun(wish.seed, threads).gather(&played)
    })
}

/// Plays the next seed that nobody plays, until there is none.
fn play_on(wish: &Wish, next: &AtomicU64, told: &Sender<Played>) {
    loop {
        let index = next.fetch_add(1, Ordering::Relaxed);
        if index >= wish.schedules {
            return;
        }
        let seed = wish.seed.wrapping_add(index);
        let played = (seed, catch_unwind(|| play(seed)).ok());
        told.send(played).expect("all are gathered until every thread has ended");
    }
}

/// How far it is.
struct Tally {
    begun: Instant,
    threads: usize,
    first: u64,
    last: u64,
    done: u64,
    failed: u64,
    seen: Seen,
}

impl Tally {
    fn begun(first: u64, threads: usize) -> Self {
        Self { begun: Instant::now(), threads, first, last: first, done: 0, failed: 0, seen: Seen::default() }
    }

    /// Counts what the threads played, until all have ended.
    fn gather(mut self, played: &Receiver<Played>) -> Self {
        let mut due = self.begun + TOLD_EVERY;
        loop {
            match played.recv_timeout(due.saturating_duration_since(Instant::now())) {
                Ok(one) => self.count(one),
                Err(RecvTimeoutError::Timeout) => {
                    println!("{self}");
                    due += TOLD_EVERY;
                }
                Err(RecvTimeoutError::Disconnected) => return self,
            }
        }
    }

    fn count(&mut self, (seed, seen): Played) {
        self.done += 1;
        self.last = self.last.max(seed);
        match seen {
            Some(seen) => self.seen.add(seen),
            None => {
                self.failed += 1;
                println!("failed: replay with --schedules 1 --seed {seed}");
            }
        }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { threads, first, last, done, failed, .. } = self;
        let seconds = self.begun.elapsed().as_secs_f64();
        let rate = *done as f64 / seconds / *threads as f64;
        write!(f, "{done} schedules, {failed} failed, seeds {first} to {last}, ")?;
        write!(f, "{seconds:.0} s, {rate:.1} a second on each of {threads} threads")
    }
}
