//! Interactions planned, logged and finished.

use crate::id::{ActivityId, DealId, KeyActivityId};
use crate::model::{Activity, ActivityKind, RecordField};
use crate::refusal::{Refusal, Wording};
use crate::rules::door::Door;
use crate::rules::limits;
use crate::time::Day;

/// The activity is new on the deal, and the key activity it answers is one of the pipeline's.
pub(super) fn put(
    door: &Door<'_>,
    deal: DealId,
    activity: ActivityId,
    key: Option<KeyActivityId>,
) -> Result<(), Refusal> {
    let deal = door.opened(deal)?;
    if deal.activities.iter().any(|each| each.id == activity) {
        return Err(Refusal::Exists);
    }
    let pipeline = door.pipeline(deal.card.pipeline)?;
    match key {
        // The key activity itself is what does not exist, so its id is the one to name.
        Some(key) if pipeline.key_activity(key).is_none() => {
            Err(Refusal::NoActivity(ActivityId::from_bytes(*key.as_bytes())))
        }
        Some(_) | None => Ok(()),
    }
}

/// A call or visit speaks for itself, so that logging one takes a tap; a note or task needs words,
/// unless the key activity it answers has them.
pub(super) fn summary(kind: ActivityKind, summary: &str, key: Option<KeyActivityId>) -> Result<(), Refusal> {
    match kind {
        ActivityKind::Note | ActivityKind::Task if key.is_none() => limits::says(Wording::Summary, summary),
        ActivityKind::Call
        | ActivityKind::Meeting
        | ActivityKind::Visit
        | ActivityKind::Demo
        | ActivityKind::Mail
        | ActivityKind::Task
        | ActivityKind::Note => limits::fits(Wording::Summary, summary),
    }
}

pub(super) fn finish(door: &Door<'_>, deal: DealId, activity: ActivityId, summary: &str) -> Result<(), Refusal> {
    match find(door, deal, activity)?.done {
        Some(_) => Err(Refusal::SameState),
        None => limits::fits(Wording::Summary, summary),
    }
}

pub(super) fn describe(door: &Door<'_>, deal: DealId, activity: ActivityId, words: &str) -> Result<(), Refusal> {
    let found = find(door, deal, activity)?;
    summary(found.kind, words, found.key)
}

pub(super) fn unfinish(door: &Door<'_>, deal: DealId, activity: ActivityId) -> Result<(), Refusal> {
    match find(door, deal, activity)?.done {
        Some(_) => Ok(()),
        None => Err(Refusal::SameState),
    }
}

pub(super) fn reschedule(door: &Door<'_>, deal: DealId, activity: ActivityId, due: Day) -> Result<(), Refusal> {
    door.near(due)?;
    let is_disputed = door.is_disputed(deal, RecordField::Due(activity));
    match find(door, deal, activity)? {
        Activity { done: Some(_), .. } => Err(Refusal::SameState),
        Activity { due: Some(day), cancelled: false, .. } if *day == due && !is_disputed => Err(Refusal::SameState),
        _ => Ok(()),
    }
}

pub(super) fn cancel(door: &Door<'_>, deal: DealId, activity: ActivityId) -> Result<(), Refusal> {
    match find(door, deal, activity)? {
        Activity { done: None, cancelled: false, .. } => Ok(()),
        _ => Err(Refusal::SameState),
    }
}

/// An activity of a deal whose document is open.
pub(super) fn find<'a>(door: &Door<'a>, deal: DealId, activity: ActivityId) -> Result<&'a Activity, Refusal> {
    let activities = &door.opened(deal)?.activities;
    activities.iter().find(|each| each.id == activity).ok_or(Refusal::NoActivity(activity))
}
