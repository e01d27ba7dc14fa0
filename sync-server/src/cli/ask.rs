//! `sluice ask`: commands of a script, through the same door as everything else.

use std::path::PathBuf;

use anyhow::{Context as _, bail};
use clap::Args;
use serde::Serialize;
use shared::command::{Command, Context, Origin};
use shared::id::MemberId;
use shared::refusal::Refusal;
use shared::workspace::Workspace;
use sync_server::access::first_workspace;
use sync_server::robot::Robot;

use super::Data;

/// What to ask for, and as whom.
#[derive(Args)]
pub(crate) struct Ask {
    /// A file with one command as JSON on each line, such as {"win_deal":{"deal":"…"}}.
    file: PathBuf,
    #[command(flatten)]
    data: Data,
    /// The member who asks, by id or name; the relay's own member if it is left out.
    #[arg(long = "as", value_name = "MEMBER")]
    member: Option<String>,
    /// Print the answers as JSON, one on each line.
    #[arg(long)]
    json: bool,
}

/// What the door said to one line.
#[derive(Serialize)]
struct Answer {
    line: usize,
    /// None if it was carried out.
    #[serde(skip_serializing_if = "Option::is_none")]
    refused: Option<String>,
    /// The criteria that keep a gate closed.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    open: Vec<String>,
}

impl Ask {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let file = self.file.display();
        let text = std::fs::read_to_string(&self.file).with_context(|| format!("{file} cannot be read"))?;
        // A script with a mistake is not begun, so that it can be mended and run as a whole.
        let commands = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        let commands: Vec<(usize, Command)> = commands
            .map(|(index, line)| {
                let read = serde_json::from_str(line);
                Ok((index + 1, read.with_context(|| format!("line {} of {file} is not a command", index + 1))?))
            })
            .collect::<anyhow::Result<_>>()?;
        let store = self.data.open()?;
        let mut robot = Robot::start(&store, first_workspace(&store)?.id).context("the workspace cannot be read")?;
        let context = self.context(robot.workspace())?;
        let mut refused = 0;
        for (line, command) in commands {
            let answer = robot.ask(&context, command)?.err();
            refused += usize::from(answer.is_some());
            self.tell(&Answer::of(line, answer))?;
        }
        robot.keep()?;
        match refused {
            0 => Ok(()),
            refused => bail!("{refused} commands were refused; the others were carried out"),
        }
    }

    fn context(&self, workspace: &Workspace) -> anyhow::Result<Context> {
        let context = Robot::context(Origin::Console);
        let Some(wanted) = &self.member else { return Ok(context) };
        let id: Option<MemberId> = wanted.parse().ok();
        let mut found = workspace.members.values().filter(|member| Some(member.id) == id || member.name == *wanted);
        match (found.next(), found.next()) {
            (Some(member), None) => Ok(Context { member: member.id, ..context }),
            (None, _) => bail!("there is no member {wanted:?}"),
            (Some(_), Some(_)) => bail!("several members are called {wanted:?}; give the id"),
        }
    }

    fn tell(&self, answer: &Answer) -> anyhow::Result<()> {
        match (&answer.refused, self.json) {
            (_, true) => println!("{}", serde_json::to_string(answer)?),
            (Some(why), false) => println!("line {}: refused, {why}", answer.line),
            (None, false) => println!("line {}: done", answer.line),
        }
        Ok(())
    }
}

impl Answer {
    fn of(line: usize, refusal: Option<Refusal>) -> Self {
        let open = match &refusal {
            Some(Refusal::GateClosed { open }) => open.iter().map(|unmet| unmet.criterion.to_string()).collect(),
            Some(_) | None => Vec::new(),
        };
        Self { line, refused: refusal.map(|refusal| refusal.to_string()), open }
    }
}
