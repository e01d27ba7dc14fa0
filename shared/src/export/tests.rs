//! What an export says, and that importing it again changes nothing.

use std::sync::Arc;

use super::*;
use crate::command::Command;
use crate::id::{BatchId, ChoiceId, ContactId, DealId, FieldId, PipelineId, StageId};
use crate::import::{Fate, Plan, Table, guess, plan};
use crate::model::{Choice, CompanyCard, Contact, ContactRole, Entry, FieldKind, Outcome, Role, Source};
use crate::money::{Currency, Money};
use crate::pipeline::{Pipeline, b2b};
use crate::rules::sample::{acme, bare, company, member, now, ripe, stage, today, with};
use crate::sorted::SortedMap;
use crate::text::Label;

fn field(name: &str, kind: FieldKind, choices: &[&str]) -> CustomField {
    let choice = |name: &&str| Choice { id: ChoiceId::minted(name), name: Label::new(&format!("{name}中"), name) };
    CustomField {
        id: FieldId::minted(name),
        on: RecordKind::Deal,
        name: Label::new(&format!("{name}字段"), name),
        kind,
        choices: choices.iter().map(choice).collect(),
        on_card: false,
        rank: 0,
        retired: false,
    }
}

fn entries() -> Vec<(CustomField, Entry)> {
    let choices = ["Steel, grey", "Wood"];
    let picked = choices.map(ChoiceId::minted).into();
    let yuan = Money { minor: 123_450, currency: Currency::CNY };
    vec![
        (field("Remark", FieldKind::Text, &[]), Entry::Text("=SUM(A1),\n\"quoted\"".to_owned())),
        (field("Distance", FieldKind::Number, &[]), Entry::Number("-12.5".parse().unwrap())),
        (field("Budget", FieldKind::Money, &[]), Entry::Money(yuan)),
        (field("Audit", FieldKind::Date, &[]), Entry::Date(today())),
        (field("Amount", FieldKind::Choice, &choices), Entry::Choice(ChoiceId::minted("Wood"))),
        (field("Material", FieldKind::Choices, &choices), Entry::Choices(picked)),
        (field("Engineer", FieldKind::Person, &[]), Entry::Person(member(Role::Manager))),
        (field("Plan", FieldKind::Link, &[]), Entry::Link("https://example.org/a?b=1".to_owned())),
        (field("Urgent", FieldKind::Flag, &[]), Entry::Flag(true)),
    ]
}

/// What is said of the customer and of whoever decides there, under names that deals have too.
fn around() -> [(CustomField, Entry); 2] {
    let of = |name: &str, on: RecordKind| CustomField {
        id: FieldId::minted(&format!("{on:?}")),
        on,
        ..field(name, FieldKind::Number, &[])
    };
    let number = |text: &str| Entry::Number(text.parse().unwrap());
    [(of("Distance", RecordKind::Company), number("80")), (of("Level", RecordKind::Contact), number("3"))]
}

fn fields() -> impl Iterator<Item = (CustomField, Entry)> {
    entries().into_iter().chain(around())
}

/// Somebody who is asked first, and the one who decides.
fn people() -> Vec<Contact> {
    let person = |name: &str, role| {
        let (phone, email, merged, custom) = Default::default();
        Contact { id: ContactId::minted(name), name: name.to_owned(), role, phone, email, merged, custom }
    };
    let [_, (level, three)] = around();
    let custom = [(level.id, three)].into();
    vec![person("Mr Wu", ContactRole::User), Contact { custom, ..person("Ms Li", ContactRole::DecisionMaker) }]
}

/// The same stages under other ids, in a pipeline of another name.
fn second() -> Pipeline {
    let mut pipeline = Pipeline { id: PipelineId::minted("second"), name: Label::new("第二条", "Second"), ..b2b() };
    for (index, stage) in pipeline.stages.iter_mut().enumerate() {
        stage.id = StageId::minted(&format!("second/{index}"));
    }
    pipeline
}

