//! What every answer tells the browser about itself: nothing of it may be shown, run or asked for elsewhere.

use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{Next, from_fn_with_state};
use axum::response::Response;

/// What holds for every answer.
const ALWAYS: [(HeaderName, &str); 6] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(self), microphone=(), geolocation=(), payment=(), usb=()"),
];

/// What a page or worker may load. The app's page says the same of itself, and which inline scripts are its own.
const POLICY: &str = "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; object-src 'none'; base-uri 'none'";

/// What no page can say of itself.
const FRAMES: &str = "frame-ancestors 'none'";

/// A browser that was here over TLS comes back over TLS.
const TLS_ONLY: &str = "max-age=31536000";

/// Which way answers go out.
#[derive(Clone, Debug)]
pub(crate) struct Outside {
    /// The relay speaks TLS itself.
    pub(crate) tls: bool,
    /// A proxy in front of it is believed when it says that it does.
    pub(crate) trust_proxy: bool,
    /// The app's page.
    pub(crate) page: Option<PathBuf>,
}

/// Puts the headers on every answer.
pub(crate) fn guarded(router: Router, outside: Outside) -> Router {
    router.layer(from_fn_with_state(Arc::new(outside), guard))
}

async fn guard(State(outside): State<Arc<Outside>>, request: Request, next: Next) -> Response {
    let tls = outside.is_tls(request.headers());
    let mut response = next.run(request).await;
    let is_page =
        response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/html"));
    let is_kept = response.status() == StatusCode::NOT_MODIFIED;
    let policy = if is_page { outside.policy().await } else { None };
    let headers = response.headers_mut();
    for (name, value) in ALWAYS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    let policy = HeaderValue::from_str(&format!("{}; {FRAMES}", policy.as_deref().unwrap_or(POLICY))).ok();
    // What the browser has not been sent again keeps the policy that it came with, and another would go before that.
    headers.extend(policy.filter(|_| !is_kept).map(|policy| (header::CONTENT_SECURITY_POLICY, policy)));
    if tls {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(TLS_ONLY));
    }
    response
}

impl Outside {
    fn is_tls(&self, headers: &HeaderMap) -> bool {
        let forwarded = || headers.get("x-forwarded-proto").is_some_and(|scheme| scheme.as_bytes() == b"https");
        self.tls || (self.trust_proxy && forwarded())
    }

    /// What the app's page says it may load; read each time, because the app may be replaced while the relay runs.
    async fn policy(&self) -> Option<String> {
        let page = tokio::fs::read_to_string(self.page.as_ref()?).await.ok()?;
        policy_of(&page).map(str::to_owned)
    }
}

fn policy_of(page: &str) -> Option<&str> {
    let (_, meta) = page.split_once("<meta http-equiv=\"Content-Security-Policy\" content=\"")?;
    meta.split_once('"').map(|(policy, _)| policy)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_of_a_page_is_what_it_says() {
        let page = "<head><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'self'\"><title>";
        assert_eq!(policy_of(page), Some("default-src 'self'"));
        assert_eq!(policy_of("<title>none</title>"), None);
    }

    #[test]
    fn tls_is_claimed_only_by_who_is_believed() {
        let cases = [
            (true, false, None, true),
            (false, false, Some("https"), false),
            (false, true, Some("https"), true),
            (false, true, Some("http"), false),
            (false, true, None, false),
        ];
        for (tls, trust_proxy, says, is_tls) in cases {
            let headers =
                says.map(|says| (HeaderName::from_static("x-forwarded-proto"), HeaderValue::from_static(says)));
            let outside = Outside { tls, trust_proxy, page: None };
            assert_eq!(outside.is_tls(&headers.into_iter().collect()), is_tls);
        }
    }
}
