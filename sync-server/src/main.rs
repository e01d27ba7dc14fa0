//! The program `sluice`: the relay and its admin commands.

use clap::Parser;
use tracing_subscriber::EnvFilter;

mod cli;

/// A sales pipeline that works in airplane mode: the relay its devices meet at.
#[derive(Parser)]
#[command(name = "sluice", version)]
struct Sluice {
    #[command(subcommand)]
    command: cli::Command,
}

fn main() -> anyhow::Result<()> {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    Sluice::parse().command.run()
}
