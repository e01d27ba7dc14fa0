//! The team's own fields of customers and of people there: found by name, written once, contradictions named.

use super::world::{carry_out_plan, guessed, refusals, workspace};
use crate::command::Command;
use crate::id::{CompanyId, FieldId};
use crate::import::Plan;
use crate::model::{CompanyCard, Contact, CustomField, Entry, FieldKind, RecordKind, RecordRef};
use crate::number::Number;
use crate::text::Label;
use crate::workspace::Workspace;

const FILE: &str = "Deal ID,Deal Name,Company,Contact person,Size,Size (Company),Level\n\
    1,Pumps,Acme,Ms Li,1,50,3\n\
    2,Seals,acme,Mr Wu,2,50,4\n\
    3,Belts,Beta,ms li,3,,\n";

fn field(on: RecordKind, zh: &str, en: &str) -> CustomField {
    CustomField {
        id: FieldId::minted(&format!("{on:?} {en}")),
        on,
        name: Label::new(zh, en),
        kind: FieldKind::Number,
        choices: Vec::new(),
        on_card: false,
        rank: 0,
        retired: false,
    }
}

/// Deals and customers have a field of the same name.
fn team() -> Workspace {
    let fields = [
        field(RecordKind::Deal, "规模", "Size"),
        field(RecordKind::Company, "规模", "Size"),
        field(RecordKind::Contact, "级别", "Level"),
    ];
    Workspace { fields: fields.into_iter().map(|field| (field.id, field)).collect(), ..workspace() }
}

fn number(whole: i32) -> Option<Entry> {
    Some(Entry::Number(Number::whole(whole)))
}

fn acme(workspace: &Workspace) -> &CompanyCard {
    workspace.company(CompanyId::minted("acme")).unwrap()
}

fn person<'a>(workspace: &'a Workspace, name: &str) -> &'a Contact {
    acme(workspace).contacts.iter().find(|person| person.name == name).unwrap()
}

fn commands(plan: &Plan) -> Vec<&Command> {
    plan.rows.iter().flat_map(|row| &row.commands).collect()
}

#[test]
fn customers_and_people_get_what_the_rows_say_of_them_once() {
    let mut workspace = team();
    let plan = guessed(&workspace, FILE.as_bytes());
    assert_eq!(refusals(&plan), [""; 0]);
    let of_acme = |command: &&&Command| matches!(command, Command::SetField { of: RecordRef::Company(_), .. });
    assert_eq!(commands(&plan).iter().filter(of_acme).count(), 1, "two rows say the same of one customer");
    carry_out_plan(&mut workspace, &plan);
    let of = |on: RecordKind, name: &str| FieldId::minted(&format!("{on:?} {name}"));
    assert_eq!(acme(&workspace).custom.get(&of(RecordKind::Company, "Size")).cloned(), number(50));
    for (name, level) in [("Ms Li", 3), ("Mr Wu", 4)] {
        let said = person(&workspace, name).custom.get(&of(RecordKind::Contact, "Level"));
        assert_eq!(said.cloned(), number(level), "{name}");
    }
    let beta = workspace.company(CompanyId::minted("beta")).unwrap();
    assert_eq!((beta.contacts.len(), beta.custom.len()), (1, 0), "another customer's Ms Li is another person");
    let again = guessed(&workspace, FILE.as_bytes());
    assert_eq!(commands(&again).len(), 0);
}

#[test]
fn what_people_wrote_stays_and_what_is_new_is_added() {
    let mut workspace = team();
    let first = guessed(&workspace, FILE.as_bytes());
    carry_out_plan(&mut workspace, &first);
    let later = "Deal ID,Deal Name,Company,Contact person,Size (Company),Level\n1,Pumps,Acme,Ms Li,99,9\n";
    assert_eq!(commands(&guessed(&workspace, later.as_bytes())).len(), 0);
    let newcomer = "Deal ID,Deal Name,Contact person,Level\n1,Pumps,Dr Qi,9\n";
    let second = guessed(&workspace, newcomer.as_bytes());
    carry_out_plan(&mut workspace, &second);
    assert_eq!(person(&workspace, "Dr Qi").custom.len(), 1, "the deal's customer is known without a column");
}

#[test]
fn people_are_imported_only_where_the_file_says_something_of_them() {
    let plan = guessed(&team(), b"Deal ID,Deal Name,Company,Contact person\n1,Pumps,Acme,Ms Li\n");
    assert!(commands(&plan).iter().all(|command| !matches!(command, Command::PutContact { .. })));
}

#[test]
fn what_belongs_to_nobody_or_contradicts_itself_is_named_by_line_and_column() {
    let cases = [
        ("1,a,,,,5,", "2 Size (Company) there is no customer to write this to"),
        ("1,a,Acme,,,,5", "2 Level there is no person to write this to"),
        ("1,a,,Ms Li,,,5", "2 Contact person there is no customer to write this to"),
        ("1,a,Acme,,,many,", "2 Size (Company) not a number: \"many\""),
        (
            "1,a,Acme,Ms Li,,,\n2,b,Acme,,,7,\n3,c,ACME,,,8,",
            "4 Size (Company) line 3 says otherwise of the same record",
        ),
    ];
    for (rows, expect) in cases {
        let header = FILE.lines().next().unwrap();
        let plan = guessed(&team(), format!("{header}\n{rows}\n").as_bytes());
        let refused: Vec<String> =
            refusals(&plan).iter().map(|line| line.split(';').next().unwrap().to_owned()).collect();
        assert_eq!(refused, [expect], "{rows}");
    }
}
