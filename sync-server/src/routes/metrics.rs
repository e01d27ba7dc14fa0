//! `GET /metrics`: what the relay counted, for whoever shows the token, or asks from this machine where none was set.

use std::sync::Arc;

use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest as _, Sha256};

use crate::doorway::Peer;
use crate::error::Error;
use crate::metrics::Stock;
use crate::relay::Relay;

const KIND: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Answers anybody else as if there were nothing.
pub(crate) async fn metrics(
    State(relay): State<Arc<Relay>>,
    ConnectInfo(peer): ConnectInfo<Peer>,
    headers: HeaderMap,
) -> Result<Response, Error> {
    if !may_see(relay.metrics_token.as_deref(), peer, &headers) {
        return Ok(StatusCode::NOT_FOUND.into_response());
    }
    let in_use = relay.workspaces_in_use();
    let stock = relay.ask_files(move |files, store| {
        let workspaces = store.workspaces()?;
        let bytes = workspaces.iter().map(|workspace| store.stored_bytes(workspace.id)).sum::<Result<u64, _>>()?;
        let of_files = workspaces.iter().map(|workspace| files.bytes(workspace.id));
        let file_bytes = of_files.sum::<Result<u64, _>>()?;
        Ok(Stock { workspaces: workspaces.len() as u64, workspaces_in_use: in_use, bytes, file_bytes })
    });
    let text = relay.metrics.text(&stock.await?);
    Ok(([(header::CONTENT_TYPE, KIND)], text).into_response())
}

fn may_see(token: Option<&str>, peer: Peer, headers: &HeaderMap) -> bool {
    match token {
        Some(token) => {
            let shown = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
            let shown = shown.and_then(|value| value.strip_prefix("Bearer ")).unwrap_or_default();
            // Digests are compared, so that how long it takes tells nothing.
            Sha256::digest(shown) == Sha256::digest(token)
        }
        // What a proxy on this machine passes on comes from elsewhere.
        None => peer.0.ip().is_loopback() && !came_through_proxy(headers),
    }
}

fn came_through_proxy(headers: &HeaderMap) -> bool {
    ["forwarded", "x-forwarded-for", "x-forwarded-host", "via", "x-real-ip"]
        .iter()
        .any(|name| headers.contains_key(*name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_or_the_token_sees() {
        let (near, far) = ("127.0.0.1:9", "192.0.2.1:9");
        let cases = [
            (None, near, None, true),
            (None, far, None, false),
            (None, near, Some(("x-forwarded-for", "192.0.2.1")), false),
            (Some("t"), near, None, false),
            (Some("t"), far, Some(("authorization", "Bearer t")), true),
            (Some("t"), far, Some(("authorization", "Bearer u")), false),
            (Some("t"), far, Some(("authorization", "t")), false),
        ];
        for (token, peer, header, sees) in cases {
            let mut headers = HeaderMap::new();
            if let Some((name, value)) = header {
                headers.insert(name, value.parse().unwrap());
            }
            assert_eq!(may_see(token, Peer(peer.parse().unwrap()), &headers), sees, "{token:?} {peer} {header:?}");
        }
    }
}
