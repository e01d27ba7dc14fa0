//! What turns a lead into a deal: one tap, several commands, and one deal however many devices do it.
//!
//! Every id is minted from the lead, so that two devices that convert it apart write the same records.

use crate::command::{Command, NewDeal};
use crate::id::{ActivityId, CompanyId, ContactId, MemberId, PipelineId, StageId};
use crate::model::{ActivityKind, CompanyCard, CompanyText, Contact, ContactRole, LeadCard, LeadText, Outcome};
use crate::time::Timestamp;
use crate::workspace::Workspace;

/// What the person decides when a lead becomes a deal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conversion {
    /// What the deal is called.
    pub title: String,
    /// The customer's name; empty for none.
    pub company: String,
    /// Who works the deal.
    pub owner: Option<MemberId>,
    /// The pipeline.
    pub pipeline: PipelineId,
    /// The stage it is opened in.
    pub stage: StageId,
}

/// The commands that turn a lead into a deal. What another device did already is left out, and what was taken back
/// is restored.
pub fn convert(workspace: &Workspace, lead: &LeadCard, wish: &Conversion, now: Timestamp) -> Vec<Command> {
    let customer = Customer::of(workspace, lead, wish.company.trim());
    let mut commands = customer.commands(workspace);
    commands.extend(customer.contact(workspace, lead));
    let deal = lead.deal();
    match workspace.deals.get(&deal) {
        None => commands.push(Command::OpenDeal(NewDeal {
            deal,
            title: wish.title.trim().to_owned(),
            company: customer.id(),
            owner: wish.owner,
            amount: None,
            close: None,
            pipeline: wish.pipeline,
            stage: wish.stage,
            created: now,
            outcome: Outcome::Open,
            source: None,
        })),
        Some(card) if card.discarded => commands.push(Command::RestoreDeal { deal }),
        Some(_) => {}
    }
    commands.extend(need(workspace, lead));
    commands.push(Command::ConvertLead { lead: lead.id, deal });
    commands
}

/// The company of this name, letter case aside; the one that stands for it if it was merged.
pub fn company_named(workspace: &Workspace, name: &str) -> Option<CompanyId> {
    let wanted = name.trim().to_lowercase();
    let is_it = |card: &CompanyCard| !card.discarded && card.name.trim().to_lowercase() == wanted;
    let found = workspace.companies.values().find(|card| is_it(card))?;
    Some(workspace.standing_for(found.id))
}

/// The customer of the deal to be.
enum Customer<'a> {
    None,
    Known(CompanyId),
    /// Named by the lead alone.
    Fresh(CompanyId, &'a str),
}

impl<'a> Customer<'a> {
    fn of(workspace: &Workspace, lead: &LeadCard, name: &'a str) -> Self {
        match (name, company_named(workspace, name)) {
            ("", _) => Self::None,
            (_, Some(known)) => Self::Known(known),
            (name, None) => Self::Fresh(CompanyId::minted(&lead.id.to_string()), name),
        }
    }

    const fn id(&self) -> Option<CompanyId> {
        match self {
            Self::None => None,
            Self::Known(id) | Self::Fresh(id, _) => Some(*id),
        }
    }

    fn commands(&self, workspace: &Workspace) -> Vec<Command> {
        let Self::Fresh(company, name) = *self else { return Vec::new() };
        let name = name.to_owned();
        match workspace.companies.get(&company) {
            None => vec![Command::AddCompany { company, name, source: None }],
            Some(card) => {
                let restore = card.discarded.then_some(Command::RestoreCompany { company });
                let rename = (card.name != name).then_some(Command::RenameCompany { company, name });
                restore.into_iter().chain(rename).collect()
            }
        }
    }

    /// The person of the lead becomes a contact; a number without a person is the company's own.
    fn contact(&self, workspace: &Workspace, lead: &LeadCard) -> Option<Command> {
        let company = self.id()?;
        let known = workspace.companies.get(&company);
        let [phone, email] = [LeadText::Phone, LeadText::Email].map(|what| lead.text(what).trim());
        let name = match lead.text(LeadText::Person).trim() {
            "" => email,
            person => person,
        };
        if name.is_empty() {
            let is_new = !phone.is_empty() && known.is_none_or(|card| card.text(CompanyText::Phone).is_empty());
            let text = phone.to_owned();
            return is_new.then_some(Command::DescribeCompany { company, what: CompanyText::Phone, text });
        }
        let same = known.and_then(|card| card.contacts.iter().find(|contact| contact.name.trim() == name));
        put(company, lead, same, [name, phone, email])
    }
}

/// What is known of a contact stays; what the lead says beyond it is added. None if that is nothing.
fn put(company: CompanyId, lead: &LeadCard, known: Option<&Contact>, texts: [&str; 3]) -> Option<Command> {
    let [name, phone, email] = texts.map(str::to_owned);
    let fresh = ContactId::minted(&lead.id.to_string());
    let Some(was) = known else {
        return Some(Command::PutContact { company, contact: fresh, name, role: ContactRole::Other, phone, email });
    };
    let kept = |was: &str, now: String| if was.is_empty() { now } else { was.to_owned() };
    let (phone, email) = (kept(&was.phone, phone), kept(&was.email, email));
    let is_more = (&phone, &email) != (&was.phone, &was.email);
    is_more.then_some(Command::PutContact {
        company,
        contact: was.id,
        name: was.name.clone(),
        role: was.role,
        phone,
        email,
    })
}

/// What the lead wants becomes the deal's first note.
fn need(workspace: &Workspace, lead: &LeadCard) -> Option<Command> {
    let (deal, summary) = (lead.deal(), lead.text(LeadText::Need).trim().to_owned());
    let is_fresh = !summary.is_empty() && !workspace.deals.contains_key(&deal);
    let activity = ActivityId::minted(&lead.id.to_string());
    is_fresh.then_some(Command::LogActivity { deal, activity, kind: ActivityKind::Note, summary, key: None })
}

#[cfg(test)]
mod tests;
