//! One lead: a line of the list, and below it, when tapped, everything known, edited where it stands.

use std::sync::Arc;

use leptos::prelude::*;
use shared::command::Command;
use shared::id::{DocumentId, LeadId};
use shared::model::{Conflict, Field, LeadCard, LeadState, LeadText};

use crate::engine::{browser, clock};
use crate::pages::desk::Desk;
use crate::pages::disputed::{Told, disputed};
use crate::pages::forms::{Form, Ways, asking_ways, lead_input};
use crate::pages::forms::{choice, members};
use crate::pages::reach;

pub(super) fn row(desk: Desk, id: LeadId, opened: RwSignal<Option<LeadId>>) -> impl IntoView {
    let leads = desk.mirror().leads();
    let card = Memo::new(move |_| leads.with(|leads| leads.get(&id).cloned()));
    let is_open = Memo::new(move |_| opened.get() == Some(id));
    let toggle = move |_| opened.set((!is_open.get_untracked()).then_some(id));
    let face = move || {
        let card = card.get()?;
        let [person, phone, email] =
            [LeadText::Person, LeadText::Phone, LeadText::Email].map(|what| card.text(what).to_owned());
        let small = [LeadText::Person, LeadText::Channel, LeadText::Need].map(|what| card.text(what).to_owned());
        let small: Vec<String> = small.into_iter().filter(|text| !text.is_empty() && *text != card.title()).collect();
        Some(view! {
            <button type="button" class="about" aria-expanded=move || is_open.get().to_string() on:click=toggle>
                <b>{card.title().to_owned()}</b><small>{small.join(" · ")}</small></button>
            <span class="when">{age(desk, &card)}</span>
            <span class="handy">{reach::links(desk, &person, &phone, &email)}</span>
            {action(desk, &card)}
        })
    };
    view! {
        <li class="line lead" data-testid="lead" data-lead=id.to_string()>
            {face}
            <Show when=move || is_open.get()>{details(desk, id, card)}</Show>
        </li>
    }
}

/// Since when a lead is known.
fn age(desk: Desk, card: &LeadCard) -> String {
    match clock::now().days_since(card.created) {
        0 => desk.lang.today().to_owned(),
        days => desk.lang.days_ago(days),
    }
}

/// What is done most with a lead in its state.
fn action(desk: Desk, card: &LeadCard) -> impl IntoView + use<> {
    let (lang, lead, name) = (desk.lang, card.id, card.title().to_owned());
    let open = move |form: Form, look: &'static str, words: &'static str| {
        view! { <button type="button" class=look on:click=move |_| desk.form.set(Some(form.clone()))>{words}</button> }
    };
    let revive = move |_| desk.ask_undoable(Command::ReviveLead { lead }, lang.revived(&name));
    match &card.state {
        LeadState::New => view! {
            <span class="decisions">
                {open(Form::Convert { lead }, "primary", lang.convert())}
                {open(Form::Dismiss { lead }, "button", lang.dismiss())}
            </span>
        }
        .into_any(),
        LeadState::Converted { deal, .. } => view! {
            <span class="decisions"><a class="button" href=format!("#/deal/{deal}")>{lang.open_deal()}</a></span>
        }
        .into_any(),
        LeadState::Dismissed { reason, at } => view! {
            <p>{lang.dismissed_at(&browser::moment(lang, *at), reason)}</p>
            <span class="decisions"><button type="button" class="button" on:click=revive>{lang.revive()}</button></span>
        }
        .into_any(),
    }
}

/// The values stay while others of them change, so that one that is being edited keeps its draft.
fn details(desk: Desk, id: LeadId, card: Memo<Option<Arc<LeadCard>>>) -> impl IntoView {
    let editing = RwSignal::new(None::<LeadText>);
    let text = move |what: LeadText| {
        let value = Memo::new(move |_| {
            card.with(|card| card.as_ref().map(|card| card.text(what).to_owned())).unwrap_or_default()
        });
        let is_edited = Memo::new(move |_| editing.get() == Some(what));
        let label = desk.lang.lead_text(what);
        let shown = move || {
            value.with(|value| if value.is_empty() { desk.lang.empty_value().to_owned() } else { value.clone() })
        };
        move || {
            match is_edited.get() {
            true => edit(desk, id, what, value.get_untracked(), editing).into_any(),
            false => view! {
                <span class="name">{label}</span>
                <button type="button" class="value" title=desk.lang.edit() on:click=move |_| editing.set(Some(what))>{shown}</button>
            }
            .into_any(),
        }
        }
    };
    let row = |what| view! { <div>{text(what)}</div> };
    view! { {disputes(desk, id)}<div class="known">{LeadText::ALL.map(row).into_iter().collect_view()}<div>{owner(desk, id, card)}</div></div> }
}

/// What was told of it on several devices at once; its document is open as long as it is unfolded.
fn disputes(desk: Desk, id: LeadId) -> impl IntoView {
    desk.dispatch().open(DocumentId::Lead(id));
    on_cleanup(move || desk.dispatch().close(DocumentId::Lead(id)));
    let lead = desk.mirror().open_lead(id);
    move || lead.get().map(|lead| lead.conflicts.iter().map(|each| dispute(desk, id, each)).collect_view())
}

fn dispute(desk: Desk, lead: LeadId, conflict: &Conflict<LeadText, String>) -> impl IntoView + use<> {
    let (lang, what) = (desk.lang, conflict.field);
    let told = conflict.versions.iter().map(|version| {
        let text = version.value.clone();
        let words = if text.is_empty() { lang.empty_value().to_owned() } else { text.clone() };
        Told::of(version, words, Some(Command::DescribeLead { lead, what, text }))
    });
    disputed(desk, lang.lead_text(what), String::new(), told.collect())
}

fn edit(desk: Desk, lead: LeadId, what: LeadText, now: String, editing: RwSignal<Option<LeadText>>) -> impl IntoView {
    let value = RwSignal::new(now);
    let done = Callback::new(move |()| editing.set(None));
    let told = Some(desk.lang.lead_changed(desk.lang.lead_text(what)).into());
    let build = move || Ok(vec![Command::DescribeLead { lead, what, text: value.get_untracked().trim().to_owned() }]);
    asking_ways(desk, Ways { told, ..Ways::to(desk, desk.lang.save(), done) }, lead_input(desk, what, value), build)
}

fn owner(desk: Desk, lead: LeadId, card: Memo<Option<Arc<LeadCard>>>) -> impl IntoView {
    let now = Memo::new(move |_| card.with(|card| card.as_ref().and_then(|card| card.owner)));
    let label = desk.lang.field(Field::Owner);
    move || {
        let chosen = RwSignal::new(now.get().map(|owner| owner.to_string()).unwrap_or_default());
        // A choice is kept as soon as it is made.
        Effect::new(move |before: Option<String>| {
            let owner = chosen.get();
            if before.is_some_and(|before| before != owner) {
                let command = Command::AssignLead { lead, owner: owner.parse().ok() };
                desk.ask_undoable(command, desk.lang.lead_changed(label));
            }
            owner
        });
        choice(label, "owner", members(desk), chosen)
    }
}
