//! `cargo xtask fuzz`: changed inputs for the doors that bytes of others come in through, replayable from one seed.

use anyhow::Result;
use clap::Args;

use crate::{project::Project, step};

/// What to throw at, and for how long.
#[derive(Args)]
pub(crate) struct Options {
    /// frame, chunk, change, list or import; all in turn if none is named.
    target: Option<String>,
    /// For how long, each target.
    #[arg(long, value_name = "N")]
    minutes: f64,
    /// The first input's seed; a failure names the seed that throws it again.
    #[arg(long, value_name = "S")]
    seed: Option<u64>,
}

impl Options {
    /// All targets, each for so long.
    pub(crate) fn of_all(minutes: f64) -> Self {
        Self { target: None, minutes, seed: None }
    }
}

/// Runs the fuzzer of the `e2e` package.
pub(crate) fn run(project: &Project, options: &Options) -> Result<()> {
    let mut fuzzer = project.cargo();
    fuzzer.args(["run", "-p", "e2e", "--bin", "fuzz", "--"]).args(&options.target);
    fuzzer.args(["--minutes", &options.minutes.to_string()]);
    if let Some(seed) = options.seed {
        fuzzer.args(["--seed", &seed.to_string()]);
    }
    step::run(&mut fuzzer)
}
