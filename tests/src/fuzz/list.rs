//! The list of members: entries that anybody may send to a list with one owner, and what is asked over HTTP.

use shared::id::{DeviceId, MemberId, WorkspaceId};
use shared::membership::{Act, Entry, MAX_LASTS, Membership, Newcomer, PrivateKey, Sight, Signer, Vantage, prolong};
use shared::model::Role;
use shared::wire::joining::{Amend, Answer, Ask, Recover, decode, encode};

use super::Door;

fn key() -> PrivateKey {
    PrivateKey::from_seed(&[7; 32])
}

fn newcomer(name: &str) -> Newcomer {
    let (device, member) = (DeviceId::minted(name), MemberId::minted(name));
    Newcomer { device, key: key().public(), member, name: name.to_owned(), called: "phone".to_owned() }
}

/// A list with its first entry.
fn founded() -> (Membership, Entry) {
    let mut list = Membership::unfounded(WorkspaceId::minted("w"));
    let act = Act::Found { first: newcomer("owner"), console: None };
    let entry = list.statement(Signer::Link(PrivateKey::from_seed(&[8; 32]).public()), act);
    let entry = entry.sign(&PrivateKey::from_seed(&[8; 32]));
    list.extend(&entry).expect("whoever has the first link founds");
    (list, entry)
}

/// What an owner says, and how it is sent.
pub(super) fn corpus() -> Vec<Vec<u8>> {
    let ((list, first), link) = (founded(), PrivateKey::from_seed(&[9; 32]).public());
    let (device, member) = (DeviceId::minted("owner"), MemberId::minted("owner"));
    let vantage = Vantage { sight: Sight::Team, team: "north".to_owned() };
    let acts = [
        Act::Invite { link, role: Role::Rep, member: None, lasts: MAX_LASTS, vantage: vantage.clone() },
        Act::SetRole { member, role: Role::Viewer },
        Act::SetSight { member, vantage },
        Act::Remove { device },
        Act::PrintRecovery { key: link },
        Act::Admit(newcomer("guest")),
        Act::Recover(newcomer("guest")),
    ];
    let says = |act| list.statement(Signer::Device(device), act).sign(&key()).bytes().to_vec();
    let mut said: Vec<Vec<u8>> = acts.into_iter().map(says).collect();
    let entries = [first.bytes().to_vec()].into_iter().chain(said.clone()).map(Into::into).collect();
    said.push(encode(&Amend { workspace: list.workspace(), entries }));
    said.push(encode(&Ask { key: link }));
    said
}

/// An entry as the owner would sign it, so that it is heard.
pub(super) fn signed(bytes: Vec<u8>) -> Vec<u8> {
    match Entry::read(&bytes) {
        Ok(entry) => entry.statement().clone().sign(&key()).bytes().to_vec(),
        Err(_) => bytes,
    }
}

pub(super) fn door() -> Box<Door> {
    let (list, first) = founded();
    Box::new(move |bytes| {
        if let Ok(entry) = Entry::read(bytes) {
            let mut longer = list.clone();
            let taken = longer.extend(&entry).is_ok();
            assert_eq!(longer.length(), list.length() + u64::from(taken), "an entry is taken or not");
            drop(longer.seats());
        }
        if let Some(Amend { entries, .. }) = decode(bytes) {
            drop(prolong(list.workspace(), &[first.bytes().to_vec().into()], 0, &entries));
        }
        drop((decode::<Ask>(bytes), decode::<Answer>(bytes), decode::<Recover>(bytes)));
    })
}
