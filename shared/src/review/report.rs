//! The workspace in a few numbers, to be compared with what another system says.

use serde::Serialize;

use crate::money::Sums;
use crate::pipeline::{Pipeline, Stage};
use crate::review::board::{Board, Column, Slot};
use crate::sorted::SortedMap;
use crate::text::Lang;
use crate::workspace::Workspace;

/// Counts and sums of every deal that was not discarded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Report {
    /// How many deals there are.
    pub deals: usize,
    /// Those being worked.
    pub open: Total,
    /// Those won.
    pub won: Total,
    /// Those lost.
    pub lost: Total,
    /// The open ones stage by stage, in the order of the pipelines.
    pub stages: Vec<StageTotal>,
}

/// How many, and what they are worth.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Total {
    /// How many deals.
    pub count: usize,
    /// Each currency's sum as a plain decimal number.
    pub sum: SortedMap<String, String>,
}

/// The open deals of one stage.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StageTotal {
    /// The pipeline's English name.
    pub pipeline: String,
    /// The stage's English name.
    pub stage: String,
    /// Its deals.
    #[serde(flatten)]
    pub total: Total,
}

/// Counts the workspace.
pub fn report(workspace: &Workspace) -> Report {
    let board = Board::of(&workspace.pipelines, workspace.deals.values().map(AsRef::as_ref));
    let in_stages = |pipeline| stages(&board, pipeline);
    Report {
        deals: board.columns().map(|(_, column)| column.count()).sum(),
        open: total(&board, |slot| matches!(slot, Slot::Stage(..))),
        won: total(&board, |slot| matches!(slot, Slot::Won(_))),
        lost: total(&board, |slot| matches!(slot, Slot::Lost(_))),
        stages: workspace.pipelines.values().map(AsRef::as_ref).flat_map(in_stages).collect(),
    }
}

fn stages(board: &Board, pipeline: &Pipeline) -> Vec<StageTotal> {
    let count = |stage: &Stage| StageTotal {
        pipeline: pipeline.name.get(Lang::En).to_owned(),
        stage: stage.name.get(Lang::En).to_owned(),
        total: total(board, |slot| slot == Slot::Stage(pipeline.id, stage.id)),
    };
    pipeline.stages.iter().map(count).collect()
}

fn total(board: &Board, of: impl Fn(Slot) -> bool) -> Total {
    let columns: Vec<&Column> = board.columns().filter(|(slot, _)| of(*slot)).map(|(_, column)| column).collect();
    let mut sum = Sums::default();
    columns.iter().for_each(|column| sum.extend(column.sum()));
    Total { count: columns.iter().map(|column| column.count()).sum(), sum: sum.decimals() }
}

#[cfg(test)]
mod tests;
