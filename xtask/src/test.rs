//! `cargo xtask test`: every test there is, the quick ones first; or the few that are worth hours.

use std::ffi::OsString;
use std::path::Path;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use clap::Args;

use crate::{browser, dist, fuzz, project::Project, serve, step, toolchain};

/// How often the relay and the browser are killed in a long look.
const KILLS: &str = "100";

/// The relay's test that does so; a name that no test has would pass unseen.
const KILLED: &str = "killed_while_a_thousand_changes_are_pushed_it_keeps_every_acknowledged_one_once";

/// For how many minutes changed inputs are thrown at each door then.
const MINUTES: f64 = 30.0;

/// What to test.
#[derive(Args)]
pub(crate) struct Options {
    /// Leaves out the journeys in a real browser.
    #[arg(long, conflicts_with = "journey")]
    no_browser: bool,
    /// Runs nothing but the journeys in files whose name contains NAME.
    #[arg(long, value_name = "NAME")]
    journey: Option<String>,
    /// Takes a long look instead, for hours: kills the relay and the browser a hundred times each, and throws changed
    /// inputs at each door for half an hour.
    #[arg(long, conflicts_with_all = ["no_browser", "journey"])]
    long: bool,
    #[command(flatten)]
    app: dist::BuildOptions,
}

/// Runs the tests; the last lines printed are the test runner's own.
pub(crate) fn run(project: &Project, options: &Options) -> Result<()> {
    toolchain::provide_wasm(project)?;
    if options.long {
        return look_long(project, options);
    }
    if options.journey.is_none() {
        step::run(project.cargo().args(["test", "--workspace"]))?;
    }
    if options.no_browser {
        return Ok(());
    }
    step::run(&mut journeys(project, options, options.journey.as_deref().unwrap_or_default())?)
}

/// What ends by chance is tried often enough to meet what is rare.
fn look_long(project: &Project, options: &Options) -> Result<()> {
    let mut relay = project.cargo();
    relay.args(["test", "-p", "sync-server", "--test", "relay", "--", KILLED, "--nocapture"]);
    step::run(relay.env("KILLS", KILLS))?;
    step::run(journeys(project, options, "killed")?.env("KILLS", KILLS))?;
    fuzz::run(project, &fuzz::Options::of_all(MINUTES))
}

/// Node with the journeys in files whose name contains `part`, once app and relay are built.
fn journeys(project: &Project, options: &Options, part: &str) -> Result<Command> {
    let files = journey_files(&project.path("tests/browser"), part)?;
    // Asked before the long build, so that a missing program is reported at once.
    let browser = browser::provide(project)?;
    let app = dist::run(project, options.app.build())?;
    serve::build_relay(project)?;
    let mut journeys = Command::new("node");
    // Journeys share two cores with their relays and browsers: side by side they would only time out.
    journeys.args(["--test", "--test-concurrency=1"]).args(files);
    journeys.current_dir(project.path("tests/browser"));
    journeys.env("CHROMIUM", browser).env("SLUICE_APP", app).env("SLUICE_BINARY", project.relay_binary());
    Ok(journeys)
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

#[cfg(test)]
mod tests {
    use super::KILLED;

    #[test]
    fn the_test_that_kills_the_relay_has_that_name() {
        let tests = include_str!("../../sync-server/tests/relay/stopped.rs");
        assert!(tests.contains(&format!("fn {KILLED}(")));
    }
}
