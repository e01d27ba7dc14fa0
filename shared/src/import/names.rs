//! Companies, people there and members that rows refer to by name: found, or added under an id made of the name.

use std::collections::HashMap;

use crate::command::Command;
use crate::id::{BatchId, CompanyId, ContactId, MemberId};
use crate::model::{ContactRole, Role, Source};
use crate::workspace::{Customers, Workspace};

/// A name without regard to case and spacing.
pub(super) fn folded(name: &str) -> String {
    name.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

/// Who is known, in the workspace and from the rows so far.
pub(super) struct Names<'a> {
    workspace: &'a Workspace,
    batch: BatchId,
    customers: Customers<'a>,
    companies: HashMap<String, CompanyId>,
    people: HashMap<(CompanyId, String), (CompanyId, ContactId)>,
    members: HashMap<String, MemberId>,
}

impl<'a> Names<'a> {
    pub(super) fn new(workspace: &'a Workspace, batch: BatchId) -> Self {
        let live = workspace.companies.values().filter(|card| !card.discarded);
        let mut companies: HashMap<String, CompanyId> =
            live.clone().map(|card| (folded(&card.name), workspace.standing_for(card.id))).collect();
        // A company that bears a name itself goes before one that was merged away under it.
        let itself = live.filter(|card| workspace.standing_for(card.id) == card.id);
        companies.extend(itself.map(|card| (folded(&card.name), card.id)));
        let members = workspace.members.values().map(|member| (folded(&member.name), member.id)).collect();
        let customers = workspace.customers();
        Self { workspace, batch, customers, companies, people: HashMap::new(), members }
    }

    /// The company of this name, or the one it was merged into; what it takes to add it goes to `commands`.
    pub(super) fn company(&mut self, name: &str, commands: &mut Vec<Command>) -> CompanyId {
        let key = folded(name);
        if let Some(known) = self.companies.get(&key) {
            return *known;
        }
        let company = CompanyId::minted(&key);
        let source = Some(Source { batch: self.batch, key: key.clone() });
        match self.workspace.companies.get(&company) {
            None => commands.push(Command::AddCompany { company, name: name.to_owned(), source }),
            Some(card) if card.discarded => commands.push(Command::RestoreCompany { company }),
            // It was imported under this name and renamed since.
            Some(_) => {}
        }
        let stands = self.workspace.standing_for(company);
        self.companies.insert(key, stands);
        stands
    }

    /// The company of this name, if it is there or comes with the rows so far.
    pub(super) fn known_company(&self, name: &str) -> Option<CompanyId> {
        self.companies.get(&folded(name)).copied()
    }

    /// The person of this name at a company, with the company in whose document the record lies; what it takes to add
    /// the person goes to `commands`.
    pub(super) fn person(
        &mut self,
        company: CompanyId,
        name: &str,
        commands: &mut Vec<Command>,
    ) -> (CompanyId, ContactId) {
        let key = (company, folded(name));
        if let Some(known) = self.people.get(&key) {
            return *known;
        }
        let there = self.customers.people_at(company).into_iter();
        let found = there.filter(|person| folded(&person.contact.name) == key.1).min_by_key(|one| one.contact.role);
        let known = match found {
            Some(person) => (person.company, person.contact.id),
            None => (company, self.newcomer(company, name, commands)),
        };
        self.people.insert(key, known);
        known
    }

    fn newcomer(&self, company: CompanyId, name: &str, commands: &mut Vec<Command>) -> ContactId {
        let contact = ContactId::minted(&format!("{company}/{}", folded(name)));
        // Somebody may have been imported under this name and renamed since.
        let known = self.workspace.companies.get(&company).and_then(|card| card.contact(contact));
        if known.is_none() {
            let (name, role) = (name.to_owned(), ContactRole::Other);
            let (phone, email) = Default::default();
            commands.push(Command::PutContact { company, contact, name, role, phone, email });
        }
        contact
    }

    /// The member of this name, if there is one.
    pub(super) fn known(&self, name: &str) -> Option<MemberId> {
        self.members.get(&folded(name)).copied()
    }

    /// The member of this name; what it takes to add the member goes to `commands`.
    pub(super) fn member(&mut self, name: &str, commands: &mut Vec<Command>) -> MemberId {
        let key = folded(name);
        if let Some(known) = self.members.get(&key) {
            return *known;
        }
        let member = MemberId::minted(&key);
        if !self.workspace.members.contains_key(&member) {
            commands.push(Command::PutMember { member, name: name.to_owned(), role: Role::Rep });
        }
        self.members.insert(key, member);
        member
    }
}
