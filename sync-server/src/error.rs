//! The one place where an error becomes an answer. Causes inside the relay are logged, not sent.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde_json::json;

use crate::store::{InviteRefusal, StoreError};

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
    /// No token, or one that is not of a device here.
    #[error("no device of this relay holds this token; join again with a fresh link")]
    NotJoined,
    /// The member's role does not allow it.
    #[error("{0}")]
    Forbidden(String),
    /// There are as many connections as there may be.
    #[error("the relay has as many connections as it may; try again later")]
    Busy,
    /// The relay is shutting down, or a task of it was stopped.
    #[error("the relay is shutting down; try again later")]
    Stopping,
}

impl Error {
    fn status(&self) -> (StatusCode, &'static str) {
        match self {
            Self::Store(StoreError::Invite(InviteRefusal::Unknown)) => (StatusCode::FORBIDDEN, "invite_unknown"),
            Self::Store(StoreError::Invite(InviteRefusal::Used)) => (StatusCode::FORBIDDEN, "invite_used"),
            Self::Store(StoreError::Invite(InviteRefusal::Expired)) => (StatusCode::FORBIDDEN, "invite_expired"),
            Self::Store(_) | Self::Dice(_) => (StatusCode::INTERNAL_SERVER_ERROR, "internal"),
            Self::Request(_) => (StatusCode::BAD_REQUEST, "request"),
            Self::NotJoined => (StatusCode::UNAUTHORIZED, "not_joined"),
            Self::Forbidden(_) => (StatusCode::FORBIDDEN, "forbidden"),
            Self::Busy => (StatusCode::SERVICE_UNAVAILABLE, "busy"),
            Self::Stopping => (StatusCode::SERVICE_UNAVAILABLE, "stopping"),
        }
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let (status, code) = self.status();
        let text = if status == StatusCode::INTERNAL_SERVER_ERROR {
            tracing::error!(error = %self, "a request failed");
            "the relay could not do this; its log says why".to_owned()
        } else {
            self.to_string()
        };
        (status, Json(json!({ "code": code, "text": text }))).into_response()
    }
}
