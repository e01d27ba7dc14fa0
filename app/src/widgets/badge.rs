//! The sync badge: an icon, the words for it, and the board's fingerprint.

use leptos::prelude::*;
use shared::text::Lang;

use crate::engine::browser;
use crate::mirror::{Link, Problem, SyncState, Trouble};

/// The badge. What it says is a fact about saving and sending.
pub fn sync_badge(lang: Lang, sync: ArcRwSignal<SyncState>) -> impl IntoView {
    let look = Signal::derive(move || sync.get());
    view! {
        <div class="badge" role="status" data-testid="sync"
            data-waiting=move || look.with(|sync| sync.waiting)
            data-link=move || look.with(|sync| sync.link.name())
            data-mood=move || look.with(mood)
        >
            <i class="dot" aria-hidden="true"></i>
            <strong>{move || look.with(|sync| headline(lang, sync))}</strong>
            <span class="more">{move || look.with(|sync| detail(lang, sync))}</span>
            <span class="print">
                <span>{lang.fingerprint("")}</span>
                <span data-testid="digest">{move || look.with(|sync| sync.digest.clone())}</span>
            </span>
        </div>
    }
}

fn mood(sync: &SyncState) -> &'static str {
    match (&sync.problem, sync.link, sync.waiting) {
        (Some(_), _, _) => "problem",
        (None, Link::Online, 0) => "good",
        (None, _, _) => "waiting",
    }
}

fn headline(lang: Lang, sync: &SyncState) -> String {
    match (&sync.problem, sync.link, sync.waiting) {
        (Some(problem), _, _) => wrong(lang, problem),
        (None, Link::Online, 0) => lang.all_acknowledged().to_owned(),
        (None, Link::Online, waiting) => lang.waiting(waiting),
        (None, Link::Connecting, _) => format!("{} · {}", lang.connecting(), lang.saved_here()),
        (None, Link::Offline, _) => format!("{} · {}", lang.offline(), lang.saved_here()),
    }
}

fn detail(lang: Lang, sync: &SyncState) -> String {
    let waiting = (sync.waiting > 0 && sync.link != Link::Online).then(|| lang.waiting(sync.waiting));
    let last = sync.last.map(|last| lang.last_sync(&browser::moment(lang, last)));
    waiting.into_iter().chain(last).collect::<Vec<_>>().join(" · ")
}

fn wrong(lang: Lang, problem: &Problem) -> String {
    match problem {
        Problem::Storage(of) => trouble(lang, of),
        Problem::Ended(ended) => lang.ended(ended),
        Problem::Forged => lang.list_forged().to_owned(),
        Problem::Held(needs) => lang.changes_held(lang.role(*needs)),
        Problem::Damaged(count) => lang.damaged(*count),
        Problem::Refused(count) => lang.refused(*count),
    }
}

/// Why storage does not work, and what helps.
pub fn trouble(lang: Lang, trouble: &Trouble) -> String {
    match trouble {
        Trouble::Denied => lang.storage_denied().to_owned(),
        Trouble::Full => lang.disk_full().to_owned(),
        Trouble::Forgotten => lang.device_forgotten().to_owned(),
        Trouble::Broken(name) => lang.storage_broken(name),
    }
}
