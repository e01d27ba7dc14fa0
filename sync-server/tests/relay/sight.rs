//! Who sees part of the deals is sent that part and not a byte more, whoever a deal is given to, and nothing that was done
//! before anybody heard of it is lost.

use shared::id::{CompanyId, DocumentId, MemberId};
use shared::membership::{Act, Membership, Sight, Ticket, Vantage};
use shared::model::{FileHash, Role};
use shared::wire::{Entry, Frame, Withdrawn};
use sync_server::access::Roster;
use sync_server::check::check;
use sync_server::store::{Limits, Log as _};

use crate::device::Device;
use crate::http::Files;
use crate::key::{Key, amend, entering};
use crate::pen::Pen;
use crate::running::Running;

/// A relay with an owner, who writes everybody's deals, and a rep who sees own deals only.
struct Scene {
    relay: Running,
    owner: Key,
    writer: Device,
    rep: Key,
    pushes: u64,
}

impl Scene {
    fn open() -> Self {
        let relay = Running::start();
        let (owner, rep) = (relay.owner(), relay.key("rep"));
        let writer = Device::arrive(relay.address, &owner);
        let scene = Self { relay, owner, writer, rep, pushes: 0 };
        scene.looks("rep", Sight::Own, "");
        scene
    }

    /// The owner says what a rep sees.
    fn looks(&self, name: &str, sight: Sight, team: &str) {
        let member = self.relay.key(name).member;
        self.says(Act::SetSight { member, vantage: Vantage { sight, team: team.to_owned() } });
    }

    fn says(&self, act: Act) {
        self.amends(&self.owner.says(&self.list(), act));
    }

    fn amends(&self, entry: &shared::membership::Entry) {
        amend(self.relay.address, self.relay.workspace, entry).unwrap();
    }

    fn list(&self) -> Membership {
        Roster::read(&*self.relay.store, self.relay.workspace).unwrap().list().clone()
    }

    /// A new rep comes in with a link that says what the rep sees.
    fn joins(&self, name: &str, vantage: Vantage) -> Key {
        let (key, ticket) = (Key::named(self.relay.workspace, name), Ticket::to_join([7; 16], self.list().root()));
        let link = ticket.key().public();
        self.says(Act::Invite { link, role: Role::Rep, member: None, lasts: 60, vantage });
        self.amends(&entering(&self.list(), &ticket, key.newcomer()));
        key
    }

    /// A deal of somebody, of which every change holds a text of its own.
    fn deal(&mut self, name: &str, of: Option<MemberId>) -> Pen {
        let mut pen = Pen::new(name);
        let mut entries = vec![pen.write(&secret(name))];
        entries.extend(of.map(|owner| pen.give(owner)));
        self.push(entries);
        pen
    }

    fn push(&mut self, entries: Vec<Entry>) {
        self.pushes += 1;
        self.writer.push(self.pushes, entries);
    }

    fn head(&self) -> u64 {
        self.relay.store.head(self.relay.workspace).unwrap()
    }

    fn arrives(&self, key: &Key) -> Device {
        let mut device = Device::arrive(self.relay.address, key);
        device.catch_up(self.head());
        device
    }

    fn returns(&self, device: Device, key: &Key) -> Device {
        let mut device = device.return_as(self.relay.address, key);
        device.catch_up(self.head());
        device
    }

    fn rep(&self) -> Option<MemberId> {
        Some(self.rep.member)
    }

    fn colleague(&self) -> Key {
        self.relay.key("colleague")
    }
}

fn secret(name: &str) -> String {
    format!("secret of {name}")
}

/// Not one byte of a deal came: neither what it says, nor its name.
fn never_heard_of(device: &Device, names: &[&str]) {
    for name in names {
        let (text, pen) = (secret(name), Pen::new(name));
        let DocumentId::Deal(deal) = pen.document() else { panic!("pens write deals") };
        for needle in [text.as_bytes(), deal.as_bytes(), deal.to_string().as_bytes()] {
            assert!(!device.heard.windows(needle.len()).any(|bytes| bytes == needle), "it heard of {name}");
        }
    }
}

