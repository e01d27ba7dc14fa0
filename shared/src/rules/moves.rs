//! Moves through the stages, the end of a deal, and gates passed by a manager's word.

use crate::gate::{self, Unmet};
use crate::id::{DealId, StageId};
use crate::model::{DealCard, Outcome};
use crate::pipeline::{Leave, Pipeline};
use crate::refusal::{Refusal, Way, Wording};
use crate::rules::door::Door;
use crate::rules::limits;

pub(super) fn to_stage(door: &Door<'_>, deal: DealId, to: StageId, reason: &str) -> Result<(), Refusal> {
    let card = door.worked(deal)?;
    door.stage(card.pipeline, to)?;
    if card.stage == to {
        return Err(Refusal::SameState);
    }
    let pipeline = door.pipeline(card.pipeline)?;
    legal(pipeline, card.stage, to, reason)?;
    limits::fits(Wording::Reason, reason)?;
    passable(gate::unmet(&door.workspace.customers(), card, pipeline, to))
}

/// The pipeline lets deals move this way, with a reason where it asks for one.
fn legal(pipeline: &Pipeline, from: StageId, to: StageId, reason: &str) -> Result<(), Refusal> {
    let Some((way, leave)) = way(pipeline, from, to) else { return Ok(()) };
    match leave {
        Leave::Free => Ok(()),
        Leave::Reason if !reason.trim().is_empty() => Ok(()),
        Leave::Reason => Err(Refusal::MoveReason(way)),
        Leave::Never => Err(Refusal::IllegalMove(way)),
    }
}

/// Which restricted way a move goes; none for the one to the next stage.
fn way(pipeline: &Pipeline, from: StageId, to: StageId) -> Option<(Way, Leave)> {
    match (pipeline.index(from)?, pipeline.index(to)?) {
        (from, to) if to < from => Some((Way::Back, pipeline.moves.back)),
        (from, to) if to > from + 1 => Some((Way::Skip, pipeline.moves.skip)),
        (_, _) => None,
    }
}

pub(super) fn win(door: &Door<'_>, deal: DealId) -> Result<(), Refusal> {
    let card = door.worked(deal)?;
    let pipeline = door.pipeline(card.pipeline)?;
    passable(gate::unmet_to_win(&door.workspace.customers(), card, pipeline))
}

pub(super) fn lose(door: &Door<'_>, deal: DealId, reason: &str) -> Result<(), Refusal> {
    door.worked(deal)?;
    limits::says(Wording::Reason, reason)
}

pub(super) fn reopen(door: &Door<'_>, deal: DealId) -> Result<(), Refusal> {
    match door.deal(deal)?.outcome {
        Outcome::Open => Err(Refusal::NotClosed),
        Outcome::Won { .. } | Outcome::Lost { .. } => Ok(()),
    }
}

pub(super) fn override_gate(door: &Door<'_>, deal: DealId, stage: StageId, reason: &str) -> Result<(), Refusal> {
    let card = guarded(door, deal, stage)?;
    if card.overridden.contains(&stage) {
        return Err(Refusal::SameState);
    }
    limits::says(Wording::Reason, reason)
}

pub(super) fn hold_gate(door: &Door<'_>, deal: DealId, stage: StageId) -> Result<(), Refusal> {
    let card = guarded(door, deal, stage)?;
    match card.overridden.contains(&stage) {
        true => Ok(()),
        false => Err(Refusal::NotClosed),
    }
}

/// The stage says who may pass its gate by word.
fn guarded<'a>(door: &Door<'a>, deal: DealId, stage: StageId) -> Result<&'a DealCard, Refusal> {
    let card = door.deal(deal)?;
    let needed = door.stage(card.pipeline, stage)?.overridable;
    door.needs(needed.ok_or(Refusal::NoOverride(stage))?)?;
    Ok(card)
}

fn passable(open: Vec<Unmet>) -> Result<(), Refusal> {
    match open.is_empty() {
        true => Ok(()),
        false => Err(Refusal::GateClosed { open }),
    }
}
