//! Inputs with their labels that show a value kept elsewhere and tell what is put in.

use std::sync::Arc;

use leptos::prelude::*;

/// A choice among values with their words; the value may also be changed from elsewhere.
pub fn select<T: Clone + PartialEq + Send + Sync + 'static>(
    label: String,
    choices: Vec<(T, String)>,
    now: impl Fn() -> T + Send + Sync + 'static,
    choose: impl Fn(T) + Send + Sync + 'static,
) -> AnyView {
    select_among(label, vec![(String::new(), choices)], now, choose)
}

/// [`select`] among values in groups; a group without a name is none.
pub fn select_among<T: Clone + PartialEq + Send + Sync + 'static>(
    label: String,
    groups: Vec<(String, Vec<(T, String)>)>,
    now: impl Fn() -> T + Send + Sync + 'static,
    choose: impl Fn(T) + Send + Sync + 'static,
) -> AnyView {
    let mut values = Vec::new();
    let mut placed = |(value, words)| {
        values.push(value);
        (values.len() - 1, words)
    };
    let groups = groups.into_iter().map(|(name, choices)| (name, choices.into_iter().map(&mut placed).collect()));
    let groups: Groups = groups.collect();
    let values: Arc<[T]> = values.into();
    let offered = values.clone();
    let at = Memo::new(move |_| {
        let now = now();
        offered.iter().position(|value| *value == now)
    });
    let choose = move |index: usize| values.get(index).into_iter().for_each(|value| choose(value.clone()));
    indexed(label, groups, at, Callback::new(choose))
}

/// The places of values, with their words, in groups.
type Groups = Vec<(String, Vec<(usize, String)>)>;

fn indexed(label: String, groups: Groups, at: Memo<Option<usize>>, choose: Callback<usize>) -> AnyView {
    let option = move |(index, words): (usize, String)| {
        view! { <option value=index prop:selected=move || at.get() == Some(index)>{words}</option> }
    };
    let options = groups.into_iter().map(|(name, words)| {
        let options = words.into_iter().map(option).collect_view();
        match name.is_empty() {
            true => options.into_any(),
            false => view! { <optgroup label=name>{options}</optgroup> }.into_any(),
        }
    });
    let chosen = move |event| {
        let index: Option<usize> = event_target_value(&event).parse().ok();
        index.into_iter().for_each(|index| choose.run(index));
    };
    view! {
        <label class="field">
            <span>{label}</span>
            <select on:change=chosen>{options.collect_view()}</select>
        </label>
    }
    .into_any()
}

/// A one-line input of an HTML type; `decimal` is text with the keys for numbers.
pub fn text(label: String, kind: &'static str, now: Signal<String>, write: Callback<String>) -> AnyView {
    let (kind, mode) = match kind {
        "decimal" => ("text", "decimal"),
        "number" => ("number", "numeric"),
        kind => (kind, "text"),
    };
    view! {
        <label class="field">
            <span>{label}</span>
            <input type=kind inputmode=mode autocomplete="off" prop:value=move || now.get()
                on:input=move |event| write.run(event_target_value(&event))/>
        </label>
    }
    .into_any()
}

/// Something that is so or not.
pub fn switch(label: String, now: Signal<bool>, set: Callback<bool>) -> AnyView {
    view! {
        <label class="switch">
            <input type="checkbox" prop:checked=move || now.get() on:change=move |event| set.run(event_target_checked(&event))/>
            <span>{label}</span>
        </label>
    }
    .into_any()
}

/// A small button with a sign and the words for those who do not see it.
pub fn sign(sign: &'static str, words: String, press: Callback<()>) -> AnyView {
    let title = words.clone();
    view! {
        <button type="button" class="quiet small-sign" aria-label=words title=title on:click=move |_| press.run(())>{sign}</button>
    }
    .into_any()
}
