//! What a request says: one message and nothing else. What is too large or no message is refused as everything is that
//! is refused: by name, and written down.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use minicbor::Decode;
use shared::wire::joining::decode;

use crate::error::Error;

/// The message in a request's body.
pub(crate) struct Said<T>(pub(crate) T);

impl<S: Send + Sync, T: for<'b> Decode<'b, ()>> FromRequest<S> for Said<T> {
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Self, Error> {
        let body = Bytes::from_request(request, state).await;
        let body = body.map_err(|unread| Error::Request(unread.body_text()))?;
        decode(&body).map(Self).ok_or_else(|| Error::Request("the body is no message of this address".to_owned()))
    }
}
