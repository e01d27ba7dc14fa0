//! What others brought about: gates that reopened, approvals asked for, messages.

use std::sync::Arc;

use leptos::prelude::*;
use shared::command::Command;
use shared::gate::{self, Unmet};
use shared::id::{CriterionId, DocumentId};
use shared::model::{Asked, Deal, DealCard, Notice};

use super::row::about;
use crate::engine::browser;
use crate::pages::desk::Desk;
use crate::pages::forms::Form;

/// A reopened gate with its cause. The cause lies in the deal's history, so its document is open while the row shows.
/// Where the customer's own history may tell more, the deal's page opens that too.
pub(super) fn reopened(desk: Desk, card: &DealCard, criterion: CriterionId) -> impl IntoView + use<> {
    let (deal, pipeline) = (card.id, card.pipeline);
    desk.dispatch().open(DocumentId::Deal(deal));
    on_cleanup(move || desk.dispatch().close(DocumentId::Deal(deal)));
    let opened = desk.mirror().open_deal(deal);
    let cause = move || {
        let (lang, pipeline) = (desk.lang, desk.pipeline(pipeline)?);
        let (stage, found) = pipeline.criterion(criterion)?;
        let unmet = Unmet { stage: stage.id, criterion };
        let (stage, criterion) = (stage.name.get(lang), found.name.get(lang));
        let deal = opened.get();
        let cause = |deal: &Arc<Deal>| {
            desk.mirror().look(|world| gate::cause(world, deal, &pipeline, unmet).map(|event| (event.by, event.at)))
        };
        let event = deal.as_ref().and_then(cause);
        Some(match event {
            Some((by, at)) => {
                let who = by.map_or_else(|| lang.somebody().to_owned(), |by| desk.member(Some(by)));
                lang.reopened_changed(&who, &browser::moment(lang, at), criterion, stage)
            }
            None => lang.reopened_because(criterion, stage),
        })
    };
    view! {
        <li class="line notice" data-deal=deal.to_string()>
            {about(desk, card, card.title.clone(), None)}
            <p>{cause}</p>
        </li>
    }
}

pub(super) fn approval(desk: Desk, card: &DealCard, criterion: CriterionId, asked: &Asked) -> impl IntoView + use<> {
    let (lang, deal) = (desk.lang, card.id);
    let pipeline = desk.pipeline(card.pipeline);
    let name = pipeline.and_then(|all| Some(all.criterion(criterion)?.1.name.get(lang).to_owned())).unwrap_or_default();
    let said = lang.asked_by(&desk.member(Some(asked.by)), &browser::moment(lang, asked.at));
    let said = if asked.note.is_empty() { said } else { desk.about(&said, &asked.note) };
    let told = lang.approved(&name);
    view! {
        <li class="line" data-deal=deal.to_string()>
            {about(desk, card, name, Some(card.title.clone()))}
            <p>{said}</p>
            <span class="decisions">
                <button type="button" class="primary"
                    on:click=move |_| desk.ask_undoable(Command::Approve { deal, criterion }, told.clone())>{lang.approve()}</button>
                <button type="button" class="button"
                    on:click=move |_| desk.form.set(Some(Form::Decline { deal, criterion }))>{lang.decline_approval()}</button>
            </span>
        </li>
    }
}

pub(super) fn notice(desk: Desk, card: &DealCard, notice: &Notice) -> impl IntoView + use<> {
    let (lang, deal, id) = (desk.lang, card.id, notice.id);
    let label = desk.about(lang.seen(), &notice.text);
    view! {
        <li class="line" data-deal=deal.to_string()>
            {about(desk, card, notice.text.clone(), Some(card.title.clone()))}
            <time class="when">{browser::moment(lang, notice.at)}</time>
            <span class="decisions">
                <button type="button" class="button" aria-label=label
                    on:click=move |_| desk.ask_or_tell(Command::SeeNotice { deal, notice: id })>{lang.seen()}</button>
            </span>
        </li>
    }
}
