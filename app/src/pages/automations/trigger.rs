//! When a rule acts: what happens, and which stage, kind, field or number of days is meant.

use leptos::prelude::*;
use shared::automation::{MAX_TIGHTENED, Trigger};
use shared::id::StageId;
use shared::model::{ActivityKind, CustomField, Field, RecordKind};
use shared::text::Lang;

use crate::pages::desk::Desk;
use crate::widgets::input::{select, text};

pub(super) fn trigger(desk: Desk, when: RwSignal<Trigger>) -> impl IntoView {
    let sorts = sorts(desk);
    let offered = sorts.clone();
    let now = move || when.with(|when| offered.iter().map(|(sort, _)| sort).find(|sort| same(sort, when)).cloned());
    let choices = sorts.into_iter().map(|(sort, words)| (Some(sort), words.to_owned())).collect();
    let choose = move |sort: Option<Trigger>| sort.into_iter().for_each(|sort| when.set(sort));
    // Its inputs are drawn anew only for another sort, so that a number being typed keeps the focus.
    let sort = Memo::new(move |_| when.with(std::mem::discriminant));
    view! {
        {select(desk.lang.rule_when().to_owned(), choices, now, choose)}
        {move || { let _sort = sort.get(); detail(desk, when) }}
    }
}

fn same(one: &Trigger, other: &Trigger) -> bool {
    std::mem::discriminant(one) == std::mem::discriminant(other)
}

/// One of each sort, as a form begins with it.
fn sorts(desk: Desk) -> Vec<(Trigger, &'static str)> {
    let lang = desk.lang;
    let first = stages(desk).first().map(|(stage, _)| (Trigger::StageEntered(*stage), lang.sort_entered()));
    let others = [
        (Trigger::ActivityDone(ActivityKind::Demo), lang.sort_done()),
        (Trigger::FieldChanged(Field::Amount), lang.sort_changed()),
        (Trigger::GateReopened, lang.sort_reopened()),
        (Trigger::Quiet(14), lang.sort_quiet()),
        (Trigger::CloseNear(7), lang.sort_near()),
        (Trigger::ClosePast, lang.sort_past()),
    ];
    first.into_iter().chain(others).collect()
}

fn detail(desk: Desk, when: RwSignal<Trigger>) -> AnyView {
    let lang = desk.lang;
    match when.get_untracked() {
        Trigger::StageEntered(first) => {
            let now = move || when.with(|when| if let Trigger::StageEntered(stage) = when { *stage } else { first });
            select(lang.rule_stage().to_owned(), stages(desk), now, move |stage| when.set(Trigger::StageEntered(stage)))
        }
        Trigger::ActivityDone(first) => {
            let now = move || when.with(|when| if let Trigger::ActivityDone(kind) = when { *kind } else { first });
            select(lang.rule_kind().to_owned(), kinds(lang), now, move |kind| when.set(Trigger::ActivityDone(kind)))
        }
        Trigger::FieldChanged(first) => {
            let now = move || when.with(|when| if let Trigger::FieldChanged(field) = when { *field } else { first });
            select(lang.rule_field().to_owned(), fields(desk), now, move |field| when.set(Trigger::FieldChanged(field)))
        }
        Trigger::Quiet(first) => days(lang.rule_days(), first, move |days| when.set(Trigger::Quiet(days))),
        Trigger::CloseNear(first) => days(lang.rule_days(), first, move |days| when.set(Trigger::CloseNear(days))),
        Trigger::GateReopened => view! { <p class="hint">{lang.reopened_hint(MAX_TIGHTENED)}</p> }.into_any(),
        Trigger::ClosePast => ().into_any(),
    }
}

/// A number of days, as far as it fits; what is no number of days is not taken over.
pub(super) fn days(label: &str, first: u16, set: impl Fn(u16) + Send + Sync + 'static) -> AnyView {
    let typed = RwSignal::new(first.to_string());
    let write = Callback::new(move |days: String| {
        let whole = days.trim().parse::<u64>().into_iter();
        whole.map(|days| u16::try_from(days).unwrap_or(u16::MAX)).for_each(&set);
        typed.set(days);
    });
    text(label.to_owned(), "number", typed.into(), write)
}

/// Every stage in use; with its pipeline's name where there are several.
pub(super) fn stages(desk: Desk) -> Vec<(StageId, String)> {
    let pipelines = desk.mirror().pipelines.get_untracked();
    let used: Vec<_> = pipelines.values().filter(|pipeline| !pipeline.archived).collect();
    let several = used.len() > 1;
    let all = used.into_iter().flat_map(|pipeline| pipeline.stages.iter().map(move |stage| (pipeline, stage)));
    let named = all.map(|(pipeline, stage)| {
        let name = stage.name.get(desk.lang);
        (stage.id, if several { format!("{name} ({})", pipeline.name.get(desk.lang)) } else { name.to_owned() })
    });
    named.collect()
}

/// Every kind of activity.
pub(super) fn kinds(lang: Lang) -> Vec<(ActivityKind, String)> {
    ActivityKind::ALL.map(|kind| (kind, lang.activity(kind).to_owned())).to_vec()
}

fn fields(desk: Desk) -> Vec<(Field, String)> {
    let all = desk.mirror().fields.get_untracked();
    let own = CustomField::asked(&all, RecordKind::Deal).into_iter().map(|field| Field::Custom(field.id));
    Field::ALL.into_iter().chain(own).map(|field| (field, desk.lang.field_name(field, &all))).collect()
}
