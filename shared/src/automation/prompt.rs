//! Reminders that depend on time alone: derived where they are shown, on every device alike, and never written.

use super::{Action, Automation, Trigger, Whom};
use crate::id::AutomationId;
use crate::model::{DealCard, Outcome};
use crate::text::Label;
use crate::time::{Day, Timestamp};
use crate::workspace::{Customers, Workspace};

/// Something a rule reminds of, as long as its trigger holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Prompt {
    /// The rule.
    pub automation: AutomationId,
    /// What it says.
    pub text: Label,
    /// Whom it is for; [`Whom::Owner`] for a plain reminder.
    pub whom: Whom,
}

/// What the team's rules remind of on a deal that is being worked.
pub fn prompts(
    workspace: &Workspace,
    customers: &Customers<'_>,
    card: &DealCard,
    now: Timestamp,
    today: Day,
) -> Vec<Prompt> {
    if card.outcome != Outcome::Open || card.discarded {
        return Vec::new();
    }
    let holding = workspace.automations.values().filter(|rule| holds(rule, customers, card, now, today));
    holding.flat_map(|rule| rule.then.iter().filter_map(|action| prompt(rule, action))).collect()
}

fn holds(rule: &Automation, customers: &Customers<'_>, card: &DealCard, now: Timestamp, today: Day) -> bool {
    let due = match rule.when {
        Trigger::Quiet(days) => now.days_since(card.touched) >= i64::from(days),
        Trigger::CloseNear(days) => {
            card.close.is_some_and(|close| (0..=i64::from(days)).contains(&close.days_since(today)))
        }
        Trigger::ClosePast => card.close.is_some_and(|close| close < today),
        Trigger::StageEntered(_) | Trigger::ActivityDone(_) | Trigger::FieldChanged(_) | Trigger::GateReopened => false,
    };
    due && !rule.paused
        && rule.pipeline.is_none_or(|pipeline| pipeline == card.pipeline)
        && rule.only_if.as_ref().is_none_or(|condition| condition.holds(card, customers))
}

fn prompt(rule: &Automation, action: &Action) -> Option<Prompt> {
    let (text, whom) = match action {
        Action::Remind(text) => (text, Whom::Owner),
        Action::Notify { whom, text } => (text, *whom),
        Action::Plan { .. } | Action::Set(_) | Action::Ask(_) => return None,
    };
    Some(Prompt { automation: rule.id, text: text.clone(), whom })
}
