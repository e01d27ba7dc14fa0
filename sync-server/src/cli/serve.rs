//! `sluice serve`: the relay, until it is told to stop.

use std::io::Write as _;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;

use anyhow::{Context as _, ensure};
use clap::Args;
use shared::id::WorkspaceId;
use sync_server::access::{first_workspace, founding_ticket};
use sync_server::config::{Allowance, Certificate, Config};
use sync_server::files::Files;
use sync_server::robot::Robot;
use sync_server::store::Store;
use tokio::net::TcpListener;

use super::Data;

/// How to serve.
#[derive(Args)]
pub(crate) struct Serve {
    #[command(flatten)]
    data: Data,
    /// Where to listen; port 0 takes a free one.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8787")]
    listen: String,
    /// The folder of the built app.
    #[arg(long, value_name = "DIR")]
    app: Option<PathBuf>,
    #[command(flatten)]
    allowance: Allowance,
    /// The token that is to be shown for /metrics; without one, only this machine sees them.
    #[arg(long, env = "SLUICE_METRICS_TOKEN", value_name = "TOKEN", hide_env_values = true)]
    metrics_token: Option<String>,
    /// A certificate in PEM form, with those that it is signed with: the relay then speaks TLS.
    #[arg(long, env = "SLUICE_TLS_CERT", value_name = "FILE", requires = "tls_key")]
    tls_cert: Option<PathBuf>,
    /// The key of the certificate, in PEM form.
    #[arg(long, env = "SLUICE_TLS_KEY", value_name = "FILE", requires = "tls_cert")]
    tls_key: Option<PathBuf>,
    /// Believe the proxy in front of the relay when it says that a request came to it over TLS.
    #[arg(long, env = "SLUICE_TRUST_PROXY")]
    trust_proxy: bool,
}

impl Serve {
    pub(crate) fn run(self) -> anyhow::Result<()> {
        // Each connection is an open file, and many systems allow a thousand unless asked for more.
        if let Err(error) = rlimit::increase_nofile_limit(u64::MAX) {
            tracing::warn!(%error, "the number of open files stays as it is");
        }
        tokio::runtime::Runtime::new()?.block_on(self.serve())
    }

    /// The address, with a fresh link that founds the workspace if nobody has; the link of an earlier start is worth
    /// nothing any more. Others are invited in the app.
    fn link(&self, store: &dyn Store, workspace: WorkspaceId, address: SocketAddr) -> anyhow::Result<String> {
        let scheme = if self.tls_cert.is_some() { "https" } else { "http" };
        let address = reachable(address);
        Ok(match founding_ticket(store, workspace)? {
            Some(ticket) => format!("{scheme}://{address}/#/join/{}", ticket.spelled()),
            None => format!("{scheme}://{address}/"),
        })
    }

    fn config(self) -> Config {
        let Self { app, allowance, metrics_token, trust_proxy, .. } = self;
        let certificate = self.tls_cert.zip(self.tls_key).map(|(chain, key)| Certificate { chain, key });
        Config { app, allowance, metrics_token, certificate, trust_proxy, ..Config::default() }
    }

    async fn serve(self) -> anyhow::Result<()> {
        if let Some(app) = &self.app {
            let built = app.join("index.html").is_file();
            ensure!(built, "no index.html in {}; build the app with `cargo xtask dist`", app.display());
        }
        let store: Arc<dyn Store> = Arc::new(self.data.open()?);
        let listening = TcpListener::bind(&self.listen).await;
        let listener = listening
            .with_context(|| format!("cannot listen on {}; choose another address with --listen", self.listen))?;
        let workspace = first_workspace(&*store)?;
        Robot::found(&*store, workspace.id).context("the workspace cannot be read")?;
        let link = self.link(&*store, workspace.id, listener.local_addr()?)?;
        // Before the line, so that whoever waits for it may send the signal at once.
        let told_to_stop = told_to_stop()?;
        writeln!(std::io::stdout(), "Open {link}")?;
        let files = Files::of(self.data.directory());
        let config = self.config();
        sync_server::serve(config, store, files, listener, told_to_stop).await?;
        tracing::info!("stopped; everything acknowledged is on disk");
        Ok(())
    }
}

/// An address a browser on this machine can open, where the relay listens on all of them.
fn reachable(address: SocketAddr) -> SocketAddr {
    let ip = match address.ip() {
        IpAddr::V4(Ipv4Addr::UNSPECIFIED) => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(Ipv6Addr::UNSPECIFIED) => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, address.port())
}

#[cfg(unix)]
fn told_to_stop() -> std::io::Result<impl Future<Output = ()>> {
    use tokio::signal::unix::{SignalKind, signal};
    let (mut interrupt, mut terminate) = (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?);
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

#[cfg(not(unix))]
fn told_to_stop() -> std::io::Result<impl Future<Output = ()>> {
    Ok(async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}
