//! The mapping that a file's header and values suggest.

use std::sync::Arc;

use super::mapping::{Asked, Columns, Dates, Decimal, Mapping, Status, Target};
use super::table::Table;
use super::value::{self, Written};
use super::vocabulary::{self, HEADERS, Meaning, Step};
use crate::id::PipelineId;
use crate::model::{CustomField, RecordKind};
use crate::money::Currency;
use crate::pipeline::{Pipeline, Stage};
use crate::sorted::{SortedMap, SortedSet};
use crate::text::{Label, Lang};
use crate::workspace::Workspace;

/// How many different stages or states a column may have and still be taken for one.
const MAX_VALUES: usize = 100;

/// Suggests how to read a file. Values it does not know are left unmapped, for people to decide.
pub fn guess(table: &Table, workspace: &Workspace) -> Mapping {
    let headers = headers(table);
    let name = |meaning| headers.get(&meaning).map(|index| table.header[*index].clone());
    let amounts = || headers.get(&Meaning::Amount).into_iter().flat_map(|index| cells(table, *index));
    let days = [Meaning::Expected, Meaning::Close, Meaning::Closed, Meaning::Created];
    let days = || days.iter().filter_map(|day| headers.get(day)).flat_map(|index| cells(table, *index));
    let heading = name(Meaning::Amount).unwrap_or_default();
    let mut mapping = Mapping {
        currency: currency(&heading, amounts()),
        scale: if heading.contains('万') { 10_000 } else { 1 },
        decimal: decimal(amounts()),
        dates: dates(days()),
        columns: columns(&name),
        ..Mapping::default()
    };
    mapping.columns.custom = custom(table, &mapping.columns, workspace);
    // A file that names people without saying anything of them is one of deals only.
    if mapping.columns.custom.keys().any(|asked| is_of(asked, RecordKind::Contact, workspace)) {
        mapping.columns.contact = name(Meaning::Contact);
    }
    mapping.guess_values(table, &workspace.pipelines);
    if let Some(index) = headers.get(&Meaning::Close) {
        let only_closed = only_on_closed(table, *index, &mapping);
        let slot = if only_closed { &mut mapping.columns.closed } else { &mut mapping.columns.expected };
        slot.get_or_insert_with(|| table.header[*index].clone());
    }
    mapping
}

impl Mapping {
    /// Guesses what those values of the stage and status columns mean that nobody has decided about. Asked for
    /// when another column or pipeline is chosen; what was decided for another pipeline's stages is forgotten.
    pub fn guess_values(&mut self, table: &Table, pipelines: &SortedMap<PipelineId, Arc<Pipeline>>) {
        if let Some(pipeline) = self.pipeline_in(pipelines) {
            let is_there = |target: &Target| !matches!(target, Target::Stage(id) if pipeline.stage(*id).is_none());
            let decided = std::mem::take(&mut self.stages).into_iter().filter(|(_, target)| is_there(target));
            let known = |value: String| Some((target(&value, pipeline, pipelines)?, value));
            let guessed = values(table, self.columns.stage.as_deref()).into_iter().filter_map(known);
            self.stages = guessed.map(|(target, value)| (value, target)).chain(decided).collect();
        }
        let known = |value: String| vocabulary::status(&value).map(|status| (value, status));
        let guessed = values(table, self.columns.status.as_deref()).into_iter().filter_map(known);
        self.statuses = guessed.chain(std::mem::take(&mut self.statuses)).collect();
    }
}

/// The different values of a column, as many as stages and states may have.
pub fn values(table: &Table, column: Option<&str>) -> SortedSet<String> {
    let mut values = SortedSet::new();
    for cell in column.and_then(|column| table.column(column)).into_iter().flat_map(|index| cells(table, index)) {
        if values.len() < MAX_VALUES && !values.contains(cell) {
            values.insert(cell.to_owned());
        }
    }
    values
}

fn columns(name: &impl Fn(Meaning) -> Option<String>) -> Columns {
    Columns {
        id: name(Meaning::Id),
        title: title(name),
        company: name(Meaning::Company),
        contact: None,
        owner: name(Meaning::Owner),
        amount: name(Meaning::Amount),
        currency: name(Meaning::Currency),
        stage: name(Meaning::Stage),
        status: name(Meaning::Status),
        expected: name(Meaning::Expected),
        closed: name(Meaning::Closed),
        created: name(Meaning::Created),
        lost_reason: name(Meaning::LostReason),
        custom: SortedMap::new(),
    }
}

/// For each meaning the column whose header says it best; a column has one meaning.
fn headers(table: &Table) -> SortedMap<Meaning, usize> {
    let mut best: SortedMap<Meaning, (usize, usize)> = SortedMap::new();
    for (index, header) in table.header.iter().enumerate() {
        let meanings = HEADERS.iter().filter_map(|(meaning, words)| Some((*meaning, vocabulary::rank(header, words)?)));
        let Some((meaning, rank)) = meanings.min_by_key(|(meaning, _)| *meaning) else { continue };
        let held = best.get(&meaning).map(|(rank, _)| *rank);
        if held.is_none_or(|held| rank < held) {
            best.insert(meaning, (rank, index));
        }
    }
    best.into_iter().map(|(meaning, (_, index))| (meaning, index)).collect()
}

fn title(name: &impl Fn(Meaning) -> Option<String>) -> Vec<String> {
    match (name(Meaning::Title), name(Meaning::Company), name(Meaning::Product)) {
        (Some(title), _, _) => vec![title],
        (None, company, product) => company.into_iter().chain(product).collect(),
    }
}

