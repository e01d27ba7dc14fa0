//! A device's place in a workspace: its key, and how it gets there.

use std::net::SocketAddr;

use minicbor::bytes::ByteVec;
use shared::id::{DeviceId, MemberId, WorkspaceId};
use shared::membership::{Act, Entry, Membership, Newcomer, PrivateKey, Signer, Ticket, Vantage, greeting, recovering};
use shared::model::Role;
use shared::wire::joining::{Amend, Answer, Ask, Recover, decode, encode};
use shared::wire::{Frame, Stand};

use crate::running::post;

/// What a device keeps of itself.
#[derive(Clone)]
pub(crate) struct Key {
    pub(crate) workspace: WorkspaceId,
    pub(crate) device: DeviceId,
    pub(crate) member: MemberId,
    pub(crate) private: PrivateKey,
}

/// Status and code of a refused request.
pub(crate) type Refused = (u16, String);

impl Key {
    /// Everything about the device called so, which is a new member's.
    pub(crate) fn named(workspace: WorkspaceId, name: &str) -> Self {
        let (device, member) = (DeviceId::minted(name), MemberId::minted(name));
        let seed = [*device.as_bytes(), *member.as_bytes()].concat();
        Self { workspace, device, member, private: PrivateKey::from_seed(&seed.try_into().unwrap()) }
    }

    pub(crate) fn newcomer(&self) -> Newcomer {
        let (name, called) = ("Anna".to_owned(), "Anna's phone".to_owned());
        Newcomer { device: self.device, key: self.private.public(), member: self.member, name, called }
    }

    /// The first frame, signed over the relay's dice, of a device that has the list of members already.
    pub(crate) fn hello(&self, nonce: &[u8; 32], stand: Option<Stand>) -> Frame {
        let signature = self.private.sign(&greeting(nonce, self.workspace, self.device));
        Frame::Hello { workspace: self.workspace, device: self.device, signature, members: u64::MAX, stand }
    }

    /// An entry of this device for the end of a list.
    pub(crate) fn says(&self, list: &Membership, act: Act) -> Entry {
        list.statement(Signer::Device(self.device), act).sign(&self.private)
    }
}

/// A link that this device makes on a list, and the entry that makes it.
pub(crate) fn invitation(list: &Membership, by: &Key, role: Role, secret: [u8; 16]) -> (Ticket, Entry) {
    let ticket = Ticket::to_join(secret, list.root());
    let (link, vantage) = (ticket.key().public(), Vantage::default());
    let act = Act::Invite { link, role, member: None, lasts: 60, vantage };
    (ticket, by.says(list, act))
}

/// The entry with which a newcomer comes in, as the kind of ticket wants it.
pub(crate) fn entering(list: &Membership, ticket: &Ticket, newcomer: Newcomer) -> Entry {
    let (key, public) = (ticket.key(), ticket.key().public());
    let (by, act) = match (list.is_founded(), ticket.recovers()) {
        (false, _) => (Signer::Link(public), Act::Found { first: newcomer, console: None }),
        (true, false) => (Signer::Link(public), Act::Admit(newcomer)),
        (true, true) => (Signer::Recovery(public), Act::Recover(newcomer)),
    };
    list.statement(by, act).sign(&key)
}

/// The list that a ticket is for, as the relay tells it.
pub(crate) fn ask(address: SocketAddr, ticket: &Ticket) -> Result<(Membership, Answer), Refused> {
    let answer = post(address, "/join", &encode(&Ask { key: ticket.key().public() }))?;
    let answer: Answer = decode(&answer).unwrap();
    let list = Membership::verify(answer.workspace, answer.entries.iter().map(|entry| entry.as_slice())).unwrap();
    assert!(ticket.fits(list.root()), "the list is another one");
    Ok((list, answer))
}

/// Brings an entry to the relay.
pub(crate) fn amend(address: SocketAddr, workspace: WorkspaceId, entry: &Entry) -> Result<(), Refused> {
    let entries = vec![entry.bytes().to_vec().into()];
    post(address, "/amend", &encode(&Amend { workspace, entries })).map(drop)
}

/// Brings a workspace to a relay that lost everything, with its founding link.
pub(crate) fn recover(
    address: SocketAddr,
    ticket: &str,
    list: &Membership,
    entries: Vec<ByteVec>,
) -> Result<(), Refused> {
    let key = Ticket::read(ticket).unwrap().key();
    let signature = key.sign(&recovering(list));
    post(address, "/recover", &encode(&Recover { key: key.public(), workspace: list.workspace(), entries, signature }))
        .map(drop)
}

/// Joins as the app does; the founder takes the console in.
pub(crate) fn join(address: SocketAddr, ticket: &str, name: &str) -> Result<Key, Refused> {
    let ticket = Ticket::read(ticket.trim()).unwrap();
    let (list, answer) = ask(address, &ticket)?;
    let key = Key::named(list.workspace(), name);
    let entry = match list.is_founded() {
        true => entering(&list, &ticket, key.newcomer()),
        false => {
            let act = Act::Found { first: key.newcomer(), console: Some(answer.console) };
            list.statement(Signer::Link(ticket.key().public()), act).sign(&ticket.key())
        }
    };
    amend(address, list.workspace(), &entry)?;
    Ok(key)
}
