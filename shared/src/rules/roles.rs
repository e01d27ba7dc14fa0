//! Which role a command takes at least, before anything else is asked.

use crate::command::Command;
use crate::model::Role;

/// The least role that may ask for this at all.
pub(super) const fn least(command: &Command) -> Role {
    match command {
        // Whoever joins is not known yet, so whom the command is about decides.
        Command::PutMember { .. } => Role::Viewer,
        Command::OverrideGate { .. } | Command::HoldGate { .. } | Command::PublishPipeline(_) => Role::Manager,
        // What a criterion asks for is asked beyond this.
        Command::Approve { .. } => Role::Rep,
        Command::OpenDeal(_)
        | Command::RenameDeal { .. }
        | Command::PriceDeal { .. }
        | Command::ExpectDeal { .. }
        | Command::AssignDeal { .. }
        | Command::LinkDeal { .. }
        | Command::MoveDeal { .. }
        | Command::WinDeal { .. }
        | Command::LoseDeal { .. }
        | Command::ReopenDeal { .. }
        | Command::DiscardDeal { .. }
        | Command::RestoreDeal { .. } => Role::Rep,
        Command::RecordEvidence { .. } | Command::WithdrawEvidence { .. } => Role::Rep,
        Command::PlanActivity { .. }
        | Command::LogActivity { .. }
        | Command::FinishActivity { .. }
        | Command::UnfinishActivity { .. } => Role::Rep,
        Command::AddCompany { .. }
        | Command::RenameCompany { .. }
        | Command::DiscardCompany { .. }
        | Command::RestoreCompany { .. }
        | Command::PutContact { .. } => Role::Rep,
    }
}
