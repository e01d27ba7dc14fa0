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
    #[arg(long, conflicts_with = "journey")]
    no_browser: bool,
    /// Runs nothing but the journeys in files whose name contains NAME.
    #[arg(long, value_name = "NAME")]
    journey: Option<String>,
    #[command(flatten)]
    app: dist::BuildOptions,
}

/// Runs the tests; the last lines printed are the test runner's own.
pub(crate) fn run(project: &Project, options: &Options) -> Result<()> {
    toolchain::provide_wasm(project)?;
    if options.journey.is_none() {
        step::run(project.cargo().args(["test", "--workspace"]))?;
    }
    if options.no_browser {
        return Ok(());
    }
    let files = journey_files(&project.path("tests/browser"), options.journey.as_deref().unwrap_or_default())?;
    // Asked before the long build, so that a missing program is reported at once.
    let browser = browser::provide(project)?;
    let app = dist::run(project, options.app.build())?;
    serve::build_relay(project)?;
    let mut journeys = Command::new("node");
    // Journeys share two cores with their relays and browsers: side by side they would only time out.
    journeys.args(["--test", "--test-concurrency=1"]).args(files);
    journeys.current_dir(project.path("tests/browser"));
    journeys.env("CHROMIUM", browser).env("SLUICE_APP", app).env("SLUICE_BINARY", project.relay_binary());
    step::run(&mut journeys)
}

/// The runner of the oldest Node that is supported expands no patterns.
fn journey_files(folder: &Path, part: &str) -> Result<Vec<OsString>> {
    let entries = folder.read_dir().with_context(|| format!("cannot list {}", folder.display()))?;
    let mut files = Vec::new();
    for entry in entries {
        let file = entry?.file_name();
        let is_meant = file.to_string_lossy().strip_suffix(".test.mjs").is_some_and(|name| name.contains(part));
        if is_meant {
            files.push(file);
        }
    }
    ensure!(!files.is_empty(), "{} holds no *{part}*.test.mjs", folder.display());
    files.sort();
    Ok(files)
}
