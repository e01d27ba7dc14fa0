//! Joining, inviting and removing over HTTP, as the relay decides it.

use shared::membership::{Act, Membership, Refusal, Ticket, Vantage};
use shared::model::Role;
use shared::wire::{Ended, Frame};
use sync_server::access::Roster;
use sync_server::store::Access as _;

use crate::device::Device;
use crate::key::{Key, amend, ask, entering, invitation, join};
use crate::pen::Pen;
use crate::running::{Running, get, post};

fn list(relay: &Running) -> Membership {
    Roster::read(&*relay.store, relay.workspace).unwrap().list().clone()
}

/// A fresh link of the owner.
fn link(relay: &Running, role: Role, secret: u8) -> Ticket {
    let (ticket, entry) = invitation(&list(relay), &relay.owner(), role, [secret; 16]);
    amend(relay.address, relay.workspace, &entry).unwrap();
    ticket
}

fn refused<T>(status: u16, code: &str) -> Result<T, (u16, String)> {
    Err((status, code.to_owned()))
}

#[test]
fn a_link_lets_one_device_in() {
    let relay = Running::start();
    let ticket = link(&relay, Role::Manager, 1).spelled();
    let anna = join(relay.address, &ticket, "anna").unwrap();
    assert_eq!(list(&relay).role_of(anna.device), Ok(Role::Manager));
    Device::arrive(relay.address, &anna);
    assert_eq!(join(relay.address, &ticket, "bea").map(drop), refused(403, "invite_used"));
    let guessed = Ticket::to_found([9; 16]).spelled();
    assert_eq!(join(relay.address, &guessed, "eve").map(drop), refused(403, "invite_unknown"));
    relay.stop();
}

#[test]
fn a_link_is_good_for_as_long_as_it_says_by_the_relays_clock() {
    let relay = Running::start();
    let ticket = Ticket::to_join([3; 16], list(&relay).root());
    let short = Act::Invite {
        link: ticket.key().public(),
        role: Role::Rep,
        member: None,
        lasts: 1,
        vantage: Vantage::default(),
    };
    let entry = relay.owner().says(&list(&relay), short);
    amend(relay.address, relay.workspace, &entry).unwrap();
    let (list, _) = ask(relay.address, &ticket).unwrap();
    let late = entering(&list, &ticket, Key::named(relay.workspace, "late").newcomer());
    std::thread::sleep(std::time::Duration::from_millis(1100));
    assert_eq!(ask(relay.address, &ticket).map(drop), refused(403, "invite_expired"));
    assert_eq!(amend(relay.address, relay.workspace, &late), refused(403, "invite_expired"));
    relay.stop();
}

#[test]
fn what_a_signer_may_not_say_is_refused_by_name() {
    let relay = Running::start();
    let rep = relay.key("rep");
    let list = list(&relay);
    let by_rep = |act: Act| amend(relay.address, relay.workspace, &rep.says(&list, act));
    assert_eq!(by_rep(Act::Remove { device: relay.owner().device }), refused(403, "forbidden"));
    assert_eq!(by_rep(Act::SetRole { member: rep.member, role: Role::Owner }), refused(403, "forbidden"));
    let (_, invite) = invitation(&list, &rep, Role::Rep, [5; 16]);
    assert_eq!(amend(relay.address, relay.workspace, &invite), refused(403, "forbidden"));
    let stranger = Key::named(relay.workspace, "stranger");
    let (_, invite) = invitation(&list, &stranger, Role::Rep, [5; 16]);
    assert_eq!(amend(relay.address, relay.workspace, &invite), refused(403, "not_joined"));
    let (_, invite) = invitation(&list, &relay.owner(), Role::Rep, [5; 16]);
    amend(relay.address, relay.workspace, &invite).unwrap();
    assert_eq!(amend(relay.address, relay.workspace, &invite), refused(409, "moved_on"));
    assert_eq!(post(relay.address, "/amend", b"not an amendment").map(drop), refused(400, "request"));
    assert_eq!(post(relay.address, "/join", b"").map(drop), refused(400, "request"));
    relay.stop();
}

