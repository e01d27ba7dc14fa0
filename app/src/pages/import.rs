//! Importing a table: a file, what its columns mean, a try without effect, the import, and its undo.

use super::desk::Desk;
use leptos::prelude::*;

/// The import page.
pub fn import_page(desk: Desk) -> impl IntoView {
    view! { <section class="import"><header class="page-head"><h1>{desk.lang.import_title()}</h1></header></section> }
}
