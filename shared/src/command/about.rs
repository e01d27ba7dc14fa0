//! What a command is called, and which document it writes.

use super::{Command, NewDeal};
use crate::id::DocumentId;
use crate::model::RecordRef;

impl Command {
    /// The name kept in the history.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::OpenDeal(_) => "open_deal",
            Self::RenameDeal { .. } => "rename_deal",
            Self::PriceDeal { .. } => "price_deal",
            Self::ExpectDeal { .. } => "expect_deal",
            Self::AssignDeal { .. } => "assign_deal",
            Self::LinkDeal { .. } => "link_deal",
            Self::ClassifyDeal { .. } => "classify_deal",
            Self::MoveDeal { .. } => "move_deal",
            Self::WinDeal { .. } => "win_deal",
            Self::LoseDeal { .. } => "lose_deal",
            Self::ReopenDeal { .. } => "reopen_deal",
            Self::DiscardDeal { .. } => "discard_deal",
            Self::RestoreDeal { .. } => "restore_deal",
            Self::PutLine { .. } => "put_line",
            Self::RemoveLine { .. } => "remove_line",
            Self::OverrideGate { .. } => "override_gate",
            Self::HoldGate { .. } => "hold_gate",
            Self::RequestApproval { .. } => "request_approval",
            Self::WithdrawRequest { .. } => "withdraw_request",
            Self::Approve { .. } => "approve",
            Self::Decline { .. } => "decline",
            Self::RecordEvidence { .. } => "record_evidence",
            Self::WithdrawEvidence { .. } => "withdraw_evidence",
            Self::RestoreEvidence { .. } => "restore_evidence",
            Self::PlanActivity { .. } => "plan_activity",
            Self::LogActivity { .. } => "log_activity",
            Self::FinishActivity { .. } => "finish_activity",
            Self::DescribeActivity { .. } => "describe_activity",
            Self::UnfinishActivity { .. } => "unfinish_activity",
            Self::RescheduleActivity { .. } => "reschedule_activity",
            Self::CancelActivity { .. } => "cancel_activity",
            Self::Notify { .. } => "notify",
            Self::SeeNotice { .. } => "see_notice",
            Self::SetField { .. } => "set_field",
            Self::AddCompany { .. } => "add_company",
            Self::RenameCompany { .. } => "rename_company",
            Self::DescribeCompany { .. } => "describe_company",
            Self::DiscardCompany { .. } => "discard_company",
            Self::RestoreCompany { .. } => "restore_company",
            Self::MergeCompany { .. } => "merge_company",
            Self::UnmergeCompany { .. } => "unmerge_company",
            Self::PutContact { .. } => "put_contact",
            Self::DiscardContact { .. } => "discard_contact",
            Self::MergeContact { .. } => "merge_contact",
            Self::UnmergeContact { .. } => "unmerge_contact",
            Self::AddLead { .. } => "add_lead",
            Self::DescribeLead { .. } => "describe_lead",
            Self::AssignLead { .. } => "assign_lead",
            Self::ConvertLead { .. } => "convert_lead",
            Self::DismissLead { .. } => "dismiss_lead",
            Self::ReviveLead { .. } => "revive_lead",
            Self::PutMember { .. } => "put_member",
            Self::PublishPipeline(_) => "publish_pipeline",
            Self::DefineField(_) => "define_field",
            Self::PutAutomation(_) => "put_automation",
            Self::RemoveAutomation { .. } => "remove_automation",
            Self::PutView(_) => "put_view",
            Self::RemoveView { .. } => "remove_view",
        }
    }

    /// The one document it writes, which must be open when it is judged.
    pub const fn document(&self) -> DocumentId {
        match self {
            Self::OpenDeal(NewDeal { deal, .. })
            | Self::RenameDeal { deal, .. }
            | Self::PriceDeal { deal, .. }
            | Self::ExpectDeal { deal, .. }
            | Self::AssignDeal { deal, .. }
            | Self::LinkDeal { deal, .. }
            | Self::ClassifyDeal { deal, .. }
            | Self::MoveDeal { deal, .. }
            | Self::WinDeal { deal }
            | Self::LoseDeal { deal, .. }
            | Self::ReopenDeal { deal }
            | Self::DiscardDeal { deal }
            | Self::RestoreDeal { deal }
            | Self::PutLine { deal, .. }
            | Self::RemoveLine { deal, .. }
            | Self::OverrideGate { deal, .. }
            | Self::HoldGate { deal, .. }
            | Self::RequestApproval { deal, .. }
            | Self::WithdrawRequest { deal, .. }
            | Self::Approve { deal, .. }
            | Self::Decline { deal, .. }
            | Self::RecordEvidence { deal, .. }
            | Self::WithdrawEvidence { deal, .. }
            | Self::RestoreEvidence { deal, .. }
            | Self::PlanActivity { deal, .. }
            | Self::LogActivity { deal, .. }
            | Self::FinishActivity { deal, .. }
            | Self::DescribeActivity { deal, .. }
            | Self::UnfinishActivity { deal, .. }
            | Self::RescheduleActivity { deal, .. }
            | Self::CancelActivity { deal, .. }
            | Self::Notify { deal, .. }
            | Self::SeeNotice { deal, .. }
            | Self::SetField { of: RecordRef::Deal(deal) | RecordRef::Activity(deal, _), .. } => {
                DocumentId::Deal(*deal)
            }
            Self::AddCompany { company, .. }
            | Self::RenameCompany { company, .. }
            | Self::DescribeCompany { company, .. }
            | Self::DiscardCompany { company }
            | Self::RestoreCompany { company }
            | Self::MergeCompany { company, .. }
            | Self::UnmergeCompany { company }
            | Self::PutContact { company, .. }
            | Self::DiscardContact { company, .. }
            | Self::MergeContact { company, .. }
            | Self::UnmergeContact { company, .. }
            | Self::SetField { of: RecordRef::Company(company) | RecordRef::Contact(company, _), .. } => {
                DocumentId::Company(*company)
            }
            Self::AddLead { lead, .. }
            | Self::DescribeLead { lead, .. }
            | Self::AssignLead { lead, .. }
            | Self::ConvertLead { lead, .. }
            | Self::DismissLead { lead, .. }
            | Self::ReviveLead { lead } => DocumentId::Lead(*lead),
            Self::PutMember { .. }
            | Self::PublishPipeline(_)
            | Self::DefineField(_)
            | Self::PutAutomation(_)
            | Self::RemoveAutomation { .. } => DocumentId::Workspace,
            Self::PutView(_) | Self::RemoveView { .. } => DocumentId::Views,
        }
    }

    /// Whether it begins a document, which then need not be there yet.
    pub const fn begins(&self) -> bool {
        matches!(self, Self::OpenDeal(_) | Self::AddCompany { .. } | Self::AddLead { .. })
    }

    /// Why somebody asks, in their words; empty where nobody has to say.
    pub fn reason(&self) -> &str {
        match self {
            Self::MoveDeal { reason, .. }
            | Self::LoseDeal { reason, .. }
            | Self::OverrideGate { reason, .. }
            | Self::Decline { reason, .. }
            | Self::DismissLead { reason, .. } => reason,
            _ => "",
        }
    }
}
