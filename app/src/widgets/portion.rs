//! A list that shows its first entries, and more of them when asked: thousands are counted but not drawn.

use std::hash::Hash;
use std::sync::Arc;

use leptos::prelude::*;

/// How many entries are shown at first, and how many more with each tap.
const FIRST: usize = 12;
const MORE: usize = 60;

/// The list; `more` says how many are left.
pub fn portion<T, K, V>(
    all: Memo<Arc<Vec<T>>>,
    more: impl Fn(usize) -> String + Copy + Send + Sync + 'static,
    key: impl Fn(&T) -> K + Clone + Send + Sync + 'static,
    row: impl Fn(T) -> V + Clone + Send + Sync + 'static,
) -> impl IntoView
where
    T: Clone + PartialEq + Send + Sync + 'static,
    K: Eq + Hash + Send + Sync + 'static,
    V: IntoView + 'static,
{
    let limit = RwSignal::new(FIRST);
    let shown = Memo::new(move |_| all.with(|all| all.iter().take(limit.get()).cloned().collect::<Vec<T>>()));
    let left = Memo::new(move |_| all.with(|all| all.len().saturating_sub(limit.get())));
    view! {
        <ul class="portion"><For each=move || shown.get() key=key children=row/></ul>
        <Show when=move || { left.get() > 0 }>
            <button type="button" class="button" data-testid="show-more"
                on:click=move |_| limit.update(|limit| *limit += MORE)>{move || more(left.get())}</button>
        </Show>
    }
}
