//! Decisions: approve, override a gate, lose a deal.

use leptos::prelude::*;
use shared::command::Command;
use shared::id::{CriterionId, DealId, StageId};

use super::Ways;
use super::evidence::name_of;
use super::input::{first_lines, lines};
use crate::pages::desk::Desk;

pub(super) fn approve_form(desk: Desk, deal: DealId, criterion: CriterionId) -> impl IntoView {
    let title = name_of(desk, deal, criterion).unwrap_or_default();
    super::sheet(desk, title, move || {
        let build = move || Ok(vec![Command::Approve { deal, criterion }]);
        super::asking(desk, desk.lang.approve(), (), super::leave(desk), build)
    })
}

pub(super) fn override_form(desk: Desk, deal: DealId, stage: StageId) -> impl IntoView {
    super::sheet(desk, desk.lang.override_gate().to_owned(), move || {
        let reason = RwSignal::new(String::new());
        let build = move || Ok(vec![Command::OverrideGate { deal, stage, reason: reason.get_untracked() }]);
        let fields = lines(desk.lang.reason(), "reason", reason);
        super::asking(desk, desk.lang.save(), fields, super::leave(desk), build)
    })
}

pub(super) fn move_reason_form(desk: Desk, deal: DealId, to: StageId) -> impl IntoView {
    super::sheet(desk, desk.lang.move_to().to_owned(), move || {
        let reason = RwSignal::new(String::new());
        let build = move || Ok(vec![Command::MoveDeal { deal, to, reason: reason.get_untracked() }]);
        let fields = lines(desk.lang.move_why(), "reason", reason);
        super::asking(desk, desk.lang.save(), fields, super::leave(desk), build)
    })
}

/// The usual reasons are one tap, so that a review can count them; more words can follow.
pub(super) fn lose_form(desk: Desk, deal: DealId) -> impl IntoView {
    super::sheet(desk, desk.lang.lose().to_owned(), move || {
        let reason = RwSignal::new(String::new());
        let build = move || Ok(vec![Command::LoseDeal { deal, reason: reason.get_untracked() }]);
        let chip = |words: &'static str| {
            let chosen = move || reason.with(|reason| reason == words).to_string();
            view! {
                <button type="button" class="chip" aria-pressed=chosen on:click=move |_| reason.set(words.to_owned())>
                    {words}</button>
            }
        };
        let usual = desk.lang.usual_losses().map(chip).into_iter().collect_view();
        let fields = view! {
            <div class="kinds" role="group" aria-label=desk.lang.lose_reason()>{usual}</div>
            {lines(desk.lang.lose_reason(), "reason", reason)}
        };
        super::asking(desk, desk.lang.save(), fields, super::leave(desk), build)
    })
}

/// Refuses an approval, or takes back one that was given.
pub(super) fn decline_form(desk: Desk, deal: DealId, criterion: CriterionId) -> impl IntoView {
    let (lang, name) = (desk.lang, name_of(desk, deal, criterion).unwrap_or_default());
    let card = desk.mirror().deal(deal).get_untracked();
    let (words, told) = match card.is_some_and(|card| card.approved.contains_key(&criterion)) {
        true => (lang.take_approval_back(), lang.approval_taken_back(&name)),
        false => (lang.decline_approval(), lang.declined(&name)),
    };
    super::sheet(desk, words.to_owned(), move || {
        let reason = RwSignal::new(String::new());
        let fields = view! { <p class="about">{name}</p>{first_lines(lang.reason(), "reason", reason)} };
        let ways = Ways { told: Some(told.into()), ..Ways::to(desk, words, super::leave(desk)) };
        let build = move || Ok(vec![Command::Decline { deal, criterion, reason: reason.get_untracked() }]);
        super::asking_ways(desk, ways, fields, build)
    })
}

pub(super) fn request_form(desk: Desk, deal: DealId, criterion: CriterionId) -> impl IntoView {
    let name = name_of(desk, deal, criterion).unwrap_or_default();
    super::sheet(desk, name.clone(), move || {
        let note = RwSignal::new(String::new());
        let told = Some(desk.lang.approval_asked(&name).into());
        let ways = Ways { told, ..Ways::to(desk, desk.lang.ask_now(), super::leave(desk)) };
        let build = move || Ok(vec![Command::RequestApproval { deal, criterion, note: note.get_untracked() }]);
        super::asking_ways(desk, ways, first_lines(desk.lang.approval_note(), "note", note), build)
    })
}
