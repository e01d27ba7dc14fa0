//! What stands on whose day, as tables; and how long it takes to gather.

use super::*;
use crate::automation::{Action, Trigger, Whom};
use crate::id::{ActivityId, DealId, NoticeId};
use crate::model::{ActivityKind, Withdrawal};
use crate::rules::sample::{bare, criterion, key, member, now, stage, tide, today, workspace};
use crate::text::Label;

const DAY: i64 = 86_400_000;

fn step(days: i32) -> NextStep {
    let activity = ActivityId::minted(&days.to_string());
    NextStep { due: today().plus(days), activity, kind: ActivityKind::Call, summary: String::new(), key: None }
}

fn ago(days: i64) -> Timestamp {
    Timestamp::from_millis(now().millis() - days * DAY)
}

fn outlook(role: Role, scope: Scope) -> Outlook {
    Outlook { member: member(role), scope, now: now(), today: today() }
}

fn asked() -> Asked {
    Asked { by: member(Role::Rep), at: now(), note: "20% off".to_owned() }
}

fn notice(to: Role) -> Notice {
    Notice { id: NoticeId::minted("one"), to: member(to), text: "Look".to_owned(), at: now() }
}

/// How many rows each section has that has any.
fn counts(world: &Workspace, outlook: &Outlook) -> Vec<(Section, usize)> {
    let agenda = agenda(world, outlook);
    let counts: Vec<_> = Section::ALL.map(|section| (section, agenda.rows(section).len())).to_vec();
    let counts: Vec<_> = counts.into_iter().filter(|(_, count)| *count > 0).collect();
    assert_eq!(agenda.is_empty(), counts.is_empty());
    counts
}

/// The sections that a rep's own deal with one planned visit next month stands in once it is bent.
#[track_caller]
fn check(name: &str, bend: impl FnOnce(&mut DealCard), expect: &[(Section, usize)]) {
    let mut card = DealCard { owner: Some(member(Role::Rep)), planned: vec![step(30)], ..bare(tide()) };
    bend(&mut card);
    assert_eq!(counts(&workspace(card), &outlook(Role::Rep, Scope::Mine)), expect, "{name}");
}

#[test]
fn each_thing_that_waits_stands_in_its_section() {
    use Section as In;
    check("planned for later", |_| (), &[]);
    check("yesterday", |card| card.planned = vec![step(-1)], &[(In::Overdue, 1)]);
    check("today", |card| card.planned = vec![step(0)], &[(In::Today, 1)]);
    check("tomorrow and in a week", |card| card.planned = vec![step(1), step(7)], &[(In::Soon, 2)]);
    check("in eight days", |card| card.planned = vec![step(8)], &[]);
    check(
        "all of them",
        |card| card.planned = vec![step(-9), step(-1), step(0), step(7), step(8)],
        &[(In::Overdue, 2), (In::Today, 1), (In::Soon, 1)],
    );
    check("nothing planned", |card| card.planned.clear(), &[(In::Idle, 1)]);
    check("as long as its stage allows", |card| card.touched = ago(14), &[]);
    check("longer", |card| card.touched = ago(15), &[(In::Stalled, 1)]);
    check("a message to me", |card| card.notices = vec![notice(Role::Rep)], &[(In::Notices, 1)]);
    check("a message to somebody else", |card| card.notices = vec![notice(Role::Manager)], &[]);
    check("moved on without its gate", |card| card.stage = stage("confirm"), &[(In::Reopened, 1)]);
    check("won", |card| (card.outcome, card.planned) = (Outcome::Won { at: now() }, vec![step(-1)]), &[]);
    check("taken back", |card| (card.discarded, card.notices) = (true, vec![notice(Role::Rep)]), &[]);
    check("somebody else's", |card| (card.owner, card.planned) = (None, vec![step(-1)]), &[]);
    check("an approval above my role", |card| card.asked = [(criterion("negotiate/approval"), asked())].into(), &[]);
}

#[test]
fn a_message_stays_when_its_deal_ends() {
    check(
        "lost",
        |card| {
            card.outcome = Outcome::Lost { at: now(), reason: "price".to_owned() };
            card.notices = vec![notice(Role::Rep)];
        },
        &[(Section::Notices, 1)],
    );
}

