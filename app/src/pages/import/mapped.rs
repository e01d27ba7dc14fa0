//! What the columns of the file mean: guessed, and to be corrected here.

use leptos::prelude::*;
use shared::import::{Asked, Columns};
use shared::model::{CustomField, Field, RecordKind};
use shared::text::Lang;

use super::{Import, written};
use crate::widgets::input::select;

/// Gives access to one entry of the mapping.
type Entry = fn(&mut Columns) -> &mut Option<String>;

fn entries(lang: Lang) -> Vec<(&'static str, Entry)> {
    vec![
        (lang.column_id(), |columns| &mut columns.id),
        (lang.field(Field::Company), |columns| &mut columns.company),
        (lang.record_kind(RecordKind::Contact), |columns| &mut columns.contact),
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

/// Of how many columns a title is made here at most; a mapping for the command line may name more.
const PARTS: usize = 3;

pub(super) fn mapped(page: Import) -> impl IntoView {
    let lang = page.desk.lang;
    let columns = entries(lang).into_iter().map(|(label, entry)| column(page, label, entry));
    let fields = page.desk.mirror().fields.get_untracked();
    let own = RecordKind::IN_ROWS.into_iter().flat_map(|on| CustomField::asked(&fields, on));
    let own = own.map(|field| own_column(page, field)).collect_view();
    view! {
        <div class="panel" data-testid="mapping">
            <h2>{lang.columns_map()}</h2>
            <div class="mapping">{titles(page)}{columns.collect_view()}{own}</div>
            {written::written(page)}
        </div>
    }
}

/// The columns that are joined into the title, in this order.
fn titles(page: Import) -> Vec<AnyView> {
    let lang = page.desk.lang;
    let mut parts = page.mapping.get_untracked().columns.title;
    parts.resize(PARTS, String::new());
    let shown = RwSignal::new(parts.clone());
    let part = |(index, now): (usize, String)| {
        let label = if index == 0 { lang.field(Field::Title).to_owned() } else { lang.title_part(index + 1) };
        let choose = move |column: Option<String>| {
            let mut parts = shown.get_untracked();
            parts[index] = column.unwrap_or_default();
            shown.set(parts.clone());
            parts.retain(|part| !part.is_empty());
            page.edit(&|mapping| mapping.columns.title.clone_from(&parts));
        };
        let now = Some(now).filter(|now| !now.is_empty());
        select(label, columns(page), move || now.clone(), choose)
    };
    parts.into_iter().enumerate().map(part).collect()
}

fn column(page: Import, label: &'static str, entry: Entry) -> AnyView {
    let now = entry(&mut page.mapping.get_untracked().columns).clone();
    let choose = move |column: Option<String>| page.remap(&|mapping| entry(&mut mapping.columns).clone_from(&column));
    select(label.to_owned(), columns(page), move || now.clone(), choose)
}

/// The column of a field that the team added.
fn own_column(page: Import, field: &CustomField) -> AnyView {
    let (asked, lang) = (Asked::Field(field.id), page.desk.lang);
    let now = page.mapping.with_untracked(|mapping| mapping.columns.custom.get(&asked).cloned());
    let choose = move |column: Option<String>| {
        page.edit(&|mapping| match column.clone() {
            Some(column) => drop(mapping.columns.custom.insert(asked.clone(), column)),
            None => drop(mapping.columns.custom.remove(&asked)),
        });
    };
    let name = field.name.get(lang);
    let label = match field.on {
        RecordKind::Deal => name.to_owned(),
        on => format!("{name} ({})", lang.record_kind(on)),
    };
    select(label, columns(page), move || now.clone(), choose)
}

fn columns(page: Import) -> Vec<(Option<String>, String)> {
    let header = page.file.get_untracked().map(|file| file.table.header.clone()).unwrap_or_default();
    let none = (None, page.desk.lang.not_mapped().to_owned());
    std::iter::once(none).chain(header.into_iter().map(|name| (Some(name.clone()), name))).collect()
}
