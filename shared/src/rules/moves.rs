//! Moves through the stages, the end of a deal, and gates passed by a manager's word.

use crate::gate::{self, Unmet};
use crate::id::{DealId, StageId};
use crate::model::{DealCard, Outcome};
use crate::refusal::{Refusal, Wording};
use crate::rules::door::Door;
use crate::rules::limits;

pub(super) fn to_stage(door: &Door<'_>, deal: DealId, to: StageId) -> Result<(), Refusal> {
    let card = door.worked(deal)?;
    door.stage(card.pipeline, to)?;
    if card.stage == to {
        return Err(Refusal::SameState);
    }
    passable(gate::unmet(card, door.pipeline(card.pipeline)?, to))
}

pub(super) fn win(door: &Door<'_>, deal: DealId) -> Result<(), Refusal> {
    let card = door.worked(deal)?;
    passable(gate::unmet_to_win(card, door.pipeline(card.pipeline)?))
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

fn guarded<'a>(door: &Door<'a>, deal: DealId, stage: StageId) -> Result<&'a DealCard, Refusal> {
    let card = door.deal(deal)?;
    door.stage(card.pipeline, stage)?;
    Ok(card)
}

fn passable(open: Vec<Unmet>) -> Result<(), Refusal> {
    match open.is_empty() {
        true => Ok(()),
        false => Err(Refusal::GateClosed { open }),
    }
}
