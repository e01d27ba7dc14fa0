//! `sluice invite`: a fresh secret, also while the relay is serving.

use std::io::Write as _;

use anyhow::{Context as _, ensure};
use clap::Args;
use shared::membership::{MAX_LASTS, Sight, Ticket, Vantage};
use shared::model::Role;
use sync_server::access::{console, first_workspace, founding_ticket};
use sync_server::store::Store;

use super::Data;

/// Whom to invite.
#[derive(Args)]
pub(crate) struct Invite {
    #[command(flatten)]
    data: Data,
    /// What the new member may do: manager, rep or viewer; whoever is first is the owner.
    #[arg(long)]
    role: Option<Role>,
    /// Which deals a new rep or viewer sees: own, those of the team, or all.
    #[arg(long, default_value_t)]
    sight: Sight,
    /// The team that the new member is in.
    #[arg(long, default_value = "", hide_default_value = true)]
    team: String,
}

impl Invite {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let ticket = self.ticket(&self.data.open()?)?;
        writeln!(std::io::stdout(), "{}", ticket.spelled())?;
        tracing::info!(
            "good once, for {} minutes; open the relay's address followed by /#/join/ and this secret",
            MAX_LASTS / 60
        );
        Ok(())
    }

    fn ticket(&self, store: &dyn Store) -> anyhow::Result<Ticket> {
        let workspace = first_workspace(store)?.id;
        if let Some(ticket) = founding_ticket(store, workspace)? {
            let first = self.role.is_none_or(|role| role == Role::Owner);
            ensure!(first, "nobody is here yet, and whoever is first is the owner; leave --role out");
            return Ok(ticket);
        }
        let role = self.role.unwrap_or(Role::Rep);
        let vantage = Vantage { sight: self.sight, team: self.team.trim().to_owned() };
        console::invite(store, workspace, role, vantage)
            .context("the console cannot invite; an owner can, under Settings in the app")
    }
}
