//! Moves through the stages, the end of a deal, and gates passed by a manager's word.
//!
//! Where devices told a stage or an end apart, each was judged where it was told: to keep one of them settles it and
//! is no new move.

use crate::command::Origin;
use crate::gate::{self, Unmet};
use crate::id::{DealId, PipelineId, StageId};
use crate::model::{DealCard, FieldValue, Outcome};
use crate::pipeline::{Leave, Pipeline};
use crate::refusal::{Refusal, Way, Wording};
use crate::rules::door::Door;
use crate::rules::limits;

pub(super) fn to_stage(door: &Door<'_>, deal: DealId, to: StageId, reason: &str) -> Result<(), Refusal> {
    let card = door.deal(deal)?;
    door.stage(card.pipeline, to)?;
    if door.was_told(deal, |value| *value == FieldValue::Stage(to)) {
        return limits::fits(Wording::Reason, reason);
    }
    door.worked(deal)?;
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
    if door.was_told(deal, |value| matches!(value, FieldValue::Outcome(Outcome::Won { .. }))) {
        return Ok(());
    }
    let card = door.worked(deal)?;
    let pipeline = door.pipeline(card.pipeline)?;
    passable(gate::unmet_to_win(&door.workspace.customers(), card, pipeline))?;
    // A win from before the last stage skips stages too, and has no place for a reason.
    let is_early = pipeline.index(card.stage).is_some_and(|at| at + 1 < pipeline.stages.len());
    match is_early && pipeline.moves.skip != Leave::Free {
        true => Err(Refusal::IllegalMove(Way::Win)),
        false => Ok(()),
    }
}

/// A deal that is written down in a later stage skips those before it. Where that is never legal, only an import brings
/// deals in that are under way; elsewhere their gates are asked from that stage on.
pub(super) fn begin(door: &Door<'_>, pipeline: PipelineId, stage: StageId) -> Result<(), Refusal> {
    let pipeline = door.pipeline(pipeline)?;
    let is_late = pipeline.index(stage).is_some_and(|at| at > 0);
    match (door.context.origin, pipeline.moves.skip) {
        (Origin::Hand | Origin::Automation | Origin::Console, Leave::Never) if is_late => {
            Err(Refusal::IllegalMove(Way::Begin))
        }
        (_, _) => Ok(()),
    }
}

pub(super) fn lose(door: &Door<'_>, deal: DealId, reason: &str) -> Result<(), Refusal> {
    let same = |told: &Outcome| matches!(told, Outcome::Lost { reason: why, .. } if why == reason);
    if door.was_told(deal, |value| matches!(value, FieldValue::Outcome(told) if same(told))) {
        return Ok(());
    }
    door.worked(deal)?;
    limits::says(Wording::Reason, reason)
}

pub(super) fn reopen(door: &Door<'_>, deal: DealId) -> Result<(), Refusal> {
    if door.was_told(deal, |value| *value == FieldValue::Outcome(Outcome::Open)) {
        return Ok(());
    }
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
