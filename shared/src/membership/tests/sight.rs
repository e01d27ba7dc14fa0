//! Who sees whose deals, for every role, sight and team.

use super::super::{Horizon, Sight, Vantage};
use super::*;

fn vantage(sight: Sight, team: &str) -> Vantage {
    Vantage { sight, team: team.to_owned() }
}

fn looks(member_called: &str, sight: Sight, team: &str) -> Act {
    Act::SetSight { member: member(member_called), vantage: vantage(sight, team) }
}

/// The rep, beside a rep of the same team, one of another, and a manager.
fn team() -> World {
    let mut world = World::with_everybody();
    for (name, team) in [("near", "north"), ("far", "south"), ("rep", "north")] {
        if name != "rep" {
            world.asks(Role::Owner, invite(&format!("{name}'s"), Role::Rep)).unwrap();
            let link = format!("{name}'s");
            world.says(&link, as_link(&link), Act::Admit(newcomer(name))).unwrap();
        }
        world.asks(Role::Owner, looks(name, Sight::All, team)).unwrap();
    }
    world
}

#[test]
fn a_member_sees_the_deals_that_role_sight_and_team_say() {
    // Whether the own deal, one of the same team, one of another team, and one that nobody owns is seen.
    for (who, sight, team_name, sees) in [
        ("rep", Sight::All, "north", [true; 4]),
        ("rep", Sight::Team, "north", [true, true, false, false]),
        ("rep", Sight::Team, "south", [true, false, true, false]),
        ("rep", Sight::Team, "", [true, false, false, false]),
        ("rep", Sight::Own, "north", [true, false, false, false]),
        ("viewer", Sight::Own, "", [true, false, false, false]),
        ("viewer", Sight::Team, "north", [true, true, false, false]),
        ("manager", Sight::Own, "", [true; 4]),
        ("owner", Sight::Own, "", [true; 4]),
    ] {
        let mut world = team();
        world.asks(Role::Owner, looks(who, sight, team_name)).unwrap();
        let horizon = world.list.horizon(member(who));
        let owners = [Some(member(who)), Some(member("near")), Some(member("far")), None];
        assert_eq!(owners.map(|owner| horizon.sees(owner)), sees, "{who} with {sight:?} in {team_name:?}");
    }
    assert_eq!(team().list.horizon(member("stranger")), Horizon::Of([].into()));
}

#[test]
fn what_a_member_sees_follows_the_role_and_the_teams_of_others() {
    let mut world = team();
    world.asks(Role::Owner, looks("rep", Sight::Team, "north")).unwrap();
    world.asks(Role::Owner, looks("far", Sight::Own, "north")).unwrap();
    assert!(world.list.horizon(member("rep")).sees(Some(member("far"))), "who comes into the team is seen");
    world.asks(Role::Owner, looks("near", Sight::All, "")).unwrap();
    assert!(!world.list.horizon(member("rep")).sees(Some(member("near"))), "who leaves it no more");
    world.asks(Role::Owner, Act::SetRole { member: member("rep"), role: Role::Manager }).unwrap();
    assert_eq!(world.list.horizon(member("rep")), Horizon::Everything);
}

#[test]
fn a_newcomer_sees_no_more_than_the_link_says() {
    let mut world = World::founded();
    let vantage = vantage(Sight::Own, "north");
    let act =
        Act::Invite { link: key("l").public(), role: Role::Rep, member: None, lasts: 60, vantage: vantage.clone() };
    world.asks(Role::Owner, act).unwrap();
    world.says("l", as_link("l"), Act::Admit(newcomer("rep"))).unwrap();
    assert_eq!(world.list.members()[&member("rep")].vantage, vantage);
}

#[test]
fn sights_read_back_what_they_print() {
    assert!(Sight::ALL.iter().all(|sight| sight.to_string().parse() == Ok(*sight)));
    assert!("far".parse::<Sight>().unwrap_err().contains("own, team or all"));
}

#[test]
fn a_team_is_named_plainly_or_not_at_all() {
    let mut world = World::with_everybody();
    for (team, answer) in [
        ("", Ok(())),
        ("north", Ok(())),
        ("华北", Ok(())),
        (" north", Err(Refusal::Name)),
        (&"n".repeat(MAX_NAME + 1), Err(Refusal::Name)),
    ] {
        assert_eq!(world.asks(Role::Owner, looks("rep", Sight::Team, team)), answer, "{team:?}");
    }
    assert_eq!(world.asks(Role::Owner, looks("stranger", Sight::Own, "")), Err(Refusal::NoMember));
}
