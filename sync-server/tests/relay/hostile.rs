//! Bytes and behaviour no honest device shows: each is named, and nobody else notices.

use std::path::Path;
use std::time::Duration;

use shared::change::ChangeHash;
use shared::id::DocumentId;
use shared::wire::{Ended, Entry, Frame, MAX_FRAME_BYTES, WIRE_VERSION};
use sync_server::config::Patience;
use sync_server::store::Log as _;
use tokio_tungstenite::tungstenite::Message;

use crate::device::Device;
use crate::pen::Pen;
use crate::running::Running;

#[test]
fn frames_that_are_not_frames_end_their_own_conversation_only() {
    let relay = Running::start();
    let mut bystander = Device::arrive(relay.address, &relay.key("bystander"));
    let push = Frame::Push { number: 1, entries: Pen::new("a").write_many(2) }.encode();
    let mut newer = push.clone();
    newer[0] = WIRE_VERSION + 1;
    let cases = [
        (vec![], "empty frame"),
        (push[..push.len() / 2].to_vec(), "cut short"),
        (vec![WIRE_VERSION, 0xff, 0xff], "malformed frame"),
        ([push.clone(), vec![0]].concat(), "1 bytes after the frame"),
        (vec![WIRE_VERSION; MAX_FRAME_BYTES + 1], "larger than"),
        (Frame::Stored { number: 1, upto: 1 }.encode(), "Stored from a device"),
    ];
    for (bytes, why) in cases {
        let mut hostile = Device::arrive(relay.address, &relay.key("hostile"));
        hostile.say_bytes(bytes);
        let Ended::Malformed(said) = hostile.is_ended() else { panic!("not malformed: {why}") };
        assert!(said.contains(why), "{said} should say {why}");
    }
    let mut stranger = Device::arrive(relay.address, &relay.key("stranger"));
    stranger.say_bytes(newer);
    assert_eq!(stranger.is_ended(), Ended::Version(WIRE_VERSION));
    assert_eq!(relay.store.head(relay.workspace).unwrap(), 0);
    bystander.push(1, Pen::new("b").write_many(1));
    bystander.catch_up(1);
    relay.stop();
}

#[test]
fn a_message_far_too_large_or_of_text_is_cut_off() {
    let relay = Running::start();
    let mut writer = Device::arrive(relay.address, &relay.key("writer"));
    writer.send(Message::text("hello")).unwrap();
    assert_eq!(writer.is_ended(), Ended::Malformed("text; frames are binary".to_owned()));
    let mut shouter = Device::arrive(relay.address, &relay.key("shouter"));
    // The relay hangs up while this is being sent, so both ends may see a broken line.
    let _ = shouter.send(Message::Binary(vec![WIRE_VERSION; 4 * MAX_FRAME_BYTES].into()));
    while let Ok(frame) = shouter.try_hear() {
        assert!(matches!(frame, Frame::End(Ended::Malformed(_))), "{frame:?}");
    }
    Device::arrive(relay.address, &relay.key("honest")).push(1, Pen::new("a").write_many(1));
    relay.stop();
}

#[test]
fn one_damaged_change_refuses_its_whole_push_by_name() {
    let relay = Running::start();
    let key = relay.key("phone");
    let good = Pen::new("a").write_many(3);
    let mut flipped = good.clone();
    *flipped[1].bytes.last_mut().unwrap() ^= 1;
    let mut renamed = good.clone();
    renamed[1].hash = ChangeHash([7; 32]);
    for damaged in [flipped, renamed] {
        let mut phone = Device::arrive(relay.address, &key);
        let name = damaged[1].hash.to_string();
        phone.say(&Frame::Push { number: 5, entries: damaged });
        let Ended::Malformed(said) = phone.is_ended() else { panic!("not malformed") };
        assert!(said.starts_with(&format!("change {name}")), "{said}");
        assert_eq!(relay.store.head(relay.workspace).unwrap(), 0, "nothing of the push is stored");
    }
    Device::arrive(relay.address, &key).push(6, good);
    relay.stop();
}

#[test]
fn a_change_that_breaks_a_limit_is_stored_for_nobody() {
    let relay = Running::start();
    let key = relay.owner();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/hostile");
    let files = folder.read_dir().unwrap().map(|file| file.unwrap().path());
    let files: Vec<_> = files.filter(|path| path.to_string_lossy().contains("/change-")).collect();
    assert!(files.len() > 30, "the known attacks are there");
    for path in files {
        let bytes = std::fs::read(&path).unwrap();
        let entry = Entry { document: DocumentId::Workspace, hash: ChangeHash::of_snapshot(&bytes[8..]), bytes };
        let start = format!("change {} of workspace: ", entry.hash);
        let mut phone = Device::arrive(relay.address, &key);
        phone.say(&Frame::Push { number: 7, entries: vec![entry] });
        let Ended::Malformed(said) = phone.is_ended() else { panic!("{path:?} is not malformed") };
        assert!(said.starts_with(&start) && said.ends_with("nothing of push 7 was stored"), "{path:?}: {said}");
    }
    assert_eq!(relay.store.head(relay.workspace).unwrap(), 0);
    relay.stop();
}

#[test]
fn nobody_is_heard_before_a_greeting() {
    let patience = Patience { greeting: Duration::from_millis(200), ..Patience::default() };
    let relay = Running::with(patience, None);
    let mut early = Device::connect(relay.address);
    early.say(&Frame::Push { number: 1, entries: vec![] });
    assert_eq!(early.is_ended(), Ended::Malformed("Push before Hello".to_owned()));
    let mut silent = Device::connect(relay.address);
    assert_eq!(silent.is_ended(), Ended::Malformed("no Hello within 0.2 s".to_owned()));
    relay.stop();
}

#[test]
fn a_device_is_asked_whether_it_is_there_and_then_given_up() {
    let patience =
        Patience { quiet: Duration::from_millis(100), gone: Duration::from_millis(400), ..Patience::default() };
    let relay = Running::with(patience, None);
    let mut phone = Device::arrive(relay.address, &relay.key("phone"));
    phone.say(&Frame::Ping);
    assert_eq!(phone.hear(), Frame::Pong);
    for _ in 0..5 {
        assert_eq!(phone.hear(), Frame::Ping);
        phone.say(&Frame::Pong);
    }
    assert_eq!(phone.hear(), Frame::Ping);
    assert!(phone.try_hear().is_err(), "given up");
    relay.stop();
}
