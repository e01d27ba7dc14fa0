//! The program `sluice`: the relay and its admin commands.

use clap::{Parser, ValueEnum};
use tracing_subscriber::EnvFilter;

mod cli;

/// A sales pipeline that works in airplane mode: the relay its devices meet at.
#[derive(Parser)]
#[command(name = "sluice", version)]
struct Sluice {
    #[command(subcommand)]
    command: cli::Command,
    /// How messages are written to stderr: json for machines, one object on each line.
    #[arg(long, global = true, env = "SLUICE_LOG_FORMAT", value_name = "FORMAT", default_value = "text")]
    log_format: LogFormat,
}

#[derive(Clone, Copy, ValueEnum)]
enum LogFormat {
    Text,
    Json,
}

fn main() -> anyhow::Result<()> {
    let Sluice { command, log_format } = Sluice::parse();
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    let messages = tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr);
    match log_format {
        LogFormat::Text => messages.init(),
        LogFormat::Json => messages.json().flatten_event(true).init(),
    }
    command.run()
}
