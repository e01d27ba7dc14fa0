//! `sluice report`: the pipeline in numbers.

use anyhow::Context as _;
use clap::Args;
use shared::review::{self, report};
use sync_server::access::first_workspace;
use sync_server::robot::Robot;

use super::Data;

/// What to report.
#[derive(Args)]
pub(crate) struct Report {
    #[command(flatten)]
    data: Data,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

impl Report {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let store = self.data.open()?;
        let workspace = first_workspace(&store)?;
        let robot = Robot::start(&store, workspace.id).context("the workspace cannot be read")?;
        let report = report(robot.workspace());
        match self.json {
            true => println!("{}", serde_json::to_string(&report)?),
            false => print(&report),
        }
        Ok(())
    }
}

fn print(report: &review::Report) {
    println!("{:>7} deals", report.deals);
    for (name, tally) in [("open", &report.open), ("won", &report.won), ("lost", &report.lost)] {
        println!("{:>7} {name:<24} {}", tally.count, sum(&tally.sum));
    }
    for stage in &report.stages {
        println!(
            "{:>7} {:<24} {}",
            stage.total.count,
            format!("{} / {}", stage.pipeline, stage.stage),
            sum(&stage.total.sum)
        );
    }
}

fn sum(sum: &shared::sorted::SortedMap<String, String>) -> String {
    sum.iter().map(|(currency, amount)| format!("{currency} {amount}")).collect::<Vec<_>>().join("  ")
}
