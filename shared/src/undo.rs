//! What takes a command back: ordinary commands, which pass the same door and are kept in the history.

mod proofs;

use crate::command::{Command, Context};
use crate::id::DealId;
use crate::model::{CustomField, DealCard, Field, LeadState, LeadText, Outcome, RecordRef};
use crate::rules::admit;
use crate::workspace::Workspace;

/// The commands that undo `command`, judged by the workspace as it is before it is carried out. Empty where nothing
/// undoes it: then the person is not offered to.
pub fn inverse(before: &Workspace, command: &Command) -> Vec<Command> {
    proofs::inverse(before, command).unwrap_or_else(|| single(before, command).into_iter().collect())
}

/// The commands of an undo that the door would let through now; none where it would refuse the first of them, such as a
/// step back in a pipeline that allows none. Each of the others takes only what the one before it leaves.
pub fn offered(now: &Workspace, context: &Context, undo: Vec<Command>) -> Vec<Command> {
    let first = undo.first().map(|first| admit(now, context, first.clone()));
    if matches!(first, Some(Ok(_))) { undo } else { Vec::new() }
}

fn single(before: &Workspace, command: &Command) -> Option<Command> {
    of_deal(before, command)
        .or_else(|| of_records(before, command))
        .or_else(|| of_company(before, command))
        .or_else(|| of_lead(before, command))
        .or_else(|| of_team(before, command))
}

fn of_deal(before: &Workspace, command: &Command) -> Option<Command> {
    let card = |deal| before.deal(deal).map(AsRef::<DealCard>::as_ref);
    let disputed = |deal: DealId, field| card(deal).is_some_and(|card| card.disputed.contains(&field));
    Some(match command {
        // One of the values told apart is kept; no command tells several again.
        Command::MoveDeal { deal, .. } if disputed(*deal, Field::Stage) => return None,
        Command::WinDeal { deal } | Command::LoseDeal { deal, .. } | Command::ReopenDeal { deal }
            if disputed(*deal, Field::Outcome) =>
        {
            return None;
        }
        Command::OpenDeal(new) => Command::DiscardDeal { deal: new.deal },
        Command::RenameDeal { deal, .. } => Command::RenameDeal { deal: *deal, title: card(*deal)?.title.clone() },
        Command::PriceDeal { deal, .. } => Command::PriceDeal { deal: *deal, amount: card(*deal)?.amount },
        Command::ExpectDeal { deal, .. } => Command::ExpectDeal { deal: *deal, close: card(*deal)?.close },
        Command::AssignDeal { deal, .. } => Command::AssignDeal { deal: *deal, owner: card(*deal)?.owner },
        Command::LinkDeal { deal, .. } => Command::LinkDeal { deal: *deal, company: card(*deal)?.company },
        Command::ClassifyDeal { deal, .. } => Command::ClassifyDeal { deal: *deal, category: card(*deal)?.category },
        // A pipeline that asks why a deal goes back hears that it is an undo.
        Command::MoveDeal { deal, .. } => {
            Command::MoveDeal { deal: *deal, to: card(*deal)?.stage, reason: "undo".to_owned() }
        }
        Command::WinDeal { deal } | Command::LoseDeal { deal, .. } => Command::ReopenDeal { deal: *deal },
        Command::ReopenDeal { deal } => match &card(*deal)?.outcome {
            Outcome::Won { .. } => Command::WinDeal { deal: *deal },
            Outcome::Lost { reason, .. } => Command::LoseDeal { deal: *deal, reason: reason.clone() },
            Outcome::Open => return None,
        },
        Command::DiscardDeal { deal } => Command::RestoreDeal { deal: *deal },
        Command::RestoreDeal { deal } => Command::DiscardDeal { deal: *deal },
        _ => return None,
    })
}

fn of_records(before: &Workspace, command: &Command) -> Option<Command> {
    let opened = |deal| before.open_deals.get(deal);
    Some(match command {
        Command::PutLine { deal, line, .. } | Command::RemoveLine { deal, line } => {
            match opened(deal)?.lines.iter().find(|each| each.id == *line).cloned() {
                Some(was) => Command::PutLine {
                    deal: *deal,
                    line: *line,
                    product: was.product,
                    quantity: was.quantity,
                    price: was.price,
                },
                None => Command::RemoveLine { deal: *deal, line: *line },
            }
        }
        Command::PlanActivity { deal, activity, .. } => Command::CancelActivity { deal: *deal, activity: *activity },
        Command::FinishActivity { deal, activity, .. } => {
            Command::UnfinishActivity { deal: *deal, activity: *activity }
        }
        // A planned activity stands on the card, which is at hand where the day's work is listed.
        Command::RescheduleActivity { deal, activity, .. } | Command::CancelActivity { deal, activity } => {
            match before.deal(*deal)?.planned.iter().find(|step| step.activity == *activity) {
                Some(step) => Command::RescheduleActivity { deal: *deal, activity: *activity, due: step.due },
                None => Command::CancelActivity { deal: *deal, activity: *activity },
            }
        }
        Command::DescribeActivity { deal, activity, .. } => {
            let was = opened(deal)?.activities.iter().find(|each| each.id == *activity)?;
            Command::DescribeActivity { deal: *deal, activity: *activity, summary: was.summary.clone() }
        }
        Command::SetField { of, field, .. } => {
            let value = match of {
                RecordRef::Deal(deal) => before.deal(*deal)?.custom.get(field),
                RecordRef::Company(company) => before.company(*company)?.custom.get(field),
                RecordRef::Contact(company, contact) => before.company(*company)?.contact(*contact)?.custom.get(field),
                RecordRef::Activity(deal, activity) => {
                    let activities = &opened(deal)?.activities;
                    activities.iter().find(|each| each.id == *activity)?.custom.get(field)
                }
            };
            Command::SetField { of: *of, field: *field, value: value.cloned() }
        }
        _ => return None,
    })
}

