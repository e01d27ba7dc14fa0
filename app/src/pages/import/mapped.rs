//! What each column and each stage value means: guessed, and to be corrected here.

use leptos::prelude::*;
use shared::import::{Columns, Target};
use shared::model::Field;
use shared::text::Lang;

use super::Import;

/// Gives access to one entry of the mapping.
type Entry = fn(&mut Columns) -> &mut Option<String>;

fn entries(lang: Lang) -> Vec<(&'static str, Entry)> {
    vec![
        (lang.column_id(), |columns| &mut columns.id),
        (lang.field(Field::Company), |columns| &mut columns.company),
        (lang.field(Field::Owner), |columns| &mut columns.owner),
        (lang.field(Field::Amount), |columns| &mut columns.amount),
        (lang.currency(), |columns| &mut columns.currency),
        (lang.field(Field::Stage), |columns| &mut columns.stage),
        (lang.column_status(), |columns| &mut columns.status),
        (lang.column_expected(), |columns| &mut columns.expected),
        (lang.column_closed(), |columns| &mut columns.closed),
        (lang.column_created(), |columns| &mut columns.created),
        (lang.column_reason(), |columns| &mut columns.lost_reason),
    ]
}

pub(super) fn mapped(page: Import) -> impl IntoView {
    let lang = page.desk.lang;
    let header = page.table.get_untracked().map(|table| table.header.clone()).unwrap_or_default();
    let columns = entries(lang).into_iter().map(|(label, entry)| column(page, label, entry, header.clone()));
    let stages = page.mapping.get_untracked().stages.into_iter().map(|(value, target)| stage(page, value, target));
    view! {
        <div class="panel">
            <h2>{lang.columns_map()}</h2>
            <div class="mapping">{columns.collect_view()}</div>
            <h2>{lang.stages_map()}</h2>
            <div class="mapping">{stages.collect_view()}</div>
        </div>
    }
}

fn column(page: Import, label: &'static str, entry: Entry, header: Vec<String>) -> impl IntoView {
    let now = page.mapping.with_untracked(|mapping| entry(&mut mapping.columns.clone()).clone()).unwrap_or_default();
    let options = std::iter::once((String::new(), page.desk.lang.not_mapped().to_owned()));
    let options = options.chain(header.into_iter().map(|name| (name.clone(), name)));
    let choose = move |value: String| {
        let value = (!value.is_empty()).then_some(value);
        page.mapping.update(|mapping| *entry(&mut mapping.columns) = value);
    };
    select(label.to_owned(), options.collect(), now, choose)
}

fn stage(page: Import, value: String, target: Target) -> impl IntoView {
    let lang = page.desk.lang;
    let pipelines = page.desk.mirror().pipelines.get_untracked();
    let stages = pipelines.values().next().map(|pipeline| pipeline.stages.clone()).unwrap_or_default();
    let named = stages.iter().map(|stage| (stage.id.to_string(), stage.name.get(lang).to_owned()));
    let ends = [("won".to_owned(), lang.win().to_owned()), ("lost".to_owned(), lang.lose().to_owned())];
    let label = value.clone();
    let choose = move |chosen: String| {
        page.mapping.update(|mapping| drop(mapping.stages.insert(value.clone(), Target::from(chosen))));
    };
    select(label, named.chain(ends).collect(), String::from(target), choose)
}

fn select(
    label: String,
    options: Vec<(String, String)>,
    now: String,
    choose: impl Fn(String) + Send + 'static,
) -> impl IntoView {
    let options = options.into_iter().map(|(value, words)| {
        let selected = value == now;
        view! { <option value=value selected=selected>{words}</option> }
    });
    view! {
        <label class="field">
            <span>{label}</span>
            <select on:change=move |event| choose(event_target_value(&event))>{options.collect_view()}</select>
        </label>
    }
}
