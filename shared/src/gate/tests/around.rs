//! A gate that asks the customer, somebody there or an activity: it reopens with their change, which is named.

use crate::command::Command;
use crate::gate::{Unmet, cause, standing, unmet};
use crate::id::{ActivityId, CompanyId, ContactId, CriterionId, DocumentId};
use crate::model::{ActivityKind, ContactRole, CustomField, Entry, Field, FieldKind, RecordKind, RecordRef, Role};
use crate::pipeline::{Condition, Pipeline, Rule, b2b};
use crate::replica::{Actor, Replica};
use crate::rules::sample::{acme, context, member, size, stage, tide, written_down};
use crate::text::Label;

fn field(on: RecordKind) -> CustomField {
    CustomField { name: Label::new("信用", "Credit"), kind: FieldKind::Flag, ..size(on) }
}

/// A pipeline whose first gate asks for nothing but that field.
fn asking(on: RecordKind) -> Pipeline {
    let mut pipeline = b2b();
    pipeline.stages.iter_mut().for_each(|stage| stage.criteria.truncate(1));
    pipeline.stages[0].criteria[0].rule = Rule::Fields(Condition::Filled(Field::Custom(field(on).id)));
    pipeline
}

fn ask(replica: &mut Replica, role: Role, command: Command) {
    replica.execute(&context(role), command.clone()).unwrap_or_else(|refusal| panic!("{command:?}: {refusal}"));
}

/// A deal in its first stage, with a customer, somebody there and a visit.
fn team(on: RecordKind) -> Replica {
    let mut replica = Replica::new(Actor([9; 16]));
    replica.open(DocumentId::Workspace, Vec::new());
    let people = [Role::Owner, Role::Rep];
    for role in people {
        let name = format!("{role:?}");
        ask(&mut replica, Role::Owner, Command::PutMember { member: member(role), name, role });
    }
    ask(&mut replica, Role::Owner, Command::DefineField(field(on)));
    ask(&mut replica, Role::Owner, Command::PublishPipeline(asking(on)));
    for (company, name) in [(acme(), "Acme"), (beta(), "Beta")] {
        ask(&mut replica, Role::Rep, Command::AddCompany { company, name: name.to_owned(), source: None });
    }
    let (phone, email) = Default::default();
    let (name, role) = ("Ms Li".to_owned(), ContactRole::User);
    ask(&mut replica, Role::Rep, Command::PutContact { company: acme(), contact: li(), name, role, phone, email });
    ask(&mut replica, Role::Rep, Command::OpenDeal(written_down(None)));
    let (kind, summary) = (ActivityKind::Visit, "Seen".to_owned());
    ask(&mut replica, Role::Rep, Command::LogActivity { deal: tide(), activity: visit(), kind, summary, key: None });
    replica
}

fn beta() -> CompanyId {
    CompanyId::minted("beta")
}

fn li() -> ContactId {
    ContactId::minted("li")
}

fn visit() -> ActivityId {
    ActivityId::minted("visit")
}

/// Fills the field in, moves the deal past the gate that asks for it, then does what takes the answer away.
fn check(of: RecordRef, taking: Command, told_as: &str) {
    let mut replica = team(of.kind());
    let put = |value| Command::SetField { of, field: field(of.kind()).id, value };
    let open = |replica: &Replica| {
        let (world, pipeline) = (replica.workspace(), asking(of.kind()));
        unmet(&world.customers(), &world.deals[&tide()], &pipeline, stage("confirm"))
    };
    let asked: CriterionId = asking(of.kind()).stages[0].criteria[0].id;
    let unmet = Unmet { stage: stage("identify"), criterion: asked };
    assert_eq!(open(&replica), [unmet], "{of:?}");
    ask(&mut replica, Role::Rep, put(Some(Entry::Flag(true))));
    assert_eq!(open(&replica), [], "{of:?}");
    ask(&mut replica, Role::Rep, Command::MoveDeal { deal: tide(), to: stage("confirm"), reason: String::new() });
    ask(&mut replica, Role::Owner, taking.clone());
    let world = replica.workspace();
    let now = standing(&world.customers(), &world.deals[&tide()], &asking(of.kind()));
    assert_eq!((now.verified, now.reopened), (stage("identify"), vec![unmet]), "{taking:?}");
    let told = cause(world, &world.open_deals[&tide()], &asking(of.kind()), unmet);
    let told = told.map(|event| (event.command.as_str(), event.by));
    assert_eq!(told, Some((told_as, Some(member(Role::Owner)))), "{taking:?}");
}

#[test]
fn a_gate_that_asks_around_a_deal_reopens_with_the_change_that_took_the_answer_away() {
    let clear = |of: RecordRef| Command::SetField { of, field: field(of.kind()).id, value: None };
    let records = [
        RecordRef::Deal(tide()),
        RecordRef::Company(acme()),
        RecordRef::Contact(acme(), li()),
        RecordRef::Activity(tide(), visit()),
    ];
    records.into_iter().for_each(|of| check(of, clear(of), "set_field"));
    let elsewhere = || Command::LinkDeal { deal: tide(), company: Some(beta()) };
    check(RecordRef::Company(acme()), elsewhere(), "link_deal");
    check(RecordRef::Contact(acme(), li()), elsewhere(), "link_deal");
    let unfinish = Command::UnfinishActivity { deal: tide(), activity: visit() };
    check(RecordRef::Activity(tide(), visit()), unfinish, "unfinish_activity");
}
