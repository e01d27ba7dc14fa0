//! One occurrence is answered once, whatever number of devices saw it, and the next one is answered again.

use super::*;
use crate::model::{RecordKind, RecordRef};
use crate::number::Number;
use crate::rules::sample::size;

fn owner_does(replica: &mut Replica, commands: &[Command]) -> Vec<Saved> {
    let mut saved = Vec::new();
    for command in commands {
        saved.extend(replica.execute(&context(Role::Owner), command.clone()).unwrap().saved);
    }
    saved
}

fn fill(value: Option<i32>) -> Command {
    let value = value.map(|value| Entry::Number(Number::whole(value)));
    Command::SetField { of: RecordRef::Deal(tide()), field: size(RecordKind::Deal).id, value }
}

/// Both devices do each of these steps while they are apart, and meet after it; so many messages are there then.
#[track_caller]
fn check(when: Trigger, before: &[Command], steps: &[(Command, usize)]) {
    let told = format!("{when:?}");
    let mut replicas = teams(Vec::new());
    let define = owner_does(&mut replicas[0], &[Command::DefineField(size(RecordKind::Deal))]);
    meet(&mut replicas, [define, Vec::new()]);
    let notify = Action::Notify { whom: Whom::Owner, text: Label::new("看一下", "Have a look") };
    let put = owner_does(&mut replicas[0], &[Command::PutAutomation(rule(when, vec![notify]))]);
    meet(&mut replicas, [put, Vec::new()]);
    let given = owner_does(&mut replicas[0], before);
    meet(&mut replicas, [given, Vec::new()]);
    for (command, count) in steps {
        let saved = replicas.each_mut().map(|replica| owner_does(replica, std::slice::from_ref(command)));
        meet(&mut replicas, saved);
        let notices = &replicas[0].workspace().deal(tide()).unwrap().notices;
        assert_eq!(notices.len(), *count, "{told} after {command:?}");
    }
}

#[test]
fn what_happens_again_is_answered_again_and_once() {
    let deal = tide();
    let talk = Command::LogActivity {
        deal,
        activity: ActivityId::minted("talk"),
        kind: ActivityKind::Call,
        summary: String::new(),
        key: Some(b2b().stages[0].activities[0].id),
    };
    let go = |slug: &str| Command::MoveDeal { deal, to: stage(slug), reason: String::new() };
    let price = |amount: Option<i64>| Command::PriceDeal { deal, amount: amount.map(usd) };
    let link = |company| Command::LinkDeal { deal, company };
    let lose = || Command::LoseDeal { deal, reason: "price".to_owned() };
    let steps = [(go("confirm"), 1), (go("identify"), 1), (go("confirm"), 2), (go("identify"), 2), (go("confirm"), 3)];
    check(Trigger::StageEntered(stage("confirm")), std::slice::from_ref(&talk), &steps);
    let steps = [(price(Some(5)), 1), (price(None), 2), (price(Some(5)), 3), (price(None), 4)];
    check(Trigger::FieldChanged(Field::Amount), &[], &steps);
    let steps = [(fill(Some(5)), 1), (fill(None), 2), (fill(Some(5)), 3), (fill(None), 4)];
    check(Trigger::FieldChanged(Field::Custom(size(RecordKind::Deal).id)), &[], &steps);
    let steps = [(lose(), 1), (Command::ReopenDeal { deal }, 2), (lose(), 3)];
    check(Trigger::FieldChanged(Field::Outcome), &[], &steps);
    let steps = [(link(None), 1), (link(Some(acme())), 1), (link(None), 2), (link(Some(acme())), 2), (link(None), 3)];
    check(Trigger::GateReopened, &[talk, go("confirm")], &steps);
}
