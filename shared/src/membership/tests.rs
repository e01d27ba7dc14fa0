//! Every role × entry, and each entry forged, replayed and out of order.

mod sight;

use minicbor::bytes::ByteVec;

use super::*;

/// A workspace with one device of each role, called like its role.
struct World {
    list: Membership,
    entries: Vec<Entry>,
}

fn key(name: &str) -> PrivateKey {
    let mut seed = [0; 32];
    seed[..name.len()].copy_from_slice(name.as_bytes());
    PrivateKey::from_seed(&seed)
}

fn device(name: &str) -> DeviceId {
    DeviceId::minted(name)
}

fn member(name: &str) -> MemberId {
    MemberId::minted(name)
}

fn newcomer(name: &str) -> Newcomer {
    Newcomer {
        device: device(name),
        key: key(name).public(),
        member: member(name),
        name: name.to_owned(),
        called: format!("{name}'s phone"),
    }
}

fn as_device(name: &str) -> Signer {
    Signer::Device(device(name))
}

fn as_link(name: &str) -> Signer {
    Signer::Link(key(name).public())
}

fn invite(link: &str, role: Role) -> Act {
    Act::Invite { link: key(link).public(), role, member: None, lasts: 60, vantage: Vantage::default() }
}

/// A link for a further device of somebody.
fn further(link: &str, role: Role, of: &str) -> Act {
    let (link, vantage) = (key(link).public(), Vantage::default());
    Act::Invite { link, role, member: Some(member(of)), lasts: 60, vantage }
}

fn found() -> Act {
    Act::Found { first: newcomer("owner"), console: None }
}

impl World {
    fn founded() -> Self {
        let mut world = Self { list: Membership::unfounded(WorkspaceId::minted("w")), entries: Vec::new() };
        world.says("start", as_link("start"), found()).unwrap();
        world
    }

    fn with_everybody() -> Self {
        let mut world = Self::founded();
        for role in [Role::Viewer, Role::Rep, Role::Manager] {
            let (name, link) = (role.to_string(), format!("{role}'s link"));
            world.says("owner", as_device("owner"), invite(&link, role)).unwrap();
            world.says(&link, as_link(&link), Act::Admit(newcomer(&name))).unwrap();
        }
        world
    }

    /// Somebody signs an entry with the key of this name.
    fn says(&mut self, signs: &str, by: Signer, act: Act) -> Result<(), Refusal> {
        let entry = self.list.statement(by, act).sign(&key(signs));
        self.list.extend(&entry)?;
        self.entries.push(entry);
        Ok(())
    }

    /// A role's own device asks.
    fn asks(&mut self, role: Role, act: Act) -> Result<(), Refusal> {
        self.says(&role.to_string(), as_device(&role.to_string()), act)
    }
}

#[test]
fn each_role_may_say_what_is_its_to_say() {
    let owner_only = Err(Refusal::Role { needs: Role::Owner });
    let manager = Err(Refusal::Role { needs: Role::Manager });
    let of = |name: &str| further("l", Role::Rep, name);
    let remove = |name: &str| Act::Remove { device: device(name) };
    // What a viewer, a rep, a manager and an owner are answered, in this order.
    let blind = Act::SetSight { member: member("rep"), vantage: Vantage::default() };
    let table: [(Act, [Result<(), Refusal>; 4]); 12] = [
        (invite("l", Role::Viewer), [manager, manager, Ok(()), Ok(())]),
        (invite("l", Role::Rep), [manager, manager, Ok(()), Ok(())]),
        (invite("l", Role::Manager), [manager, manager, Ok(()), Ok(())]),
        (invite("l", Role::Owner), [owner_only, owner_only, owner_only, Ok(())]),
        (of("rep"), [Err(Refusal::OtherMember), Ok(()), Err(Refusal::OtherMember), Err(Refusal::OtherMember)]),
        (Act::SetRole { member: member("viewer"), role: Role::Rep }, [owner_only, owner_only, owner_only, Ok(())]),
        (blind, [owner_only, owner_only, owner_only, Ok(())]),
        (remove("viewer"), [Ok(()), owner_only, owner_only, Ok(())]),
        (remove("manager"), [owner_only, owner_only, Ok(()), Ok(())]),
        (remove("owner"), [owner_only, owner_only, owner_only, Err(Refusal::LastOwner)]),
        (Act::PrintRecovery { key: key("code").public() }, [owner_only, owner_only, owner_only, Ok(())]),
        (found(), [Err(Refusal::Signer); 4]),
    ];
    for (act, answers) in table {
        for (role, answer) in Role::ALL.into_iter().zip(answers) {
            let mut world = World::with_everybody();
            assert_eq!(world.asks(role, act.clone()), answer, "{role} says {act:?}");
        }
    }
}

