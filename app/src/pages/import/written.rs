//! How the values of the file are written, and what those of its stage and status columns mean.

use leptos::prelude::*;
use shared::import::{self, Dates, Decimal, Mapping, Status, Target};
use shared::money::Currency;
use shared::sorted::SortedMap;

use super::Import;
use crate::widgets::input::select;

/// Currencies offered beside the guessed one.
const CURRENCIES: [&str; 7] = ["USD", "CNY", "EUR", "GBP", "JPY", "HKD", "TWD"];

pub(super) fn written(page: Import) -> impl IntoView {
    let lang = page.desk.lang;
    let asked = move || {
        // Drawn anew only when other values are asked about, so that the choice in hand keeps the focus.
        page.asked.track();
        let mapping = page.mapping.get_untracked();
        let (stage, status) = (mapping.columns.stage, mapping.columns.status);
        let stages = values(page, lang.stages_map(), stage, stages(page), |mapping| &mut mapping.stages);
        let statuses = values(page, lang.statuses_map(), status, statuses(page), |mapping| &mut mapping.statuses);
        stages.into_iter().chain(statuses).collect::<Vec<AnyView>>()
    };
    view! {
        <h2>{lang.written_how()}</h2>
        <div class="mapping">{pipeline(page)}{currency(page)}{formats(page)}</div>
        {asked}
    }
}

fn pipeline(page: Import) -> Option<AnyView> {
    let lang = page.desk.lang;
    let pipelines = page.desk.mirror().pipelines.get_untracked();
    let choices: Vec<_> = pipelines.values().map(|each| (Some(each.id), each.name.get(lang).to_owned())).collect();
    (choices.len() > 1).then(|| setting(page, lang.pipeline(), choices, |mapping| &mut mapping.pipeline))
}

fn currency(page: Import) -> AnyView {
    let guessed = page.mapping.with_untracked(|mapping| mapping.currency);
    let others = CURRENCIES.into_iter().filter_map(|code| code.parse::<Currency>().ok());
    let all = std::iter::once(guessed).chain(others.filter(|other| *other != guessed));
    let choices = all.map(|currency| (currency, currency.to_string())).collect();
    setting(page, page.desk.lang.usual_currency(), choices, |mapping| &mut mapping.currency)
}

fn formats(page: Import) -> impl IntoView {
    let lang = page.desk.lang;
    let decimals = vec![(Decimal::Point, "1,234.50".to_owned()), (Decimal::Comma, "1.234,50".to_owned())];
    let scales = vec![(1, lang.single_units().to_owned()), (10_000, lang.ten_thousands().to_owned())];
    let dates = vec![(Dates::MonthFirst, "12/31/2024".to_owned()), (Dates::DayFirst, "31.12.2024".to_owned())];
    view! {
        {setting(page, lang.amounts_written(), decimals, |mapping| &mut mapping.decimal)}
        {setting(page, lang.amounts_times(), scales, |mapping| &mut mapping.scale)}
        {setting(page, lang.dates_written(), dates, |mapping| &mut mapping.dates)}
    }
}

/// A choice about the file as a whole.
fn setting<T: Copy + PartialEq + Send + Sync + 'static>(
    page: Import,
    label: &'static str,
    choices: Vec<(T, String)>,
    entry: fn(&mut Mapping) -> &mut T,
) -> AnyView {
    let now = *entry(&mut page.mapping.get_untracked());
    select(label.to_owned(), choices, move || now, move |value| page.remap(&|mapping| *entry(mapping) = value))
}

/// What each value of a column means. What nobody knows yet is to be chosen; until then its rows are refused.
fn values<T: Clone + PartialEq + Send + Sync + 'static>(
    page: Import,
    heading: &'static str,
    column: Option<String>,
    choices: Vec<(T, String)>,
    entry: fn(&mut Mapping) -> &mut SortedMap<String, T>,
) -> Option<AnyView> {
    let file = page.file.get_untracked()?;
    let known = choices.into_iter().map(|(value, words)| (Some(value), words));
    let choices: Vec<_> = std::iter::once((None, page.desk.lang.choose().to_owned())).chain(known).collect();
    let mut decided = page.mapping.get_untracked();
    let value = |value: String| {
        let now = entry(&mut decided).get(&value).cloned();
        let own = value.clone();
        let choose = move |chosen: Option<T>| {
            let Some(chosen) = chosen else { return };
            page.edit(&|mapping| drop(entry(mapping).insert(own.clone(), chosen.clone())));
        };
        select(value, choices.clone(), move || now.clone(), choose)
    };
    let values = import::values(&file.table, column.as_deref()).into_iter().map(value).collect();
    column.map(|_| headed(heading, values))
}

fn headed(heading: &'static str, values: Vec<AnyView>) -> AnyView {
    view! { <h2>{heading}</h2><div class="mapping">{values}</div> }.into_any()
}

fn stages(page: Import) -> Vec<(Target, String)> {
    let lang = page.desk.lang;
    let pipelines = page.desk.mirror().pipelines.get_untracked();
    let pipeline = page.mapping.with_untracked(|mapping| mapping.pipeline_in(&pipelines).cloned());
    let stages = pipeline.iter().flat_map(|pipeline| &pipeline.stages);
    let stages = stages.map(|stage| (Target::Stage(stage.id), stage.name.get(lang).to_owned()));
    let others = pipelines.values().filter(|each| pipeline.as_ref().is_none_or(|own| own.id != each.id));
    let others = others.flat_map(|each| each.stages.iter().map(move |stage| (each, stage)));
    let others = others
        .map(|(each, stage)| (Target::Stage(stage.id), format!("{} ({})", stage.name.get(lang), each.name.get(lang))));
    stages.chain(others).chain([(Target::Won, lang.win().to_owned()), (Target::Lost, lang.lose().to_owned())]).collect()
}

fn statuses(page: Import) -> Vec<(Status, String)> {
    let lang = page.desk.lang;
    let all = [(Status::Open, lang.status_open()), (Status::Won, lang.win()), (Status::Lost, lang.lose())];
    all.map(|(status, words)| (status, words.to_owned())).into()
}
