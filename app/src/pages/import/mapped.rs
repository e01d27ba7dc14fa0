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
    let columns = entries(lang).into_iter().map(|(label, entry)| column(page, label, entry));
    let fields = page.desk.mirror().fields.get_untracked();
    let own = CustomField::asked(&fields, RecordKind::Deal);
    let own = own.into_iter().map(|field| own_column(page, field)).collect_view();
    view! {
        <div class="panel" data-testid="mapping">
            <h2>{lang.columns_map()}</h2>
            <div class="mapping">{titles(page)}{columns.collect_view()}{own}</div>
            {written::written(page)}
        </div>
    }
}

/// One choice for each column that is joined into the title, and one to add another.
fn titles(page: Import) -> impl IntoView {
    let count = Memo::new(move |_| page.mapping.with(|mapping| mapping.columns.title.len()));
    view! { <For each=move || 0..=count.get() key=|index| *index children=move |index| title(page, index)/> }
}

fn title(page: Import, index: usize) -> AnyView {
    let lang = page.desk.lang;
    let label = if index == 0 { lang.field(Field::Title).to_owned() } else { lang.title_part(index + 1) };
    let none = if index == 0 { lang.not_mapped() } else { lang.title_end() };
    let now = move || page.mapping.with(|mapping| mapping.columns.title.get(index).cloned());
    let choose = move |column: Option<String>| {
        page.mapping.update(|mapping| {
            let after = mapping.columns.title.len().min(index + 1);
            drop(mapping.columns.title.splice(index.min(after)..after, column));
        });
    };
    select(label, columns(page, none), now, choose)
}

fn column(page: Import, label: &'static str, entry: Entry) -> AnyView {
    let now = move || page.mapping.with(|mapping| entry(&mut mapping.columns.clone()).clone());
    let choose = move |column| page.remap(|mapping| *entry(&mut mapping.columns) = column);
    select(label.to_owned(), columns(page, page.desk.lang.not_mapped()), now, choose)
}

/// The column of a field that the team added.
fn own_column(page: Import, field: &CustomField) -> impl IntoView + use<> {
    let (asked, put) = (Asked::Field(field.id), Asked::Field(field.id));
    let now = move || page.mapping.with(|mapping| mapping.columns.custom.get(&asked).cloned());
    let choose = move |column: Option<String>| {
        page.mapping.update(|mapping| match column {
            Some(column) => drop(mapping.columns.custom.insert(put.clone(), column)),
            None => drop(mapping.columns.custom.remove(&put)),
        });
    };
    let lang = page.desk.lang;
    select(field.name.get(lang).to_owned(), columns(page, lang.not_mapped()), now, choose)
}

fn columns(page: Import, none: &str) -> Vec<(Option<String>, String)> {
    let header = page.table.get_untracked().map(|table| table.header.clone()).unwrap_or_default();
    std::iter::once((None, none.to_owned())).chain(header.into_iter().map(|name| (Some(name.clone()), name))).collect()
}
