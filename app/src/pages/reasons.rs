//! Why joining, inviting or storing failed, in words that say what to do.

use leptos::wasm_split::{SplitLoaderError, wasm_split};
use shared::text::Lang;

use crate::engine::{Denial, JoinError};
use crate::widgets::badge;

/// Why this device was not let in. What says so is with the later part of the program, which is not asked for where the
/// network is lacking.
pub(super) async fn why_not_in(lang: Lang, error: JoinError) -> String {
    let offline = || lang.relay_unreachable().to_owned();
    match error {
        JoinError::Offline => offline(),
        other => words(lang, other).await.unwrap_or_else(|_| offline()),
    }
}

#[wasm_split(later, wasm_split_path = leptos::wasm_split, fallible)]
fn words(lang: Lang, error: JoinError) -> Result<String, SplitLoaderError> {
    Ok(join_error(lang, &error))
}

/// Why the relay or storage did not let this device in, or made no link.
pub(super) fn join_error(lang: Lang, error: &JoinError) -> String {
    match error {
        JoinError::Offline => lang.relay_unreachable().to_owned(),
        JoinError::Refused(denial) => denied(lang, *denial).to_owned(),
        JoinError::Storage(trouble) => badge::trouble(lang, trouble),
    }
}

const fn denied(lang: Lang, denial: Denial) -> &'static str {
    match denial {
        Denial::InviteUnknown => lang.link_unknown(),
        Denial::InviteUsed => lang.link_used(),
        Denial::InviteExpired => lang.link_expired(),
        Denial::NotJoined => lang.not_joined(),
        Denial::Forbidden => lang.may_not_invite(),
        Denial::LastOwner => lang.last_owner(),
        Denial::MovedOn => lang.list_moved_on(),
        Denial::Forged => lang.list_forged(),
        Denial::Stopping => lang.relay_stopping(),
        Denial::Other => lang.relay_failed(),
    }
}
