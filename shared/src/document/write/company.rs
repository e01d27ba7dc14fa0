//! What commands write in a company and in a lead.

use automerge::{ObjId, ROOT, ReadDoc, ScalarValue};

use super::Pen;
use crate::command::Command;
use crate::document::schema as key;
use crate::document::view::name;
use crate::id::{ContactId, LeadId, MemberId};
use crate::model::LeadText;

impl Pen<'_> {
    pub(super) fn company(&mut self, command: Command) {
        match command {
            Command::AddCompany { name, source, .. } => {
                self.put(&ROOT, key::NAME, name);
                self.source(source);
            }
            Command::RenameCompany { name, .. } => self.put(&ROOT, key::NAME, name),
            Command::DescribeCompany { what, text, .. } => self.text(&name(&what), text),
            Command::MergeCompany { into, .. } => self.put(&ROOT, key::MERGED, into.to_string()),
            Command::UnmergeCompany { .. } => self.put(&ROOT, key::MERGED, ScalarValue::Null),
            Command::PutContact { contact, name: called, role, phone, email, .. } => {
                let fields = [(key::NAME, called), (key::ROLE, name(&role)), (key::PHONE, phone), (key::EMAIL, email)];
                let fields = fields.map(|(field, text)| (self.person(contact, field), field, text));
                self.brought_back(contact);
                // Who asks for exactly what is shown settles what two devices wrote at once.
                match fields.iter().all(|(map, field, text)| self.says(map, field, text)) {
                    true => fields.into_iter().for_each(|(map, field, text)| self.put(&map, field, text)),
                    false => fields.into_iter().for_each(|(map, field, text)| self.put_changed(&map, field, text)),
                }
            }
            Command::DiscardContact { contact, .. } => {
                let map = self.person(contact, key::DISCARDED);
                self.put(&map, key::DISCARDED, true);
            }
            Command::MergeContact { contact, into, .. } => {
                let map = self.person(contact, key::MERGED);
                self.put(&map, key::MERGED, into.to_string());
            }
            Command::UnmergeContact { contact, .. } => {
                let map = self.person(contact, key::MERGED);
                self.put(&map, key::MERGED, ScalarValue::Null);
            }
            // `Command::document` names every other command another document.
            _ => {}
        }
    }

    /// Whoever writes a person down again has one.
    fn brought_back(&mut self, contact: ContactId) {
        let map = self.person(contact, key::DISCARDED);
        if self.change.get(&map, key::DISCARDED).is_ok_and(|told| told.is_some()) {
            self.put(&map, key::DISCARDED, false);
        }
    }

    fn person(&mut self, contact: ContactId, field: &str) -> ObjId {
        self.known(key::CONTACTS, &contact.to_string(), field)
    }

    pub(super) fn lead(&mut self, command: Command) {
        match command {
            Command::AddLead { lead, owner, texts } => self.add_lead(lead, owner, texts),
            Command::DescribeLead { what, text, .. } => self.text(&name(&what), text),
            Command::AssignLead { owner, .. } => self.optional(&ROOT, key::OWNER, owner.map(|id| id.to_string())),
            Command::ConvertLead { deal, .. } => self.state(key::CONVERTED, key::DEAL, deal.to_string()),
            Command::DismissLead { reason, .. } => self.state(key::DISMISSED, key::REASON, reason),
            Command::ReviveLead { .. } => self.put(&ROOT, key::STATE, ScalarValue::Null),
            // `Command::document` names every other command another document.
            _ => {}
        }
    }

    fn add_lead(&mut self, lead: LeadId, owner: Option<MemberId>, texts: Vec<(LeadText, String)>) {
        self.put(&ROOT, key::KEY, lead.to_string());
        self.time(&ROOT, key::CREATED, self.context.now);
        if let Some(owner) = owner {
            self.put(&ROOT, key::OWNER, owner.to_string());
        }
        for (what, text) in texts.into_iter().filter(|(_, text)| !text.trim().is_empty()) {
            self.text(&name(&what), text.trim().to_owned());
        }
    }

    /// What became of a lead, with its detail and moment, is one fact.
    fn state(&mut self, kind: &str, detail: &str, text: String) {
        let map = self.map(&ROOT, key::STATE);
        self.put(&map, key::KIND, kind);
        self.put(&map, detail, text);
        self.time(&map, key::AT, self.context.now);
    }

    fn text(&mut self, what: &str, text: String) {
        self.put(&ROOT, &format!("{}{what}", key::TEXTS), text);
    }
}
