//! What two devices changed at once on a deal's activities and products, and of a lead.

use super::conflict;
use crate::document::read::line;
use crate::document::schema as key;
use crate::document::view::{View, name};
use crate::id::{ActivityId, LineId};
use crate::model::{Conflict, LeadText, RecordField, RecordValue};

/// The fields of activities, and the products, with more than one current value.
pub(in crate::document) fn of_records(root: &View<'_>) -> Vec<Conflict<RecordField, RecordValue>> {
    let activities = root.map(key::ACTIVITIES).map(|map| map.records()).unwrap_or_default();
    let of_activities = activities.into_iter().flat_map(|(id, view)| of_activity(id, &view));
    of_activities.chain(of_lines(root)).collect()
}

fn of_activity(id: ActivityId, view: &View<'_>) -> Vec<Conflict<RecordField, RecordValue>> {
    // For which day it was planned is of interest as long as it is.
    let is_planned = view.time(key::DONE).is_none() && !view.flag(key::CANCELLED);
    let summary = conflict(view, key::SUMMARY, RecordField::Summary(id), |value, _| {
        Some(RecordValue::Summary(value.as_str()?.to_owned()))
    });
    let due = conflict(view, key::DUE, RecordField::Due(id), |value, _| {
        Some(RecordValue::Due(value.as_str()?.parse().ok()?))
    });
    summary.into_iter().chain(due.filter(|_| is_planned)).collect()
}

fn of_lines(root: &View<'_>) -> impl Iterator<Item = Conflict<RecordField, RecordValue>> {
    let ids = root.keys().into_iter().filter_map(|key| key.strip_prefix(key::LINE)?.parse().ok());
    ids.filter_map(move |id: LineId| {
        conflict(root, &format!("{}{id}", key::LINE), RecordField::Line(id), |value, map| {
            Some(RecordValue::Line(value.is_object().then(|| line(id, &View::of(root.doc, map))).flatten()))
        })
    })
}

/// The texts of a lead with more than one current value, in the order they are shown.
pub(in crate::document) fn of_lead(root: &View<'_>) -> Vec<Conflict<LeadText, String>> {
    let disputed = |what: LeadText| {
        let key = format!("{}{}", key::TEXTS, name(&what));
        conflict(root, &key, what, |value, _| Some(value.as_str()?.to_owned()))
    };
    LeadText::ALL.into_iter().filter_map(disputed).collect()
}