/// A team with all kinds of fields, a second pipeline that has stages of the same names, and four deals.
fn team() -> Workspace {
    let mut workspace = with(|card| {
        card.title = "+86 pumps; \"big\"".to_owned();
        card.owner = Some(member(Role::Rep));
        card.custom = entries().into_iter().map(|(field, entry)| (field.id, entry)).collect();
    });
    workspace.fields = fields().map(|(field, _)| (field.id, field)).collect();
    let [(of_company, eighty), _] = around();
    let (contacts, custom) = (people(), [(of_company.id, eighty)].into());
    let acme = CompanyCard { contacts, custom, ..company(acme(), "Acme") };
    workspace.companies.insert(acme.id, Arc::new(acme));
    let second = second();
    let source = Some(Source { batch: BatchId::minted("b"), key: "A-7".to_owned() });
    let lost = Outcome::Lost { at: now(), reason: "-20% was not enough".to_owned() };
    let others = [
        DealCard { source, outcome: Outcome::Won { at: now() }, ..ripe(DealId::minted("A-7")) },
        DealCard { outcome: lost, amount: None, ..bare(DealId::minted("lost")) },
        DealCard { pipeline: second.id, stage: second.stages[2].id, ..bare(DealId::minted("other")) },
        DealCard { discarded: true, ..bare(DealId::minted("gone")) },
    ];
    workspace.pipelines.insert(second.id, Arc::new(second));
    workspace.deals.extend(others.map(|card| (card.id, Arc::new(card))));
    workspace
}

fn planned(workspace: &Workspace, file: &[u8]) -> Plan {
    let table = Table::read(file, |_, _| None).unwrap();
    plan(workspace, &table, &guess(&table, workspace), BatchId::minted("again"), now()).unwrap()
}

#[test]
fn importing_an_export_again_creates_nothing_and_changes_nothing() {
    let workspace = team();
    for lang in [Lang::Zh, Lang::En] {
        let plan = planned(&workspace, &deals(&workspace, lang));
        assert_eq!(plan.refused, []);
        assert_eq!(plan.rows.len(), 4);
        assert!(plan.rows.iter().all(|row| row.fate == Fate::Merged && row.commands.is_empty()), "{plan:?}");
    }
}

#[test]
fn another_team_with_the_same_fields_gets_everything_back() {
    let workspace = team();
    for lang in [Lang::Zh, Lang::En] {
        let empty = Workspace { deals: Default::default(), companies: Default::default(), ..workspace.clone() };
        let plan = planned(&empty, &deals(&workspace, lang));
        let commands: Vec<Command> = plan.rows.iter().flat_map(|row| row.commands.clone()).collect();
        let opened = commands.iter().filter_map(|command| match command {
            Command::OpenDeal(new) => Some((new.title.as_str(), new.pipeline, new.stage)),
            _ => None,
        });
        let opened: Vec<_> = opened.collect();
        assert!(opened.contains(&("+86 pumps; \"big\"", b2b().id, stage("identify"))), "{opened:?}");
        assert!(opened.contains(&("Tide gate", second().id, second().stages[2].id)), "{opened:?}");
        let set = commands.into_iter().filter_map(|command| match command {
            Command::SetField { field, value, .. } => Some((field, value.unwrap())),
            _ => None,
        });
        let expected: SortedMap<FieldId, Entry> = fields().map(|(field, entry)| (field.id, entry)).collect();
        assert_eq!(set.collect::<SortedMap<_, _>>(), expected);
    }
}

#[test]
fn a_cell_that_a_spreadsheet_would_run_is_text() {
    let file = String::from_utf8(deals(&team(), Lang::En)).unwrap();
    assert!(file.starts_with('\u{feff}'));
    let cells = file.split([',', '\n']).map(|cell| cell.trim_start_matches('"'));
    let dangerous: Vec<&str> = cells.filter(|cell| cell.starts_with(['=', '+', '-', '@'])).collect();
    assert_eq!(dangerous, [""; 0]);
    assert!(file.contains("'=SUM(A1)") && file.contains("'-12.5") && file.contains("'+86"), "{file}");
}
