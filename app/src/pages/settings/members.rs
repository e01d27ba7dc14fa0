//! The people of the team; an owner decides what each may do, and which deals each sees.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::id::MemberId;
use shared::membership::Vantage;
use shared::model::{Member, Role};
use shared::sorted::SortedMap;

use super::sight::{vantage, vantages};
use crate::pages::desk::Desk;
use crate::pages::reasons::join_error;
use crate::widgets::input;

/// The list.
pub(super) fn members(desk: Desk) -> impl IntoView {
    let (members, problem) = (desk.mirror().members, RwSignal::new(String::new()));
    let team = Team { desk, vantages: vantages(desk), problem };
    let rows = move || members.get().into_values().map(|member| team.row(member)).collect_view();
    view! {
        <div class="panel team">
            <h2>{desk.lang.members()}</h2>
            <ul data-testid="members">{rows}</ul>
            <p class="problem" role="alert">{move || problem.get()}</p>
        </div>
    }
}

/// What the list is drawn with.
#[derive(Clone, Copy)]
struct Team {
    desk: Desk,
    vantages: RwSignal<SortedMap<MemberId, Vantage>>,
    problem: RwSignal<String>,
}

impl Team {
    /// Somebody who is only named in the records has no role to give: nobody signs in as them.
    fn row(self, member: Member) -> impl IntoView {
        let (desk, Member { id, name, role }) = (self.desk, member);
        let is_seated =
            desk.mirror().look(|world| world.seats.as_ref().is_some_and(|seats| seats.members.contains_key(&id)));
        let may_set = is_seated && desk.role() == Role::Owner;
        let sees = (may_set && role < Role::Manager).then(|| self.sight(id, &name));
        let shown = if may_set { self.choice(id, &name, role) } else { said(desk, role) };
        view! { <li data-member=id.to_string()><b>{name}</b>{shown}{sees}</li> }
    }

    fn choice(self, id: MemberId, name: &str, role: Role) -> AnyView {
        let (desk, lang) = (self.desk, self.desk.lang);
        let choices = Role::ALL.map(|each| (each, lang.role(each).to_owned())).to_vec();
        let shown = RwSignal::new(role);
        let choose = move |chosen: Role| {
            shown.set(chosen);
            spawn_local(async move {
                let given = desk.dispatch().set_role(id, chosen).await;
                if let Err(error) = given {
                    shown.set(role);
                    self.problem.set(join_error(lang, &error));
                }
            });
        };
        input::select(lang.role_of(name), choices, move || shown.get(), choose)
    }

    fn sight(self, id: MemberId, name: &str) -> impl IntoView + use<> {
        let (desk, lang, vantages) = (self.desk, self.desk.lang, self.vantages);
        let listed = Memo::new(move |_| vantages.with(|all| all.get(&id).cloned()).unwrap_or_default());
        // What was chosen shows at once, and a second choice builds on it, before the list says so.
        let shown = RwSignal::new(listed.get_untracked());
        Effect::new(move |_| shown.set(listed.get()));
        let choose = Callback::new(move |chosen: Vantage| {
            let listed = listed.get_untracked();
            shown.set(chosen.clone());
            spawn_local(async move {
                if let Err(error) = desk.dispatch().set_sight(id, chosen).await {
                    shown.set(listed);
                    self.problem.set(join_error(lang, &error));
                }
            });
        });
        vantage(lang, (lang.sight_of(name), lang.team_of(name)), shown.into(), choose)
    }
}

fn said(desk: Desk, role: Role) -> AnyView {
    view! { <span>{desk.lang.role(role)}</span> }.into_any()
}