/// Has all these changes, whatever else it has.
fn has(device: &Device, entries: &[Entry]) {
    assert!(entries.iter().all(|entry| device.held.contains_key(&(entry.document, entry.hash))));
}

fn withdrawn(pen: &Pen, owner: Option<MemberId>) -> Withdrawn {
    Withdrawn { document: pen.document(), owner }
}

#[test]
fn a_rep_is_sent_no_byte_of_what_others_own() {
    let mut scene = Scene::open();
    let (rep, colleague) = (scene.rep(), Some(scene.colleague().member));
    let mut mine = scene.deal("mine", rep);
    let mut yours = scene.deal("yours", colleague);
    scene.deal("nobody's", None);
    let company = Pen::on(DocumentId::Company(CompanyId::minted("c"))).write("seen by all");
    scene.push(vec![company.clone()]);
    let mut device = scene.arrives(&scene.rep);
    has(&device, &[company]);
    assert_eq!(device.under, scene.list().length());
    // And what goes on while it is there, in one run and in many.
    let own = mine.write("mine again");
    for _ in 0..20 {
        let others = (0..40).map(|_| yours.write(&secret("yours"))).collect();
        scene.push(others);
    }
    scene.deal("new", colleague);
    scene.push(vec![own.clone(), yours.write(&secret("yours"))]);
    device.catch_up(scene.head());
    has(&device, &[own]);
    let away = scene.returns(device, &scene.rep);
    never_heard_of(&away, &["yours", "nobody's", "new"]);
    assert_eq!(away.withdrawn, []);
    let all = scene.arrives(&scene.colleague());
    assert!(all.order.contains(&yours.document()) && all.order.contains(&mine.document()));
}

#[test]
fn a_deal_goes_from_one_to_the_other_and_back() {
    for is_there in [true, false] {
        let mut scene = Scene::open();
        scene.looks("colleague", Sight::Own, "");
        let (rep, colleague) = (scene.rep(), Some(scene.colleague().member));
        let mut pen = scene.deal("given", rep);
        let [mut old, mut new] = [scene.rep.clone(), scene.colleague()].map(|key| scene.arrives(&key));
        never_heard_of(&new, &["given"]);
        let follow = |scene: &Scene, device: Device, key: &Key| match is_there {
            true => {
                let mut device = device;
                device.catch_up(scene.head());
                device
            }
            false => scene.returns(device, key),
        };
        let (gives, after) = (pen.give(scene.colleague().member), pen.write("written by the new one"));
        scene.push(vec![gives.clone(), after.clone()]);
        scene.push(vec![pen.write("and again")]);
        old = follow(&scene, old, &scene.rep);
        new = follow(&scene, new, &scene.colleague());
        assert_eq!(old.withdrawn, [withdrawn(&pen, colleague)], "there: {is_there}");
        assert!(!old.held.contains_key(&(after.document, after.hash)), "nothing of it after that");
        has(&new, &[gives, after.clone()]);
        let back = pen.give(scene.rep.member);
        scene.push(vec![back.clone()]);
        old = follow(&scene, old, &scene.rep);
        new = follow(&scene, new, &scene.colleague());
        has(&old, &[after, back]);
        assert_eq!(new.withdrawn, [withdrawn(&pen, rep)]);
        assert_eq!(old.withdrawn.len(), 1);
        assert!(check(scene.relay.data.path()).unwrap().is_sound());
    }
}

