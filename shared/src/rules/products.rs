//! The products of a deal.

use crate::id::{DealId, LineId};
use crate::model::{Line, RecordField};
use crate::refusal::{Refusal, Wording};
use crate::rules::door::Door;
use crate::rules::limits;

/// How many products a deal may have.
const MAX_LINES: usize = 500;

pub(super) fn put(door: &Door<'_>, deal: DealId, line: &Line) -> Result<(), Refusal> {
    let lines = &door.opened(deal)?.lines;
    if lines.len() >= MAX_LINES && lines.iter().all(|each| each.id != line.id) {
        return Err(Refusal::Amount);
    }
    limits::says(Wording::Product, &line.product)?;
    limits::sane(Some(line.price))?;
    match line.quantity.millionths() > 0 && line.quantity.is_sane() && line.total().is_some() {
        true => Ok(()),
        false => Err(Refusal::Amount),
    }
}

pub(super) fn remove(door: &Door<'_>, deal: DealId, line: LineId) -> Result<(), Refusal> {
    let is_there = door.opened(deal)?.lines.iter().any(|each| each.id == line);
    match is_there || door.is_disputed(deal, RecordField::Line(line)) {
        true => Ok(()),
        false => Err(Refusal::NoLine(line)),
    }
}
