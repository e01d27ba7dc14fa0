//! What lies on this device: whether the browser keeps it, how much of it are files, and how much the relay holds.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::engine::{Stock, browser};
use crate::pages::desk::Desk;

pub(super) fn storage(desk: Desk) -> impl IntoView {
    let lang = desk.lang;
    let kept = RwSignal::new(false);
    let look = move |ask: bool| spawn_local(async move { kept.set(browser::is_kept(ask).await) });
    look(false);
    view! {
        <div class="panel">
            <h2>{lang.storage()}</h2>
            <p>{move || if kept.get() { lang.storage_kept() } else { lang.storage_may_go() }}</p>
            <Show when=move || !kept.get()>
                <button type="button" class="button" on:click=move |_| look(true)>{lang.keep_storage()}</button>
            </Show>
            {files(desk)}
        </div>
    }
}

/// How much of files is where, as it changes.
fn files(desk: Desk) -> impl IntoView {
    let stock = RwSignal::new(None::<Stock>);
    let turn = desk.dispatch().file_turn();
    Effect::new(move |_| {
        if let Some(turn) = &turn {
            turn.track();
        }
        let dispatch = desk.dispatch();
        // The page may be gone when the answer comes.
        spawn_local(async move {
            let _shown = stock.try_set(dispatch.file_stock().await);
        });
    });
    move || stock.get().map(|stock| view! { <p data-testid="file-stock">{lines(desk, &stock)}</p> })
}

fn lines(desk: Desk, stock: &Stock) -> Vec<AnyView> {
    let lang = desk.lang;
    let here = lang.files_here(&lang.bytes(stock.here));
    let waiting = (stock.waiting > 0).then(|| lang.files_waiting(stock.waiting));
    let at_relay = match stock.relay {
        Some(room) => vec![
            lang.files_at_relay(&lang.bytes(room.files), &lang.bytes(room.files_allowed)),
            lang.all_at_relay(&lang.bytes(room.all), &lang.bytes(room.all_allowed)),
        ],
        None => vec![lang.files_relay_unknown().to_owned()],
    };
    let lines = [here].into_iter().chain(waiting).chain(at_relay);
    lines.map(|line| view! { {line}<br/> }.into_any()).collect()
}