#[test]
fn what_a_member_sees_changes_with_sight_team_and_role() {
    for is_there in [true, false] {
        let mut scene = Scene::open();
        let colleague = scene.colleague();
        let mut mine = scene.deal("mine", scene.rep());
        let yours = scene.deal("yours", Some(colleague.member));
        scene.looks("colleague", Sight::All, "north");
        let mut device = scene.arrives(&scene.rep);
        let mut gone = 0;
        for (sight, team, sees) in [
            (Sight::Team, "north", true),
            (Sight::Team, "south", false),
            (Sight::All, "south", true),
            (Sight::Own, "north", false),
        ] {
            scene.looks("rep", sight, team);
            scene.push(vec![mine.write("goes on")]);
            device = match is_there {
                true => device,
                false => device.return_as(scene.relay.address, &scene.rep),
            };
            let told = scene.list().length();
            device.hears_until(|device| device.under == told);
            device.catch_up(scene.head());
            gone += usize::from(!sees);
            let came = device.order.iter().filter(|document| **document == yours.document()).count();
            assert_eq!((came, device.withdrawn.len()), (gone + usize::from(sees), gone), "{sight:?} in {team}");
        }
        // The team of another, and the own role.
        let count = device.order.len();
        scene.looks("rep", Sight::Team, "south");
        scene.looks("colleague", Sight::Own, "south");
        let mut device = scene.returns(device, &scene.rep);
        device.hears_until(|device| device.order.len() > count);
        scene.looks("colleague", Sight::Own, "north");
        device.hears_until(|device| device.withdrawn.len() == gone + 1);
        scene.says(Act::SetRole { member: scene.rep.member, role: Role::Manager });
        let count = device.order.len();
        device.hears_until(|device| device.order.len() > count);
        assert_eq!(device.order.last(), Some(&yours.document()));
        assert!(device.withdrawn.iter().all(|gone| gone.document == yours.document()));
    }
}

#[test]
fn the_deal_of_another_is_not_written_and_who_tries_is_told() {
    let mut scene = Scene::open();
    let mut yours = scene.deal("yours", Some(scene.colleague().member));
    let mut device = scene.arrives(&scene.rep);
    let (document, needs, head) = (yours.document(), Role::Manager, scene.head());
    // One deal that is not seen keeps the whole push out.
    let entries = vec![Pen::new("fresh").write("mine"), yours.write("meddled")];
    device.say(&Frame::Push { number: 1, entries: entries.clone() });
    assert_eq!(device.hears_of(1), Frame::Refused { number: 1, document, needs });
    assert_eq!(scene.head(), head);
    device.push(2, entries[..1].to_vec());
}

#[test]
fn a_newcomer_gets_no_more_than_the_link_says_and_a_lie_about_the_past_opens_nothing() {
    let mut scene = Scene::open();
    let mut yours = scene.deal("yours", Some(scene.colleague().member));
    let (document, needs) = (yours.document(), Role::Manager);
    let newcomer = scene.joins("newcomer", Vantage { sight: Sight::Own, team: String::new() });
    let mut device = scene.arrives(&newcomer);
    never_heard_of(&device, &["yours"]);
    (device.under, device.position) = (0, 0);
    let mut liar = device.return_as(scene.relay.address, &newcomer);
    liar.say(&Frame::Push { number: 3, entries: vec![yours.write("meddled")] });
    assert_eq!(liar.hears_of(3), Frame::Refused { number: 3, document, needs });
    liar.catch_up(liar.head);
    assert!(!liar.order.contains(&document) && liar.withdrawn.is_empty());
}

#[test]
fn what_the_old_owner_did_before_hearing_of_it_is_kept() {
    let mut scene = Scene::open();
    let mut pen = scene.deal("given", scene.rep());
    let device = scene.arrives(&scene.rep);
    let mut offline = pen.beside([7; 16]);
    let colleague = scene.colleague().member;
    scene.push(vec![pen.give(colleague), pen.write("by the new one")]);
    let [first, second, late] = [offline.write("offline"), offline.write("more"), offline.write("too late")];
    let mut device = device.return_as(scene.relay.address, &scene.rep);
    device.push(1, vec![first.clone()]);
    device.catch_up(scene.head());
    assert_eq!(device.withdrawn, [withdrawn(&pen, Some(colleague))]);
    device.push(2, vec![second.clone()]);
    device.catch_up(scene.head());
    scene.writer.catch_up(scene.head());
    has(&scene.writer, &[first, second]);
    let mut device = device.return_as(scene.relay.address, &scene.rep);
    device.say(&Frame::Push { number: 3, entries: vec![late] });
    let (document, needs) = (pen.document(), Role::Manager);
    assert_eq!(device.hears_of(3), Frame::Refused { number: 3, document, needs }, "it has heard by now");
}

