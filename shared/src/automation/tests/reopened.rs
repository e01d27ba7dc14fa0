//! Gates that reopen: by a command, by a published version, and because changes of two devices met.

use super::*;
use crate::pipeline::{Criterion, Pipeline, Weight};

fn remind() -> Automation {
    rule(Trigger::GateReopened, vec![Action::Remind(Label::new("核实", "Check"))])
}

fn tighter(version: u32) -> Pipeline {
    let mut pipeline = Pipeline { version, ..b2b() };
    let rule = crate::pipeline::Rule::Fields(Condition::Filled(Field::Close));
    let (id, name) = (CriterionId::minted("close"), Label::new("", "Close day"));
    pipeline.stages[0].criteria.push(Criterion { id, name, weight: Weight::Required, rule });
    pipeline
}

fn words(replica: &Replica) -> Vec<String> {
    let world = replica.workspace();
    let card = world.deal(tide()).unwrap();
    prompts(world, &world.customers(), card, now(), today()).into_iter().map(|prompt| prompt.text.en).collect()
}

#[test]
fn a_version_that_reopens_gates_is_answered_once_for_each_deal() {
    let [mut replica, _] = teams(vec![remind()]);
    talk(&mut replica, "talk");
    advance(&mut replica);
    let owner = context(Role::Owner);
    let publish = |replica: &mut Replica, pipeline: Pipeline| {
        replica.execute(&owner, Command::PublishPipeline(pipeline)).unwrap().answers
    };
    assert_eq!(publish(&mut replica, Pipeline { version: 2, ..b2b() }), [], "nothing reopened");
    let answers = publish(&mut replica, tighter(3));
    assert_eq!(answers.len(), 1, "{answers:?}");
    assert_eq!(words(&replica), ["Check"], "until it is answered, the rule reminds");
    let rule = Context { origin: Origin::Automation, ..owner };
    replica.execute(&rule, answers[0].clone()).unwrap();
    assert!(words(&replica).is_empty(), "what stands on the deal is not told twice");
    assert_eq!(publish(&mut replica, tighter(4)), [], "the gate was reopened before");
    assert_eq!(publish(&mut replica, Pipeline { version: 5, ..b2b() }), []);
    let again = publish(&mut replica, tighter(6));
    assert!(again.len() == 1 && again != answers, "a version that reopens it again is answered again");
    let by_import = Context { origin: Origin::Import(BatchId::minted("batch")), ..owner };
    replica.execute(&by_import, Command::PublishPipeline(Pipeline { version: 7, ..b2b() })).unwrap();
    let imported = replica.execute(&by_import, Command::PublishPipeline(tighter(8))).unwrap();
    assert_eq!(imported.answers, []);
}

#[test]
fn a_gate_that_changes_of_two_devices_reopened_is_reminded_of_on_both() {
    let mut replicas = teams(vec![remind()]);
    let talked = talk(&mut replicas[0], "talk");
    meet(&mut replicas, [talked, Vec::new()]);
    let moved = advance(&mut replicas[0]);
    let unlink = Command::LinkDeal { deal: tide(), company: None };
    let unlinked = replicas[1].execute(&context(Role::Rep), unlink).unwrap().saved;
    assert_eq!(unlinked.len(), 1, "the deal has passed no gate there");
    meet(&mut replicas, [moved, unlinked]);
    for replica in &mut replicas {
        assert_eq!(words(replica), ["Check"]);
        let link = Command::LinkDeal { deal: tide(), company: Some(acme()) };
        replica.execute(&context(Role::Rep), link).unwrap();
        assert!(words(replica).is_empty(), "the gate holds again");
    }
}