#[test]
fn every_entry_is_refused_forged_replayed_out_of_order_and_elsewhere() {
    let mut world = World::with_everybody();
    world.asks(Role::Owner, Act::SetRole { member: member("rep"), role: Role::Manager }).unwrap();
    world.asks(Role::Owner, Act::SetSight { member: member("rep"), vantage: Vantage::default() }).unwrap();
    world.asks(Role::Owner, Act::PrintRecovery { key: key("code").public() }).unwrap();
    world.asks(Role::Manager, Act::Remove { device: device("manager") }).unwrap();
    let recover = Act::Recover(Newcomer { member: member("owner"), ..newcomer("new phone") });
    world.says("code", Signer::Recovery(key("code").public()), recover).unwrap();
    let mut list = Membership::unfounded(WorkspaceId::minted("w"));
    for (place, entry) in world.entries.iter().enumerate() {
        let forged = entry.statement().clone().sign(&key("eve"));
        assert_eq!(list.clone().extend(&forged), Err(Refusal::Forged), "{place}");
        let elsewhere = Membership::unfounded(WorkspaceId::minted("x")).extend(entry);
        assert_eq!(elsewhere, Err(Refusal::Elsewhere), "{place}");
        list.extend(entry).unwrap();
        let others = world.entries.iter().enumerate().filter(|(other, _)| *other != place + 1);
        for (other, entry) in others {
            assert_eq!(list.clone().extend(entry), Err(Refusal::Unlinked), "{other} after {place}");
        }
    }
    let bytes: Vec<&[u8]> = world.entries.iter().map(Entry::bytes).collect();
    let verified = Membership::verify(WorkspaceId::minted("w"), bytes).unwrap();
    assert_eq!((verified.head(), verified.length()), (world.list.head(), world.entries.len() as u64));
}

#[test]
fn every_byte_of_an_entry_counts() {
    let world = World::founded();
    let good = world.entries[0].bytes();
    for at in 0..good.len() {
        let mut bytes = good.to_vec();
        bytes[at] ^= 1;
        let mut list = Membership::unfounded(WorkspaceId::minted("w"));
        assert!(Entry::read(&bytes).and_then(|entry| list.extend(&entry)).is_err(), "byte {at}");
    }
    assert_eq!(Entry::read(&[good, &[0]].concat()), Err(Refusal::Malformed));
    assert_eq!(Entry::read(&good[..70]), Err(Refusal::Malformed));
    assert_eq!(Entry::read(&vec![0; MAX_ENTRY_BYTES + 1]), Err(Refusal::Malformed));
}

#[test]
fn a_link_lets_one_device_in_as_what_it_says() {
    let mut world = World::founded();
    world.asks(Role::Owner, invite("l", Role::Rep)).unwrap();
    let steal = Act::Admit(Newcomer { member: member("owner"), ..newcomer("eve") });
    assert_eq!(world.says("l", as_link("l"), steal), Err(Refusal::Taken), "it is for a new member");
    let known = Act::Admit(Newcomer { key: key("owner").public(), ..newcomer("rep") });
    assert_eq!(world.says("l", as_link("l"), known), Err(Refusal::Taken), "the key is another device's");
    let nameless = Act::Admit(Newcomer { name: " ".to_owned(), ..newcomer("rep") });
    assert_eq!(world.says("l", as_link("l"), nameless), Err(Refusal::Name));
    assert_eq!(world.says("m", as_link("m"), Act::Admit(newcomer("rep"))), Err(Refusal::LinkUnknown));
    assert_eq!(world.says("l", as_link("l"), Act::Admit(newcomer("rep"))), Ok(()));
    assert_eq!(world.list.role_of(device("rep")), Ok(Role::Rep));
    assert_eq!(world.says("l", as_link("l"), Act::Admit(newcomer("two"))), Err(Refusal::LinkUsed));
    assert_eq!(world.asks(Role::Owner, invite("l", Role::Rep)), Err(Refusal::Taken), "and is not made again");
    let vantage = Vantage::default();
    let long = Act::Invite { link: key("n").public(), role: Role::Rep, member: None, lasts: MAX_LASTS + 1, vantage };
    assert_eq!(world.asks(Role::Owner, long), Err(Refusal::LinkTooLong));
}

