//! One criterion of a gate: whether it is met and by whom, its proofs, and what can be done about it.

use leptos::prelude::*;
use shared::command::Command;
use shared::gate::{Progress, progress};
use shared::id::DocumentId;
use shared::model::{Deal, DealCard, Decline, Evidence, Outcome};
use shared::pipeline::{Criterion, Pipeline, Rule, Weight};

use crate::engine::browser;
use crate::pages::attached::attached;
use crate::pages::desk::Desk;
use crate::pages::forms::Form;
use crate::pages::remedy::remedy;
use crate::widgets::gate_bar::look;

pub(super) fn line(
    desk: Desk,
    card: &DealCard,
    pipeline: &Pipeline,
    criterion: &Criterion,
    deal: Option<&Deal>,
) -> impl IntoView + use<> {
    let (lang, look) = (desk.lang, desk.judge(|customers| look(customers, card, criterion)));
    let weight = if criterion.weight == Weight::Required { lang.required() } else { lang.advised() };
    let state = state(desk, card, criterion, deal);
    let remedy = remedy(desk, card, pipeline, criterion, desk.role()).filter(|_| card.outcome == Outcome::Open);
    let action = remedy.map(|remedy| match remedy.form {
        Some(form) => view! {
            <button type="button" class="button" data-testid="remedy"
                on:click=move |_| desk.form.set(Some(form.clone()))>{remedy.label}</button>
        }
        .into_any(),
        None => view! { <small>{remedy.label}</small> }.into_any(),
    });
    let proofs = deal.into_iter().flat_map(|deal| &deal.evidence).filter(|proof| proof.criterion == criterion.id);
    let proofs = proofs.map(|proof| evidence(desk, card, proof)).collect_view();
    view! {
        <li class=look data-criterion=criterion.id.to_string() data-look=look>
            <i class="box" aria-hidden="true"></i>
            <b>{criterion.name.get(lang).to_owned()}</b>
            <small>{weight}" · "{state}</small>
            {proofs}
            {action}
            {refusing(desk, card, criterion, deal)}
        </li>
    }
}

fn state(desk: Desk, card: &DealCard, criterion: &Criterion, deal: Option<&Deal>) -> String {
    let (lang, by) = (desk.lang, |by| desk.member(Some(by)));
    match (
        desk.judge(|customers| progress(customers, card, criterion)),
        card.withdrawn.get(&criterion.id),
        declined(criterion, deal),
    ) {
        (Progress::Met, _, _) => lang.met().to_owned(),
        (_, Some(back), _) => lang.withdrawn_by(&by(back.by), &browser::moment(lang, back.at)),
        (_, None, Some(no)) => lang.declined_by(&by(no.by), &browser::moment(lang, no.at), &no.reason),
        (_, None, None) => lang.open().to_owned(),
    }
}

fn declined<'a>(criterion: &Criterion, deal: Option<&'a Deal>) -> Option<&'a Decline> {
    deal?.declines.iter().find(|decline| decline.criterion == criterion.id)
}

/// The way to say no, for those whose yes would count: to what is not decided, to what is asked again, and to what was
/// approved before.
fn refusing(desk: Desk, card: &DealCard, criterion: &Criterion, deal: Option<&Deal>) -> Option<impl IntoView + use<>> {
    let Rule::Approval(needed) = criterion.rule else { return None };
    let (lang, is_met) = (desk.lang, desk.judge(|customers| progress(customers, card, criterion)) == Progress::Met);
    let is_undecided = declined(criterion, deal).is_none() || card.asked.contains_key(&criterion.id);
    let may = desk.role() >= needed && card.outcome == Outcome::Open && (is_met || is_undecided);
    let form = Form::Decline { deal: card.id, criterion: criterion.id };
    let words = if is_met { lang.take_approval_back() } else { lang.decline_approval() };
    may.then(|| {
        view! {
            <button type="button" class="link" data-testid="decline"
                on:click=move |_| desk.form.set(Some(form.clone()))>{words}</button>
        }
    })
}

fn evidence(desk: Desk, card: &DealCard, proof: &Evidence) -> impl IntoView + use<> {
    let (lang, deal, evidence) = (desk.lang, card.id, proof.id);
    let said = format!("{} · {} · {}", proof.from, browser::day(lang, proof.day), proof.quote);
    let note = match proof.withdrawn {
        Some(back) => lang.withdrawn_by(&desk.member(Some(back.by)), &browser::moment(lang, back.at)),
        None => lang.recorded_by(&desk.member(Some(proof.by)), &browser::moment(lang, proof.at)),
    };
    let may_withdraw = proof.withdrawn.is_none() && card.outcome == Outcome::Open;
    let told = lang.evidence_withdrawn(&proof.from);
    let withdraw = move |_| desk.ask_undoable(Command::WithdrawEvidence { deal, evidence }, told.clone());
    let back = may_withdraw.then(|| {
        view! { <button type="button" class="link" data-testid="withdraw" on:click=withdraw>{lang.withdraw()}</button> }
    });
    let files = proof.files.iter().map(|file| attached(desk, DocumentId::Deal(deal), file)).collect_view();
    view! { <blockquote class:taken=proof.withdrawn.is_some()><span>{said}</span>{files}<small>{note}</small>{back}</blockquote> }
}
