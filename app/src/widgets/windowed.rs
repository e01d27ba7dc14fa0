//! A list of any length of which only those rows are drawn that can be seen.

use std::hash::Hash;

use leptos::html;
use leptos::prelude::*;

/// Rows drawn beyond each edge, so that a quick scroll shows no gap.
const BEYOND: usize = 6;

/// The most rows that are seen at once; a list higher than that scrolls.
const SEEN: usize = 12;

/// A scrolling list of rows that are `height` pixels high each.
pub fn windowed<T>(items: Vec<T>, height: i32, row: impl Fn(T) -> AnyView + Send + Clone + 'static) -> AnyView
where
    T: Copy + Eq + Hash + Send + Sync + 'static,
{
    let node = NodeRef::<html::Div>::new();
    let top = RwSignal::new(0);
    let count = items.len();
    let first = Memo::new(move |_| usize::try_from(top.get() / height).unwrap_or(0).saturating_sub(BEYOND).min(count));
    let scrolled = move |_| {
        node.get_untracked().into_iter().for_each(|list| top.set(list.scroll_top()));
    };
    let items = StoredValue::new(items);
    let shown = move || {
        items.with_value(|items| items.iter().skip(first.get()).take(SEEN + 2 * BEYOND).copied().collect::<Vec<_>>())
    };
    let pixels = move |rows: usize| format!("{}px", rows as i64 * i64::from(height));
    view! {
        <div class="windowed" node_ref=node on:scroll=scrolled tabindex="0" style:max-height=pixels(count.min(SEEN))>
            <div style:height=pixels(count) style:padding-top=move || pixels(first.get())>
                <For each=shown key=|item| *item children=row/>
            </div>
        </div>
    }
    .into_any()
}
