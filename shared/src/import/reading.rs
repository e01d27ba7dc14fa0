//! One row read through a mapping: typed values, or the first thing wrong with it.

use std::collections::HashMap;

use super::custom::{self, Said, Spelling};
use super::mapping::{Asked, Mapping, MappingError, Status, Target};
use super::names::folded;
use super::problem::{Problem, Reason};
use super::table::{Row, Table};
use super::value;
use crate::id::{DealId, PipelineId, StageId};
use crate::model::{CustomField, Outcome};
use crate::money::{Currency, Money};
use crate::pipeline::{Pipeline, Stage};
use crate::refusal::Wording;
use crate::rules::{MAX_YEARS, limit};
use crate::time::{Day, Timestamp};
use crate::workspace::Workspace;

/// What a row says.
pub(super) struct Reading<'a> {
    pub(super) id: Option<&'a str>,
    /// Everything the row says, without regard to case and spacing.
    pub(super) content: String,
    pub(super) title: String,
    pub(super) company: Option<&'a str>,
    /// The name of a person there, with its column for the blame.
    pub(super) contact: Option<(&'a str, &'a str)>,
    pub(super) owner: Option<&'a str>,
    pub(super) amount: Option<Money>,
    pub(super) close: Option<Day>,
    pub(super) pipeline: PipelineId,
    pub(super) stage: StageId,
    pub(super) outcome: Outcome,
    pub(super) created: Timestamp,
    /// What the team's own fields say, each with its column for the blame.
    pub(super) custom: Vec<(&'a str, &'a CustomField, Said<'a>)>,
}

/// Reads rows of one table through one mapping.
pub(super) struct Reader<'a> {
    mapping: &'a Mapping,
    pipeline: &'a Pipeline,
    custom: Vec<(&'a str, &'a CustomField)>,
    columns: HashMap<&'a str, usize>,
    stages: HashMap<String, Place>,
    statuses: HashMap<String, Status>,
    now: Timestamp,
}

#[derive(Clone, Copy)]
enum Place {
    Stage(PipelineId, StageId),
    Won,
    Lost,
}

type Fault<'a> = (&'a str, Reason);

