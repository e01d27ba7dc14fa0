//! What to do next on a deal after something was done there.

use crate::id::{ActivityId, KeyActivityId};
use crate::model::{ActivityKind, DealCard, Outcome};
use crate::pipeline::Pipeline;
use crate::time::Day;

/// After how many days the same kind of activity is suggested again.
const AGAIN_AFTER: i32 = 7;

/// A next step to offer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The activity, if it is planned already and only its day is to be looked at.
    pub planned: Option<ActivityId>,
    /// What kind.
    pub kind: ActivityKind,
    /// What it is about, in the seller's words; empty where the key activity has them.
    pub summary: String,
    /// The day.
    pub due: Day,
    /// The key activity it answers.
    pub key: Option<KeyActivityId>,
}

/// The next key activity of the deal's stage that was not done, else the same kind again in a week. None on a deal
/// that is not being worked.
pub fn suggestion(pipeline: &Pipeline, card: &DealCard, done: ActivityKind, today: Day) -> Option<Suggestion> {
    if card.outcome != Outcome::Open {
        return None;
    }
    let stage = pipeline.stage(card.stage);
    let key = stage.and_then(|stage| stage.activities.iter().find(|key| !card.done.contains(&key.id)));
    let again =
        || Suggestion { planned: None, kind: done, summary: String::new(), due: today.plus(AGAIN_AFTER), key: None };
    Some(key.map_or_else(again, |key| {
        let planned = card.planned.iter().find(|step| step.key == Some(key.id));
        Suggestion {
            planned: planned.map(|step| step.activity),
            kind: planned.map_or(key.kind, |step| step.kind),
            summary: planned.map(|step| step.summary.clone()).unwrap_or_default(),
            due: planned.map_or_else(|| today.plus(i32::from(key.due_after)), |step| step.due),
            key: Some(key.id),
        }
    }))
}

/// What a finished activity says: what it was about, and what came of it.
pub fn told(planned: &str, came_of_it: &str) -> String {
    match (planned.trim(), came_of_it.trim()) {
        (one, "") | ("", one) => one.to_owned(),
        (planned, came_of_it) => format!("{planned} — {came_of_it}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::NextStep;
    use crate::pipeline::b2b;
    use crate::rules::sample::{bare, key, now, tide, today};

    #[track_caller]
    fn check(bend: impl FnOnce(&mut DealCard), expect: Option<Suggestion>) {
        let mut card = bare(tide());
        bend(&mut card);
        assert_eq!(suggestion(&b2b(), &card, ActivityKind::Visit, today()), expect);
    }

    #[test]
    fn the_next_key_activity_comes_before_the_same_again() {
        let call = key("identify/call");
        let fresh = Suggestion {
            planned: None,
            kind: ActivityKind::Call,
            summary: String::new(),
            due: today().plus(3),
            key: Some(call),
        };
        check(|_| (), Some(fresh.clone()));
        let (activity, summary) = (ActivityId::minted("call"), "Ask for Mr Chen".to_owned());
        let due = today().plus(1);
        let step = NextStep { due, activity, kind: ActivityKind::Call, summary: summary.clone(), key: Some(call) };
        let kept = Suggestion { planned: Some(activity), summary, due, ..fresh.clone() };
        check(|card| card.planned = vec![step], Some(kept));
        let again = Suggestion { kind: ActivityKind::Visit, due: today().plus(7), key: None, ..fresh };
        check(|card| card.done = [call].into(), Some(again));
        check(|card| card.outcome = Outcome::Won { at: now() }, None);
    }

    #[test]
    fn what_was_planned_is_not_lost_when_it_is_done() {
        for (planned, came, expect) in [
            ("", "", ""),
            ("Call Chen", "", "Call Chen"),
            ("", "He agreed ", "He agreed"),
            ("Call Chen", "He agreed", "Call Chen — He agreed"),
        ] {
            assert_eq!(told(planned, came), expect);
        }
    }
}
