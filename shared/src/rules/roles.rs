//! Which role a command takes at least, before anything else is asked.

use crate::command::Command;
use crate::model::Role;

/// The least role that may ask for this at all: never one whose changes of that document the relay would refuse.
pub(super) fn least(command: &Command) -> Role {
    asked(command).max(Role::least_to_write(command.document()))
}

/// The least role that the thing itself asks for.
const fn asked(command: &Command) -> Role {
    match command {
        // Whom it is for decides.
        Command::SeeNotice { .. } => Role::Viewer,
        // Whom it is about decides beyond this.
        Command::PutMember { .. }
        | Command::PublishPipeline(_)
        | Command::DefineField(_)
        | Command::PutAutomation(_)
        | Command::RemoveAutomation { .. } => Role::Manager,
        // What the stage or the criterion asks for is asked beyond this.
        Command::OverrideGate { .. } | Command::HoldGate { .. } => Role::Rep,
        Command::RequestApproval { .. }
        | Command::WithdrawRequest { .. }
        | Command::Approve { .. }
        | Command::Decline { .. } => Role::Rep,
        Command::OpenDeal(_)
        | Command::RenameDeal { .. }
        | Command::PriceDeal { .. }
        | Command::ExpectDeal { .. }
        | Command::AssignDeal { .. }
        | Command::LinkDeal { .. }
        | Command::ClassifyDeal { .. }
        | Command::MoveDeal { .. }
        | Command::WinDeal { .. }
        | Command::LoseDeal { .. }
        | Command::ReopenDeal { .. }
        | Command::DiscardDeal { .. }
        | Command::RestoreDeal { .. }
        | Command::PutLine { .. }
        | Command::RemoveLine { .. } => Role::Rep,
        Command::RecordEvidence { .. } | Command::WithdrawEvidence { .. } | Command::RestoreEvidence { .. } => {
            Role::Rep
        }
        Command::PlanActivity { .. }
        | Command::LogActivity { .. }
        | Command::FinishActivity { .. }
        | Command::DescribeActivity { .. }
        | Command::UnfinishActivity { .. }
        | Command::RescheduleActivity { .. }
        | Command::CancelActivity { .. }
        | Command::Notify { .. }
        | Command::SetField { .. } => Role::Rep,
        Command::AddCompany { .. }
        | Command::RenameCompany { .. }
        | Command::DescribeCompany { .. }
        | Command::DiscardCompany { .. }
        | Command::RestoreCompany { .. }
        | Command::MergeCompany { .. }
        | Command::UnmergeCompany { .. }
        | Command::PutContact { .. }
        | Command::DiscardContact { .. }
        | Command::MergeContact { .. }
        | Command::UnmergeContact { .. } => Role::Rep,
        Command::AddLead { .. }
        | Command::DescribeLead { .. }
        | Command::AssignLead { .. }
        | Command::ConvertLead { .. }
        | Command::DismissLead { .. }
        | Command::ReviveLead { .. }
        | Command::PutView(_)
        | Command::RemoveView { .. } => Role::Rep,
    }
}
