//! Throws changed inputs at one door, or at all of them in turn, for so many minutes each, and says which seed failed.
//! `fuzz [TARGET] --minutes N [--seed S]`.

use std::process::ExitCode;
use std::time::{Duration, Instant, SystemTime};

use e2e::fuzz::{Meter, TARGETS, Target};
use peak_alloc::PeakAlloc;

#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

/// What was asked for.
struct Wishes {
    target: Option<String>,
    minutes: f64,
    seed: Option<u64>,
}

fn main() -> ExitCode {
    let Some(wishes) = wishes(std::env::args().skip(1)) else {
        eprintln!("usage: fuzz [TARGET] --minutes N [--seed S]");
        return ExitCode::from(2);
    };
    let wanted = |target: &&Target| wishes.target.as_ref().is_none_or(|name| target.name == name);
    let targets: Vec<&Target> = TARGETS.iter().filter(wanted).collect();
    let time = Duration::from_secs_f64(60.0 * wishes.minutes);
    let failed = targets.iter().filter(|target| !held(target, wishes.seed.unwrap_or_else(clock), time)).count();
    match (targets.len(), failed) {
        (0, _) => ExitCode::from(2),
        (_, 0) => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}

fn held(target: &Target, seed: u64, time: Duration) -> bool {
    let meter =
        Meter { now: || MEMORY.current_usage(), peak: || MEMORY.peak_usage(), forget: || MEMORY.reset_peak_usage() };
    let start = Instant::now();
    match target.throw(seed, meter, |seen| seen.thrown == 0 || start.elapsed() < time) {
        Ok(seen) => {
            let (name, thrown, peak, slowest) = (target.name, seen.thrown, seen.peak, seen.slowest);
            println!("{name}: {thrown} inputs from seed {seed}, at most {peak} bytes and {slowest:?} for one");
            true
        }
        Err(failure) => {
            let (name, seed, what) = (target.name, failure.seed, failure.what);
            println!("{name}: {what}; again with `cargo xtask fuzz {name} --minutes 0 --seed {seed}`");
            println!("{}", target.show(seed).iter().map(|byte| format!("{byte:02x}")).collect::<String>());
            false
        }
    }
}

fn clock() -> u64 {
    SystemTime::UNIX_EPOCH.elapsed().map_or(1, |since| since.as_secs() << 20)
}

fn wishes(mut words: impl Iterator<Item = String>) -> Option<Wishes> {
    let (mut target, mut minutes, mut seed) = (None, None, None);
    while let Some(word) = words.next() {
        match word.as_str() {
            "--minutes" => minutes = Some(words.next()?.parse().ok()?),
            "--seed" => seed = Some(words.next()?.parse().ok()?),
            name => target = Some(Target::named(name)?.name.to_owned()),
        }
    }
    Some(Wishes { target, minutes: minutes?, seed })
}
