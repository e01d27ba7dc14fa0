//! What takes back what meets a gate: activities that were done, proofs, approvals, overrides.

use crate::command::Command;
use crate::id::{ActivityId, CriterionId, DealId};
use crate::workspace::Workspace;

/// The commands in order; none if the command is of another kind or nothing undoes it.
pub(super) fn inverse(before: &Workspace, command: &Command) -> Option<Vec<Command>> {
    let one = match command {
        Command::LogActivity { deal, activity, .. } => return Some(unlogged(*deal, *activity)),
        Command::Approve { deal, criterion } => return unapproved(before, *deal, *criterion),
        Command::Decline { deal, criterion, .. } => {
            return undeclined(before, *deal, *criterion).map(|back| vec![back]);
        }
        Command::RequestApproval { deal, criterion, .. } => {
            Command::WithdrawRequest { deal: *deal, criterion: *criterion }
        }
        Command::WithdrawRequest { deal, criterion } => asked(before, *deal, *criterion)?,
        Command::RecordEvidence { deal, evidence, .. } | Command::RestoreEvidence { deal, evidence } => {
            Command::WithdrawEvidence { deal: *deal, evidence: *evidence }
        }
        Command::WithdrawEvidence { deal, evidence } => Command::RestoreEvidence { deal: *deal, evidence: *evidence },
        Command::OverrideGate { deal, stage, .. } => Command::HoldGate { deal: *deal, stage: *stage },
        Command::HoldGate { deal, stage } => {
            let given = before.open_deals.get(deal)?.overrides.iter().find(|given| given.stage == *stage)?;
            Command::OverrideGate { deal: *deal, stage: *stage, reason: given.reason.clone() }
        }
        Command::UnfinishActivity { deal, activity } => {
            let was = before.open_deals.get(deal)?.activities.iter().find(|each| each.id == *activity)?;
            Command::FinishActivity { deal: *deal, activity: *activity, summary: was.summary.clone() }
        }
        _ => return None,
    };
    Some(vec![one])
}

/// What was logged by mistake did not happen and is not planned either.
fn unlogged(deal: DealId, activity: ActivityId) -> Vec<Command> {
    vec![Command::UnfinishActivity { deal, activity }, Command::CancelActivity { deal, activity }]
}

/// An approval that came on top of another's is not taken back, since both would be.
fn unapproved(before: &Workspace, deal: DealId, criterion: CriterionId) -> Option<Vec<Command>> {
    if before.deal(deal)?.approved.contains_key(&criterion) {
        return None;
    }
    let decline = Command::Decline { deal, criterion, reason: "undo".to_owned() };
    Some([decline].into_iter().chain(asked(before, deal, criterion)).collect())
}

/// What was approved before is approved again; what was asked for is asked for again.
fn undeclined(before: &Workspace, deal: DealId, criterion: CriterionId) -> Option<Command> {
    match before.deal(deal)?.approved.contains_key(&criterion) {
        true => Some(Command::Approve { deal, criterion }),
        false => asked(before, deal, criterion),
    }
}

fn asked(before: &Workspace, deal: DealId, criterion: CriterionId) -> Option<Command> {
    let note = before.deal(deal)?.asked.get(&criterion)?.note.clone();
    Some(Command::RequestApproval { deal, criterion, note })
}