#[test]
fn a_further_device_has_the_role_of_its_member_at_all_times() {
    let mut world = World::with_everybody();
    world.asks(Role::Rep, further("l", Role::Owner, "rep")).unwrap();
    let other = Act::Admit(newcomer("tablet"));
    assert_eq!(world.says("l", as_link("l"), other), Err(Refusal::OtherMember));
    let tablet = Newcomer { member: member("rep"), name: "Other name".to_owned(), ..newcomer("tablet") };
    world.says("l", as_link("l"), Act::Admit(tablet)).unwrap();
    assert_eq!(world.list.role_of(device("tablet")), Ok(Role::Rep), "whatever the link says");
    assert_eq!(world.list.members()[&member("rep")].name, "rep");
    world.asks(Role::Owner, Act::SetRole { member: member("rep"), role: Role::Viewer }).unwrap();
    assert_eq!(world.list.role_of(device("tablet")), Ok(Role::Viewer));
}

#[test]
fn a_removed_device_says_nothing_more_and_its_links_open_nothing() {
    let mut world = World::with_everybody();
    world.asks(Role::Manager, invite("l", Role::Rep)).unwrap();
    world.asks(Role::Owner, Act::Remove { device: device("manager") }).unwrap();
    assert_eq!(world.asks(Role::Manager, invite("m", Role::Rep)), Err(Refusal::Removed));
    assert_eq!(world.says("l", as_link("l"), Act::Admit(newcomer("friend"))), Err(Refusal::LinkUnknown));
    assert_eq!(world.asks(Role::Owner, Act::Remove { device: device("manager") }), Err(Refusal::Removed));
    assert_eq!(world.says("eve", as_device("eve"), invite("m", Role::Rep)), Err(Refusal::Stranger));
    assert!(world.list.seats().removed.contains(&device("manager")));
    world.asks(Role::Owner, invite("again", Role::Rep)).unwrap();
    let back = Act::Admit(Newcomer { device: device("back"), ..newcomer("manager") });
    assert_eq!(world.says("again", as_link("again"), back), Err(Refusal::Taken), "a lost key stays lost");
}

#[test]
fn an_owner_always_stays_and_comes_back_with_the_printed_code() {
    let mut world = World::founded();
    let demote = Act::SetRole { member: member("owner"), role: Role::Rep };
    assert_eq!(world.asks(Role::Owner, demote.clone()), Err(Refusal::LastOwner));
    let recovery = |code: &str| Signer::Recovery(key(code).public());
    let back = |name: &str| Act::Recover(Newcomer { member: member("owner"), ..newcomer(name) });
    assert_eq!(world.says("old", recovery("old"), back("a")), Err(Refusal::NoRecovery));
    world.asks(Role::Owner, Act::PrintRecovery { key: key("old").public() }).unwrap();
    world.asks(Role::Owner, Act::PrintRecovery { key: key("code").public() }).unwrap();
    assert_eq!(world.says("old", recovery("old"), back("a")), Err(Refusal::NoRecovery), "a newer one was printed");
    assert_eq!(world.says("code", recovery("code"), Act::Recover(newcomer("eve"))), Err(Refusal::OtherMember));
    assert_eq!(world.says("code", recovery("code"), back("a")), Ok(()));
    assert_eq!(world.list.role_of(device("a")), Ok(Role::Owner));
    assert_eq!(world.says("code", recovery("code"), back("b")), Err(Refusal::NoRecovery), "it is used up");
    assert_eq!(world.says("a", as_device("a"), Act::Remove { device: device("owner") }), Ok(()), "the lost phone");
}