#[test]
fn an_approval_waits_for_those_whose_role_reaches_whoever_works_the_deal() {
    let card = DealCard { asked: [(criterion("negotiate/approval"), asked())].into(), ..bare(tide()) };
    let world = workspace(DealCard { planned: vec![step(30)], ..card });
    for (role, expect) in [(Role::Viewer, 0), (Role::Rep, 0), (Role::Manager, 1), (Role::Owner, 1)] {
        let agenda = agenda(&world, &outlook(role, Scope::Mine));
        assert_eq!(agenda.rows(Section::Approvals).len(), expect, "{role:?}");
    }
}

#[test]
fn a_manager_sees_everybodys_work_when_asked() {
    let card = DealCard { owner: Some(member(Role::Rep)), planned: vec![step(-1)], ..bare(tide()) };
    let world = workspace(card);
    assert_eq!(counts(&world, &outlook(Role::Manager, Scope::Mine)), []);
    assert_eq!(counts(&world, &outlook(Role::Manager, Scope::Everybody)), [(Section::Overdue, 1)]);
}

#[test]
fn a_reopened_gate_names_what_holds_no_longer() {
    let card = DealCard {
        owner: Some(member(Role::Rep)),
        company: Some(crate::rules::sample::acme()),
        done: [key("identify/call")].into(),
        stage: stage("propose"),
        withdrawn: [(criterion("confirm/need"), Withdrawal { by: member(Role::Rep), at: now() })].into(),
        ..bare(tide())
    };
    let agenda = agenda(&workspace(card), &outlook(Role::Rep, Scope::Mine));
    assert_eq!(agenda.rows(Section::Reopened)[0].what, What::Reopened(criterion("confirm/need")));
}

#[test]
fn a_reminder_is_for_whom_its_rule_names() {
    let label = Label::new("联系客户", "Get in touch");
    for (whom, expect) in [
        (Whom::Owner, [0, 1, 0]),
        (Whom::Member(member(Role::Viewer)), [1, 0, 0]),
        (Whom::Role(Role::Manager), [0, 0, 1]),
    ] {
        let card =
            DealCard { owner: Some(member(Role::Rep)), planned: vec![step(30)], touched: ago(5), ..bare(tide()) };
        let mut world = workspace(card);
        let rule = Automation {
            id: AutomationId::minted("quiet"),
            name: label.clone(),
            pipeline: None,
            when: Trigger::Quiet(5),
            only_if: None,
            then: vec![Action::Notify { whom, text: label.clone() }],
            paused: false,
        };
        world.automations.insert(rule.id, rule.clone());
        let seen = [Role::Viewer, Role::Rep, Role::Manager]
            .map(|role| agenda(&world, &outlook(role, Scope::Mine)).rows(Section::Reminders).len());
        assert_eq!(seen, expect, "{whom:?}");
        assert_eq!(counts(&world, &outlook(Role::Owner, Scope::Everybody)), [(Section::Reminders, 1)]);
        world.automations.insert(rule.id, Automation { paused: true, ..rule });
        assert_eq!(counts(&world, &outlook(Role::Owner, Scope::Everybody)), []);
    }
}

#[test]
fn what_waits_longest_comes_first() {
    let mut world = workspace(bare(tide()));
    world.deals.clear();
    for days in [3, 9, 1] {
        let id = DealId::minted(&days.to_string());
        let planned = vec![step(-i32::try_from(days).unwrap())];
        let card = DealCard { planned, touched: ago(100 + days), owner: Some(member(Role::Rep)), ..bare(id) };
        world.deals.insert(id, Arc::new(card));
    }
    let agenda = agenda(&world, &outlook(Role::Rep, Scope::Mine));
    let ids = [9, 3, 1].map(|days| DealId::minted(&days.to_string()));
    for section in [Section::Overdue, Section::Stalled] {
        let rows: Vec<DealId> = agenda.rows(section).iter().map(|row| row.deal.id).collect();
        assert_eq!(rows, ids, "{section:?}");
    }
}
