//! Where connections come in: TCP, and TLS on top of it if there is a certificate.

use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::pem::PemObject as _;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::server::TlsStream;
use tokio_util::either::Either;

/// How long a device may take to agree on a key.
const GREETING: Duration = Duration::from_secs(10);

/// How many may be at that at once.
const GREETINGS: usize = 256;

/// Files in PEM form. They are read at the start.
#[derive(Clone, Debug)]
pub struct Certificate {
    /// The certificate, and those that it is signed with.
    pub chain: PathBuf,
    /// Its key.
    pub key: PathBuf,
}

/// Who is at the other end of a connection.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Peer(pub(crate) SocketAddr);

type Greeted = Result<io::Result<(TlsStream<TcpStream>, SocketAddr)>, tokio::time::error::Elapsed>;

/// Takes connections. Those that are slow to agree on a key hold nobody up.
pub(crate) struct Doorway {
    listener: TcpListener,
    tls: Option<TlsAcceptor>,
    greetings: JoinSet<Greeted>,
}

impl Doorway {
    /// Takes connections of a port that the caller opened.
    pub(crate) fn new(listener: TcpListener, certificate: Option<&Certificate>) -> io::Result<Self> {
        let tls = certificate.map(acceptor).transpose()?;
        Ok(Self { listener, tls, greetings: JoinSet::new() })
    }
}

impl Listener for Doorway {
    type Io = Either<TcpStream, Box<TlsStream<TcpStream>>>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, SocketAddr) {
        loop {
            tokio::select! {
                (stream, peer) = Listener::accept(&mut self.listener), if self.greetings.len() < GREETINGS => {
                    // Frames are small and awaited: waiting to fill a packet would cost each answer 40 ms.
                    if let Err(error) = stream.set_nodelay(true) {
                        tracing::debug!(%error, "a connection stays slow");
                    }
                    let Some(tls) = self.tls.clone() else { return (Either::Left(stream), peer) };
                    self.greetings.spawn(timeout(GREETING, async move { Ok((tls.accept(stream).await?, peer)) }));
                }
                Some(greeted) = self.greetings.join_next() => match greeted {
                    Ok(Ok(Ok((stream, peer)))) => return (Either::Right(Box::new(stream)), peer),
                    Ok(Ok(Err(error))) => tracing::debug!(%error, "a connection did not agree on a key"),
                    Ok(Err(_)) | Err(_) => tracing::debug!("a connection did not agree on a key in time"),
                },
            }
        }
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

impl Connected<IncomingStream<'_, Doorway>> for Peer {
    fn connect_info(stream: IncomingStream<'_, Doorway>) -> Self {
        Self(*stream.remote_addr())
    }
}

fn acceptor(certificate: &Certificate) -> io::Result<TlsAcceptor> {
    let Certificate { chain, key } = certificate;
    let unreadable = |path: &PathBuf, why: String| io::Error::other(format!("{}: {why}", path.display()));
    let chain: Vec<CertificateDer<'static>> = CertificateDer::pem_file_iter(chain)
        .and_then(Iterator::collect)
        .map_err(|error| unreadable(chain, error.to_string()))?;
    let secret = PrivateKeyDer::from_pem_file(key).map_err(|error| unreadable(key, error.to_string()))?;
    let mut config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .and_then(|builder| builder.with_no_client_auth().with_single_cert(chain, secret))
        .map_err(|error| unreadable(&certificate.chain, error.to_string()))?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}
