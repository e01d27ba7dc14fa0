//! `sluice invite`: a fresh secret, also while the relay is serving.

use std::io::Write as _;

use clap::Args;
use sync_server::access::{self, APP_LINK, Invitation, Role, first_workspace};
use sync_server::store::Source;

use super::Data;

/// Whom to invite.
#[derive(Args)]
pub(crate) struct Invite {
    #[command(flatten)]
    data: Data,
    /// What the new member may do: owner, manager, rep or viewer.
    #[arg(long, default_value = "rep")]
    role: Role,
}

impl Invite {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        let store = self.data.open()?;
        let workspace = first_workspace(&store)?;
        let invitation = Invitation { source: Source::Console, role: self.role, member: None, lasts: APP_LINK };
        let told = access::invite(&store, workspace.id, invitation)?;
        writeln!(std::io::stdout(), "{}", told.secret)?;
        tracing::info!(
            "good once, for {} minutes; open the relay's address followed by /#/join/ and this secret",
            APP_LINK.as_secs() / 60
        );
        Ok(())
    }
}
