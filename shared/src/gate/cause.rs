//! Why a gate that was passed holds no longer: whose change, and when.

use super::Unmet;
use crate::id::{FieldId, KeyActivityId};
use crate::model::{CustomField, Deal, Event, Field, RecordKind};
use crate::pipeline::{Condition, Pipeline, Rule};
use crate::sorted::SortedMap;
use crate::workspace::{Customers, Workspace};

/// The last change of the deal, or of its customer's document if that is open, that can have taken a criterion away
/// again. None if neither did: then the gate itself was changed after the deal passed it.
pub fn cause<'a>(world: &'a Workspace, deal: &'a Deal, pipeline: &Pipeline, unmet: Unmet) -> Option<&'a Event> {
    let here = causes(&world.customers(), deal, pipeline, unmet).pop();
    let there = match &pipeline.criterion(unmet.criterion)?.1.rule {
        Rule::Fields(condition) => at_customer(world, deal, condition),
        Rule::KeyActivity(_) | Rule::Evidence(_) | Rule::Approval(_) => None,
    };
    here.into_iter().chain(there).max_by_key(|event| event.at)
}

/// Every change of the deal that can have taken a criterion away, the last one at the end.
pub fn causes<'a>(customers: &Customers<'_>, deal: &'a Deal, pipeline: &Pipeline, unmet: Unmet) -> Vec<&'a Event> {
    let Some((_, criterion)) = pipeline.criterion(unmet.criterion) else { return Vec::new() };
    let took_away = |event: &&Event| match &criterion.rule {
        Rule::Fields(condition) => edits(condition, customers.fields(), event),
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

/// The last change at the customer that can have made a condition fail.
fn at_customer<'a>(world: &'a Workspace, deal: &Deal, condition: &Condition) -> Option<&'a Event> {
    let company = world.open_companies.get(&world.standing_for(deal.card.company?))?;
    company.history.iter().rev().find(|event| edits_customer(condition, &world.fields, event))
}

fn edits(condition: &Condition, fields: &SortedMap<FieldId, CustomField>, event: &Event) -> bool {
    asks(condition, |field| {
        // The amount may be compared with the products.
        let counts = field == Field::Amount && matches!(event.command.as_str(), "put_line" | "remove_line");
        let around = match field.record(fields) {
            RecordKind::Deal => false,
            RecordKind::Activity => event.command == "unfinish_activity",
            RecordKind::Company | RecordKind::Contact => event.command == "link_deal",
        };
        counts || around || field.is_told_by(event)
    })
}

fn edits_customer(condition: &Condition, fields: &SortedMap<FieldId, CustomField>, event: &Event) -> bool {
    let merges = matches!(event.command.as_str(), "merge_company" | "unmerge_company");
    let joins = matches!(event.command.as_str(), "merge_contact" | "unmerge_contact" | "discard_contact");
    asks(condition, |field| match field.record(fields) {
        RecordKind::Company => field.is_told_by(event) || merges,
        RecordKind::Contact => field.is_told_by(event) || merges || joins,
        RecordKind::Deal | RecordKind::Activity => false,
    })
}

fn asks(condition: &Condition, wanted: impl Fn(Field) -> bool) -> bool {
    let mut found = false;
    condition.fields(&mut |field| found |= wanted(field));
    found
}

fn answers(deal: &Deal, activity: &str, key: KeyActivityId) -> bool {
    deal.activities.iter().any(|each| each.id.to_string() == activity && each.key == Some(key))
}
