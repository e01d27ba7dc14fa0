//! What each column of a file means. People edit it, on a screen or as TOML.

use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::guess::apart;
use crate::id::{FieldId, PipelineId, StageId};
use crate::model::{CustomField, RecordKind};
use crate::money::Currency;
use crate::pipeline::Pipeline;
use crate::sorted::SortedMap;
use crate::text::Lang;

/// How a file is read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Mapping {
    /// The currency of amounts that do not name theirs.
    pub currency: Currency,
    /// What amounts are multiplied by: 10,000 for a column in 万元.
    pub scale: u32,
    /// How amounts mark their decimals.
    pub decimal: Decimal,
    /// How dates are written that do not begin with the year.
    pub dates: Dates,
    /// The pipeline the deals are opened in; the workspace's first, if none is named.
    pub pipeline: Option<PipelineId>,
    /// Which column says what.
    pub columns: Columns,
    /// What the values of the stage column mean.
    pub stages: SortedMap<String, Target>,
    /// What the values of the status column mean.
    pub statuses: SortedMap<String, Status>,
}

impl Default for Mapping {
    fn default() -> Self {
        Self {
            currency: Currency::USD,
            scale: 1,
            decimal: Decimal::Point,
            dates: Dates::MonthFirst,
            pipeline: None,
            columns: Columns::default(),
            stages: SortedMap::new(),
            statuses: SortedMap::new(),
        }
    }
}

impl Mapping {
    /// The pipeline the deals are opened in.
    pub fn pipeline_in<'a>(&self, pipelines: &'a SortedMap<PipelineId, Arc<Pipeline>>) -> Option<&'a Arc<Pipeline>> {
        match self.pipeline {
            Some(id) => pipelines.get(&id),
            None => pipelines.values().next(),
        }
    }
}

/// The name of the column that says each thing; none if the file does not say it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Columns {
    /// What names the deal in the other system, so that a second import finds it again.
    pub id: Option<String>,
    /// What the deal is called: the filled ones, joined. The id stands in for an empty first one.
    pub title: Vec<String>,
    /// The customer's name.
    pub company: Option<String>,
    /// The name of a person there.
    pub contact: Option<String>,
    /// The name of the member who works it.
    pub owner: Option<String>,
    /// What it is worth.
    pub amount: Option<String>,
    /// The code of the amount's currency.
    pub currency: Option<String>,
    /// The stage, or that it is won or lost.
    pub stage: Option<String>,
    /// Whether it is open, won or lost.
    pub status: Option<String>,
    /// The day it is expected to close.
    pub expected: Option<String>,
    /// The day it was won or lost.
    pub closed: Option<String>,
    /// The day it began.
    pub created: Option<String>,
    /// Why it was lost.
    pub lost_reason: Option<String>,
    /// What the team's own fields say of the deal, its customer and that person: for each of these fields, its column.
    pub custom: SortedMap<Asked, String>,
}

impl Columns {
    /// Every column that is named.
    pub fn named(&self) -> impl Iterator<Item = &String> {
        let single = [
            &self.id,
            &self.company,
            &self.contact,
            &self.owner,
            &self.amount,
            &self.currency,
            &self.stage,
            &self.status,
            &self.expected,
            &self.closed,
            &self.created,
            &self.lost_reason,
        ];
        self.title.iter().chain(single.into_iter().flatten()).chain(self.custom.values())
    }
}

/// How amounts mark their decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Decimal {
    /// 1,234.50
    Point,
    /// 1.234,50
    Comma,
}

/// How dates are written that do not begin with the year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dates {
    /// 31.12.2024
    DayFirst,
    /// 12/31/2024
    MonthFirst,
}

/// What a value of the status column means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Still being worked.
    Open,
    /// The customer bought.
    Won,
    /// The customer did not buy.
    Lost,
}

/// What a value of the stage column means. Written as `won`, `lost`, a stage's id or its name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", from = "String")]
pub enum Target {
    /// Open, in this stage.
    Stage(StageId),
    /// Open, in the stage of this name in either language.
    Named(String),
    /// The customer bought.
    Won,
    /// The customer did not buy.
    Lost,
}

impl From<String> for Target {
    fn from(text: String) -> Self {
        match (text.trim(), text.trim().parse()) {
            ("won", _) => Self::Won,
            ("lost", _) => Self::Lost,
            (_, Ok(stage)) => Self::Stage(stage),
            (name, Err(_)) => Self::Named(name.to_owned()),
        }
    }
}

impl From<Target> for String {
    fn from(target: Target) -> Self {
        match target {
            Target::Stage(stage) => stage.to_string(),
            Target::Named(name) => name,
            Target::Won => "won".to_owned(),
            Target::Lost => "lost".to_owned(),
        }
    }
}

/// A field that the team added to deals, customers or people. Written as its id or its name in either language; where
/// a deal's field has that name too, with its record in parentheses.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(into = "String", from = "String")]
pub enum Asked {
    /// By its id.
    Field(FieldId),
    /// By its name.
    Named(String),
}

impl Asked {
    /// The field that is meant, if the team asks for it.
    pub fn find<'a>(&self, fields: &'a SortedMap<FieldId, CustomField>) -> Option<&'a CustomField> {
        let mut asked = RecordKind::IN_ROWS.into_iter().flat_map(|on| CustomField::asked(fields, on));
        asked.find(|field| match self {
            Self::Field(id) => field.id == *id,
            Self::Named(name) => field.is_called(name) || apart(field).is_said(name),
        })
    }
}

impl From<String> for Asked {
    fn from(text: String) -> Self {
        text.trim().parse().map_or_else(|_| Self::Named(text.trim().to_owned()), Self::Field)
    }
}

impl From<Asked> for String {
    fn from(asked: Asked) -> Self {
        match asked {
            Asked::Field(field) => field.to_string(),
            Asked::Named(name) => name,
        }
    }
}

/// Why a mapping does not fit a file or a workspace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MappingError {
    /// A column that the file does not have.
    Column(String),
    /// No such pipeline, or none at all.
    Pipeline,
    /// The pipeline has no such stage.
    Stage(String),
    /// The team asks for no such field.
    Field(String),
    /// Nothing to call the deals by.
    Untitled,
}

impl fmt::Display for MappingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&Lang::En.mapping_error(self))
    }
}

impl std::error::Error for MappingError {}
