//! The relay: keeps each workspace's log, passes changes on, and serves the app. It never judges content.

use std::future::Future;
use std::io;
use std::sync::Arc;

use tokio::net::TcpListener;

use crate::config::Config;
use crate::doorway::{Doorway, Peer};
use crate::files::Files;
use crate::headers::{Outside, guarded};
use crate::relay::Relay;
use crate::store::Store;

pub mod access;
pub mod backup;
pub mod check;
pub mod config;
mod doorway;
pub mod error;
pub mod files;
mod fold;
mod headers;
mod limits;
mod metrics;
mod ownership;
pub mod recovery;
mod relay;
pub mod robot;
mod router;
mod routes;
pub mod store;

/// Serves until `shutdown` is ready; then tells the devices, lets every push that was begun
/// reach the disk, and returns. The caller owns the port, the store, the files and the stop button.
///
/// # Errors
/// The listener failed, or the certificate cannot be read.
pub async fn serve(
    config: Config,
    store: Arc<dyn Store>,
    files: Files,
    listener: TcpListener,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let patience = config.patience;
    let relay = Arc::new(Relay::start(store, files, &config)?);
    let Config { app, certificate, trust_proxy, .. } = config;
    let page = app.as_ref().map(|app| app.join("index.html"));
    let outside = Outside { tls: certificate.is_some(), trust_proxy, page };
    let app = guarded(router::router(relay.clone(), app.as_deref()), outside);
    let doorway = Doorway::new(listener, certificate.as_ref())?;
    let (stopping, stopped) = tokio::sync::oneshot::channel();
    let bell = relay.clone();
    let service = app.into_make_service_with_connect_info::<Peer>();
    let server = axum::serve(doorway, service).with_graceful_shutdown(async move {
        shutdown.await;
        bell.ring_out();
        // Nobody listens if the server failed first.
        let _ = stopping.send(());
    });
    let served = tokio::select! {
        served = server => served,
        () = async { let _ = stopped.await; tokio::time::sleep(patience.farewell).await } => Ok(()),
    };
    relay.close(patience.farewell).await;
    served
}
