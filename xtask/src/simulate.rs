//! `cargo xtask simulate`: random schedules of devices, replayable from one seed.

use anyhow::Result;
use clap::Args;

use crate::{project::Project, step};

/// How much to simulate.
#[derive(Args)]
pub(crate) struct Options {
    /// How many schedules to run.
    #[arg(long, value_name = "N")]
    schedules: u64,
    /// The first schedule's seed; a failing schedule names the seed that replays it.
    #[arg(long, value_name = "S")]
    seed: Option<u64>,
}

/// Runs the simulator of the `e2e` package.
pub(crate) fn run(project: &Project, options: &Options) -> Result<()> {
    let mut simulator = project.cargo();
    simulator.args(["run", "--profile", "simulate", "-p", "e2e", "--bin", "simulate", "--"]);
    simulator.args(["--schedules", &options.schedules.to_string()]);
    if let Some(seed) = options.seed {
        simulator.args(["--seed", &seed.to_string()]);
    }
    step::run(&mut simulator)
}