/// A column that is called like a field of the team, unless it says something else already.
fn custom(table: &Table, columns: &Columns, workspace: &Workspace) -> SortedMap<Asked, String> {
    let taken: SortedSet<&String> = columns.named().collect();
    let mut free: Vec<&String> = table.header.iter().filter(|header| !taken.contains(header)).collect();
    let mut found = SortedMap::new();
    for field in RecordKind::IN_ROWS.into_iter().flat_map(|on| CustomField::asked(&workspace.fields, on)) {
        let whole = free.iter().position(|header| apart(field).is_said(header));
        if let Some(at) = whole.or_else(|| free.iter().position(|header| field.is_called(header))) {
            found.insert(Asked::Field(field.id), free.remove(at).clone());
        }
    }
    found
}

fn is_of(asked: &Asked, on: RecordKind, workspace: &Workspace) -> bool {
    asked.find(&workspace.fields).is_some_and(|field| field.on == on)
}

/// The name of a field that another column has too, as an export tells the two apart.
pub(crate) fn apart(field: &CustomField) -> Label {
    let whose = |lang: Lang| match field.on {
        RecordKind::Deal => lang.own_field(),
        on => lang.record_kind(on),
    };
    let of = |lang: Lang| format!("{} ({})", field.name.get(lang), whose(lang));
    Label { zh: of(Lang::Zh), en: of(Lang::En) }
}

/// The name of a stage that several pipelines have, as an export tells them apart.
pub(crate) fn whole(pipeline: &Pipeline, stage: &Stage) -> Label {
    let of = |lang: Lang| format!("{} ({})", stage.name.get(lang), pipeline.name.get(lang));
    Label { zh: of(Lang::Zh), en: of(Lang::En) }
}

fn cells(table: &Table, index: usize) -> impl Iterator<Item = &str> {
    table.rows.iter().map(move |row| row.cells[index].trim()).filter(|cell| !value::blank(cell))
}

/// The chosen pipeline's stage of this name comes before those of the others.
fn target(value: &str, pipeline: &Pipeline, pipelines: &SortedMap<PipelineId, Arc<Pipeline>>) -> Option<Target> {
    let all = std::iter::once(pipeline).chain(pipelines.values().map(AsRef::as_ref));
    let mut stages = all.flat_map(|of| of.stages.iter().map(move |stage| (of, stage)));
    if let Some((_, stage)) = stages.find(|(of, stage)| stage.name.is_said(value) || whole(of, stage).is_said(value)) {
        return Some(Target::Stage(stage.id));
    }
    match vocabulary::step(value)? {
        Step::Won => Some(Target::Won),
        Step::Lost => Some(Target::Lost),
        Step::Quarter(quarter) => {
            let last = pipeline.stages.len().checked_sub(1)?;
            Some(Target::Stage(pipeline.stages[(quarter * last + 2) / 4].id))
        }
    }
}

/// Whether a closing day stands only on rows that are won or lost: then it is the day they were.
fn only_on_closed(table: &Table, index: usize, mapping: &Mapping) -> bool {
    let at = |name: &Option<String>| name.as_ref().and_then(|name| table.column(name));
    let (stage, status) = (at(&mapping.columns.stage), at(&mapping.columns.status));
    let closed = |row: &super::Row| {
        let stage = stage.and_then(|index| mapping.stages.get(row.cells[index].trim()));
        let status = status.and_then(|index| mapping.statuses.get(row.cells[index].trim()));
        matches!(stage, Some(Target::Won | Target::Lost)) || matches!(status, Some(Status::Won | Status::Lost))
    };
    let mut dated = table.rows.iter().filter(|row| !value::blank(&row.cells[index])).peekable();
    dated.peek().is_some() && dated.all(closed)
}

fn currency<'a>(heading: &str, mut amounts: impl Iterator<Item = &'a str>) -> Currency {
    let chinese = heading.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let usual = if chinese { Currency::CNY } else { Currency::USD };
    amounts.find_map(|cell| value::sign(cell, usual)).unwrap_or(usual)
}

/// A comma with one or two digits behind it is a decimal mark, unless points are used so too.
fn decimal<'a>(amounts: impl Iterator<Item = &'a str>) -> Decimal {
    let (mut commas, mut points) = (0_usize, 0_usize);
    for cell in amounts {
        let digits = cell.trim_end_matches(|c: char| !c.is_ascii_digit());
        let Some(at) = digits.rfind([',', '.']) else { continue };
        let short = matches!(digits.len() - at, 2 | 3);
        let both = digits.contains(',') && digits.contains('.');
        let is_comma = digits.as_bytes()[at] == b',';
        commas += usize::from(is_comma && (short || both));
        points += usize::from(!is_comma && (short || both));
    }
    if commas > points { Decimal::Comma } else { Decimal::Point }
}

/// A number over 12 cannot be a month. Where none is, points and hyphens suggest that the day comes first.
fn dates<'a>(cells: impl Iterator<Item = &'a str>) -> Dates {
    let (mut day_first, mut month_first, mut slashed, mut marked) = (0_usize, 0_usize, 0_usize, 0_usize);
    for cell in cells {
        if let Some(Written::Ordered { first, second, mark, .. }) = value::written(cell) {
            day_first += usize::from(first > 12);
            month_first += usize::from(second > 12);
            slashed += usize::from(mark == '/');
            marked += usize::from(mark != '/');
        }
    }
    if (day_first, marked) > (month_first, slashed) { Dates::DayFirst } else { Dates::MonthFirst }
}
