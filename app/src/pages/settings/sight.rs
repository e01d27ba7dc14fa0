//! Which deals a member below manager sees: how far, and in which team.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::id::MemberId;
use shared::membership::{Sight, Vantage};
use shared::model::Role;
use shared::sorted::SortedMap;
use shared::text::Lang;

use crate::pages::desk::Desk;
use crate::widgets::input;

/// From where each member looks, as the list says; kept up as it grows.
pub(super) fn vantages(desk: Desk) -> RwSignal<SortedMap<MemberId, Vantage>> {
    let (known, shown) = (RwSignal::new(0), RwSignal::new(SortedMap::new()));
    let turn = desk.mirror().turn;
    Effect::new(move |_| {
        turn.track();
        let length = known.get_untracked();
        spawn_local(async move {
            if let Some((length, vantages)) = desk.dispatch().vantages(length).await {
                let _shown = (known.try_set(length), shown.try_set(vantages));
            }
        });
    });
    shown
}

/// A choice of how far somebody sees and in which team; a team is told when it was typed to its end.
pub(super) fn vantage(
    lang: Lang,
    (sight, team): (String, String),
    now: Signal<Vantage>,
    choose: Callback<Vantage>,
) -> impl IntoView {
    let choices = Sight::ALL.map(|each| (each, lang.sight(each).to_owned())).to_vec();
    let see = move |sight| choose.run(Vantage { sight, ..now.get_untracked() });
    let name = move |event| {
        let team = event_target_value(&event).trim().to_owned();
        choose.run(Vantage { team, ..now.get_untracked() });
    };
    view! {
        {input::select(sight, choices, move || now.with(|now| now.sight), see)}
        <label class="field">
            <span>{team}</span>
            <input type="text" autocomplete="off" maxlength="80" prop:value=move || now.with(|now| now.team.clone()) on:change=name/>
        </label>
    }
}

/// Whoever sees part of the deals is told so. From manager on everybody sees all of them, and nothing is asked.
pub(in crate::pages) fn partial(desk: Desk) -> impl IntoView {
    let is_below = Memo::new(move |_| desk.role() < Role::Manager);
    move || is_below.get().then(|| banner(desk))
}

fn banner(desk: Desk) -> impl IntoView {
    let (all, lang) = (vantages(desk), desk.lang);
    let words = move || match all.with(|all| all.get(&desk.me()?).map(|vantage| vantage.sight))? {
        Sight::Own => Some(lang.sees_own()),
        Sight::Team => Some(lang.sees_team()),
        Sight::All => None,
    };
    move || words().map(|words| view! { <p class="banner" role="status" data-testid="partial">{words}</p> })
}