#[test]
fn of_two_who_give_a_deal_away_apart_the_document_says_whose_device_gets_it() {
    for higher_last in [true, false] {
        let mut scene = Scene::open();
        let colleague = scene.colleague().member;
        let mut pen = scene.deal("disputed", Some(scene.owner.member)).beside([9; 16]);
        let mut both = [([1; 16], colleague), ([250; 16], scene.rep.member)];
        if !higher_last {
            both.reverse();
        }
        let mut device = scene.arrives(&scene.rep);
        let given = both.map(|(writer, to)| pen.beside(writer).give(to));
        for entry in given {
            scene.push(vec![entry]);
        }
        device.catch_up(scene.head());
        assert!(device.order.contains(&pen.document()), "the higher writer stands; last: {higher_last}");
        assert_eq!(device.withdrawn, []);
    }
}

#[test]
fn a_new_device_of_the_rep_and_a_relay_that_starts_again_show_the_same() {
    let mut scene = Scene::open();
    let mut pen = scene.deal("given", scene.rep());
    scene.deal("mine", scene.rep());
    let device = scene.arrives(&scene.rep);
    scene.push(vec![pen.give(scene.colleague().member)]);
    let fresh = scene.arrives(&scene.rep);
    never_heard_of(&fresh, &["given"]);
    assert_eq!(fresh.withdrawn, [], "a device that has nothing loses nothing");
    let Scene { relay, rep, owner, .. } = scene;
    let relay = relay.restart();
    let mut device = device.return_as(relay.address, &rep);
    device.catch_up(device.head);
    assert_eq!(device.withdrawn, [withdrawn(&pen, Some(relay.key("colleague").member))]);
    let mut writer = Device::arrive(relay.address, &owner);
    let given = pen.give(rep.member);
    writer.push(1, vec![given.clone()]);
    device.catch_up(relay.store.head(relay.workspace).unwrap());
    has(&device, &[given]);
    let log = relay.store.since(relay.workspace, 0, Limits { changes: 1000, bytes: usize::MAX }).unwrap();
    assert!(log.iter().any(|logged| logged.entry.document == pen.document()));
    relay.stop();
}

#[test]
fn a_deals_files_are_given_to_who_sees_it_and_taken_from_who_saw_it() {
    let mut scene = Scene::open();
    let (rep, colleague) = (scene.rep(), Some(scene.colleague().member));
    let (mut mine, theirs) = (scene.deal("mine", rep), scene.deal("theirs", colleague));
    let device = scene.arrives(&scene.rep);
    let files = |pen: &Pen| Files { relay: scene.relay.address, pass: device.pass, document: pen.document() };
    let (own, hidden) = (files(&mine), files(&theirs));
    let quotation = FileHash::of(b"quotation");
    assert_eq!(own.send(b"quotation").progress(), (9, true));
    assert_eq!(own.fetch(quotation), b"quotation");
    assert_eq!([hidden.head(quotation), hidden.get(quotation, "0-9")].map(|answer| answer.status), [403; 2]);
    assert_eq!(hidden.patch(quotation, 0, 9, b"quotation").code(), "forbidden");
    let given = vec![mine.give(colleague.unwrap())];
    scene.push(given);
    assert_eq!(own.get(quotation, "0-9").code(), "forbidden", "it is another's now");
    assert_eq!(own.send(b"attached before").progress(), (15, true));
}