fn of_company(before: &Workspace, command: &Command) -> Option<Command> {
    Some(match command {
        Command::AddCompany { company, .. } => Command::DiscardCompany { company: *company },
        Command::RenameCompany { company, .. } => {
            Command::RenameCompany { company: *company, name: before.company(*company)?.name.clone() }
        }
        Command::DescribeCompany { company, what, .. } => {
            let text = before.company(*company)?.text(*what).to_owned();
            Command::DescribeCompany { company: *company, what: *what, text }
        }
        Command::DiscardCompany { company } => Command::RestoreCompany { company: *company },
        Command::RestoreCompany { company } => Command::DiscardCompany { company: *company },
        Command::MergeCompany { company, .. } => Command::UnmergeCompany { company: *company },
        Command::UnmergeCompany { company } => {
            Command::MergeCompany { company: *company, into: before.company(*company)?.merged? }
        }
        Command::PutContact { company, contact, .. } | Command::DiscardContact { company, contact } => {
            match before.company(*company)?.contact(*contact).cloned() {
                Some(was) => Command::PutContact {
                    company: *company,
                    contact: *contact,
                    name: was.name,
                    role: was.role,
                    phone: was.phone,
                    email: was.email,
                },
                None => Command::DiscardContact { company: *company, contact: *contact },
            }
        }
        Command::MergeContact { company, contact, .. } => {
            Command::UnmergeContact { company: *company, contact: *contact }
        }
        Command::UnmergeContact { company, contact } => {
            let into = before.company(*company)?.contact(*contact)?.merged?;
            Command::MergeContact { company: *company, contact: *contact, into }
        }
        _ => return None,
    })
}

fn of_lead(before: &Workspace, command: &Command) -> Option<Command> {
    let text = |lead, what: LeadText| before.leads.get(lead).map(|card| card.text(what).to_owned());
    Some(match command {
        Command::AddLead { lead, .. } => Command::DismissLead { lead: *lead, reason: "undo".to_owned() },
        Command::DescribeLead { lead, what, .. } => {
            Command::DescribeLead { lead: *lead, what: *what, text: text(lead, *what)? }
        }
        Command::AssignLead { lead, .. } => Command::AssignLead { lead: *lead, owner: before.leads.get(lead)?.owner },
        Command::ConvertLead { lead, .. } | Command::DismissLead { lead, .. } => Command::ReviveLead { lead: *lead },
        Command::ReviveLead { lead } => match &before.leads.get(lead)?.state {
            LeadState::Converted { deal, .. } => Command::ConvertLead { lead: *lead, deal: *deal },
            LeadState::Dismissed { reason, .. } => Command::DismissLead { lead: *lead, reason: reason.clone() },
            LeadState::New => return None,
        },
        _ => return None,
    })
}

fn of_team(before: &Workspace, command: &Command) -> Option<Command> {
    Some(match command {
        Command::PutAutomation(rule) => match before.automations.get(&rule.id) {
            Some(was) => Command::PutAutomation(was.clone()),
            None => Command::RemoveAutomation { automation: rule.id },
        },
        Command::RemoveAutomation { automation } => Command::PutAutomation(before.automations.get(automation)?.clone()),
        Command::PutView(view) => match before.views.get(&view.id) {
            Some(was) => Command::PutView(was.clone()),
            None => Command::RemoveView { view: view.id },
        },
        Command::RemoveView { view } => Command::PutView(before.views.get(view)?.clone()),
        // The version before, as one after this; the door says whether deals stand in the way.
        Command::PublishPipeline(next) => {
            Command::PublishPipeline(before.pipelines.get(&next.id)?.as_ref().clone().after(next))
        }
        Command::DefineField(field) => match before.fields.get(&field.id) {
            // A choice that was added stays, because somebody may have chosen it.
            Some(was) if was.choices.len() < field.choices.len() => return None,
            Some(was) => Command::DefineField(was.clone()),
            None => Command::DefineField(CustomField { retired: true, ..field.clone() }),
        },
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
