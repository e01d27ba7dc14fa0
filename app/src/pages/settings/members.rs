//! The people of the team; an owner decides what each may do.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::id::MemberId;
use shared::model::{Member, Role};

use crate::pages::desk::Desk;
use crate::pages::reasons::join_error;
use crate::widgets::input;

/// The list.
pub(super) fn members(desk: Desk) -> impl IntoView {
    let (members, problem) = (desk.mirror().members, RwSignal::new(String::new()));
    let rows = move || members.get().into_values().map(|member| row(desk, member, problem)).collect_view();
    view! {
        <div class="panel team">
            <h2>{desk.lang.members()}</h2>
            <ul data-testid="members">{rows}</ul>
            <p class="problem" role="alert">{move || problem.get()}</p>
        </div>
    }
}

/// Somebody who is only named in the records has no role to give: nobody signs in as them.
fn row(desk: Desk, member: Member, problem: RwSignal<String>) -> impl IntoView {
    let Member { id, name, role } = member;
    let is_seated =
        desk.mirror().look(|world| world.seats.as_ref().is_some_and(|seats| seats.members.contains_key(&id)));
    let may_set = is_seated && desk.role() == Role::Owner;
    view! { <li><b>{name.clone()}</b>{if may_set { choice(desk, id, name, role, problem) } else { said(desk, role) }}</li> }
}

fn said(desk: Desk, role: Role) -> AnyView {
    view! { <span>{desk.lang.role(role)}</span> }.into_any()
}

fn choice(desk: Desk, id: MemberId, name: String, role: Role, problem: RwSignal<String>) -> AnyView {
    let lang = desk.lang;
    let choices = Role::ALL.map(|each| (each, lang.role(each).to_owned())).to_vec();
    let shown = RwSignal::new(role);
    let choose = move |chosen: Role| {
        shown.set(chosen);
        spawn_local(async move {
            let given = desk.dispatch().set_role(id, chosen).await;
            if let Err(error) = given {
                shown.set(role);
                problem.set(join_error(lang, &error));
            }
        });
    };
    input::select(lang.role_of(&name), choices, move || shown.get(), choose)
}
