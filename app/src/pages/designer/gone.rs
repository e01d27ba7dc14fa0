//! Stages that the draft has no more: where their deals go, asked when a stage is removed and to be changed until
//! the draft is published.

use leptos::prelude::*;
use shared::id::StageId;
use shared::pipeline::Stage;
use shared::review::Slot;
use shared::rules::Place;

use super::{Designer, fold, part};
use crate::widgets::input::select;

/// Takes a stage out. One that was published, or takes the deals of one that was, is asked about first.
pub(super) fn remove(designer: Designer, id: StageId) {
    let (count, heirs) =
        designer.draft.with_untracked(|draft| (draft.stages.len(), draft.retired.values().any(|into| *into == id)));
    if count < 2 {
        return designer.desk.tell(designer.desk.lang.only_stage().to_owned(), None);
    }
    match heirs || was_published(designer, id) {
        true => designer.asked.set(Some(id)),
        false => designer.cut(|draft| draft.stages.retain(|stage| stage.id != id)),
    }
}

fn was_published(designer: Designer, id: StageId) -> bool {
    let current = untrack(|| designer.desk.pipeline(designer.id));
    current.is_some_and(|current| part::stage(&current, id).is_some() || current.retired.contains_key(&id))
}

/// The question where the deals of a stage go; answering it takes the stage out.
pub(super) fn question(designer: Designer, id: StageId) -> AnyView {
    let (desk, lang) = (designer.desk, designer.desk.lang);
    let name = untrack(|| name(designer, id));
    let entry = |stage: &Stage| {
        let into = stage.id;
        let choose = move |_| {
            designer.asked.set(None);
            designer.cut(|draft| {
                draft.stages.retain(|stage| stage.id != id);
                draft.retired.insert(id, into);
            });
        };
        view! { <button type="button" class="entry" on:click=choose><span>{stage.name.get(lang).to_owned()}</span></button> }
    };
    let others = designer
        .draft
        .with_untracked(|draft| draft.stages.iter().filter(|stage| stage.id != id).map(entry).collect_view());
    let close = Callback::new(move |()| designer.asked.set(None));
    view! {
        <crate::widgets::dialog::Dialog title=lang.where_deals_go(&name) close=desk.lang.close() on_close=close>
            <p>{lang.open_deals_count(lying(designer, id))}</p>
            <div class="entries">{others}</div>
        </crate::widgets::dialog::Dialog>
    }
    .into_any()
}

/// Every stage that is gone, each with where its deals go.
pub(super) fn gone(designer: Designer) -> AnyView {
    let lang = designer.desk.lang;
    let ids = Memo::new(move |_| {
        let current = designer.desk.pipeline(designer.id);
        current.map(|current| designer.candidate().gone(&current)).unwrap_or_default()
    });
    view! {
        <Show when=move || ids.with(|ids| !ids.is_empty())>
            <div class="panel notice" data-testid="gone">
                <h2>{lang.gone_stages()}</h2>
                <For each=move || ids.get() key=|id| *id children=move |id| row(designer, id)/>
            </div>
        </Show>
    }
    .into_any()
}

fn row(designer: Designer, id: StageId) -> AnyView {
    let lang = designer.desk.lang;
    let name = untrack(|| name(designer, id));
    let choices = Memo::new(move |_| {
        let named = |stage: &Stage| (Some(stage.id), stage.name.get(lang).to_owned());
        let stages = designer.draft.with(|draft| draft.stages.iter().map(named).collect::<Vec<_>>());
        std::iter::once((None, lang.choose().to_owned())).chain(stages).collect::<Vec<_>>()
    });
    let now = move || designer.candidate().stage(id).map(|stage| stage.id);
    let choose = move |into: Option<StageId>| {
        designer.edit(|draft| draft.retired.extend(into.map(|into| (id, into))));
    };
    let label = format!("{} ({})", lang.where_deals_go(&name), lang.open_deals_count(lying(designer, id)));
    view! {
        <div data-place=id.to_string()>
            {move || select(label.clone(), choices.get(), now, choose)}
            {fold::faults(designer, Place::Gone(id))}
        </div>
    }
    .into_any()
}

fn name(designer: Designer, id: StageId) -> String {
    let lang = designer.desk.lang;
    let drafted = designer.draft.with(|draft| part::stage(draft, id).map(|stage| stage.name.get(lang).to_owned()));
    let published = || {
        let current = designer.desk.pipeline(designer.id)?;
        part::stage(&current, id).map(|stage| stage.name.get(lang).to_owned())
    };
    drafted.or_else(published).unwrap_or_else(|| lang.earlier_stage().to_owned())
}

/// How many open deals lie in a published stage now.
fn lying(designer: Designer, id: StageId) -> usize {
    designer.desk.mirror().column(Slot::Stage(designer.id, id)).with_untracked(|column| column.count)
}
