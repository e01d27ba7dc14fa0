//! The records on a deal: activities, proofs, approvals, products, messages.

use super::money;
use crate::document::schema as key;
use crate::document::view::View;
use crate::gather::Gather;
use crate::id::{CriterionId, LineId};
use crate::model::{
    Activity, ActivityKind, Approval, Asked, Decline, Evidence, GateOverride, Line, Notice, Role, Withdrawal,
};
use crate::sorted::SortedMap;

pub(super) fn activities(root: &View<'_>) -> Vec<Activity> {
    let maps = root.map(key::ACTIVITIES).map(|map| map.records()).unwrap_or_default();
    let read = |(id, map): (_, View<'_>)| {
        Some(Activity {
            id,
            kind: map.named(key::KIND).unwrap_or(ActivityKind::Note),
            summary: map.text(key::SUMMARY).unwrap_or_default(),
            key: map.id(key::KEY),
            due: map.day(key::DUE),
            done: map.time(key::DONE),
            cancelled: map.flag(key::CANCELLED),
            by: map.member(key::BY)?,
            custom: map.written(key::FIELD).into_iter().into_map(),
        })
    };
    maps.into_iter().filter_map(read).collect()
}

pub(super) fn evidence(root: &View<'_>) -> Vec<Evidence> {
    let maps = root.map(key::EVIDENCE).map(|map| map.records()).unwrap_or_default();
    let read = |(id, map): (_, View<'_>)| {
        Some(Evidence {
            id,
            criterion: map.id(key::CRITERION)?,
            kind: map.named(key::KIND)?,
            from: map.text(key::FROM).unwrap_or_default(),
            day: map.day(key::DAY)?,
            quote: map.text(key::QUOTE).unwrap_or_default(),
            files: map.json(key::FILES).unwrap_or_default(),
            by: map.member(key::BY)?,
            at: map.time(key::AT)?,
            withdrawn: map
                .map(key::WITHDRAWN)
                .and_then(|map| Some(Withdrawal { by: map.member(key::BY)?, at: map.time(key::AT)? })),
        })
    };
    maps.into_iter().filter_map(read).collect()
}

pub(super) fn approvals(root: &View<'_>) -> Vec<Approval> {
    let maps = root.map(key::APPROVALS).map(|map| map.facts()).unwrap_or_default();
    let read = |(criterion, map): (_, View<'_>)| {
        let role = map.named(key::ROLE).unwrap_or(Role::Viewer);
        Some(Approval { criterion, role, by: map.member(key::BY)?, at: map.time(key::AT)? })
    };
    maps.into_iter().filter_map(read).collect()
}

pub(super) fn overrides(root: &View<'_>) -> Vec<GateOverride> {
    let maps = root.map(key::OVERRIDES).map(|map| map.facts()).unwrap_or_default();
    let read = |(stage, map): (_, View<'_>)| {
        let reason = map.text(key::REASON).unwrap_or_default();
        Some(GateOverride { stage, reason, by: map.member(key::BY)?, at: map.time(key::AT)? })
    };
    maps.into_iter().filter_map(read).collect()
}

pub(super) fn declines(root: &View<'_>) -> Vec<Decline> {
    let read = |(criterion, map): (_, View<'_>)| {
        let reason = map.text(key::REASON).unwrap_or_default();
        Some(Decline { criterion, reason, by: map.member(key::BY)?, at: map.time(key::AT)? })
    };
    root.prefixed(key::DECLINED).into_iter().filter_map(read).collect()
}

pub(super) fn asked(root: &View<'_>) -> SortedMap<CriterionId, Asked> {
    let read = |(criterion, map): (_, View<'_>)| {
        let note = map.text(key::NOTE).unwrap_or_default();
        Some((criterion, Asked { by: map.member(key::BY)?, at: map.time(key::AT)?, note }))
    };
    root.prefixed(key::ASKED).into_iter().filter_map(read).into_map()
}

pub(super) fn notices(root: &View<'_>) -> Vec<Notice> {
    let read = |(id, map): (_, View<'_>)| {
        Some(Notice { id, to: map.member(key::TO)?, text: map.text(key::TEXT)?, at: map.time(key::AT)? })
    };
    root.prefixed(key::NOTICE).into_iter().filter_map(read).collect()
}

pub(super) fn lines(root: &View<'_>) -> Vec<Line> {
    root.prefixed(key::LINE).into_iter().filter_map(|(id, map)| line(id, &map)).collect()
}

/// A product's map.
pub(in crate::document) fn line(id: LineId, map: &View<'_>) -> Option<Line> {
    Some(Line { id, product: map.text(key::PRODUCT)?, quantity: map.id(key::QUANTITY)?, price: money(map)? })
}
