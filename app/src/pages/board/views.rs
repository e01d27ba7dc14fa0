//! Saved views: what the team looks at again and again.

use leptos::prelude::*;
use shared::command::Command;
use shared::gather::Arrange as _;
use shared::id::{PipelineId, ViewId};
use shared::model::Role;
use shared::undo::inverse;
use shared::view::{Shown, View};

use super::scene::{Scene, show, view_named};
use crate::widgets::dialog::Dialog;
use crate::widgets::input::{sign, text};

pub(super) fn views_sheet(scene: Scene, close: Callback<()>) -> impl IntoView {
    let (desk, lang) = (scene.desk, scene.desk.lang);
    let views = desk.mirror().views;
    let all = Memo::new(move |_| {
        let mut all: Vec<(String, ViewId)> =
            views.with(|views| views.values().map(|view| (view.name.clone(), view.id)).collect());
        all.arrange();
        all
    });
    let go = move |shown: Shown| {
        close.run(());
        show(&shown);
    };
    // Who only looks can still send a filter on by its address.
    let may_keep = desk.role() >= Role::Rep;
    let entry = move |(name, id): (String, ViewId)| {
        let current = move || scene.shown.with(|shown| shown.view == Some(id)).then_some("true");
        let remove = Callback::new({
            let name = name.clone();
            move |()| desk.ask_undoable(Command::RemoveView { view: id }, lang.view_removed(&name))
        });
        let words = lang.remove_view(&name);
        view! {
            <li>
                <button type="button" class="entry" aria-current=current on:click=move |_| go(Shown { view: Some(id), ..Shown::default() })>
                    <span>{name}</span>
                </button>
                {may_keep.then(|| sign("✕", words, remove))}
            </li>
        }
    };
    let list = move || match all.get() {
        views if views.is_empty() => view! { <p class="hint">{lang.no_views()}</p> }.into_any(),
        views => view! { <ul class="entries views">{views.into_iter().map(entry).collect_view()}</ul> }.into_any(),
    };
    view! {
        <Dialog title=lang.views() close=lang.close() on_close=close>
            <div class="filter" data-testid="views-sheet">
                <p class="hint">{lang.views_hint()}</p>
                <button type="button" class="entry" on:click=move |_| go(Shown::default())><span>{lang.whole_board()}</span></button>
                {list}
                {may_keep.then(|| saving(scene, close))}
            </div>
        </Dialog>
    }
}

/// Saving under the name of a view that is there changes that view.
fn saving(scene: Scene, close: Callback<()>) -> impl IntoView {
    let (desk, lang) = (scene.desk, scene.desk.lang);
    let name = RwSignal::new(String::new());
    let save = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        let shown = scene.shown.get_untracked();
        let name = name.with_untracked(|name| name.trim().to_owned());
        let pipeline = scene.pipeline;
        let view = view(view_named(desk, &name), name.clone(), pipeline, &shown);
        let id = view.id;
        let saved = lang.view_saved(&name);
        let undo = desk.mirror().look(|world| inverse(world, &Command::PutView(view.clone())));
        desk.ask(vec![Command::PutView(view)], move |answer| match answer {
            Ok(()) => {
                close.run(());
                desk.tell(saved, undo);
                show(&Shown { view: Some(id), day: shown.day, ..Shown::default() });
            }
            Err(refusal) => desk.tell(lang.refusal(&refusal), None),
        });
    };
    let is_plain = move || scene.shown.with(|shown| Shown { day: None, ..shown.clone() }.is_plain());
    view! {
        <form class="asking" on:submit=save hidden=is_plain>
            {text(lang.view_name().to_owned(), "text", name.into(), Callback::new(move |typed| name.set(typed)))}
            <footer><button type="submit" class="primary">{lang.save_view()}</button></footer>
        </form>
    }
}

fn view(id: ViewId, name: String, pipeline: PipelineId, shown: &Shown) -> View {
    View { id, name, pipeline: Some(pipeline), filter: shown.filter.clone(), lanes: shown.lanes }
}
