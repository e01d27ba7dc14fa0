//! The invariants notice each mistake that a device or relay could be written with, within some schedules.

use std::panic::{catch_unwind, set_hook, take_hook};

use e2e::flaw::Flaw;
use e2e::schedule::play_with;

/// Within so many schedules each is noticed; most are within ten.
const SCHEDULES: u64 = 400;

#[test]
fn every_mistake_is_noticed() {
    let hook = take_hook();
    // What is noticed is expected here, and would fill the screen.
    set_hook(Box::new(|_| {}));
    let noticed = Flaw::ALL.map(|flaw| {
        let fails = |seed: &u64| catch_unwind(|| play_with(*seed, Some(flaw))).is_err();
        (flaw, (1..=SCHEDULES).find(fails))
    });
    set_hook(hook);
    for (flaw, seed) in noticed {
        println!("{flaw:?} is noticed in schedule {seed:?}");
    }
    let missed: Vec<Flaw> = noticed.iter().filter(|(_, seed)| seed.is_none()).map(|(flaw, _)| *flaw).collect();
    assert_eq!(missed, [], "not noticed in {SCHEDULES} schedules");
}
