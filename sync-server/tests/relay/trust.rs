//! A script that tries everything that is not allowed, against the real program: nothing gets through, and what it
//! refuses it writes down once.

mod attempts;
mod forged;
mod kept;
mod table;

use std::fs::{File, read_to_string};

use shared::id::{CompanyId, DealId, DeviceId, DocumentId, LeadId};
use shared::membership::{Act, Entry, Membership, PrivateKey, Ticket, Vantage};
use shared::model::Role;
use shared::wire::{Ended, Frame};
use sync_server::access::Roster;
use sync_server::store::Sqlite;
use tempfile::TempDir;

use crate::device::Device;
use crate::key::{Key, Refused, amend, entering, invitation, join};
use crate::process::Process;
use kept::Kept;

/// A relay with a device of everybody, and what it said.
struct Scene {
    folder: TempDir,
    process: Process,
    /// The owner who founded the workspace, and tries nothing.
    founder: Key,
    /// How many lines it should have written.
    lines: usize,
}

impl Scene {
    fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let said = File::create(folder.path().join("said")).unwrap();
        let process = Process::start_with(&folder.path().join("data"), said.into());
        let founder = process.found();
        let mut scene = Self { folder, process, founder, lines: 0 };
        scene.lines = scene.said();
        scene
    }

    fn store(&self) -> Sqlite {
        Sqlite::open(&self.folder.path().join("data")).unwrap()
    }

    fn kept(&self) -> Kept {
        Kept::read(&self.folder.path().join("data/relay.db"))
    }

    fn list(&self) -> Membership {
        Roster::read(&self.store(), self.founder.workspace).unwrap().list().clone()
    }

    /// A new member with one device.
    fn joins(&self, role: Role, name: &str) -> Key {
        let (ticket, entry) = invitation(&self.list(), &self.founder, role, *DeviceId::minted(name).as_bytes());
        self.amends(&entry).unwrap();
        join(self.process.address, &ticket.spelled(), name).unwrap()
    }

    /// A further device of somebody, who makes the link for it.
    fn joins_too(&self, owner: &Key, name: &str) -> Key {
        let ticket = self.links_own(owner, name).unwrap();
        let key = Key { member: owner.member, ..Key::named(owner.workspace, name) };
        self.amends(&entering(&self.list(), &ticket, key.newcomer())).unwrap();
        key
    }

    fn links_own(&self, owner: &Key, name: &str) -> Result<Ticket, Refused> {
        let list = self.list();
        let ticket = Ticket::to_join(*DeviceId::minted(name).as_bytes(), list.root());
        let (link, member) = (ticket.key().public(), Some(owner.member));
        let act = Act::Invite { link, role: Role::Viewer, member, lasts: 600, vantage: Vantage::default() };
        self.amends(&owner.says(&list, act)).map(|()| ticket)
    }

    fn removes(&self, key: &Key) {
        self.amends(&self.founder.says(&self.list(), Act::Remove { device: key.device })).unwrap();
    }

    fn amends(&self, entry: &Entry) -> Result<(), Refused> {
        amend(self.process.address, self.founder.workspace, entry)
    }

    /// A greeting that must not be believed.
    fn is_kept_out(&mut self, why: Ended, greeting: impl FnOnce([u8; 32]) -> Frame) {
        let mut device = Device::connect(self.process.address);
        let nonce = device.challenge();
        device.say(&greeting(nonce));
        assert_eq!(device.is_ended(), why);
        self.refused_one();
    }

    /// An entry that must not get on the list.
    fn is_kept_off(&mut self, entry: &Entry, code: &str) {
        let before = self.kept();
        let (_, named) = self.amends(entry).expect_err("it got on the list");
        assert_eq!(named, code, "{:?}", entry.statement());
        assert_eq!(self.kept(), before);
        self.refused_one();
    }

    /// The relay has written one line more, and that it refused something.
    fn refused_one(&mut self) {
        self.lines += 1;
        let said = read_to_string(self.folder.path().join("said")).unwrap();
        assert_eq!(said.lines().count(), self.lines, "each refusal is written down once:\n{said}");
        assert!(said.lines().last().is_some_and(|line| line.contains("refused")), "{said}");
    }

    fn said(&self) -> usize {
        read_to_string(self.folder.path().join("said")).unwrap().lines().count()
    }
}

/// One of each kind.
fn documents() -> [DocumentId; 5] {
    let (company, lead) = (CompanyId::minted("c"), LeadId::minted("l"));
    let [workspace, views] = DocumentId::OF_TEAM;
    [workspace, views, DocumentId::Company(company), DocumentId::Deal(DealId::minted("d")), DocumentId::Lead(lead)]
}

/// The key of a secret that nobody has used.
fn fresh(name: &str) -> PrivateKey {
    let half = *DeviceId::minted(name).as_bytes();
    PrivateKey::from_seed(&[half, half].concat().try_into().unwrap())
}
