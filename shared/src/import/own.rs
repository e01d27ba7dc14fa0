//! What rows say in the team's own fields, as commands: only what is empty, and once for each record.

use std::collections::HashMap;

use super::custom::Said;
use super::names::Names;
use super::problem::Reason;
use super::reading::Reading;
use crate::command::Command;
use crate::id::{CompanyId, ContactId, DealId, FieldId};
use crate::model::{Entry, RecordKind, RecordRef};
use crate::workspace::Workspace;

/// The records that a row tells of.
#[derive(Clone, Copy)]
pub(super) struct Records {
    pub(super) deal: DealId,
    pub(super) company: Option<CompanyId>,
    pub(super) person: Option<(CompanyId, ContactId)>,
}

impl Records {
    fn of(self, on: RecordKind) -> Result<RecordRef, Reason> {
        match on {
            // A mapping names no fields of activities.
            RecordKind::Deal | RecordKind::Activity => Ok(RecordRef::Deal(self.deal)),
            RecordKind::Company => self.company.map(RecordRef::Company).ok_or(Reason::NoCompany),
            RecordKind::Contact => {
                let (company, contact) = self.person.ok_or(Reason::NoContact)?;
                Ok(RecordRef::Contact(company, contact))
            }
        }
    }
}

/// What the rows so far say, with the line that said it first. Many rows tell of one customer.
pub(super) struct Own<'a> {
    workspace: &'a Workspace,
    said: HashMap<(RecordRef, FieldId), (Entry, usize)>,
}

impl<'a> Own<'a> {
    pub(super) fn new(workspace: &'a Workspace) -> Self {
        Self { workspace, said: HashMap::new() }
    }

    /// What a row adds; else the column at fault, and why.
    pub(super) fn commands<'r>(
        &mut self,
        names: &Names<'_>,
        line: usize,
        records: Records,
        reading: &Reading<'r>,
    ) -> Result<Vec<Command>, (&'r str, Reason)> {
        let mut commands = Vec::new();
        for (column, field, said) in &reading.custom {
            let fault = |reason| (*column, reason);
            let (of, field) = (records.of(field.on).map_err(fault)?, field.id);
            if !self.has(of, field) {
                let value = entry(said, names).map_err(fault)?;
                commands.extend(self.first(of, field, value, line).map_err(fault)?);
            }
        }
        Ok(commands)
    }

    /// What people wrote since the first import stays.
    fn has(&self, of: RecordRef, field: FieldId) -> bool {
        let world = self.workspace;
        let custom = match of {
            RecordRef::Deal(deal) | RecordRef::Activity(deal, _) => world.deals.get(&deal).map(|card| &card.custom),
            RecordRef::Company(company) => world.companies.get(&company).map(|card| &card.custom),
            RecordRef::Contact(company, contact) => {
                world.companies.get(&company).and_then(|card| card.contact(contact)).map(|person| &person.custom)
            }
        };
        custom.is_some_and(|custom| custom.contains_key(&field))
    }

    /// The command, unless an earlier row asks for the same.
    fn first(&mut self, of: RecordRef, field: FieldId, value: Entry, line: usize) -> Result<Option<Command>, Reason> {
        match self.said.get(&(of, field)) {
            Some((said, _)) if *said == value => Ok(None),
            Some((_, first)) => Err(Reason::Contrary(*first)),
            None => {
                self.said.insert((of, field), (value.clone(), line));
                Ok(Some(Command::SetField { of, field, value: Some(value) }))
            }
        }
    }
}

fn entry(said: &Said<'_>, names: &Names<'_>) -> Result<Entry, Reason> {
    match said {
        Said::Entry(entry) => Ok(entry.clone()),
        Said::Person(name) => names.known(name).map(Entry::Person).ok_or_else(|| Reason::Person((*name).to_owned())),
    }
}
