//! Everybody tries everything: what becomes of it is written in a table, and nothing else of it stays at the relay.

use shared::membership::{Act, Ticket, Vantage};
use shared::model::Role;

use super::attempts::*;
use super::{Scene, documents, fresh};
use crate::device::Device;
use crate::key::Key;
use crate::pen::Pen;

/// Somebody who tries.
pub(super) struct Person {
    pub(super) name: &'static str,
    pub(super) key: Key,
    /// Another device of the same person.
    pub(super) spare: Key,
    /// For one device more.
    pub(super) link: Ticket,
}

/// What an attempt leaves at the relay that is let through: so many changes and entries.
type Leaves = (usize, usize);

const NOTHING: Leaves = (0, 0);
const CHANGE: Leaves = (1, 0);
const ENTRY: Leaves = (0, 1);

/// Says what became of it.
type Attempt = fn(&Scene, &Person) -> String;

/// The ones who may least come first: what is let through may change what the others would be told.
const WHO: [&str; 6] = ["stranger", "removed", "viewer", "rep", "manager", "owner"];

type Row = (&'static str, Attempt, Leaves, [&'static str; WHO.len()]);

/// What the relay says to each.
#[rustfmt::skip]
const TABLE: [Row; 33] = [
    ("write the workspace", |at, by| push(at, by, 0), CHANGE, ["unknown", "removed", "needs manager", "needs manager", DONE, DONE]),
    ("write the views", |at, by| push(at, by, 1), CHANGE, ["unknown", "removed", "needs rep", DONE, DONE, DONE]),
    ("write a company", |at, by| push(at, by, 2), CHANGE, ["unknown", "removed", "needs rep", DONE, DONE, DONE]),
    ("write a deal", |at, by| push(at, by, 3), CHANGE, ["unknown", "removed", "needs rep", DONE, DONE, DONE]),
    ("write a lead", |at, by| push(at, by, 4), CHANGE, ["unknown", "removed", "needs rep", DONE, DONE, DONE]),
    ("write a deal and the workspace", push_both, (2, 0), ["unknown", "removed", "needs rep", "needs manager", DONE, DONE]),
    ("read the workspace", |at, by| read(at, by, 0), NOTHING, SEEN),
    ("read the views", |at, by| read(at, by, 1), NOTHING, SEEN),
    ("read a company", |at, by| read(at, by, 2), NOTHING, SEEN),
    ("read a deal", |at, by| read(at, by, 3), NOTHING, SEEN),
    ("read a lead", |at, by| read(at, by, 4), NOTHING, SEEN),
    ("read the list of members", read_list, NOTHING, SEEN),
    ("ask who was here", ask_seen, NOTHING, SEEN),
    ("invite an owner", |at, by| invite(at, by, Role::Owner), ENTRY, ["not_joined", "not_joined", "forbidden", "forbidden", "forbidden", DONE]),
    ("invite a manager", |at, by| invite(at, by, Role::Manager), ENTRY, ["not_joined", "not_joined", "forbidden", "forbidden", DONE, DONE]),
    ("invite a rep", |at, by| invite(at, by, Role::Rep), ENTRY, ["not_joined", "not_joined", "forbidden", "forbidden", DONE, DONE]),
    ("invite a viewer", |at, by| invite(at, by, Role::Viewer), ENTRY, ["not_joined", "not_joined", "forbidden", "forbidden", DONE, DONE]),
    ("invite a device of one's own", invite_own, ENTRY, ["not_joined", "not_joined", DONE, DONE, DONE, DONE]),
    ("invite a device of another", invite_others, ENTRY, ["not_joined", "not_joined", "refused", "refused", "refused", "refused"]),
    ("bring a workspace with one's own link", bring, NOTHING, ["invite_unknown", "invite_unknown", "invite_used", "invite_used", "invite_used", "invite_used"]),
    ("bring one with the founder's link", bring_with_used_link, NOTHING, ["invite_used"; 6]),
    ("ask for the list with one's own link", ask_list, NOTHING, ["invite_unknown", "invite_unknown", DONE, DONE, DONE, DONE]),
    ("come in through one's own link", come_in, ENTRY, ["invite_unknown", "invite_unknown", DONE, DONE, DONE, DONE]),
    ("ask again when it is used up", ask_list, NOTHING, ["invite_unknown", "invite_unknown", "invite_used", "invite_used", "invite_used", "invite_used"]),
    ("take somebody in without a link", |at, by| says(at, by, Act::Admit(Key::named(by.key.workspace, "eve").newcomer())), ENTRY, ["refused"; 6]),
    ("found anew", |at, by| says(at, by, Act::Found { first: by.key.newcomer(), console: None }), ENTRY, ["refused"; 6]),
    ("recover without a code", |at, by| says(at, by, Act::Recover(Key::named(by.key.workspace, "eve").newcomer())), ENTRY, ["refused"; 6]),
    ("make oneself an owner", |at, by| says(at, by, Act::SetRole { member: by.key.member, role: Role::Owner }), ENTRY, OWNERS),
    ("take the founder's role", |at, by| says(at, by, Act::SetRole { member: at.founder.member, role: Role::Viewer }), ENTRY, OWNERS),
    ("let oneself see all deals", |at, by| says(at, by, Act::SetSight { member: by.key.member, vantage: Vantage::default() }), ENTRY, OWNERS),
    ("print a recovery code", |at, by| says(at, by, Act::PrintRecovery { key: fresh(by.name).public() }), ENTRY, OWNERS),
    ("remove a device of one's own", |at, by| says(at, by, Act::Remove { device: by.spare.device }), ENTRY, ["not_joined", "not_joined", DONE, DONE, DONE, DONE]),
    ("remove a device of another", |at, by| says(at, by, Act::Remove { device: at.founder.device }), ENTRY, OWNERS),
];

