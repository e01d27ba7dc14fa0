//! `sluice import`: rows of a CSV file become deals, through the same door as everything else.

use std::io::IsTerminal;
use std::path::PathBuf;

use anyhow::Context as _;
use clap::Args;
use shared::command::{Context, Origin};
use shared::id::BatchId;
use shared::import::{Encoding, Mapping, Plan, RowPlan, Summary, Table, guess, plan};
use shared::money::Currency;
use shared::refusal::Refusal;
use shared::time::Timestamp;

use sync_server::access::{draw, first_workspace, now};
use sync_server::robot::Robot;

use super::Data;

/// What to import, and how.
#[derive(Args)]
pub(crate) struct Import {
    /// The CSV file.
    file: PathBuf,
    #[command(flatten)]
    data: Data,
    /// A TOML file that says what the columns mean; guessed from the header if it is left out.
    #[arg(long)]
    map: Option<PathBuf>,
    /// The currency of amounts that do not name theirs, such as USD.
    #[arg(long)]
    currency: Option<Currency>,
    /// Print what happened as JSON.
    #[arg(long)]
    json: bool,
    /// Say what would happen, and change nothing.
    #[arg(long)]
    dry_run: bool,
}

impl Import {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let file = self.file.display();
        let bytes = std::fs::read(&self.file).with_context(|| format!("{file} cannot be read"))?;
        let table = Table::read(&bytes, decode).with_context(|| format!("{file} is not a table"))?;
        let store = self.data.open()?;
        let workspace = first_workspace(&store)?;
        let mut robot = Robot::start(&store, workspace.id).context("the workspace cannot be read")?;
        let mapping = mapping(&self, &table, &robot)?;
        let now = Timestamp::from_millis(now());
        let plan = plan(robot.workspace(), &table, &mapping, BatchId::begun(now, draw()?), now)
            .context("the mapping does not fit the file")?;
        let summary = if self.dry_run { plan.summary() } else { carry_out(&mut robot, plan)? };
        tell(&summary, self.json)
    }
}

fn mapping(wishes: &Import, table: &Table, robot: &Robot<'_>) -> anyhow::Result<Mapping> {
    let mut mapping = match &wishes.map {
        None => guess(table, robot.workspace()),
        Some(path) => {
            let text = std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))?;
            toml::from_str(&text).with_context(|| format!("{} is not a mapping", path.display()))?
        }
    };
    mapping.currency = wishes.currency.unwrap_or(mapping.currency);
    Ok(mapping)
}

fn carry_out(robot: &mut Robot<'_>, plan: Plan) -> anyhow::Result<Summary> {
    let mut summary = plan.summary();
    let context = Robot::context(Origin::Import(plan.batch));
    let watched = std::io::stderr().is_terminal();
    for (index, row) in plan.rows.iter().enumerate() {
        if let Some(refusal) = carry_out_row(robot, &context, row)? {
            summary.refuse(row, refusal);
        }
        if watched && index % 500 == 499 {
            eprintln!("{} of {} rows", index + 1, summary.rows);
        }
    }
    robot.keep()?;
    Ok(summary)
}

/// The first refusal, if there is one. What is so already is none.
fn carry_out_row(robot: &mut Robot<'_>, context: &Context, row: &RowPlan) -> anyhow::Result<Option<Refusal>> {
    for command in row.commands.clone() {
        match robot.ask(context, command)? {
            Ok(()) | Err(Refusal::SameState) => {}
            Err(refusal) => return Ok(Some(refusal)),
        }
    }
    Ok(None)
}

fn tell(summary: &Summary, json: bool) -> anyhow::Result<()> {
    if json {
        println!("{}", serde_json::to_string(summary)?);
        return Ok(());
    }
    let Summary { rows, created, merged, refused } = summary;
    println!("{rows} rows: {created} created, {merged} merged, {} refused", refused.len());
    for problem in refused {
        let column = if problem.column.is_empty() { String::new() } else { format!(", {}", problem.column) };
        println!("  line {}{column}: {}", problem.row, problem.reason);
    }
    Ok(())
}

fn decode(bytes: &[u8], encoding: Encoding) -> Option<String> {
    let encoding = encoding_rs::Encoding::for_label(encoding.label().as_bytes())?;
    Some(encoding.decode_with_bom_removal(bytes).0.into_owned())
}
