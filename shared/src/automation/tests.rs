//! Rules: what they answer, that they answer it once, and that they never answer themselves.

mod again;
mod reopened;

use super::*;
use crate::command::{Command, Context, Origin};
use crate::id::{ActivityId, BatchId, DocumentId};
use crate::model::{Category, DealCard, Outcome};
use crate::pipeline::b2b;
use crate::refusal::{AutomationFault, Refusal, Span};
use crate::replica::{Actor, Piece, Replica, Saved};
use crate::rules::sample::{acme, context, criterion, member, now, stage, tide, today, usd, written_down};
use crate::time::Timestamp;

fn founded(actor: u8) -> Replica {
    let mut replica = Replica::new(Actor([actor; 16]));
    replica.open(DocumentId::Workspace, Vec::new());
    replica
}

/// A team with a deal in its first stage, as the same changes on each of these replicas.
fn teams(rules: Vec<Automation>) -> [Replica; 2] {
    let mut first = founded(1);
    let mut pieces = Vec::new();
    let mut ask = |context: Context, command: Command| {
        let effects = first.execute(&context, command).unwrap();
        pieces.extend(effects.saved.into_iter().map(|saved| (saved.document, saved.change)));
    };
    let owner = context(Role::Owner);
    ask(owner, Command::PutMember { member: member(Role::Owner), name: "Owner".to_owned(), role: Role::Owner });
    ask(owner, Command::PutMember { member: member(Role::Rep), name: "Rep".to_owned(), role: Role::Rep });
    ask(owner, Command::PublishPipeline(b2b()));
    rules.into_iter().for_each(|rule| ask(owner, Command::PutAutomation(rule)));
    ask(owner, Command::AddCompany { company: acme(), name: "Acme".to_owned(), source: None });
    ask(context(Role::Rep), Command::OpenDeal(written_down(Some(member(Role::Rep)))));
    let mut second = founded(2);
    for (document, change) in pieces {
        second.receive(document, vec![Piece::Change(change)]);
    }
    [first, second]
}

fn rule(when: Trigger, then: Vec<Action>) -> Automation {
    let id = AutomationId::minted("rule");
    Automation { id, name: Label::new("规则", "Rule"), pipeline: None, when, only_if: None, then, paused: false }
}

fn talk(replica: &mut Replica, activity: &str) -> Vec<Saved> {
    let key = b2b().stages[0].activities[0].id;
    let activity = ActivityId::minted(activity);
    let kind = ActivityKind::Call;
    let command = Command::LogActivity { deal: tide(), activity, kind, summary: String::new(), key: Some(key) };
    replica.execute(&context(Role::Rep), command).unwrap().saved
}

fn advance(replica: &mut Replica) -> Vec<Saved> {
    let command = Command::MoveDeal { deal: tide(), to: stage("confirm"), reason: String::new() };
    replica.execute(&context(Role::Rep), command).unwrap().saved
}

fn meet(replicas: &mut [Replica; 2], saved: [Vec<Saved>; 2]) {
    let [mine, theirs] = saved;
    for (replica, others) in replicas.iter_mut().zip([theirs, mine]) {
        for saved in others {
            replica.receive(saved.document, vec![Piece::Change(saved.change)]);
        }
    }
    assert_eq!(replicas[0].digest(), replicas[1].digest());
}

#[test]
fn entering_a_stage_plans_its_key_activities_and_a_deal_opened_there_has_them_too() {
    let [mut replica, _] = teams(Vec::new());
    let planned = |replica: &Replica| replica.workspace().deal(tide()).unwrap().planned.clone();
    let first = planned(&replica);
    assert_eq!(first.len(), 1);
    assert_eq!((first[0].key, first[0].due), (Some(b2b().stages[0].activities[0].id), today().plus(3)));
    talk(&mut replica, "talk");
    advance(&mut replica);
    assert_eq!(planned(&replica).len(), 2, "the first one stays planned until it is done or called off");
}

