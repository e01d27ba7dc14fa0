//! A file of a document: its small picture, what it is, where it is, and what can be done about that.

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::freight::Carriage;
use shared::id::DocumentId;
use shared::model::{FileHash, FileKind, FileRef};

use super::desk::Desk;
use super::forms::attach::file_words;
use crate::engine::browser;

/// The line of a file. It opens in a tab of its own; one that is not here comes first.
pub(super) fn attached(desk: Desk, document: DocumentId, file: &FileRef) -> impl IntoView + use<> {
    let carriage = shown(desk.dispatch().watch_file(document, file));
    let (words, opened, asked) = (file_words(desk.lang, file), file.clone(), file.clone());
    let name = file.name.clone();
    let open = move |_| match carriage.get_untracked().is_here() {
        true => open(desk, document, &opened),
        false => fetch(desk, document, &opened),
    };
    let fetch = move |_| fetch(desk, document, &asked);
    view! {
        <span class="attached" data-testid="attached" data-carriage=move || carriage.get().name()
            data-file=file.hash.to_string()>
            {picture(desk, document, file, carriage)}
            <button type="button" class="link file" data-testid="file" on:click=open>{words}</button>
            <small>{move || desk.lang.carriage(&carriage.get())}</small>
            {move || wanted(desk, &carriage.get()).map(|words| view! {
                <button type="button" class="link" data-testid="fetch-file" aria-label=desk.about(words, &name)
                    on:click=fetch.clone()>{words}</button>
            })}
        </span>
    }
}

/// Before the board can be used nothing is known of files.
fn shown(carriage: Option<ArcRwSignal<Carriage>>) -> Signal<Carriage> {
    match carriage {
        Some(carriage) => carriage.into(),
        None => Signal::stored(Carriage::Away),
    }
}

/// What the button says that brings the file on, where somebody may want that.
fn wanted(desk: Desk, carriage: &Carriage) -> Option<&'static str> {
    match carriage {
        Carriage::Away => Some(desk.lang.download_file()),
        Carriage::Failed { .. } => Some(desk.lang.retry_file()),
        Carriage::OnlyHere | Carriage::Sending(_) | Carriage::AtRelay | Carriage::Fetching(_) => None,
    }
}

fn open(desk: Desk, document: DocumentId, file: &FileRef) {
    let (dispatch, file) = (desk.dispatch(), file.clone());
    spawn_local(async move {
        match dispatch.file_address(file.hash).await {
            Some(address) => browser::open_beside(&address),
            // Its bytes are damaged: another copy is asked for.
            None => fetch(desk, document, &file),
        }
    });
}

fn fetch(desk: Desk, document: DocumentId, file: &FileRef) {
    let (dispatch, file) = (desk.dispatch(), file.clone());
    spawn_local(async move {
        if dispatch.fetch_file(document, &file).await.is_err() {
            desk.tell(desk.lang.file_not_kept().to_owned(), None);
        }
    });
}

/// The small picture once it is here; a picture without one is small itself.
fn picture(
    desk: Desk,
    document: DocumentId,
    file: &FileRef,
    carriage: Signal<Carriage>,
) -> Option<impl IntoView + use<>> {
    let is_here = match (file.thumbnail, file.kind) {
        (Some(small), _) => shown(desk.dispatch().watch_thumbnail(document, small)),
        (None, FileKind::Image) => carriage,
        (None, FileKind::Pdf | FileKind::Mail | FileKind::Text | FileKind::Office) => return None,
    };
    let address = address(desk, file.thumbnail.unwrap_or(file.hash), is_here);
    let words = desk.lang.thumbnail_of(&file.name);
    Some(move || address.get().map(|address| view! { <img src=address alt=words.clone() data-testid="thumbnail"/> }))
}

/// The address of a file in this page, from when it is here until nobody shows it.
fn address(desk: Desk, file: FileHash, carriage: Signal<Carriage>) -> RwSignal<Option<String>> {
    let address = RwSignal::new(None::<String>);
    let is_here = Memo::new(move |_| carriage.get().is_here());
    Effect::new(move |_| {
        if is_here.get() {
            let dispatch = desk.dispatch();
            spawn_local(async move {
                let found = dispatch.file_address(file).await;
                // Nobody shows it any more: what was made for it goes.
                if let Some(Some(found)) = address.try_set(found) {
                    browser::forget_address(&found);
                }
            });
        }
    });
    on_cleanup(move || {
        if let Some(address) = address.get_untracked() {
            browser::forget_address(&address);
        }
    });
    address
}
