//! `cargo xtask test`: every test there is, the quick ones first.

use std::ffi::OsString;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use clap::Args;

use crate::{browser, dist, project::Project, serve, step, toolchain};

/// What to test.
#[derive(Args)]
pub(crate) struct Options {
    /// Leaves out the journeys in a real browser.
    #[arg(long)]
    no_browser: bool,
}

/// Runs the tests; the last lines printed are the test runner's own.
pub(crate) fn run(project: &Project, options: &Options) -> Result<()> {
    toolchain::provide_wasm(project)?;
    step::run(project.cargo().args(["test", "--workspace"]))?;
    if options.no_browser {
        return Ok(());
    }
    // Asked before the long build, so that a missing program is reported at once.
    let browser = browser::provide(project)?;
    let app = dist::run(project)?;
    serve::build_relay(project)?;
    let mut journeys = Command::new("node");
    // Journeys share two cores with their relays and browsers: side by side they would only time out.
    journeys.args(["--test", "--test-concurrency=1"]).args(journey_files(&project.path("tests/browser"))?);
    journeys.current_dir(project.path("tests/browser"));
    journeys.env("CHROMIUM", browser).env("SLUICE_APP", app).env("SLUICE_BINARY", project.relay_binary());
    step::run(&mut journeys)
}

/// The runner of the oldest Node that is supported expands no patterns.
fn journey_files(folder: &Path) -> Result<Vec<OsString>> {
    let entries = folder.read_dir().with_context(|| format!("cannot list {}", folder.display()))?;
    let names = entries.map(|entry| Ok(entry?.file_name())).collect::<Result<Vec<_>>>()?;
    let mut files: Vec<_> = names.into_iter().filter(|name| name.to_string_lossy().ends_with(".test.mjs")).collect();
    ensure!(!files.is_empty(), "{} holds no *.test.mjs", folder.display());
    files.sort();
    Ok(files)
}