impl<'a> Reader<'a> {
    pub(super) fn new(
        workspace: &'a Workspace,
        table: &'a Table,
        mapping: &'a Mapping,
        now: Timestamp,
    ) -> Result<Self, MappingError> {
        let pipeline = mapping.pipeline_in(&workspace.pipelines);
        let pipeline = pipeline.filter(|pipeline| !pipeline.stages.is_empty()).ok_or(MappingError::Pipeline)?;
        let index = |name: &'a String| {
            let index = table.column(name).ok_or_else(|| MappingError::Column(name.clone()))?;
            Ok((name.as_str(), index))
        };
        let columns: HashMap<_, _> = mapping.columns.named().map(index).collect::<Result<_, _>>()?;
        let columns_of = &mapping.columns;
        if columns_of.title.is_empty() && columns_of.company.is_none() && columns_of.id.is_none() {
            return Err(MappingError::Untitled);
        }
        let place = |(value, target): (&String, &Target)| Ok((folded(value), place(target, pipeline, workspace)?));
        let stages = mapping.stages.iter().map(place).collect::<Result<_, _>>()?;
        let statuses = mapping.statuses.iter().map(|(value, status)| (folded(value), *status)).collect();
        let asked = |(asked, column): (&Asked, &'a String)| {
            let found = asked.find(&workspace.fields).ok_or_else(|| MappingError::Field(asked.clone().into()))?;
            Ok((column.as_str(), found))
        };
        let custom = columns_of.custom.iter().map(asked).collect::<Result<_, _>>()?;
        Ok(Self { mapping, pipeline, custom, columns, stages, statuses, now })
    }

    pub(super) fn read(&self, row: &'a Row) -> Result<Reading<'a>, Problem> {
        self.reading(row).map_err(|(column, reason)| Problem { row: row.line, column: column.to_owned(), reason })
    }

    fn reading(&self, row: &'a Row) -> Result<Reading<'a>, Fault<'a>> {
        let columns = &self.mapping.columns;
        let id = self.id(row);
        let expected = self.day(row, &columns.expected)?;
        let closed = self.day(row, &columns.closed)?;
        let created = self.day(row, &columns.created)?.map(Day::start);
        let (pipeline, stage, status) = self.stage(row)?;
        let is_open = status == Status::Open;
        let past = expected.filter(|day| *day <= self.now.day());
        let ended = closed.or(past).map(Day::start).or(created).unwrap_or(self.now);
        Ok(Reading {
            id,
            content: row.cells.iter().map(|cell| folded(cell)).collect::<Vec<_>>().join("\u{1f}"),
            title: self.title(row, id)?,
            company: self.name(row, &columns.company)?,
            contact: self.contact(row)?,
            owner: self.name(row, &columns.owner)?,
            amount: self.amount(row)?,
            close: expected.or(closed.filter(|_| is_open)),
            pipeline,
            stage,
            outcome: self.outcome(row, status, ended)?,
            created: created.unwrap_or(if is_open { self.now } else { ended }),
            custom: self.custom(row)?,
        })
    }

    fn cell(&self, row: &'a Row, column: &Option<String>) -> Option<&'a str> {
        let index = self.columns.get(column.as_deref()?)?;
        row.cells.get(*index).map(|cell| value::disarmed(cell.trim()))
    }

    fn id(&self, row: &'a Row) -> Option<&'a str> {
        self.cell(row, &self.mapping.columns.id).filter(|id| !id.is_empty())
    }

    /// A cell that says something, with its column for the blame.
    fn said(&self, row: &'a Row, column: &'a Option<String>) -> Option<(&'a str, &'a str)> {
        let cell = self.cell(row, column).filter(|cell| !value::blank(cell))?;
        Some((column.as_deref()?, cell))
    }

    fn name(&self, row: &'a Row, column: &'a Option<String>) -> Result<Option<&'a str>, Fault<'a>> {
        let Some((column, name)) = self.said(row, column) else { return Ok(None) };
        fits(column, name, Wording::Name).map(|()| Some(name))
    }

    fn title(&self, row: &'a Row, id: Option<&'a str>) -> Result<String, Fault<'a>> {
        let columns = &self.mapping.columns;
        let part = |column: &String| {
            self.columns.get(column.as_str()).map_or("", |index| value::disarmed(row.cells[*index].trim()))
        };
        let mut parts: Vec<&str> = columns.title.iter().map(part).collect();
        if let Some(first) = parts.first_mut().filter(|first| first.is_empty()) {
            *first = id.unwrap_or_default();
        }
        parts.retain(|part| !part.is_empty());
        let otherwise = || self.cell(row, &columns.company).filter(|name| !name.is_empty()).or(id);
        let title = if parts.is_empty() { otherwise().unwrap_or_default().to_owned() } else { parts.join(" · ") };
        let column = columns.named().next().map_or("", String::as_str);
        match title.is_empty() {
            true => Err((column, Reason::Untitled)),
            false => fits(column, &title, Wording::Title).map(|()| title),
        }
    }

    fn amount(&self, row: &'a Row) -> Result<Option<Money>, Fault<'a>> {
        let columns = &self.mapping.columns;
        let Some((column, text)) = self.said(row, &columns.amount) else { return Ok(None) };
        let named: Option<Currency> = match self.said(row, &columns.currency) {
            Some((column, code)) => Some(code.parse().map_err(|error| (column, Reason::Amount(error)))?),
            None => None,
        };
        let mapping = self.mapping;
        let money = value::amount(text, named, mapping.currency, mapping.decimal, mapping.scale);
        money.map(Some).map_err(|error| (column, Reason::Amount(error)))
    }

    fn day(&self, row: &'a Row, column: &'a Option<String>) -> Result<Option<Day>, Fault<'a>> {
        let Some((column, text)) = self.said(row, column) else { return Ok(None) };
        let near = |day: &Day| day.days_since(self.now.day()).abs() < i64::from(MAX_YEARS) * 365;
        match value::day(text, self.mapping.dates).filter(near) {
            Some(day) => Ok(Some(day)),
            None => Err((column, Reason::Date(text.to_owned()))),
        }
    }

    fn contact(&self, row: &'a Row) -> Result<Option<(&'a str, &'a str)>, Fault<'a>> {
        let column = &self.mapping.columns.contact;
        Ok(self.name(row, column)?.and_then(|name| Some((column.as_deref()?, name))))
    }

    fn custom(&self, row: &'a Row) -> Result<Vec<(&'a str, &'a CustomField, Said<'a>)>, Fault<'a>> {
        let mut said = Vec::new();
        for (column, field) in &self.custom {
            let cell = self.columns.get(column).and_then(|index| row.cells.get(*index));
            let cell = cell.map(|cell| value::disarmed(cell.trim())).filter(|cell| !value::blank(cell));
            let spelling = Spelling::of(self.mapping, column, self.now.day());
            if let Some(cell) = cell {
                said.push((*column, *field, custom::read(cell, field, &spelling).map_err(|why| (*column, why))?));
            }
        }
        Ok(said)
    }

    /// The stage, and whether the deal is open: the stage column decides, then the status column.
    fn stage(&self, row: &'a Row) -> Result<(PipelineId, StageId, Status), Fault<'a>> {
        let status = self.status(row)?;
        let place = self.place(row, status)?;
        let here = |stage: &Stage| (self.pipeline.id, stage.id);
        let (first, last) = (self.pipeline.stages.first().map(here), self.pipeline.stages.last().map(here));
        let (stage, status) = match (place, status) {
            (Some(Place::Stage(pipeline, stage)), status) => (Some((pipeline, stage)), status.unwrap_or(Status::Open)),
            (Some(Place::Won), _) | (None, Some(Status::Won)) => (last, Status::Won),
            (Some(Place::Lost), _) => (first, Status::Lost),
            (None, status) => (first, status.unwrap_or(Status::Open)),
        };
        stage.map(|(pipeline, stage)| (pipeline, stage, status)).ok_or(("", Reason::NoStage))
    }

    fn place(&self, row: &'a Row, status: Option<Status>) -> Result<Option<Place>, Fault<'a>> {
        let column = &self.mapping.columns.stage;
        match (self.said(row, column), column) {
            (Some((column, value)), _) => match self.stages.get(&folded(value)) {
                Some(place) => Ok(Some(*place)),
                None => Err((column, Reason::Stage(value.to_owned()))),
            },
            (None, Some(column)) if status.is_none() => Err((column, Reason::NoStage)),
            (None, _) => Ok(None),
        }
    }

    fn status(&self, row: &'a Row) -> Result<Option<Status>, Fault<'a>> {
        let Some((column, value)) = self.said(row, &self.mapping.columns.status) else { return Ok(None) };
        let known = self.statuses.get(&folded(value)).copied();
        known.map(Some).ok_or_else(|| (column, Reason::Status(value.to_owned())))
    }

    fn outcome(&self, row: &'a Row, status: Status, at: Timestamp) -> Result<Outcome, Fault<'a>> {
        match (status, self.said(row, &self.mapping.columns.lost_reason)) {
            (Status::Open, _) => Ok(Outcome::Open),
            (Status::Won, _) => Ok(Outcome::Won { at }),
            // Nobody knows any more; words put here would read as if the seller had said them.
            (Status::Lost, None) => Ok(Outcome::Lost { at, reason: String::new() }),
            (Status::Lost, Some((column, reason))) => {
                fits(column, reason, Wording::Reason).map(|()| Outcome::Lost { at, reason: reason.to_owned() })
            }
        }
    }
}

/// A stage of another pipeline than the chosen one takes the deal there.
fn place(target: &Target, pipeline: &Pipeline, workspace: &Workspace) -> Result<Place, MappingError> {
    let of = |stage: Option<(PipelineId, StageId)>, name: String| {
        stage.map(|(pipeline, stage)| Place::Stage(pipeline, stage)).ok_or(MappingError::Stage(name))
    };
    match target {
        Target::Won => Ok(Place::Won),
        Target::Lost => Ok(Place::Lost),
        Target::Stage(id) => {
            let mut all = std::iter::once(pipeline).chain(workspace.pipelines.values().map(AsRef::as_ref));
            of(all.find_map(|each| Some((each.id, each.stage(*id)?.id))), id.to_string())
        }
        Target::Named(name) => {
            let same = |label: &str| folded(label) == folded(name);
            let stage = pipeline.stages.iter().find(|stage| same(&stage.name.zh) || same(&stage.name.en));
            of(stage.map(|stage| (pipeline.id, stage.id)), name.clone())
        }
    }
}

fn fits<'a>(column: &'a str, text: &str, what: Wording) -> Result<(), Fault<'a>> {
    let limit = limit(what);
    match text.chars().nth(limit) {
        None => Ok(()),
        Some(_) => Err((column, Reason::TooLong(limit))),
    }
}

/// The key of a row without an id: its content, and the how-manieth row of that content it is.
pub(super) fn key_of_content(content: &str, occurrence: usize) -> String {
    format!("row {} {occurrence}", DealId::minted(content))
}
