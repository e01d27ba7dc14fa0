//! `sluice export`: all deals as CSV on stdout; a file of it can be imported again.

use std::io::Write as _;

use anyhow::Context as _;
use clap::Args;
use shared::text::Lang;
use sync_server::access::first_workspace;
use sync_server::robot::Robot;

use super::Data;

/// What to export.
#[derive(Args)]
pub(crate) struct Export {
    #[command(flatten)]
    data: Data,
    /// The language of columns, stages and states: zh or en.
    #[arg(long, default_value = "en", value_parser = lang)]
    lang: Lang,
}

impl Export {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let store = self.data.open()?;
        let workspace = first_workspace(&store)?;
        let robot = Robot::start(&store, workspace.id).context("the workspace cannot be read")?;
        let file = shared::export::deals(robot.workspace(), self.lang);
        std::io::stdout().lock().write_all(&file).context("the deals cannot be written to stdout")
    }
}

fn lang(text: &str) -> Result<Lang, String> {
    match text {
        "zh" | "zh-CN" => Ok(Lang::Zh),
        "en" => Ok(Lang::En),
        _ => Err("the languages are zh and en".to_owned()),
    }
}
