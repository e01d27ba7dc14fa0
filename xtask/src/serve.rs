//! `cargo xtask serve`: builds app and relay, then becomes the relay.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};
use clap::Args;

use crate::{dist, project::Project, step};

/// How the relay is run.
#[derive(Args)]
pub(crate) struct Options {
    /// Where the relay keeps its data [default: sluice-data in the project].
    #[arg(long, value_name = "DIR")]
    data: Option<PathBuf>,
    /// The address to listen on; port 0 picks a free one.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8787")]
    listen: String,
    #[command(flatten)]
    app: dist::BuildOptions,
}

/// Builds everything and runs the relay until it is stopped.
pub(crate) fn run(project: &Project, options: &Options) -> Result<()> {
    let app = dist::run(project, options.app.build())?;
    build_relay(project)?;
    let data = options.data.clone().unwrap_or_else(|| project.path("sluice-data"));
    println!("\nData is kept in {}. Ctrl-C stops the relay.", data.display());
    let mut relay = Command::new(project.relay_binary());
    relay.arg("serve").arg("--app").arg(app).arg("--data").arg(data).args(["--listen", &options.listen]);
    become_program(&mut relay)
}

/// Builds the relay's binary in the profile the tests use, so that both share one compilation.
pub(crate) fn build_relay(project: &Project) -> Result<()> {
    step::run(project.cargo().args(["build", "-p", "sync-server", "--bin", "sluice"]))
}

/// The relay takes this process's place, so that Ctrl-C and a service manager's stop reach it itself.
#[cfg(unix)]
fn become_program(program: &mut Command) -> Result<()> {
    use std::os::unix::process::CommandExt;
    Err(program.exec()).context("the relay does not start")
}

#[cfg(not(unix))]
fn become_program(program: &mut Command) -> Result<()> {
    let status = program.status().context("the relay does not start")?;
    anyhow::ensure!(status.success(), "the relay ended with {status}");
    Ok(())
}
