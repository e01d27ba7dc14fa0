//! Versions that others published: at the same moment as ours, or while somebody edits here.

use leptos::prelude::*;
use shared::command::Command;
use shared::pipeline::Pipeline;

use super::Designer;

pub(super) fn versions(designer: Designer) -> AnyView {
    let id = designer.id;
    let alternatives = designer.desk.mirror().alternatives;
    let others = Memo::new(move |_| alternatives.with(|all| all.get(&id).cloned().unwrap_or_default()));
    let overtaken = Memo::new(move |_| {
        let base = designer.base.get();
        designer.desk.pipeline(id).filter(|current| base.as_ref() != Some(current)).filter(|_| designer.dirty.get())
    });
    view! {
        {move || others.get().into_iter().map(|other| at_once(designer, other)).collect_view()}
        {move || overtaken.get().map(|current| {
            let lang = designer.desk.lang;
            let (theirs, mine) = (current.clone(), current.clone());
            view! {
                <div class="panel notice" role="alert" data-testid="overtaken">
                    <p>{lang.published_meanwhile(current.version)}</p>
                    <p class="kinds">
                        <button type="button" class="button" on:click=move |_| designer.begin_with(&theirs)>{lang.take_theirs()}</button>
                        <button type="button" class="button" on:click=move |_| designer.base.set(Some(mine.clone()))>{lang.keep_mine()}</button>
                    </p>
                </div>
            }
        })}
    }
    .into_any()
}

/// Two versions that were published at once. Adopting the other makes it the draft, so that where deals go and which
/// fail is asked before it is published; keeping ours publishes it once more, which settles the matter everywhere.
fn at_once(designer: Designer, other: Pipeline) -> AnyView {
    let (desk, lang) = (designer.desk, designer.desk.lang);
    let stages = other.stages.iter().map(|stage| stage.name.get(lang)).collect::<Vec<_>>().join(" → ");
    let name = other.name.get(lang).to_owned();
    let adopt = move |_| designer.edit(|draft| *draft = Pipeline { version: draft.version, ..other.clone() });
    let keep = move |_| {
        if let Some(current) = untrack(|| desk.pipeline(designer.id)) {
            let again = current.as_ref().clone().after(&current);
            desk.ask_or_tell(Command::PublishPipeline(again));
        }
    };
    view! {
        <div class="panel notice" role="alert" data-testid="at-once">
            <p>{lang.published_at_once()}</p>
            <p><b>{name}</b>" · "{stages}</p>
            <p class="kinds">
                <button type="button" class="button" on:click=adopt>{lang.adopt_other()}</button>
                <button type="button" class="button" on:click=keep>{lang.keep_ours()}</button>
            </p>
        </div>
    }
    .into_any()
}
