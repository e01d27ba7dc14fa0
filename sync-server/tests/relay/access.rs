//! Joining and inviting over HTTP.

use serde_json::{Value, json};
use sync_server::access::Role;

use crate::device::Device;
use crate::running::{Running, get, post};

fn join(relay: &Running, secret: &str) -> (u16, Value) {
    post(relay.address, "/join", None, &json!({ "secret": secret, "device": "Anna's phone" }))
}

fn text<'a>(answer: &'a Value, field: &str) -> &'a str {
    answer[field].as_str().unwrap()
}

#[test]
fn a_link_lets_one_device_in() {
    let relay = Running::start();
    let secret = relay.secret(Role::Manager);
    let (status, joined) = join(&relay, &secret);
    assert_eq!((status, text(&joined, "role")), (200, "manager"));
    assert_eq!(text(&joined, "workspace"), relay.workspace.to_string());
    assert!([text(&joined, "device"), text(&joined, "member")].iter().all(|id| id.len() == 32));
    Device::arrive(relay.address, text(&joined, "token"));
    let (status, refused) = join(&relay, &secret);
    assert_eq!((status, text(&refused, "code")), (403, "invite_used"));
    let (status, refused) = join(&relay, "guessed");
    assert_eq!((status, text(&refused, "code")), (403, "invite_unknown"));
    assert!(text(&refused, "text").contains("ask for a new link"));
    relay.stop();
}

#[test]
fn a_device_invites_others_and_another_device_of_the_same_person() {
    let relay = Running::start();
    let (_, owner) = join(&relay, &relay.secret(Role::Owner));
    let token = Some(text(&owner, "token"));
    let (status, told) = post(relay.address, "/invite", token, &json!({ "member": "same" }));
    assert_eq!(status, 200);
    let (_, tablet) = join(&relay, text(&told, "secret"));
    assert_eq!((&tablet["member"], &tablet["role"]), (&owner["member"], &owner["role"]));
    let (_, told) = post(relay.address, "/invite", token, &json!({ "role": "rep" }));
    assert!(told["expires"].is_i64());
    let (_, rep) = join(&relay, text(&told, "secret"));
    assert_eq!(rep["role"], "rep");
    assert_ne!(rep["member"], owner["member"]);
    let (status, refused) = post(relay.address, "/invite", Some(text(&rep, "token")), &json!({ "role": "rep" }));
    assert_eq!((status, text(&refused, "code")), (403, "forbidden"));
    relay.stop();
}

#[test]
fn requests_that_are_not_understood_say_which_part() {
    let relay = Running::start();
    let (_, owner) = join(&relay, &relay.secret(Role::Owner));
    let cases = [
        ("/join", json!({ "secret": "x" }), 400, "request", "device"),
        ("/join", json!({ "secret": "x", "device": " " }), 400, "request", "device"),
        ("/invite", json!({}), 400, "request", "role"),
        ("/invite", json!({ "role": "chief" }), 400, "request", "chief"),
    ];
    for (path, body, status, code, names) in cases {
        let (got, refused) = post(relay.address, path, Some(text(&owner, "token")), &body);
        assert_eq!((got, text(&refused, "code")), (status, code), "{refused}");
        assert!(text(&refused, "text").contains(names), "{refused}");
    }
    let (status, refused) = post(relay.address, "/invite", None, &json!({ "role": "rep" }));
    assert_eq!((status, text(&refused, "code")), (401, "not_joined"));
    relay.stop();
}

#[test]
fn the_relay_says_that_it_is_well() {
    let relay = Running::start();
    assert_eq!(
        get(relay.address, "/healthz", "", "x-content-type-options"),
        (200, "nosniff".to_owned(), b"ok\n".into())
    );
    relay.stop();
}
