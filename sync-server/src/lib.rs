//! The relay: keeps each workspace's log, passes changes on, and serves the app. It never judges content.

use std::future::Future;
use std::io;
use std::sync::Arc;

use axum::serve::ListenerExt as _;
use tokio::net::TcpListener;

use crate::config::Config;
use crate::relay::Relay;
use crate::store::Store;

pub mod access;
pub mod config;
pub mod error;
mod fold;
mod relay;
pub mod robot;
mod router;
mod routes;
pub mod store;

/// Serves until `shutdown` is ready; then tells the devices, lets every push that was begun
/// reach the disk, and returns. The caller owns the port, the store and the stop button.
///
/// # Errors
/// The listener failed.
pub async fn serve(
    config: Config,
    store: Arc<dyn Store>,
    listener: TcpListener,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let patience = config.patience;
    let relay = Arc::new(Relay::start(store, &config)?);
    let app = router::router(relay.clone(), config.app.as_deref());
    let (stopping, stopped) = tokio::sync::oneshot::channel();
    let bell = relay.clone();
    // Frames are small and awaited: waiting to fill a packet would cost each answer 40 ms.
    let listener = listener.tap_io(|stream| {
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "a connection stays slow");
        }
    });
    let server = axum::serve(listener, app).with_graceful_shutdown(async move {
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
