//! A relay inside the test, on a port of its own, and HTTP to it.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use serde_json::Value;
use shared::id::WorkspaceId;
use sync_server::access::{self, APP_LINK, Invitation, Role};
use sync_server::config::{Config, Patience};
use sync_server::store::{Source, Sqlite};
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

pub(crate) struct Running {
    pub(crate) address: SocketAddr,
    pub(crate) store: Arc<Sqlite>,
    pub(crate) workspace: WorkspaceId,
    pub(crate) data: TempDir,
    runtime: Runtime,
    served: JoinHandle<std::io::Result<()>>,
    stop: oneshot::Sender<()>,
}

impl Running {
    pub(crate) fn start() -> Self {
        Self::with(Patience::default(), None)
    }

    pub(crate) fn with(patience: Patience, app: Option<PathBuf>) -> Self {
        Self::configured(Config { app, patience, ..Config::default() })
    }

    pub(crate) fn configured(config: Config) -> Self {
        let data = tempfile::tempdir().unwrap();
        let store = Arc::new(Sqlite::open(data.path()).unwrap());
        let workspace = access::first_workspace(&*store).unwrap().id;
        let runtime = Runtime::new().unwrap();
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel();
        let shutdown = async {
            let _ = stopped.await;
        };
        let served = runtime.spawn(sync_server::serve(config, store.clone(), listener, shutdown));
        Self { address, store, workspace, data, runtime, served, stop }
    }

    /// A new device's token.
    pub(crate) fn token(&self, name: &str) -> String {
        access::join(&*self.store, &self.secret(Role::Rep), name).unwrap().1
    }

    /// A fresh link's secret.
    pub(crate) fn secret(&self, role: Role) -> String {
        let invitation = Invitation { source: Source::App, role, member: None, lasts: APP_LINK };
        access::invite(&*self.store, self.workspace, invitation).unwrap().secret
    }

    /// Stops it and waits until it has ended well.
    pub(crate) fn stop(self) {
        self.stop.send(()).unwrap();
        self.runtime.block_on(self.served).unwrap().unwrap();
    }
}

/// Posts JSON; the answer's status and JSON.
pub(crate) fn post(address: SocketAddr, path: &str, token: Option<&str>, body: &Value) -> (u16, Value) {
    let mut request = agent().post(format!("http://{address}{path}"));
    if let Some(token) = token {
        request = request.header("authorization", format!("Bearer {token}"));
    }
    let mut response = request.send_json(body).unwrap();
    (response.status().as_u16(), response.body_mut().read_json().unwrap())
}

/// Gets a file; the status, one header, and the body.
pub(crate) fn get(address: SocketAddr, path: &str, accept: &str, header: &str) -> (u16, String, Vec<u8>) {
    let request = agent().get(format!("http://{address}{path}")).header("accept-encoding", accept);
    let mut response = request.call().unwrap();
    let value = response.headers().get(header).map(|value| value.to_str().unwrap().to_owned());
    (response.status().as_u16(), value.unwrap_or_default(), response.body_mut().read_to_vec().unwrap())
}

fn agent() -> ureq::Agent {
    ureq::Agent::config_builder().http_status_as_error(false).build().into()
}
