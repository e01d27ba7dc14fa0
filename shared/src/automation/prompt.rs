//! Reminders that nothing done here brings about: they depend on time alone, or on changes of two devices that met.
//! They are derived where they are shown, on every device alike, and never written.

use super::answer::both;
use super::{Action, Automation, Trigger, Whom};
use crate::gate;
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
    let holding = workspace.automations.values().filter(|rule| rule.is_for(customers, card));
    let holding = holding.filter(|rule| holds(workspace, customers, rule, card, now, today));
    let said = holding.flat_map(|rule| rule.then.iter().filter_map(move |action| Some((rule, prompt(rule, action)?))));
    said.filter(|(rule, prompt)| rule.when.is_derived() || !stands(card, prompt)).map(|(_, prompt)| prompt).collect()
}

/// Where a gate was reopened by what somebody did, the rule has put its words on the deal already.
fn stands(card: &DealCard, prompt: &Prompt) -> bool {
    let words = both(&prompt.text);
    card.planned.iter().any(|step| step.summary == words) || card.notices.iter().any(|notice| notice.text == words)
}

fn holds(
    workspace: &Workspace,
    customers: &Customers<'_>,
    rule: &Automation,
    card: &DealCard,
    now: Timestamp,
    today: Day,
) -> bool {
    match rule.when {
        Trigger::Quiet(days) => now.days_since(card.touched) >= i64::from(days),
        Trigger::CloseNear(days) => {
            card.close.is_some_and(|close| (0..=i64::from(days)).contains(&close.days_since(today)))
        }
        Trigger::ClosePast => card.close.is_some_and(|close| close < today),
        Trigger::GateReopened => {
            let pipeline = workspace.pipelines.get(&card.pipeline);
            pipeline.is_some_and(|pipeline| gate::first_reopened(customers, card, pipeline).is_some())
        }
        Trigger::StageEntered(_) | Trigger::ActivityDone(_) | Trigger::FieldChanged(_) => false,
    }
}

fn prompt(rule: &Automation, action: &Action) -> Option<Prompt> {
    let (text, whom) = match action {
        Action::Remind(text) => (text, Whom::Owner),
        Action::Notify { whom, text } => (text, *whom),
        Action::Plan { .. } | Action::Set(_) | Action::Ask(_) => return None,
    };
    Some(Prompt { automation: rule.id, text: text.clone(), whom })
}
