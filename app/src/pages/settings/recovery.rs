//! The recovery code: the way back in for the last owner, printed on paper.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::model::Role;

use super::invitation::copying;
use crate::engine::browser;
use crate::pages::desk::Desk;
use crate::pages::reasons::join_error;

/// Makes one, for owners.
pub(super) fn recovery(desk: Desk) -> impl IntoView {
    let lang = desk.lang;
    let code = RwSignal::new(None::<Result<String, String>>);
    let make = move |_| {
        spawn_local(async move {
            let made = desk.dispatch().print_recovery().await;
            code.set(Some(made.map_err(|error| join_error(lang, &error))));
        });
    };
    let shown = move || {
        code.get().map(|made| match made {
            Ok(code) => paper(desk, code).into_any(),
            Err(words) => view! { <p class="problem" role="alert">{words}</p> }.into_any(),
        })
    };
    view! {
        <Show when=move || desk.role() == Role::Owner>
            <div class="panel">
                <h2>{lang.recovery()}</h2>
                <p>{lang.recovery_hint()}</p>
                <p>{move || if has_code(desk) { lang.recovery_is() } else { lang.recovery_none() }}</p>
                <button type="button" class="button" data-testid="make-recovery" on:click=make>{lang.make_recovery()}</button>
                {shown}
            </div>
        </Show>
    }
}

fn has_code(desk: Desk) -> bool {
    desk.mirror().turn.track();
    desk.mirror().look(|world| world.seats.as_ref().is_some_and(|seats| seats.recoverable))
}

fn paper(desk: Desk, code: String) -> impl IntoView {
    let lang = desk.lang;
    let text = code.clone();
    view! {
        <div class="invitation">
            <p>{lang.recovery_once()}</p>
            <output class="code" data-testid="recovery-code">{code}</output>
            {copying(lang, text)}
            <button type="button" class="button" on:click=|_| browser::print()>{lang.print_page()}</button>
        </div>
    }
}
