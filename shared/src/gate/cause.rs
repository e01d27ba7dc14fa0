//! Why a gate that was passed holds no longer: whose change, and when.

use super::Unmet;
use crate::id::KeyActivityId;
use crate::model::{Deal, Event, Field};
use crate::pipeline::{Condition, Pipeline, Rule};

/// The last change of the deal that can have taken a criterion away again. None if no change of the deal did: then
/// the gate itself was changed after the deal passed it.
pub fn cause<'a>(deal: &'a Deal, pipeline: &Pipeline, unmet: Unmet) -> Option<&'a Event> {
    causes(deal, pipeline, unmet).pop()
}

/// Every change of the deal that can have taken a criterion away, the last one at the end.
pub fn causes<'a>(deal: &'a Deal, pipeline: &Pipeline, unmet: Unmet) -> Vec<&'a Event> {
    let Some((_, criterion)) = pipeline.criterion(unmet.criterion) else { return Vec::new() };
    let took_away = |event: &&Event| match &criterion.rule {
        Rule::Fields(condition) => edits(condition, event),
        Rule::KeyActivity(key) => event.command == "unfinish_activity" && answers(deal, &event.subject, *key),
        Rule::Evidence(_) => {
            let proof = deal.evidence.iter().find(|proof| proof.id.to_string() == event.subject);
            event.command == "withdraw_evidence" && proof.is_some_and(|proof| proof.criterion == unmet.criterion)
        }
        Rule::Approval(_) => event.command == "decline" && event.subject == unmet.criterion.to_string(),
    };
    let held = |event: &&Event| event.command == "hold_gate" && event.subject == unmet.stage.to_string();
    deal.history.iter().filter(|event| took_away(event) || held(event)).collect()
}

fn edits(condition: &Condition, event: &Event) -> bool {
    let mut found = false;
    condition.fields(&mut |field| {
        // The amount may be compared with the products.
        let counts = field == Field::Amount && matches!(event.command.as_str(), "put_line" | "remove_line");
        found |= counts || field.is_told_by(event);
    });
    found
}

fn answers(deal: &Deal, activity: &str, key: KeyActivityId) -> bool {
    deal.activities.iter().any(|each| each.id.to_string() == activity && each.key == Some(key))
}
