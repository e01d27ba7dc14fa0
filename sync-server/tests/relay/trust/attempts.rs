//! What somebody tries at a relay, and what came of it in a word or two.

use minicbor::bytes::ByteVec;
use shared::id::{DocumentId, WorkspaceId};
use shared::membership::{Act, Membership, Ticket, Vantage};
use shared::model::Role;
use shared::wire::{Ended, Frame};

use super::table::Person;
use super::{Scene, documents, fresh};
use crate::device::Device;
use crate::key::{Key, Refused, ask, entering, recover};
use crate::pen::Pen;

/// What is let through.
pub(super) const DONE: &str = "done";

fn arrives(scene: &Scene, by: &Person, and: impl FnOnce(Device) -> String) -> String {
    match Device::knock(scene.process.address, &by.key) {
        Ok(device) => and(device),
        Err(Ended::Unknown) => "unknown".to_owned(),
        Err(Ended::Removed) => "removed".to_owned(),
        Err(other) => panic!("{other:?}"),
    }
}

pub(super) fn push(scene: &Scene, by: &Person, kind: usize) -> String {
    push_all(scene, by, &[documents()[kind]])
}

/// One document that is not allowed keeps the whole push out.
pub(super) fn push_both(scene: &Scene, by: &Person) -> String {
    push_all(scene, by, &[documents()[3], documents()[0]])
}

fn push_all(scene: &Scene, by: &Person, documents: &[DocumentId]) -> String {
    arrives(scene, by, |mut device| {
        let entries = documents.iter().map(|document| Pen::on(*document).write(by.name)).collect();
        device.say(&Frame::Push { number: 7, entries });
        match device.hears_of(7) {
            Frame::Stored { .. } => DONE.to_owned(),
            Frame::Refused { document, needs, .. } if documents.contains(&document) => format!("needs {needs}"),
            other => panic!("{other:?}"),
        }
    })
}

pub(super) fn read(scene: &Scene, by: &Person, kind: usize) -> String {
    arrives(scene, by, |mut device| {
        device.catch_up(device.head);
        assert!(device.order.contains(&documents()[kind]));
        DONE.to_owned()
    })
}

pub(super) fn read_list(scene: &Scene, by: &Person) -> String {
    let mut device = Device::connect(scene.process.address);
    let Frame::Hello { workspace, device: id, signature, .. } = by.key.hello(&device.challenge(), None) else {
        panic!("no greeting")
    };
    device.say(&Frame::Hello { workspace, device: id, signature, members: 0, stand: None });
    loop {
        match device.hear() {
            Frame::Members { .. } => return DONE.to_owned(),
            Frame::End(ended) => return format!("{ended:?}").to_lowercase(),
            _ => {}
        }
    }
}

pub(super) fn ask_seen(scene: &Scene, by: &Person) -> String {
    arrives(scene, by, |mut device| {
        device.say(&Frame::AskSeen);
        while !matches!(device.hear(), Frame::Seen { .. }) {}
        DONE.to_owned()
    })
}

fn named(done: Result<(), Refused>) -> String {
    done.map_or_else(|(_, code)| code, |()| DONE.to_owned())
}

pub(super) fn says(scene: &Scene, by: &Person, act: Act) -> String {
    named(scene.amends(&by.key.says(&scene.list(), act)))
}

pub(super) fn invite(scene: &Scene, by: &Person, role: Role) -> String {
    let link = fresh(&format!("{} invites {role}", by.name)).public();
    says(scene, by, Act::Invite { link, role, member: None, lasts: 60, vantage: Vantage::default() })
}

pub(super) fn invite_own(scene: &Scene, by: &Person) -> String {
    named(scene.links_own(&by.key, &format!("{}'s third", by.name)).map(drop))
}

pub(super) fn invite_others(scene: &Scene, by: &Person) -> String {
    let (link, member) = (fresh(&format!("{} invites others", by.name)).public(), Some(scene.founder.member));
    says(scene, by, Act::Invite { link, role: Role::Viewer, member, lasts: 60, vantage: Vantage::default() })
}

pub(super) fn come_in(scene: &Scene, by: &Person) -> String {
    let key = Key { member: by.key.member, ..Key::named(by.key.workspace, &format!("{} again", by.name)) };
    named(scene.amends(&entering(&scene.list(), &by.link, key.newcomer())))
}

pub(super) fn ask_list(scene: &Scene, by: &Person) -> String {
    named(ask(scene.process.address, &by.link).map(drop))
}

/// A list of one's own, which another relay may have.
fn own_list(by: &Person) -> (Membership, Vec<ByteVec>) {
    let mut list = Membership::unfounded(WorkspaceId::minted(by.name));
    let entry = entering(&list, &Ticket::to_found([4; 16]), by.key.newcomer());
    list.extend(&entry).unwrap();
    (list, vec![entry.bytes().to_vec().into()])
}

pub(super) fn bring(scene: &Scene, by: &Person) -> String {
    let (list, entries) = own_list(by);
    named(recover(scene.process.address, &by.link.spelled(), &list, entries))
}

pub(super) fn bring_with_used_link(scene: &Scene, by: &Person) -> String {
    let (list, entries) = own_list(by);
    named(recover(scene.process.address, scene.process.secret.as_ref().unwrap(), &list, entries))
}
