//! The one place where an error becomes an answer. Causes inside the relay are logged, not sent.

use axum::Json;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::json;

use shared::membership::Refusal;

use crate::files::FileRefusal;
use crate::routes::files::told;
use crate::store::StoreError;

/// Why a request is not granted.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The store cannot answer, or says no.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The system gives no random bytes.
    #[error("no random bytes from the system: {0}")]
    Dice(#[from] getrandom::Error),
    /// The request is not understood: which part of it.
    #[error("{0}")]
    Request(String),
    /// The list of members does not take it.
    #[error("the list of members stays as it is: {0}")]
    Membership(#[from] Refusal),
    /// Too old a link.
    #[error("this link has expired; ask for a new link")]
    LinkExpired,
    /// A file is not taken or given.
    #[error(transparent)]
    File(#[from] FileRefusal),
    /// There are as many connections as there may be.
    #[error("the relay has as many connections as it may; try again later")]
    Busy,
    /// The relay is shutting down, or a task of it was stopped.
    #[error("the relay is shutting down; try again later")]
    Stopping,
}

impl Error {
    /// Whoever asked may have guessed a workspace or device, right or wrong.
    pub(crate) fn may_be_a_guess(&self) -> bool {
        let (_, stranger) = refused(Refusal::Stranger);
        self.status().1 == stranger
    }

    fn status(&self) -> (StatusCode, &'static str) {
        match self {
            Self::Membership(refusal) => refused(*refusal),
            Self::LinkExpired => (StatusCode::FORBIDDEN, "invite_expired"),
            // A guess learns no more than a stranger.
            Self::Store(StoreError::NoWorkspace(_)) => refused(Refusal::Stranger),
            Self::Store(_) | Self::Dice(_) => (StatusCode::INTERNAL_SERVER_ERROR, "internal"),
            Self::Request(_) => (StatusCode::BAD_REQUEST, "request"),
            Self::File(refusal) => file_refused(refusal),
            Self::Busy => (StatusCode::SERVICE_UNAVAILABLE, "busy"),
            Self::Stopping => (StatusCode::SERVICE_UNAVAILABLE, "stopping"),
        }
    }
}

fn refused(refusal: Refusal) -> (StatusCode, &'static str) {
    match refusal {
        Refusal::Unlinked => (StatusCode::CONFLICT, "moved_on"),
        Refusal::LinkUnknown | Refusal::NoRecovery => (StatusCode::FORBIDDEN, "invite_unknown"),
        Refusal::LinkUsed => (StatusCode::FORBIDDEN, "invite_used"),
        Refusal::Stranger | Refusal::Removed => (StatusCode::FORBIDDEN, "not_joined"),
        Refusal::Role { .. } => (StatusCode::FORBIDDEN, "forbidden"),
        Refusal::LastOwner => (StatusCode::FORBIDDEN, "last_owner"),
        Refusal::Malformed => (StatusCode::BAD_REQUEST, "request"),
        Refusal::Elsewhere
        | Refusal::Forged
        | Refusal::Signer
        | Refusal::LinkTooLong
        | Refusal::Taken
        | Refusal::OtherMember
        | Refusal::NoMember
        | Refusal::Name => (StatusCode::FORBIDDEN, "refused"),
    }
}

fn file_refused(refusal: &FileRefusal) -> (StatusCode, &'static str) {
    match refusal {
        FileRefusal::Pass => (StatusCode::UNAUTHORIZED, "no_pass"),
        FileRefusal::Turns => (StatusCode::TOO_MANY_REQUESTS, "busy"),
        FileRefusal::Role { .. } | FileRefusal::Unseen => (StatusCode::FORBIDDEN, "forbidden"),
        FileRefusal::Missing => (StatusCode::NOT_FOUND, "missing"),
        FileRefusal::Offset(_) => (StatusCode::CONFLICT, "offset"),
        FileRefusal::Length => (StatusCode::BAD_REQUEST, "request"),
        FileRefusal::Damaged => (StatusCode::UNPROCESSABLE_ENTITY, "damaged"),
        FileRefusal::Full { .. } => (StatusCode::INSUFFICIENT_STORAGE, "full"),
        FileRefusal::Disk { .. } => (StatusCode::INTERNAL_SERVER_ERROR, "internal"),
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let (status, code) = self.status();
        let text = if status == StatusCode::INTERNAL_SERVER_ERROR {
            tracing::error!(error = %self, "a request failed");
            "the relay could not do this; its log says why".to_owned()
        } else {
            tracing::warn!(code, refused = %self, "a request was refused");
            self.to_string()
        };
        // A device goes on from where the relay is.
        let where_it_is = match &self {
            Self::File(FileRefusal::Offset(progress)) => told(*progress),
            _ => HeaderMap::new(),
        };
        (status, where_it_is, Json(json!({ "code": code, "text": text }))).into_response()
    }
}