#[test]
fn two_devices_that_enter_a_stage_apart_plan_each_key_activity_once() {
    let notify = Action::Notify { whom: Whom::Owner, text: Label::new("看一下", "Have a look") };
    let remind = Action::Remind(Label::new("打电话", "Call"));
    let mut replicas = teams(vec![rule(Trigger::StageEntered(stage("confirm")), vec![notify, remind])]);
    let mine = [talk(&mut replicas[0], "mine"), advance(&mut replicas[0])].concat();
    let theirs = [talk(&mut replicas[1], "theirs"), advance(&mut replicas[1])].concat();
    meet(&mut replicas, [mine, theirs]);
    let card = replicas[0].workspace().deal(tide()).unwrap();
    let keyed = card.planned.iter().filter(|step| step.key == Some(b2b().stages[1].activities[0].id));
    assert_eq!(keyed.count(), 1, "the key activity exists once");
    assert_eq!(card.planned.iter().filter(|step| step.summary == "打电话 / Call").count(), 1);
    assert_eq!(card.notices.len(), 1, "the rule that fired on both sides told once");
}

#[test]
fn a_rule_answers_fields_activities_and_reopened_gates_and_rules_answer_no_rule() {
    let classify = rule(
        Trigger::FieldChanged(Field::Amount),
        vec![Action::Set(Setting::Category(Category::Commit)), Action::Ask(criterion("negotiate/approval"))],
    );
    let chain = Automation {
        id: AutomationId::minted("chain"),
        ..rule(Trigger::FieldChanged(Field::Category), vec![Action::Set(Setting::CloseIn(10))])
    };
    let [mut replica, _] = teams(vec![classify, chain]);
    let amount = Some(usd(500));
    let saved = replica.execute(&context(Role::Rep), Command::PriceDeal { deal: tide(), amount }).unwrap().saved;
    let card = replica.workspace().deal(tide()).unwrap();
    assert_eq!(card.category, Some(Category::Commit));
    assert!(card.asked.contains_key(&criterion("negotiate/approval")));
    assert_eq!(card.close, None, "what a rule wrote is answered by none");
    assert_eq!(saved.len(), 3, "the person's change and one for each answer");
    let origins: Vec<_> = replica.workspace().open_deals[&tide()].history.iter().map(|e| e.origin.clone()).collect();
    assert_eq!(origins.iter().filter(|origin| *origin == "automation").count(), 3);
}

#[test]
fn a_reopened_gate_is_answered_and_imports_are_not() {
    let remind = rule(Trigger::GateReopened, vec![Action::Remind(Label::new("核实", "Check"))]);
    let [mut replica, _] = teams(vec![remind]);
    let rep = context(Role::Rep);
    talk(&mut replica, "talk");
    advance(&mut replica);
    let unlink = Command::LinkDeal { deal: tide(), company: None };
    let import = Context { origin: Origin::Import(BatchId::minted("batch")), ..rep };
    assert_eq!(replica.execute(&import, unlink.clone()).unwrap().saved.len(), 1);
    let link = Command::LinkDeal { deal: tide(), company: Some(acme()) };
    replica.execute(&rep, link).unwrap();
    assert_eq!(replica.execute(&rep, unlink).unwrap().saved.len(), 2);
    let card = replica.workspace().deal(tide()).unwrap();
    assert!(card.planned.iter().any(|step| step.summary == "核实 / Check"));
}