#[test]
fn everybody_who_is_connected_hears_of_the_list_at_once() {
    let relay = Running::start();
    let (key, mut phone) = (relay.key("phone"), Device::connect(relay.address));
    let Frame::Hello { workspace, device, signature, stand, .. } = key.hello(&phone.challenge(), None) else {
        panic!("no greeting")
    };
    phone.say(&Frame::Hello { workspace, device, signature, members: 0, stand });
    assert!(matches!(phone.hear(), Frame::Welcome { members: 3, .. }));
    let Frame::Members { from: 0, entries } = phone.hear() else { panic!("no list") };
    let before = Membership::verify(relay.workspace, entries.iter().map(|entry| entry.as_slice())).unwrap();
    link(&relay, Role::Rep, 1);
    let Frame::Members { from, entries } = phone.hear() else { panic!("no news") };
    assert_eq!((from, entries.len()), (before.length(), 1));
    relay.stop();
}

#[test]
fn a_removed_device_is_cut_off_at_once_and_stays_out() {
    let relay = Running::start();
    let key = relay.key("lost");
    let mut lost = Device::arrive(relay.address, &key);
    lost.push(1, Pen::new("a").write_many(1));
    let entry = relay.owner().says(&list(&relay), Act::Remove { device: key.device });
    amend(relay.address, relay.workspace, &entry).unwrap();
    assert_eq!(lost.is_ended(), Ended::Removed);
    let mut back = Device::connect(relay.address);
    let hello = key.hello(&back.challenge(), None);
    back.say(&hello);
    assert_eq!(back.is_ended(), Ended::Removed);
    relay.stop();
}

#[test]
fn a_console_that_removes_a_device_in_another_process_is_heard_too() {
    let relay = Running::start();
    let key = relay.key("lost");
    let mut lost = Device::arrive(relay.address, &key);
    let mut roster = Roster::read(&*relay.store, relay.workspace).unwrap();
    let entry = relay.owner().says(roster.list(), Act::Remove { device: key.device });
    let other = sync_server::store::Sqlite::open(relay.data.path()).unwrap();
    roster.amend(&other, entry.bytes()).unwrap();
    assert_eq!(lost.is_ended(), Ended::Removed);
    relay.stop();
}

#[test]
fn the_last_owner_comes_back_with_the_printed_code() {
    let relay = Running::start();
    let code = Ticket::to_recover([8; 16], list(&relay).root());
    let print = relay.owner().says(&list(&relay), Act::PrintRecovery { key: code.key().public() });
    amend(relay.address, relay.workspace, &print).unwrap();
    let (known, _) = ask(relay.address, &Ticket::read(&code.printed()).unwrap()).unwrap();
    let mut back = Key::named(relay.workspace, "new phone");
    back.member = relay.owner().member;
    amend(relay.address, relay.workspace, &entering(&known, &code, back.newcomer())).unwrap();
    Device::arrive(relay.address, &back);
    assert_eq!(list(&relay).role_of(back.device), Ok(Role::Owner));
    assert_eq!(ask(relay.address, &code).map(drop), refused(403, "invite_unknown"));
    relay.stop();
}

#[test]
fn a_device_is_told_when_the_others_were_last_here() {
    let relay = Running::start();
    let (key, other) = (relay.key("phone"), relay.key("other"));
    relay.store.seen(&[other.device], 77).unwrap();
    let mut phone = Device::arrive(relay.address, &key);
    phone.say(&Frame::AskSeen);
    let devices = loop {
        if let Frame::Seen { devices } = phone.hear() {
            break devices;
        }
    };
    let at = |device| devices.iter().find(|(seen, _)| *seen == device).map(|(_, at)| *at);
    assert_eq!((at(other.device), at(relay.owner().device)), (Some(77), None));
    assert!(at(key.device).is_some_and(|at| at > 77), "it is here");
    relay.stop();
}

#[test]
fn a_list_that_was_tampered_with_on_the_relays_disk_is_not_served() {
    let relay = Running::start();
    let mut kept = relay.store.entries(relay.workspace, 0).unwrap().remove(0);
    *kept.bytes.last_mut().unwrap() ^= 1;
    relay.store.amend(relay.workspace, 1, &kept, None).unwrap();
    let read = Roster::read(&*relay.store, relay.workspace).err();
    assert!(matches!(read, Some(sync_server::error::Error::Membership(Refusal::Unlinked | Refusal::Malformed))));
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
