//! The app's files as a browser gets them.

use std::fs;

use sync_server::config::Patience;

use crate::running::{Running, get};

fn relay_with_app() -> (Running, tempfile::TempDir) {
    let app = tempfile::tempdir().unwrap();
    fs::create_dir(app.path().join("assets")).unwrap();
    for (name, content) in [
        ("index.html", "first page"),
        ("sw.js", "worker"),
        ("assets/app-1a2b.wasm", "plain"),
        ("assets/app-1a2b.wasm.br", "compressed"),
    ] {
        fs::write(app.path().join(name), content).unwrap();
    }
    (Running::with(Patience::default(), Some(app.path().to_owned())), app)
}

#[test]
fn hashed_files_are_kept_for_ever_and_come_compressed() {
    let (relay, _app) = relay_with_app();
    let path = "/assets/app-1a2b.wasm";
    let found = |header, value: &str, body: &[u8]| {
        assert_eq!(get(relay.address, path, "br", header), (200, value.to_owned(), body.to_owned()));
    };
    found("content-type", "application/wasm", b"compressed");
    found("content-encoding", "br", b"compressed");
    found("cache-control", "public, max-age=31536000, immutable", b"compressed");
    assert_eq!(get(relay.address, path, "identity", "content-encoding"), (200, String::new(), b"plain".into()));
    relay.stop();
}

#[test]
fn every_other_address_is_asked_for_again() {
    let (relay, _app) = relay_with_app();
    let fresh = |path, body: &[u8]| {
        assert_eq!(get(relay.address, path, "", "cache-control"), (200, "no-cache".to_owned(), body.to_owned()));
    };
    fresh("/", b"first page");
    fresh("/sw.js", b"worker");
    fresh("/deals/7", b"first page");
    let (status, kept, _) = get(relay.address, "/assets/app-old.wasm", "", "cache-control");
    assert_eq!((status, kept.as_str()), (404, "no-cache"));
    let (_, kind, _) = get(relay.address, "/", "", "content-type");
    assert_eq!(kind, "text/html");
    assert_eq!(get(relay.address, "/../Cargo.toml", "", "content-type").2, b"first page");
    relay.stop();
}

#[test]
fn without_an_app_a_page_says_how_to_build_it() {
    let relay = Running::start();
    let (status, _, body) = get(relay.address, "/", "", "content-type");
    assert_eq!(status, 200);
    assert!(String::from_utf8(body).unwrap().contains("cargo xtask dist"));
    relay.stop();
}
