//! The built app as files: compressed siblings where there are any, and how long each may be kept.

use std::path::Path;

use axum::Router;
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn};
use axum::response::{Html, IntoResponse, Response};
use axum::routing::get;
use tower_http::services::{ServeDir, ServeFile};

/// Files under here carry a hash of their content in their name.
const HASHED: &str = "/assets/";

/// Said where no app was built.
const NO_APP: &str = "<!doctype html><meta charset=utf-8><title>Sluice</title>
<p>This relay is running, but it has no app to serve.
<p>Build it with <code>cargo xtask dist</code>, then start <code>sluice serve --app target/dist</code>;
or do both at once with <code>cargo xtask serve</code>.
";

/// The app in a folder, or a page that says how to build it.
pub(crate) fn app(folder: Option<&Path>) -> Router {
    let Some(folder) = folder else {
        return Router::new().route("/", get(|| async { Html(NO_APP) }));
    };
    // The app finds its own pages, so every address that is not a file is its first page.
    let first_page = ServeFile::new(folder.join("index.html")).precompressed_br();
    let files = ServeDir::new(folder).precompressed_br();
    Router::new()
        .nest_service("/assets", ServeDir::new(folder.join("assets")).precompressed_br())
        .fallback_service(files.fallback(first_page))
        .layer(from_fn(keep_as_long_as_true))
}

/// A hashed file never changes; anything else is asked for again, so that a new version arrives.
async fn keep_as_long_as_true(request: Request, next: Next) -> Response {
    let hashed = request.uri().path().starts_with(HASHED);
    let mut response = next.run(request).await;
    let found = matches!(response.status(), StatusCode::OK | StatusCode::NOT_MODIFIED | StatusCode::PARTIAL_CONTENT);
    let value = match (hashed, found) {
        (true, true) => "public, max-age=31536000, immutable",
        (true, false) | (false, _) => "no-cache",
    };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(value));
    response.into_response()
}
