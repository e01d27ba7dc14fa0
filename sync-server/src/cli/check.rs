//! `sluice check`: whether everything that is stored is what it should be.

use anyhow::bail;
use clap::Args;
use sync_server::check::{Report, check};

use super::Data;

/// What to check.
#[derive(Args)]
pub(crate) struct Check {
    #[command(flatten)]
    data: Data,
    /// Print what was found as JSON.
    #[arg(long)]
    json: bool,
}

impl Check {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let report = check(self.data.directory())?;
        match self.json {
            true => println!("{}", serde_json::to_string(&report)?),
            false => print(&report),
        }
        match report.findings.len() {
            0 => Ok(()),
            wrong => bail!("{wrong} things are wrong in {}", self.data.directory().display()),
        }
    }
}

/// What is wrong, one on each line, and what was looked at.
pub(super) fn print(report: &Report) {
    report.findings.iter().for_each(|finding| println!("{finding}"));
    let Report { workspaces, documents, changes, snapshots, files, .. } = report;
    println!("{workspaces} workspaces, {documents} documents, {changes} changes, {snapshots} snapshots, {files} files");
}
