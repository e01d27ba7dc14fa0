//! What importing a table would ask for: commands for each row, and the rows that are refused.

use std::collections::HashMap;

use serde::Serialize;

use super::mapping::{Mapping, MappingError};
use super::names::Names;
use super::own::{Own, Records};
use super::problem::{Problem, Reason};
use super::reading::{Reader, Reading, key_of_content};
use super::table::{Row, Table};
use crate::command::{Command, NewDeal};
use crate::gather::Arrange as _;
use crate::id::{BatchId, DealId};
use crate::model::{DealCard, Source};
use crate::refusal::Refusal;
use crate::time::Timestamp;
use crate::workspace::Workspace;

/// What becomes of a row.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Its deal is written down, or restored.
    Created,
    /// Its deal is there already; only empty fields are filled.
    Merged,
}

/// What one row asks for, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowPlan {
    /// The line of the file.
    pub line: usize,
    /// The commands; none if the deal has everything the row says.
    pub commands: Vec<Command>,
    /// What becomes of the row.
    pub fate: Fate,
}

/// What a whole import asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The import.
    pub batch: BatchId,
    /// The rows that go in, in the order of the file.
    pub rows: Vec<RowPlan>,
    /// The rows that do not, in the order of the file.
    pub refused: Vec<Problem>,
}

/// An import in numbers. Every row is created, merged or refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// How many rows the file has.
    pub rows: usize,
    /// How many became deals.
    pub created: usize,
    /// How many found their deal.
    pub merged: usize,
    /// The others.
    pub refused: Vec<Problem>,
}

impl Plan {
    /// The plan in numbers.
    pub fn summary(&self) -> Summary {
        let created = self.rows.iter().filter(|row| row.fate == Fate::Created).count();
        let (planned, refused) = (self.rows.len(), self.refused.clone());
        Summary { rows: planned + refused.len(), created, merged: planned - created, refused }
    }
}

impl Summary {
    /// Counts a planned row as refused, because the door refused one of its commands.
    pub fn refuse(&mut self, row: &RowPlan, refusal: Refusal) {
        let planned = match row.fate {
            Fate::Created => &mut self.created,
            Fate::Merged => &mut self.merged,
        };
        *planned = planned.saturating_sub(1);
        let at = self.refused.partition_point(|problem| problem.row < row.line);
        self.refused.insert(at, Problem { row: row.line, column: String::new(), reason: Reason::Refused(refusal) });
    }
}

/// Plans the import of a table. The same table planned on another device asks for the same deals.
///
/// # Errors
/// The mapping does not fit the table or the workspace. Single rows that do not are in `refused`.
pub fn plan(
    workspace: &Workspace,
    table: &Table,
    mapping: &Mapping,
    batch: BatchId,
    now: Timestamp,
) -> Result<Plan, MappingError> {
    let reader = Reader::new(workspace, table, mapping, now)?;
    let names = Names::new(workspace, batch);
    let mut planner =
        Planner { workspace, batch, names, own: Own::new(workspace), seen: HashMap::new(), twins: HashMap::new() };
    let mut plan = Plan { batch, rows: Vec::new(), refused: table.problems.clone() };
    let id_column = mapping.columns.id.as_deref().unwrap_or_default();
    for row in &table.rows {
        match reader.read(row).and_then(|reading| planner.row(row, reading, id_column)) {
            Ok(row) => plan.rows.push(row),
            Err(problem) => plan.refused.push(problem),
        }
    }
    plan.refused.arrange_by_key(|problem| problem.row);
    Ok(plan)
}

struct Planner<'a> {
    workspace: &'a Workspace,
    batch: BatchId,
    names: Names<'a>,
    own: Own<'a>,
    /// The deals of the rows so far, each with its line and content.
    seen: HashMap<DealId, (usize, String)>,
    /// How often a content came without an id.
    twins: HashMap<String, usize>,
}

