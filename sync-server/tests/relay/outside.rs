//! The relay as its operator and a browser's guard see it: headers, metrics, TLS, messages.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::process::Stdio;
use std::sync::Arc;

use shared::wire::Frame;
use sync_server::config::{Certificate, Config};
use tokio_rustls::rustls::crypto::ring;
use tokio_rustls::rustls::pki_types::CertificateDer;
use tokio_rustls::rustls::{ClientConfig, ClientConnection, RootCertStore, StreamOwned};

use crate::device::Device;
use crate::pen::Pen;
use crate::process::sluice;
use crate::running::{Running, get};

const PAGE: &str =
    "<!doctype html><meta http-equiv=\"Content-Security-Policy\" content=\"script-src 'sha256-x'\"><title>";

#[test]
fn every_answer_says_what_a_browser_may_do_with_it() {
    let app = tempfile::tempdir().unwrap();
    fs::write(app.path().join("index.html"), PAGE).unwrap();
    fs::write(app.path().join("sw.js"), "worker").unwrap();
    let relay = Running::configured(Config { app: Some(app.path().to_owned()), ..Config::default() });
    let cases = [
        ("/", "content-security-policy", "script-src 'sha256-x'; frame-ancestors 'none'"),
        ("/deals/7", "content-security-policy", "script-src 'sha256-x'; frame-ancestors 'none'"),
        ("/", "x-frame-options", "DENY"),
        ("/healthz", "x-content-type-options", "nosniff"),
        ("/nowhere.js", "referrer-policy", "no-referrer"),
        ("/", "strict-transport-security", ""),
    ];
    for (path, header, value) in cases {
        assert_eq!(get(relay.address, path, "", header).1, value, "{path}");
    }
    let worker = get(relay.address, "/sw.js", "", "content-security-policy").1;
    assert!(worker.contains("script-src 'self' 'wasm-unsafe-eval';") && worker.contains("frame-ancestors"), "{worker}");
    relay.stop();
}

#[test]
fn a_page_that_the_browser_has_keeps_the_policy_it_came_with() {
    let app = tempfile::tempdir().unwrap();
    fs::write(app.path().join("index.html"), PAGE).unwrap();
    let relay = Running::configured(Config { app: Some(app.path().to_owned()), ..Config::default() });
    let since = get(relay.address, "/", "", "last-modified").1;
    let mut stream = TcpStream::connect(relay.address).unwrap();
    write!(stream, "GET / HTTP/1.1\r\nhost: relay\r\nconnection: close\r\nif-modified-since: {since}\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 304"), "{answer}");
    assert!(answer.contains("nosniff") && !answer.contains("content-security-policy"), "{answer}");
    relay.stop();
}

#[test]
fn what_happened_can_be_read_as_metrics() {
    let relay = Running::start();
    let mut phone = Device::arrive(relay.address, &relay.key("phone"));
    phone.push(1, Pen::new("a").write_many(3));
    let mut stranger = Device::connect(relay.address);
    stranger.say(&Frame::Ping);
    stranger.is_ended();
    let (status, _, text) = get(relay.address, "/metrics", "", "content-type");
    let text = String::from_utf8(text).unwrap();
    assert_eq!(status, 200);
    for line in [
        "sluice_connected_devices 1",
        "sluice_workspaces_in_use 1",
        "sluice_acknowledged_changes_total 3",
        "sluice_commit_seconds_count 1",
        "sluice_refused_total{reason=\"Malformed\"} 1",
    ] {
        assert!(text.lines().any(|found| found == line), "{line} is not in:\n{text}");
    }
    relay.stop();
    let guarded = Running::configured(Config { metrics_token: Some("t".to_owned()), ..Config::default() });
    assert_eq!(get(guarded.address, "/metrics", "", "content-type").0, 404);
    guarded.stop();
}

#[test]
fn with_a_certificate_the_relay_speaks_tls_and_a_silent_connection_holds_nobody_up() {
    let files = tempfile::tempdir().unwrap();
    let made = rcgen::generate_simple_self_signed(["localhost".to_owned()]).unwrap();
    let certificate = Certificate { chain: files.path().join("chain.pem"), key: files.path().join("key.pem") };
    fs::write(&certificate.chain, made.cert.pem()).unwrap();
    fs::write(&certificate.key, made.signing_key.serialize_pem()).unwrap();
    let relay = Running::configured(Config { certificate: Some(certificate), ..Config::default() });
    let _silent = TcpStream::connect(relay.address).unwrap();
    let mut stream = tls(&relay, made.cert.der());
    stream.write_all(b"GET /healthz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    // The relay may close without the farewell that TLS would like.
    let _ = stream.read_to_string(&mut answer);
    assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("ok\n"), "{answer}");
    assert!(answer.contains("strict-transport-security: max-age="), "{answer}");
    let (socket, _) =
        tokio_tungstenite::tungstenite::client("wss://localhost/sync", tls(&relay, made.cert.der())).unwrap();
    drop(socket);
    relay.stop();
}

fn tls(relay: &Running, trusted: &CertificateDer<'static>) -> StreamOwned<ClientConnection, TcpStream> {
    let mut roots = RootCertStore::empty();
    roots.add(trusted.clone()).unwrap();
    let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(roots)
        .with_no_client_auth();
    let connection = ClientConnection::new(Arc::new(config), "localhost".try_into().unwrap()).unwrap();
    StreamOwned::new(connection, TcpStream::connect(relay.address).unwrap())
}

#[test]
fn messages_can_be_read_by_machines() {
    let data = tempfile::tempdir().unwrap();
    let said = sluice(data.path(), &["invite", "--log-format", "json"]).stderr(Stdio::piped()).output().unwrap();
    let said = String::from_utf8(said.stderr).unwrap();
    let messages: Vec<serde_json::Value> = said.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(messages.iter().any(|message| message["level"] == "INFO"), "{said}");
}