#[test]
fn what_depends_on_time_alone_is_derived_and_writes_nothing() {
    let text = Label::new("太久没有联系", "Quiet for too long");
    let quiet = rule(Trigger::Quiet(14), vec![Action::Remind(text.clone())]);
    let [replica, _] = teams(vec![quiet]);
    let card = replica.workspace().deal(tide()).unwrap();
    let after = |days: i32| {
        let today = today().plus(days);
        prompts(replica.workspace(), &replica.workspace().customers(), card, today.start(), today)
    };
    assert_eq!(after(13), []);
    let prompt = Prompt { automation: AutomationId::minted("rule"), text, whom: Whom::Owner };
    assert_eq!(after(14), [prompt]);
    let won = DealCard { outcome: Outcome::Won { at: Timestamp::default() }, ..card.as_ref().clone() };
    assert_eq!(
        prompts(
            replica.workspace(),
            &replica.workspace().customers(),
            &won,
            today().plus(20).start(),
            today().plus(20)
        ),
        []
    );
}

#[test]
fn rules_that_make_no_sense_are_refused_at_the_door() {
    let [mut replica, _] = teams(Vec::new());
    let remind = || Action::Remind(Label::new("", "Look"));
    let set = Action::Set(Setting::Category(Category::Commit));
    let cases = [
        (rule(Trigger::FieldChanged(Field::Category), vec![set.clone()]), AutomationFault::AnswersItself),
        (rule(Trigger::Quiet(3), vec![set.clone()]), AutomationFault::OnlyReminds),
        (rule(Trigger::Quiet(3), Vec::new()), AutomationFault::Actions),
        (rule(Trigger::Quiet(3), vec![remind(); 11]), AutomationFault::Actions),
    ];
    let owner = context(Role::Owner);
    for (rule, fault) in cases {
        let heard = replica.execute(&owner, Command::PutAutomation(rule));
        assert_eq!(heard.map(|_| ()), Err(Refusal::Automation(fault)));
    }
    let need = criterion("confirm/need");
    let heard = replica.execute(&owner, Command::PutAutomation(rule(Trigger::Quiet(1), vec![remind()])));
    assert!(heard.is_ok());
    let ask = rule(Trigger::GateReopened, vec![Action::Ask(need)]);
    let heard = replica.execute(&owner, Command::PutAutomation(ask)).map(|_| ());
    assert_eq!(heard, Err(Refusal::NoCriterion(need)), "a proof is not an approval");
}

#[test]
fn a_rule_counts_days_that_can_be_meant() {
    let [mut replica, _] = teams(Vec::new());
    let remind = || vec![Action::Remind(Label::new("", "Look"))];
    let entered = |action| rule(Trigger::StageEntered(stage("confirm")), vec![action]);
    let what = || Label::new("", "Call");
    let counting = |span: Span, days: u16| match span {
        Span::Quiet => rule(Trigger::Quiet(days), remind()),
        Span::Near => rule(Trigger::CloseNear(days), remind()),
        Span::Close => entered(Action::Set(Setting::CloseIn(days))),
        _ => entered(Action::Plan { kind: ActivityKind::Call, what: what(), due_after: days }),
    };
    for (what, least) in [(Span::Quiet, 1), (Span::Near, 0), (Span::Close, 0), (Span::Planned, 0)] {
        for days in [0, 1, 3_650, 3_651, u16::MAX] {
            let command = Command::PutAutomation(counting(what, days));
            let heard = replica.execute(&context(Role::Owner), command).map(drop);
            let expect = match (least..=3_650).contains(&days) {
                true => Ok(()),
                false => Err(Refusal::Days { what, least, most: 3_650 }),
            };
            assert_eq!(heard, expect, "{what:?} {days}");
        }
    }
}

#[test]
fn every_ready_made_rule_passes_the_door_as_it_is() {
    let [mut replica, _] = teams(Vec::new());
    for starter in Starter::ALL {
        let id = AutomationId::minted(&format!("{starter:?}"));
        let rule = starter.rule(id, &replica.workspace().pipelines).unwrap();
        replica.execute(&context(Role::Owner), Command::PutAutomation(rule)).unwrap();
    }
    assert_eq!(replica.workspace().automations.len(), Starter::ALL.len());
    assert_eq!(Starter::Approval.rule(AutomationId::minted("x"), &Default::default()), None);
}
