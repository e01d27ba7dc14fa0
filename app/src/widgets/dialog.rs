//! A native dialog that opens when it is drawn; on a phone it is a sheet from below.

use leptos::html;
use leptos::prelude::*;

/// A dialog with a title. Escape and the close button call `on_close`; whoever draws it then takes it away.
#[component]
pub fn Dialog(
    #[prop(into)] title: String,
    close: &'static str,
    on_close: Callback<()>,
    children: Children,
) -> impl IntoView {
    let node = NodeRef::<html::Dialog>::new();
    // Only an element that is in the page can be shown modally, which also moves the focus.
    Effect::new(move |_| {
        if let Some(dialog) = node.get().filter(|dialog| !dialog.open()) {
            let _shown = dialog.show_modal();
        }
    });
    let label = title.clone();
    view! {
        <dialog node_ref=node class="sheet" on:close=move |_| on_close.run(()) aria-label=label>
            <header>
                <h2>{title}</h2>
                <button type="button" class="quiet" aria-label=close on:click=move |_| on_close.run(())>"✕"</button>
            </header>
            {children()}
        </dialog>
    }
}