impl Planner<'_> {
    fn row(&mut self, row: &Row, reading: Reading, id_column: &str) -> Result<RowPlan, Problem> {
        let key = self.key(&reading);
        let deal = self.deal(&key);
        let line = row.line;
        if let Some((first, content)) = self.seen.get(&deal) {
            let same = *content == reading.content;
            let repeated = Problem { row: line, column: id_column.to_owned(), reason: Reason::Repeated(*first) };
            return if same { Ok(RowPlan { line, commands: Vec::new(), fate: Fate::Merged }) } else { Err(repeated) };
        }
        self.seen.insert(deal, (line, reading.content.clone()));
        let (mut commands, fate) = match self.workspace.deals.get(&deal) {
            None => (self.open(deal, key, &reading), Fate::Created),
            Some(card) if card.discarded => (self.restore(card, &reading), Fate::Created),
            Some(card) => (self.fill(card, &reading), Fate::Merged),
        };
        let own = self.own(deal, line, &reading, &mut commands);
        own.map_err(|(column, reason)| Problem { row: line, column: column.to_owned(), reason })?;
        Ok(RowPlan { line, commands, fate })
    }

    /// An id that names a deal itself, as an export writes it, means that deal.
    fn deal(&self, key: &str) -> DealId {
        let minted = DealId::minted(key);
        let here = |deal: &DealId| self.workspace.deals.contains_key(deal);
        let itself = key.parse().ok().filter(|deal| here(deal) && !here(&minted));
        itself.unwrap_or(minted)
    }

    /// What the row says of the person it names, and in the team's own fields.
    fn own<'r>(
        &mut self,
        deal: DealId,
        line: usize,
        reading: &Reading<'r>,
        commands: &mut Vec<Command>,
    ) -> Result<(), (&'r str, Reason)> {
        let linked = || self.workspace.deals.get(&deal)?.company.map(|company| self.workspace.standing_for(company));
        let company = reading.company.map_or_else(linked, |name| self.names.known_company(name));
        let person = match (reading.contact, company) {
            (Some((_, name)), Some(company)) => Some(self.names.person(company, name, commands)),
            (Some((column, _)), None) => return Err((column, Reason::NoCompany)),
            (None, _) => None,
        };
        commands.extend(self.own.commands(&self.names, line, Records { deal, company, person }, reading)?);
        Ok(())
    }

    fn key(&mut self, reading: &Reading) -> String {
        match reading.id {
            Some(id) => id.to_owned(),
            None => {
                let twins = self.twins.entry(reading.content.clone()).or_default();
                *twins += 1;
                key_of_content(&reading.content, *twins)
            }
        }
    }

    fn open(&mut self, deal: DealId, key: String, reading: &Reading) -> Vec<Command> {
        let mut commands = Vec::new();
        let company = reading.company.map(|name| self.names.company(name, &mut commands));
        let owner = reading.owner.map(|name| self.names.member(name, &mut commands));
        commands.push(Command::OpenDeal(NewDeal {
            deal,
            title: reading.title.clone(),
            company,
            owner,
            amount: reading.amount,
            close: reading.close,
            pipeline: reading.pipeline,
            stage: reading.stage,
            created: reading.created,
            outcome: reading.outcome.clone(),
            source: Some(Source { batch: self.batch, key }),
        }));
        commands
    }

    fn restore(&mut self, card: &DealCard, reading: &Reading) -> Vec<Command> {
        let mut commands = vec![Command::RestoreDeal { deal: card.id }];
        // Its company was taken back with it.
        if let Some(name) = reading.company {
            self.names.company(name, &mut commands);
        }
        commands.extend(self.fill(card, reading));
        commands
    }

    /// Only what is empty: what people wrote since the first import stays.
    fn fill(&mut self, card: &DealCard, reading: &Reading) -> Vec<Command> {
        let (deal, mut commands) = (card.id, Vec::new());
        if let Some(name) = reading.company.filter(|_| card.company.is_none()) {
            let company = Some(self.names.company(name, &mut commands));
            commands.push(Command::LinkDeal { deal, company });
        }
        if let Some(name) = reading.owner.filter(|_| card.owner.is_none()) {
            let owner = Some(self.names.member(name, &mut commands));
            commands.push(Command::AssignDeal { deal, owner });
        }
        if let Some(amount) = reading.amount.filter(|_| card.amount.is_none()) {
            commands.push(Command::PriceDeal { deal, amount: Some(amount) });
        }
        if let Some(close) = reading.close.filter(|_| card.close.is_none()) {
            commands.push(Command::ExpectDeal { deal, close: Some(close) });
        }
        commands
    }
}
