//! A workspace on which plans are carried out, each command judged at the door first.

use std::sync::Arc;

use crate::command::{Command, Context, NewDeal, Origin};
use crate::id::{BatchId, CompanyId, DeviceId, MemberId};
use crate::import::{Encoding, Mapping, Plan, Table, guess, plan};
use crate::model::{CompanyCard, Contact, DealCard, Member, RecordRef, Role};
use crate::pipeline::b2b;
use crate::rules::{admit, sample};
use crate::time::{Day, Timestamp};
use crate::workspace::Workspace;

pub(super) fn now() -> Timestamp {
    Day::new(2026, 11, 23).expect("the calendar has it").start()
}

pub(super) fn workspace() -> Workspace {
    let pipeline = b2b();
    let owner = Member { id: MemberId::minted("lin"), name: "Lin".to_owned(), role: Role::Owner };
    Workspace {
        pipelines: [(pipeline.id, Arc::new(pipeline))].into(),
        members: [(owner.id, owner)].into(),
        ..Workspace::default()
    }
}

pub(super) fn table(bytes: &[u8]) -> Table {
    Table::read(bytes, decode).expect("the file can be read")
}

pub(super) fn decode(bytes: &[u8], encoding: Encoding) -> Option<String> {
    let decoder = encoding_rs::Encoding::for_label(encoding.label().as_bytes())?;
    Some(decoder.decode(bytes).0.into_owned())
}

pub(super) fn planned(workspace: &Workspace, table: &Table, mapping: &Mapping) -> Plan {
    plan(workspace, table, mapping, BatchId::minted("one"), now()).expect("the mapping fits")
}

/// Plans a file as guessed.
pub(super) fn guessed(workspace: &Workspace, bytes: &[u8]) -> Plan {
    let table = table(bytes);
    planned(workspace, &table, &guess(&table, workspace))
}

/// `line column reason` of every refused row.
pub(super) fn refusals(plan: &Plan) -> Vec<String> {
    plan.refused.iter().map(|problem| format!("{} {} {}", problem.row, problem.column, problem.reason)).collect()
}

pub(super) fn carry_out_plan(workspace: &mut Workspace, plan: &Plan) {
    carry_out(workspace, plan.rows.iter().flat_map(|row| row.commands.clone()));
}

pub(super) fn carry_out(workspace: &mut Workspace, commands: impl IntoIterator<Item = Command>) {
    let origin = Origin::Import(BatchId::minted("one"));
    let device = DeviceId::minted("desk");
    let context = Context { member: MemberId::minted("lin"), device, now: now(), today: now().day(), origin };
    for command in commands {
        admit(workspace, &context, command.clone()).unwrap_or_else(|refusal| panic!("{command:?}: {refusal}"));
        write(workspace, command);
    }
}

fn write(workspace: &mut Workspace, command: Command) {
    let mut change = |deal, edit: &dyn Fn(&mut DealCard)| {
        edit(Arc::make_mut(workspace.deals.get_mut(&deal).expect("the door asked for it")));
    };
    match command {
        Command::OpenDeal(new) => drop(workspace.deals.insert(new.deal, Arc::new(opened(new)))),
        Command::PriceDeal { deal, amount } => change(deal, &|card| card.amount = amount),
        Command::ExpectDeal { deal, close } => change(deal, &|card| card.close = close),
        Command::AssignDeal { deal, owner } => change(deal, &|card| card.owner = owner),
        Command::LinkDeal { deal, company } => change(deal, &|card| card.company = company),
        Command::SetField { of: RecordRef::Deal(deal), field, value } => {
            change(deal, &|card| drop(value.clone().map(|value| card.custom.insert(field, value))));
        }
        Command::SetField { of: RecordRef::Company(company), field, value } => {
            value.into_iter().for_each(|value| drop(customer(workspace, company).custom.insert(field, value)));
        }
        Command::SetField { of: RecordRef::Contact(company, contact), field, value } => {
            let mut people = customer(workspace, company).contacts.iter_mut();
            let person = people.find(|each| each.id == contact).expect("the door asked for the person");
            value.into_iter().for_each(|value| drop(person.custom.insert(field, value)));
        }
        Command::PutContact { company, contact, name, role, phone, email } => {
            let (merged, custom) = Default::default();
            let person = Contact { id: contact, name, role, phone, email, merged, custom };
            customer(workspace, company).contacts.push(person);
        }
        Command::DiscardDeal { deal } => change(deal, &|card| card.discarded = true),
        Command::RestoreDeal { deal } => change(deal, &|card| card.discarded = false),
        Command::AddCompany { company, name, source } => {
            let card = CompanyCard { source, ..sample::company(company, &name) };
            workspace.companies.insert(company, Arc::new(card));
        }
        Command::DiscardCompany { company } | Command::RestoreCompany { company } => {
            let card = customer(workspace, company);
            card.discarded = !card.discarded;
        }
        Command::PutMember { member, name, role } => {
            workspace.members.insert(member, Member { id: member, name, role });
        }
        other => panic!("an import does not ask for {}", other.name()),
    }
}

fn customer(workspace: &mut Workspace, company: CompanyId) -> &mut CompanyCard {
    Arc::make_mut(workspace.companies.get_mut(&company).expect("the door asked for it"))
}

fn opened(new: NewDeal) -> DealCard {
    DealCard {
        title: new.title,
        company: new.company,
        owner: new.owner,
        amount: new.amount,
        close: new.close,
        pipeline: new.pipeline,
        stage: new.stage,
        entered: new.created,
        baseline: new.stage,
        outcome: new.outcome,
        created: new.created,
        touched: new.created,
        source: new.source,
        ..sample::bare(new.deal)
    }
}