/// Everybody who belongs here.
const SEEN: [&str; WHO.len()] = ["unknown", "removed", DONE, DONE, DONE, DONE];
/// Owners alone.
const OWNERS: [&str; WHO.len()] = ["not_joined", "not_joined", "forbidden", "forbidden", "forbidden", DONE];

#[test]
fn everybody_gets_what_the_table_says_and_nothing_else_stays() {
    let mut scene = Scene::open();
    let people = people(&scene);
    for (what, attempt, leaves, expected) in TABLE {
        for (person, expected) in people.iter().zip(expected) {
            let before = scene.kept();
            let came = attempt(&scene, person);
            assert_eq!(came, expected, "{}: {what}", person.name);
            let after = scene.kept();
            if came == DONE {
                assert_eq!(after.grew(&before), leaves, "{}: {what}", person.name);
                assert_eq!(scene.said(), scene.lines, "{}: {what}", person.name);
            } else {
                assert_eq!(after, before, "{}: {what}", person.name);
                scene.refused_one();
            }
        }
    }
}

/// Who was removed was an owner, and made a link before.
fn people(scene: &Scene) -> [Person; WHO.len()] {
    for document in documents() {
        Device::arrive(scene.process.address, &scene.founder).push(1, vec![Pen::on(document).write("founded")]);
    }
    let role = |name: &str| Role::ALL.into_iter().find(|role| role.to_string() == name);
    let people = WHO.map(|name| match name {
        "stranger" => stranger(scene, name),
        name => member(scene, role(name).unwrap_or(Role::Owner), name),
    });
    people.iter().filter(|person| person.name == "removed").for_each(|person| scene.removes(&person.key));
    people
}

fn stranger(scene: &Scene, name: &'static str) -> Person {
    let [key, spare] = [name, "strange too"].map(|name| Key::named(scene.founder.workspace, name));
    Person { name, key, spare, link: Ticket::to_join([9; 16], scene.list().root()) }
}

fn member(scene: &Scene, role: Role, name: &'static str) -> Person {
    let key = scene.joins(role, name);
    let spare = scene.joins_too(&key, &format!("{name}'s spare"));
    let link = scene.links_own(&key, &format!("{name}'s link")).unwrap();
    Person { name, key, spare, link }
}
