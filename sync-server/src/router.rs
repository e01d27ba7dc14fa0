//! Which address leads where.

use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderName, HeaderValue, header};
use axum::routing::{any, get, post};
use tower_http::set_header::SetResponseHeaderLayer;
use tower_http::trace::TraceLayer;

use crate::relay::Relay;
use crate::routes;

/// The largest request body; joining and inviting need a few hundred bytes, giving a list back some more.
const MAX_BODY_BYTES: usize = 256 * 1024;

/// The relay's addresses; everything else is the app.
pub(crate) fn router(relay: Arc<Relay>, app: Option<&Path>) -> Router {
    Router::new()
        .route("/healthz", get(routes::health::healthz))
        .route("/join", post(routes::join::join))
        .route("/amend", post(routes::amend::amend))
        .route("/sync", any(routes::sync::sync))
        .with_state(relay)
        .merge(routes::app::app(app))
        .layer(DefaultBodyLimit::max(MAX_BODY_BYTES))
        .layer(always(header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .layer(always(header::REFERRER_POLICY, "no-referrer"))
        .layer(TraceLayer::new_for_http())
}

fn always(name: HeaderName, value: &'static str) -> SetResponseHeaderLayer<HeaderValue> {
    SetResponseHeaderLayer::if_not_present(name, HeaderValue::from_static(value))
}
