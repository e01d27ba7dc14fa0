//! The one door: whether a command may be carried out, judged by what this device knows.
//!
//! Hand, import and connectors all pass here, offline as well as online, and get the same answer.

mod activities;
mod automations;
mod companies;
mod deals;
mod door;
mod evidence;
mod fields;
mod leads;
mod limits;
mod moves;
mod notices;
mod pipelines;
mod products;
mod roles;
#[cfg(test)]
pub(crate) mod sample;
mod team;
#[cfg(test)]
mod tests;

use crate::command::{Command, Context};
use crate::model::Line;
use crate::refusal::Refusal;
use crate::workspace::Workspace;
use door::Door;
pub use limits::{MAX_YEARS, limit};
pub use pipelines::{Fault, Place, faults};

/// A command that passed the door. A document is written with nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Admitted {
    context: Context,
    command: Command,
}

impl Admitted {
    /// Who asked, when, and from where.
    pub const fn context(&self) -> &Context {
        &self.context
    }

    /// What was asked for.
    pub const fn command(&self) -> &Command {
        &self.command
    }

    /// Both, for whoever carries it out.
    pub fn into_parts(self) -> (Context, Command) {
        (self.context, self.command)
    }
}

/// Judges a command against what this device knows.
///
/// # Errors
/// Says why not, as data that the screen can act on. Nothing has happened then.
pub fn admit(workspace: &Workspace, context: &Context, command: Command) -> Result<Admitted, Refusal> {
    let door = Door { workspace, context };
    let founds = door.is_unfounded() && matches!(command, Command::PutMember { .. });
    if !founds {
        door.needs(roles::least(&command))?;
    }
    judge(&door, &command)?;
    Ok(Admitted { context: *context, command })
}

fn judge(door: &Door<'_>, command: &Command) -> Result<(), Refusal> {
    match command {
        Command::OpenDeal(new) => deals::open(door, new),
        Command::RenameDeal { deal, title } => deals::rename(door, *deal, title),
        Command::PriceDeal { deal, amount } => deals::price(door, *deal, *amount),
        Command::ExpectDeal { deal, close } => deals::expect(door, *deal, *close),
        Command::AssignDeal { deal, owner } => deals::assign(door, *deal, *owner),
        Command::LinkDeal { deal, company } => deals::link(door, *deal, *company),
        Command::ClassifyDeal { deal, category: _ } => door.deal(*deal).map(drop),
        Command::DiscardDeal { deal } => deals::discard(door, *deal),
        Command::RestoreDeal { deal } => deals::restore(door, *deal),
        Command::PutLine { deal, line, product, quantity, price } => {
            let line = Line { id: *line, product: product.clone(), quantity: *quantity, price: *price };
            products::put(door, *deal, &line)
        }
        Command::RemoveLine { deal, line } => products::remove(door, *deal, *line),
        Command::MoveDeal { deal, to, reason } => moves::to_stage(door, *deal, *to, reason),
        Command::WinDeal { deal } => moves::win(door, *deal),
        Command::LoseDeal { deal, reason } => moves::lose(door, *deal, reason),
        Command::ReopenDeal { deal } => moves::reopen(door, *deal),
        Command::OverrideGate { deal, stage, reason } => moves::override_gate(door, *deal, *stage, reason),
        Command::HoldGate { deal, stage } => moves::hold_gate(door, *deal, *stage),
        Command::RequestApproval { deal, criterion, note } => evidence::request(door, *deal, *criterion, note),
        Command::WithdrawRequest { deal, criterion } => evidence::withdraw_request(door, *deal, *criterion),
        Command::Approve { deal, criterion } => evidence::approve(door, *deal, *criterion),
        Command::Decline { deal, criterion, reason } => evidence::decline(door, *deal, *criterion, reason),
        Command::RecordEvidence { deal, evidence, criterion, kind, from, day, quote, files } => {
            evidence::asked_for(door, *deal, *criterion, *kind)?;
            evidence::fresh(door, *deal, *evidence)?;
            evidence::readable(door, from, *day, quote)?;
            evidence::shown(*kind, files)
        }
        Command::WithdrawEvidence { deal, evidence } => evidence::withdraw(door, *deal, *evidence),
        Command::RestoreEvidence { deal, evidence } => evidence::restore(door, *deal, *evidence),
        Command::PlanActivity { deal, activity, kind, summary, due, key } => {
            door.near(*due)?;
            activities::put(door, *deal, *activity, *key)?;
            activities::summary(*kind, summary, *key)
        }
        Command::LogActivity { deal, activity, kind, summary, key } => {
            activities::put(door, *deal, *activity, *key)?;
            activities::summary(*kind, summary, *key)
        }
        Command::FinishActivity { deal, activity, summary } => activities::finish(door, *deal, *activity, summary),
        Command::DescribeActivity { deal, activity, summary } => activities::describe(door, *deal, *activity, summary),
        Command::UnfinishActivity { deal, activity } => activities::unfinish(door, *deal, *activity),
        Command::RescheduleActivity { deal, activity, due } => activities::reschedule(door, *deal, *activity, *due),
        Command::CancelActivity { deal, activity } => activities::cancel(door, *deal, *activity),
        Command::Notify { deal, notice: _, to, text } => notices::notify(door, *deal, *to, text),
        Command::SeeNotice { deal, notice } => notices::see(door, *deal, *notice),
        Command::SetField { of, field, value } => fields::set(door, *of, *field, value.as_ref()),
        Command::AddCompany { company, name, source: _ } => companies::add(door, *company, name),
        Command::RenameCompany { company, name } => companies::rename(door, *company, name),
        Command::DescribeCompany { company, what: _, text } => companies::describe(door, *company, text),
        Command::DiscardCompany { company } => companies::discard(door, *company),
        Command::RestoreCompany { company } => companies::restore(door, *company),
        Command::MergeCompany { company, into } => companies::merge(door, *company, *into),
        Command::UnmergeCompany { company } => companies::unmerge(door, *company),
        Command::PutContact { company, contact: _, name, role: _, phone, email } => {
            companies::put_contact(door, *company, name, [phone, email])
        }
        Command::DiscardContact { company, contact } => companies::contact_of(door, *company, *contact).map(drop),
        Command::MergeContact { company, contact, into } => companies::merge_contact(door, *company, *contact, *into),
        Command::UnmergeContact { company, contact } => companies::unmerge_contact(door, *company, *contact),
        Command::AddLead { lead, owner, texts } => leads::add(door, *lead, *owner, texts),
        Command::DescribeLead { lead, what, text } => leads::describe(door, *lead, *what, text),
        Command::AssignLead { lead, owner } => leads::assign(door, *lead, *owner),
        Command::ConvertLead { lead, deal } => leads::convert(door, *lead, *deal),
        Command::DismissLead { lead, reason } => leads::dismiss(door, *lead, reason),
        Command::ReviveLead { lead } => leads::revive(door, *lead),
        Command::PutMember { member, name, role } => team::put_member(door, *member, name, *role),
        Command::PublishPipeline(pipeline) => pipelines::publish(door, pipeline),
        Command::DefineField(field) => fields::define(door, field),
        Command::PutAutomation(rule) => automations::put(door, rule),
        Command::RemoveAutomation { automation } => automations::remove(door, *automation),
        Command::PutView(view) => team::put_view(door, view),
        Command::RemoveView { view } => team::remove_view(door, *view),
    }
}
