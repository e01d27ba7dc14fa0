//! Which address leads where.

use std::path::Path;
use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{any, get, post};
use shared::wire::files::ROOT;
use tower_http::trace::TraceLayer;

use crate::relay::Relay;
use crate::routes;

/// The largest request body; joining and inviting need a few hundred bytes, giving a list back some more.
const MAX_BODY_BYTES: usize = 256 * 1024;

/// The relay's addresses; everything else is the app.
pub(crate) fn router(relay: Arc<Relay>, app: Option<&Path>) -> Router {
    Router::new()
        .route("/healthz", get(routes::health::healthz))
        .route("/metrics", get(routes::metrics::metrics))
        .route("/join", post(routes::join::join))
        .route("/amend", post(routes::amend::amend))
        .route("/recover", post(routes::recover::recover))
        .route(ROOT, get(routes::files::room))
        .route(
            &format!("{ROOT}/{{*file}}"),
            get(routes::files::read).head(routes::files::progress).patch(routes::files::append),
        )
        .route("/sync", any(routes::sync::sync))
        .with_state(relay)
        .merge(routes::app::app(app))
        .layer(DefaultBodyLimit::max(MAX_BODY_BYTES))
        // What fails is written down where it is answered.
        .layer(TraceLayer::new_for_http().on_failure(()))
}
