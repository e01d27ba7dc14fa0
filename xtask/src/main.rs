//! `cargo xtask`: builds, runs and tests Sluice, so that a clean clone needs nothing but Rust.

mod browser;
mod dist;
mod fuzz;
mod lint;
mod project;
mod serve;
mod simulate;
mod step;
mod test;
mod toolchain;

use std::process::ExitCode;

use clap::{Parser, Subcommand};
use project::Project;

/// Builds, runs and tests Sluice.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Builds the app as it is deployed, into target/dist.
    Dist(dist::BuildOptions),
    /// Builds app and relay, and runs the relay.
    Serve(serve::Options),
    /// Runs every test: crates, relay, and journeys in a real browser.
    Test(test::Options),
    /// Replays random schedules of devices that work apart and meet again.
    Simulate(simulate::Options),
    /// Throws changed inputs at the doors that bytes of others come in through.
    Fuzz(fuzz::Options),
    /// Checks formatting, lints and documentation; any finding fails.
    Lint,
}

fn main() -> ExitCode {
    match run(Arguments::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        // Its reader wants to know which step failed; that step has said the rest above.
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> anyhow::Result<()> {
    let project = Project::find()?;
    match command {
        Command::Dist(options) => dist::run(&project, options.build()).map(drop),
        Command::Serve(options) => serve::run(&project, &options),
        Command::Test(options) => test::run(&project, &options),
        Command::Simulate(options) => simulate::run(&project, &options),
        Command::Fuzz(options) => fuzz::run(&project, &options),
        Command::Lint => lint::run(&project),
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn every_command_can_be_parsed() {
        Arguments::command().debug_assert();
    }
}
