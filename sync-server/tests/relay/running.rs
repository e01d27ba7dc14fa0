//! A relay inside the test, on a port of its own, and HTTP to it.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use serde_json::Value;
use shared::id::WorkspaceId;
use shared::model::Role;
use sync_server::access::{self, Roster};
use sync_server::config::{Config, Patience};
use sync_server::files::Files;
use sync_server::store::Sqlite;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::key::{Key, Refused, entering, invitation};

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
        let store = Sqlite::open(data.path()).unwrap();
        found(&store, access::first_workspace(&store).unwrap().id);
        Self::on(data, config)
    }

    /// The same relay after it was stopped.
    pub(crate) fn restart(self) -> Self {
        let Self { data, runtime, served, stop, .. } = self;
        stop.send(()).unwrap();
        runtime.block_on(served).unwrap().unwrap();
        Self::on(data, Config::default())
    }

    fn on(data: TempDir, config: Config) -> Self {
        let store = Arc::new(Sqlite::open(data.path()).unwrap());
        let workspace = access::first_workspace(&*store).unwrap().id;
        let runtime = Runtime::new().unwrap();
        let listener = runtime.block_on(TcpListener::bind("127.0.0.1:0")).unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel();
        let shutdown = async {
            let _ = stopped.await;
        };
        let served =
            runtime.spawn(sync_server::serve(config, store.clone(), Files::of(data.path()), listener, shutdown));
        Self { address, store, workspace, data, runtime, served, stop }
    }

    /// The key of the device whose owner founded the workspace.
    pub(crate) fn owner(&self) -> Key {
        Key::named(self.workspace, "owner")
    }

    /// The key of a new rep's device.
    pub(crate) fn key(&self, name: &str) -> Key {
        self.key_of(name, Role::Rep)
    }

    /// The key of a new member's device; the one of this name, if there is one.
    pub(crate) fn key_of(&self, name: &str, role: Role) -> Key {
        let key = Key::named(self.workspace, name);
        let mut roster = Roster::read(&*self.store, self.workspace).unwrap();
        if !roster.list().devices().contains_key(&key.device) {
            let (ticket, invite) = invitation(roster.list(), &self.owner(), role, *key.device.as_bytes());
            roster.amend(&*self.store, invite.bytes()).unwrap();
            let entry = entering(roster.list(), &ticket, key.newcomer());
            roster.amend(&*self.store, entry.bytes()).unwrap();
        }
        key
    }

    /// Stops it and waits until it has ended well.
    pub(crate) fn stop(self) {
        self.stop.send(()).unwrap();
        self.runtime.block_on(self.served).unwrap().unwrap();
    }
}

/// The owner is the first to come in.
pub(crate) fn found(store: &Sqlite, workspace: WorkspaceId) {
    let ticket = access::founding_ticket(store, workspace).unwrap().unwrap();
    let mut roster = Roster::read(store, workspace).unwrap();
    let entry = entering(roster.list(), &ticket, Key::named(workspace, "owner").newcomer());
    roster.amend(store, entry.bytes()).unwrap();
}

/// Posts bytes; the answer's bytes, or why not.
pub(crate) fn post(address: SocketAddr, path: &str, body: &[u8]) -> Result<Vec<u8>, Refused> {
    let mut response = agent().post(format!("http://{address}{path}")).send(body).unwrap();
    if response.status().is_success() {
        return Ok(response.body_mut().read_to_vec().unwrap());
    }
    let refused: Value = response.body_mut().read_json().unwrap();
    Err((response.status().as_u16(), refused["code"].as_str().unwrap().to_owned()))
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
