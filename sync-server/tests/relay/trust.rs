//! A script that tries everything that is not allowed, against the real program: nothing gets through, and what it
//! refuses it writes down once.

use std::fs::{File, read_to_string};
use std::path::Path;

use shared::id::{CompanyId, DealId, DeviceId, DocumentId, LeadId, WorkspaceId};
use shared::membership::{Act, Entry, Membership, Newcomer, PrivateKey, Signer, Ticket, Vantage};
use shared::model::Role;
use shared::wire::{Ended, Frame};
use sync_server::access::Roster;
use sync_server::store::{Limits, Log as _, Sqlite};
use tempfile::TempDir;

use crate::device::Device;
use crate::key::{Key, amend, invitation, join};
use crate::pen::Pen;
use crate::process::Process;

/// A relay with one device of each role, and its log.
struct Scene {
    folder: TempDir,
    process: Process,
    owner: Key,
    team: Vec<(Role, Key)>,
    refused: usize,
}

impl Scene {
    fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let said = File::create(folder.path().join("said")).unwrap();
        let process = Process::start_with(&folder.path().join("data"), said.into());
        let owner = process.found();
        let mut scene = Self { folder, process, owner, team: Vec::new(), refused: 0 };
        scene.team = Role::ALL.map(|role| (role, scene.joins(role, &role.to_string()))).to_vec();
        scene
    }

    fn store(&self) -> Sqlite {
        Sqlite::open(&self.folder.path().join("data")).unwrap()
    }

    fn list(&self) -> Membership {
        Roster::read(&self.store(), self.owner.workspace).unwrap().list().clone()
    }

    fn joins(&self, role: Role, name: &str) -> Key {
        let (ticket, entry) = invitation(&self.list(), &self.owner, role, *DeviceId::minted(name).as_bytes());
        self.amends(&entry).unwrap();
        join(self.process.address, &ticket.spelled(), name).unwrap()
    }

    fn amends(&self, entry: &Entry) -> Result<(), (u16, String)> {
        amend(self.process.address, self.owner.workspace, entry)
    }

    /// An entry that must not get on the list.
    fn is_kept_off(&mut self, entry: &Entry, code: &str) {
        let before = self.list().head();
        let (_, named) = self.amends(entry).expect_err("it got on the list");
        assert_eq!(named, code, "{:?}", entry.statement());
        assert_eq!(self.list().head(), before);
        self.counts_one();
    }

    /// A greeting that must not be believed.
    fn is_kept_out(&mut self, why: Ended, greeting: impl FnOnce([u8; 32]) -> Frame) {
        let mut device = Device::connect(self.process.address);
        let nonce = device.challenge();
        device.say(&greeting(nonce));
        assert_eq!(device.is_ended(), why);
        self.counts_one();
    }

    fn counts_one(&mut self) {
        self.refused += 1;
        assert_eq!(refusals(self.folder.path()), self.refused, "each refusal is written down once");
    }
}

fn refusals(folder: &Path) -> usize {
    read_to_string(folder.join("said")).unwrap().lines().filter(|line| line.contains("refused")).count()
}

fn documents() -> [DocumentId; 5] {
    let (company, lead) = (CompanyId::minted("c"), LeadId::minted("l"));
    let [workspace, views] = DocumentId::OF_TEAM;
    [workspace, views, DocumentId::Company(company), DocumentId::Deal(DealId::minted("d")), DocumentId::Lead(lead)]
}

#[test]
fn every_role_writes_what_it_may_and_reads_everything() {
    let mut scene = Scene::open();
    let mut written = Vec::new();
    for (role, key) in scene.team.clone() {
        let mut device = Device::arrive(scene.process.address, &key);
        for (document, number) in documents().into_iter().zip(1..) {
            let change = Pen::on(document).write(&role.to_string());
            device.say(&Frame::Push { number, entries: vec![change.clone()] });
            let answer = device.hears_of(number);
            let needs = Role::least_to_write(document);
            match role >= needs {
                true => {
                    assert!(matches!(answer, Frame::Stored { .. }), "{role} writes {document}");
                    written.push(change);
                }
                false => {
                    assert_eq!(answer, Frame::Refused { number, document, needs }, "{role} writes {document}");
                    scene.counts_one();
                }
            }
        }
        // One document that is not allowed keeps the whole push out.
        if role < Role::Manager {
            let mixed = [documents()[3], DocumentId::Workspace].map(|document| Pen::on(document).write("mixed"));
            device.say(&Frame::Push { number: 9, entries: mixed.into() });
            assert!(matches!(device.hears_of(9), Frame::Refused { .. }));
            scene.counts_one();
        }
    }
    let limits = Limits { changes: 1000, bytes: usize::MAX };
    let log = scene.store().since(scene.owner.workspace, 0, limits).unwrap();
    let by_devices = log.into_iter().filter(|logged| logged.device != DeviceId::minted("robot"));
    assert!(by_devices.map(|logged| logged.entry).eq(written));
    for (_, key) in scene.team.clone() {
        let mut device = Device::arrive(scene.process.address, &key);
        device.catch_up(device.head);
    }
}

