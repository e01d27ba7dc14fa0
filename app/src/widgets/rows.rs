//! A list of rows of one height, of which only those are drawn that can be seen.

use std::hash::Hash;
use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;

use crate::engine::browser;

/// Rows drawn beyond each edge of what can be seen, so that a quick scroll shows no gap.
const BEYOND: usize = 6;

/// The list; `row` draws one entry as the inside of a list item, `height` is that of an item in pixels. An entry that
/// is another than before is drawn anew.
pub fn rows<T, V>(
    label: &'static str,
    height: u32,
    entries: Memo<Arc<Vec<T>>>,
    row: impl Fn(T) -> V + Clone + Send + Sync + 'static,
) -> impl IntoView
where
    T: Clone + Eq + Hash + Send + Sync + 'static,
    V: IntoView + 'static,
{
    let node = NodeRef::<html::Div>::new();
    let (top, high) = (RwSignal::new(0), RwSignal::new(browser::window_height()));
    let scrolled = move |_| {
        if let Some(list) = node.get_untracked() {
            high.set(list.client_height());
            top.set(list.scroll_top());
        }
    };
    let rows_in = move |pixels: i32| usize::try_from(pixels).unwrap_or(0) / height.max(1) as usize;
    let seen = Memo::new(move |_| rows_in(high.get()) + 2 * BEYOND + 1);
    let first = Memo::new(move |_| {
        // A list that shrank may have left the scroll position beyond its end.
        let last = entries.with(|all| all.len()).saturating_sub(seen.get());
        rows_in(top.get()).saturating_sub(BEYOND).min(last)
    });
    let shown = Memo::new(move |_| {
        entries.with(|all| all.iter().skip(first.get()).take(seen.get()).cloned().collect::<Vec<_>>())
    });
    let pixels = move |count: usize| format!("{}px", count as u64 * u64::from(height));
    view! {
        <div class="rows" node_ref=node on:scroll=scrolled>
            <ul aria-label=label style:height=move || pixels(entries.with(|all| all.len()))
                style:padding-top=move || pixels(first.get())>
                <For each=move || shown.get() key=T::clone
                    children=move |entry| view! { <li style:height=pixels(1)>{row(entry)}</li> }/>
            </ul>
        </div>
    }
}
