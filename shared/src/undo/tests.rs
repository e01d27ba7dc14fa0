//! Undoing: after a command and what undoes it, the deal says what it said before.

mod proofs;

use super::*;
use crate::id::{ActivityId, ChoiceId, DocumentId, FieldId, LineId, NoticeId, PipelineId};
use crate::model::{ActivityKind, Category, Choice, FieldKind, RecordKind, Role};
use crate::money::Money;
use crate::number::Number;
use crate::pipeline::{Pipeline, b2b};
use crate::replica::{Actor, Replica};
use crate::rules::sample::{context, member, now, stage, tide, today, usd};
use crate::text::Label;

fn replica() -> Replica {
    let mut replica = Replica::new(Actor([1; 16]));
    replica.open(DocumentId::Workspace, Vec::new());
    let owner = context(Role::Owner);
    let founding = [
        Command::PutMember { member: member(Role::Owner), name: "Owner".to_owned(), role: Role::Owner },
        Command::PublishPipeline(b2b()),
        Command::OpenDeal(crate::command::NewDeal {
            deal: tide(),
            title: "Tide gate".to_owned(),
            company: None,
            owner: None,
            amount: Some(usd(100)),
            close: None,
            pipeline: b2b().id,
            stage: stage("sign"),
            created: now(),
            outcome: Outcome::Open,
            source: None,
        }),
    ];
    for command in founding {
        replica.execute(&owner, command).unwrap();
    }
    replica
}

#[test]
fn a_command_and_its_inverse_leave_a_deal_as_it_was() {
    let deal = tide();
    let line = LineId::minted("pump");
    let put =
        |price: Money| Command::PutLine { deal, line, product: "Pump".to_owned(), quantity: Number::whole(2), price };
    let commands = [
        Command::RenameDeal { deal, title: "Other".to_owned() },
        Command::PriceDeal { deal, amount: None },
        Command::ExpectDeal { deal, close: Some(today()) },
        Command::AssignDeal { deal, owner: Some(member(Role::Owner)) },
        Command::ClassifyDeal { deal, category: Some(Category::Commit) },
        Command::MoveDeal { deal, to: stage("confirm"), reason: String::new() },
        Command::LoseDeal { deal, reason: "price".to_owned() },
        Command::DiscardDeal { deal },
        Command::OverrideGate { deal, stage: stage("sign"), reason: "known".to_owned() },
        put(usd(7)),
    ];
    for command in commands {
        let mut replica = replica();
        let facts = |replica: &Replica| {
            let card = replica.workspace().deals[&deal].as_ref().clone();
            (card.title, card.amount, card.close, card.owner, card.category, card.stage, card.outcome, card.lines)
        };
        let (before, was_passed) = (facts(&replica), replica.workspace().deals[&deal].overridden.clone());
        let inverse = inverse(replica.workspace(), &command);
        assert_eq!(inverse.len(), 1, "{command:?}");
        replica.execute(&context(Role::Owner), command.clone()).unwrap();
        for back in inverse {
            replica.execute(&context(Role::Owner), back).unwrap();
        }
        let after = facts(&replica);
        assert_eq!(after, before, "{command:?}");
        assert_eq!(replica.workspace().deals[&deal].overridden, was_passed, "{command:?}");
        assert!(!replica.workspace().deals[&deal].discarded, "{command:?}");
    }
}

#[test]
fn a_planned_step_is_put_back_from_its_card_alone() {
    let (deal, activity, mut replica) = (tide(), ActivityId::minted("visit"), replica());
    let (kind, summary) = (ActivityKind::Visit, "Look at the gate".to_owned());
    let plan = Command::PlanActivity { deal, activity, kind, summary, due: today(), key: None };
    replica.execute(&context(Role::Owner), plan).unwrap();
    let planned = |replica: &Replica| replica.workspace().deals[&deal].planned.clone();
    let before = planned(&replica);
    let commands = [
        Command::RescheduleActivity { deal, activity, due: today().plus(7) },
        Command::CancelActivity { deal, activity },
        Command::FinishActivity { deal, activity, summary: "Look at the gate".to_owned() },
    ];
    for command in commands {
        let mut world = replica.workspace().clone();
        world.open_deals.clear();
        let back = inverse(&world, &command);
        replica.execute(&context(Role::Owner), command.clone()).unwrap();
        assert_ne!(planned(&replica), before, "{command:?}");
        back.into_iter().for_each(|back| drop(replica.execute(&context(Role::Owner), back).unwrap()));
        assert_eq!(planned(&replica), before, "{command:?}");
    }
    let describe = Command::DescribeActivity { deal, activity, summary: "Look at both".to_owned() };
    let back = inverse(replica.workspace(), &describe);
    replica.execute(&context(Role::Owner), describe).unwrap();
    back.into_iter().for_each(|back| drop(replica.execute(&context(Role::Owner), back).unwrap()));
    assert_eq!(planned(&replica), before);
}

#[test]
fn what_nothing_undoes_is_not_offered_to_be_undone() {
    let replica = replica();
    let seen = Command::SeeNotice { deal: tide(), notice: NoticeId::minted("told") };
    assert_eq!(inverse(replica.workspace(), &seen), []);
}

#[test]
fn a_version_is_taken_back_by_the_one_before_it_and_a_first_one_stays() {
    let mut replica = replica();
    let publish = Command::PublishPipeline(Pipeline { name: Label::new("另一种", "Another"), version: 2, ..b2b() });
    let back = inverse(replica.workspace(), &publish);
    replica.execute(&context(Role::Owner), publish).unwrap();
    back.into_iter().for_each(|back| drop(replica.execute(&context(Role::Owner), back).unwrap()));
    let now = &replica.workspace().pipelines[&b2b().id];
    assert_eq!((&now.name, now.version), (&b2b().name, 3));
    let first = Command::PublishPipeline(Pipeline { id: PipelineId::minted("new"), ..b2b() });
    assert_eq!(inverse(replica.workspace(), &first), []);
}

#[test]
fn an_added_field_is_taken_back_by_retiring_it_and_an_added_choice_stays() {
    let field = |choices: &[&str]| CustomField {
        id: FieldId::minted("colour"),
        on: RecordKind::Deal,
        name: Label::new("颜色", "Colour"),
        kind: FieldKind::Choice,
        choices: choices.iter().map(|name| Choice { id: ChoiceId::minted(name), name: Label::new("", name) }).collect(),
        on_card: false,
        rank: 0,
        retired: false,
    };
    let (mut replica, manager) = (replica(), context(Role::Owner));
    let add = Command::DefineField(field(&["Red"]));
    let back = inverse(replica.workspace(), &add);
    replica.execute(&manager, add).unwrap();
    back.into_iter().for_each(|command| drop(replica.execute(&manager, command).unwrap()));
    assert!(replica.workspace().fields[&FieldId::minted("colour")].retired);

    replica.execute(&manager, Command::DefineField(field(&["Red"]))).unwrap();
    assert_eq!(inverse(replica.workspace(), &Command::DefineField(field(&["Red", "Blue"]))), []);
    let renamed = CustomField { name: Label::new("", "Hue"), ..field(&["Red"]) };
    assert_eq!(inverse(replica.workspace(), &Command::DefineField(renamed)), [Command::DefineField(field(&["Red"]))]);
}