#[test]
fn no_forged_or_replayed_greeting_and_no_guess_gets_in() {
    let mut scene = Scene::open();
    let key = scene.joins(Role::Rep, "phone");
    let stranger = Key::named(key.workspace, "stranger");
    let forged = Key { private: stranger.private.clone(), ..key.clone() };
    let own = key.clone();
    let elsewhere = Key { workspace: WorkspaceId::minted("guessed"), ..key.clone() };
    let mut recorded = Device::connect(scene.process.address);
    let old = key.hello(&recorded.challenge(), None);
    recorded.say(&old);
    assert!(matches!(recorded.hear(), Frame::Welcome { .. }));
    scene.is_kept_out(Ended::Unknown, |_| old);
    scene.is_kept_out(Ended::Unknown, |nonce| stranger.hello(&nonce, None));
    scene.is_kept_out(Ended::Unknown, |nonce| forged.hello(&nonce, None));
    scene.is_kept_out(Ended::Unknown, |nonce| elsewhere.hello(&nonce, None));
    scene.is_kept_out(Ended::Unknown, |mut nonce| {
        nonce[0] ^= 1;
        own.hello(&nonce, None)
    });
    // Signed for one workspace, shown for another that is there.
    let other = WorkspaceId::minted("other");
    let log = shared::id::LogId::minted("other");
    scene.store().create_workspace(sync_server::store::Workspace { id: other, log }).unwrap();
    let own = key.clone();
    scene.is_kept_out(Ended::Unknown, |nonce| match own.hello(&nonce, None) {
        Frame::Hello { device, signature, members, stand, .. } => {
            Frame::Hello { workspace: other, device, signature, members, stand }
        }
        frame => frame,
    });
    let remove = scene.owner.says(&scene.list(), Act::Remove { device: key.device });
    scene.amends(&remove).unwrap();
    assert_eq!(recorded.is_ended(), Ended::Removed);
    scene.is_kept_out(Ended::Removed, |nonce| key.hello(&nonce, None));
}

#[test]
fn no_entry_gets_on_the_list_that_its_signer_may_not_say() {
    let mut scene = Scene::open();
    let owner = scene.owner.clone();
    for (role, key) in scene.team.clone() {
        let list = scene.list();
        for wanted in Role::ALL.into_iter().filter(|wanted| !role.may_invite(*wanted)) {
            scene.is_kept_off(&invitation(&list, &key, wanted, [1; 16]).1, "forbidden");
        }
        if role < Role::Owner {
            for act in [
                Act::SetRole { member: key.member, role: Role::Owner },
                Act::SetSight { member: key.member, vantage: Vantage::default() },
                Act::Remove { device: owner.device },
                Act::PrintRecovery { key: PrivateKey::from_seed(&[9; 32]).public() },
            ] {
                scene.is_kept_off(&key.says(&list, act), "forbidden");
            }
        }
        let for_other = Act::Invite {
            link: PrivateKey::from_seed(&[8; 32]).public(),
            role: Role::Viewer,
            member: Some(owner.member),
            lasts: 60,
            vantage: Vantage::default(),
        };
        scene.is_kept_off(&key.says(&list, for_other), "refused");
    }
    let (_, first) = scene.team[0].clone();
    let list = scene.list();
    let forged =
        list.statement(Signer::Device(owner.device), Act::Remove { device: owner.device }).sign(&first.private);
    scene.is_kept_off(&forged, "refused");
    let guessed = Ticket::to_join([7; 16], list.root());
    let newcomer: Newcomer = Key::named(owner.workspace, "eve").newcomer();
    let entry = list.statement(Signer::Link(guessed.key().public()), Act::Admit(newcomer)).sign(&guessed.key());
    scene.is_kept_off(&entry, "invite_unknown");
    let (guessed, (_, entry)) = (WorkspaceId::minted("guessed"), invitation(&list, &owner, Role::Rep, [5; 16]));
    assert_eq!(amend(scene.process.address, guessed, &entry), Err((403, "not_joined".to_owned())));
    scene.counts_one();
    let (_, again) = invitation(&list, &owner, Role::Rep, [6; 16]);
    scene.amends(&again).unwrap();
    scene.is_kept_off(&again, "moved_on");
}
