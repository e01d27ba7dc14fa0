//! Fields of every kind of record: where gates and rules may ask for them, and what keeps one from being retired.

use super::check;
use crate::automation::{Action, Automation, Setting, Trigger};
use crate::command::Command;
use crate::id::AutomationId;
use crate::model::{CustomField, Entry, Field, RecordKind, Role};
use crate::number::Number;
use crate::pipeline::{Comparison, Condition, ConditionError, Literal, Pipeline, Rule, b2b};
use crate::refusal::Refusal;
use crate::rules::sample::{bare, context, size, tide, workspace};
use crate::text::Label;
use crate::workspace::Workspace;

fn asked(on: RecordKind) -> Field {
    Field::Custom(size(on).id)
}

/// A team with the same field on each kind of record.
fn given() -> Workspace {
    let fields = RecordKind::ALL.map(size).map(|field| (field.id, field));
    Workspace { fields: fields.into(), ..workspace(bare(tide())) }
}

/// The next version of the pipeline, whose first gate asks for this.
fn asking(condition: Condition) -> Pipeline {
    let mut pipeline = Pipeline { version: 2, ..b2b() };
    pipeline.stages[0].criteria[0].rule = Rule::Fields(condition);
    pipeline
}

#[track_caller]
fn manager(given: &Workspace, command: Command, expect: Result<(), Refusal>) {
    check(given, &context(Role::Manager), command, expect);
}

#[test]
fn a_gate_may_ask_for_a_field_of_every_record_of_the_right_type_until_it_is_retired() {
    for on in RecordKind::ALL {
        let (mut given, publish) = (given(), |condition| Command::PublishPipeline(asking(condition)));
        let wrong = Condition::Compare { field: asked(on), is: Comparison::Equal, value: Literal::Flag(true) };
        manager(&given, publish(Condition::Filled(asked(on))), Ok(()));
        manager(&given, publish(wrong), Err(ConditionError::Type(asked(on)).into()));
        given.fields.get_mut(&size(on).id).unwrap().retired = true;
        let gone = ConditionError::NoField(size(on).id);
        manager(&given, publish(Condition::Filled(asked(on))), Err(gone.into()));
    }
}

#[test]
fn a_field_that_a_gate_asks_for_is_not_retired() {
    for on in RecordKind::ALL {
        let (mut given, retire) = (given(), Command::DefineField(CustomField { retired: true, ..size(on) }));
        manager(&given, retire.clone(), Ok(()));
        let pipeline = asking(Condition::Filled(asked(on)));
        let user = Box::new(pipeline.stages[0].criteria[0].name.clone());
        given.pipelines.insert(pipeline.id, pipeline.into());
        manager(&given, retire, Err(Refusal::FieldInUse { field: size(on).id, user }));
    }
}

#[test]
fn a_rule_may_ask_every_record_but_answers_and_writes_deals_alone() {
    let rule = |when, only_if, then| {
        let (id, name) = (AutomationId::minted("rule"), Label::new("规则", "Rule"));
        Command::PutAutomation(Automation { id, name, pipeline: None, when, only_if, then: vec![then], paused: false })
    };
    let remind = || Action::Remind(Label::new("看一下", "Look"));
    let changed = |on| Trigger::FieldChanged(asked(on));
    let set = |on: RecordKind| Action::Set(Setting::Custom(size(on).id, Entry::Number(Number::whole(1))));
    for on in RecordKind::ALL {
        let expect = if on == RecordKind::Deal { Ok(()) } else { Err(Refusal::NoField(size(on).id)) };
        manager(&given(), rule(changed(on), None, remind()), expect.clone());
        manager(&given(), rule(Trigger::GateReopened, None, set(on)), expect);
        manager(&given(), rule(Trigger::GateReopened, Some(Condition::Filled(asked(on))), remind()), Ok(()));
    }
}
