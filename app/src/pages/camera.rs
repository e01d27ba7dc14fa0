//! A camera that reads a link.

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::text::Lang;

use crate::engine::scanning::{self, ScanError};

/// The camera reads a link off another device's screen.
pub(super) fn camera(lang: Lang, link: RwSignal<String>, problem: RwSignal<String>) -> AnyView {
    if !scanning::can_scan() {
        return ().into_any();
    }
    let (video, open) = (NodeRef::<html::Video>::new(), RwSignal::new(false));
    Effect::new(move || {
        let Some(video) = video.get() else { return };
        spawn_local(async move {
            match scanning::scan(&video.into()).await {
                Ok(found) => found.into_iter().for_each(|found| link.set(found)),
                Err(ScanError::Camera) => problem.set(lang.no_camera().to_owned()),
                Err(ScanError::Tool(_)) => problem.set(lang.part_missing().to_owned()),
            }
            open.set(false);
        });
    });
    view! {
        <button type="button" class="button" data-testid="scan" on:click=move |_| open.update(|open| *open = !*open)>
            {move || if open.get() { lang.close() } else { lang.scan() }}
        </button>
        {move || open.get().then(|| view! { <video class="camera" node_ref=video muted playsinline></video> })}
    }
    .into_any()
}