#[test]
fn a_code_that_somebody_printed_as_an_owner_is_worth_nothing_once_they_are_none() {
    let mut world = World::founded();
    world.asks(Role::Owner, invite("l", Role::Owner)).unwrap();
    world.says("l", as_link("l"), Act::Admit(newcomer("second"))).unwrap();
    world.says("second", as_device("second"), Act::PrintRecovery { key: key("code").public() }).unwrap();
    world.asks(Role::Owner, Act::SetRole { member: member("second"), role: Role::Rep }).unwrap();
    let back = Act::Recover(Newcomer { member: member("second"), ..newcomer("back") });
    assert_eq!(world.says("code", Signer::Recovery(key("code").public()), back), Err(Refusal::NoRecovery));
}

#[test]
fn the_console_comes_in_as_a_manager_and_goes_like_any_device() {
    let console = PrivateKey::from_seed(&[7; 32]);
    let mut list = Membership::unfounded(WorkspaceId::minted("w"));
    let found = Act::Found { first: newcomer("owner"), console: Some(console.public()) };
    list.extend(&list.statement(as_link("start"), found).sign(&key("start"))).unwrap();
    let robot = DeviceId::minted("robot");
    assert_eq!(list.role_of(robot), Ok(Role::Manager));
    let entry = list.statement(Signer::Device(robot), invite("l", Role::Owner)).sign(&console);
    assert_eq!(list.extend(&entry), Err(Refusal::Role { needs: Role::Owner }));
    let entry = list.statement(as_device("owner"), Act::Remove { device: robot }).sign(&key("owner"));
    list.extend(&entry).unwrap();
    let entry = list.statement(Signer::Device(robot), invite("l", Role::Rep)).sign(&console);
    assert_eq!(list.extend(&entry), Err(Refusal::Removed));
}

/// What a relay does, the entries it sends after how many, and how long the list then is.
type Shown<'a> = (&'a str, u64, &'a [ByteVec], Result<usize, Contradiction>);

#[test]
fn a_relay_can_withhold_entries_but_not_change_forge_or_drop_them() {
    let bytes =
        |world: &World| -> Vec<ByteVec> { world.entries.iter().map(|entry| entry.bytes().to_vec().into()).collect() };
    let (honest, mut fork) = (World::with_everybody(), World::founded());
    fork.asks(Role::Owner, invite("other", Role::Owner)).unwrap();
    let mut invented = World { list: Membership::unfounded(WorkspaceId::minted("w")), entries: Vec::new() };
    let eve = Act::Found { first: newcomer("eve"), console: None };
    invented.says("start", as_link("start"), eve).unwrap();
    let (all, fork, invented) = (bytes(&honest), bytes(&fork), bytes(&invented));
    let known = &all[..3];
    let table: [Shown<'_>; 8] = [
        ("what comes next", 3, &all[3..], Ok(all.len())),
        ("some of it", 3, &all[3..5], Ok(5)),
        ("nothing", 3, &[], Ok(3)),
        ("what is known, and more", 1, &all[1..4], Ok(4)),
        ("an older state", 0, &all[..2], Ok(3)),
        ("with a hole", 4, &all[4..], Err(Contradiction::Gap)),
        ("another end", 1, &fork[1..], Err(Contradiction::Forged)),
        ("another list", 0, &invented, Err(Contradiction::Forged)),
    ];
    for (what, from, more, expect) in table {
        let taken = prolong(WorkspaceId::minted("w"), known, from, more);
        assert_eq!(taken.map(|(list, entries)| (list.length() as usize).max(entries.len())), expect, "{what}");
    }
    let out_of_order = prolong(WorkspaceId::minted("w"), known, 3, &all[4..]);
    assert_eq!(out_of_order.map(drop), Err(Contradiction::Forged));
}
