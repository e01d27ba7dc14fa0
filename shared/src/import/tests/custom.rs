//! The team's own fields: found by name, read by kind, wrong values named, and nothing overwritten.

use super::world::{carry_out, carry_out_plan, guessed, planned, refusals, table, workspace};
use crate::command::Command;
use crate::id::{ChoiceId, DealId, FieldId};
use crate::import::{Asked, Mapping, MappingError, guess, plan};
use crate::model::{Choice, CustomField, Entry, FieldKind, RecordKind, RecordRef};
use crate::text::Label;
use crate::workspace::Workspace;

fn field(zh: &str, en: &str, kind: FieldKind, choices: &[&str]) -> CustomField {
    let choice = |name: &&str| Choice { id: ChoiceId::minted(name), name: Label::new(name, "") };
    CustomField {
        id: FieldId::minted(en),
        on: RecordKind::Deal,
        name: Label::new(zh, en),
        kind,
        choices: choices.iter().map(choice).collect(),
        on_card: false,
        rank: 0,
        retired: false,
    }
}

fn team() -> Workspace {
    let fields = [
        field("行业", "Industry", FieldKind::Choice, &["汽车", "食品"]),
        field("用途", "Uses", FieldKind::Choices, &["测试", "生产"]),
        field("里程", "Distance", FieldKind::Number, &[]),
        field("预算(万元)", "Budget", FieldKind::Money, &[]),
        field("验收", "Acceptance", FieldKind::Date, &[]),
        field("图纸", "Drawing", FieldKind::Link, &[]),
        field("工程师", "Engineer", FieldKind::Person, &[]),
        field("加急", "Urgent", FieldKind::Flag, &[]),
    ];
    Workspace { fields: fields.into_iter().map(|field| (field.id, field)).collect(), ..workspace() }
}

fn value(workspace: &Workspace, name: &str) -> Option<Entry> {
    workspace.deal(DealId::minted("1")).unwrap().custom.get(&FieldId::minted(name)).cloned()
}

#[test]
fn columns_are_found_by_either_name_and_read_by_kind() {
    let mut workspace = team();
    let text = "Deal ID,Deal Name,Owner,industry,用途,Distance,预算(万元),验收,Drawing,工程师,Urgent\n\
        1,Pumps,Lin,食品,\"测试、生产\",\"1,200.5\",12.5,2026年3月1日,https://example.org/a,lin,是\n";
    let plan = guessed(&workspace, text.as_bytes());
    assert_eq!(refusals(&plan), [""; 0]);
    carry_out_plan(&mut workspace, &plan);
    assert_eq!(value(&workspace, "Industry"), Some(Entry::Choice(ChoiceId::minted("食品"))));
    let both = ["测试", "生产"].map(ChoiceId::minted).into();
    assert_eq!(value(&workspace, "Uses"), Some(Entry::Choices(both)));
    assert_eq!(value(&workspace, "Distance"), Some(Entry::Number("1200.5".parse().unwrap())));
    assert!(matches!(value(&workspace, "Budget"), Some(Entry::Money(money)) if money.decimal() == "125000.00"));
    assert_eq!(value(&workspace, "Acceptance"), Some(Entry::Date("2026-03-01".parse().unwrap())));
    assert_eq!(value(&workspace, "Drawing"), Some(Entry::Link("https://example.org/a".to_owned())));
    assert!(matches!(value(&workspace, "Engineer"), Some(Entry::Person(_))));
    assert_eq!(value(&workspace, "Urgent"), Some(Entry::Flag(true)));
}

#[test]
fn values_that_do_not_fit_are_named_by_line_column_and_reason() {
    let text = "Deal ID,Deal Name,Industry,Distance,Acceptance,Drawing,Engineer,Urgent\n\
        1,a,Steel,,,,,\n\
        2,b,,many,,,,\n\
        3,c,,,2026-02-30,,,\n\
        4,d,,,,javascript:alert(1),,\n\
        5,e,,,,,Nemo,\n\
        6,f,,,,,,perhaps\n\
        7,g,-,n/a,,无,,\n";
    let plan = guessed(&team(), text.as_bytes());
    let refused: Vec<String> = refusals(&plan).iter().map(|line| line.split(';').next().unwrap().to_owned()).collect();
    assert_eq!(
        refused,
        [
            "2 Industry the field offers no \"Steel\"",
            "3 Distance not a number: \"many\"",
            "4 Acceptance not a possible date: \"2026-02-30\"",
            "5 Drawing not a link: \"javascript:alert(1)\"",
            "6 Engineer nobody of the team is called \"Nemo\"",
            "7 Urgent neither yes nor no: \"perhaps\"",
        ]
    );
    assert_eq!(plan.rows.len(), 1, "fillers say nothing");
}

#[test]
fn merging_fills_only_what_is_empty() {
    let mut workspace = team();
    let first = guessed(&workspace, b"Deal ID,Deal Name,Industry\n1,a,\xe9\xa3\x9f\xe5\x93\x81\n");
    carry_out_plan(&mut workspace, &first);
    let (of, car) = (RecordRef::Deal(DealId::minted("1")), Entry::Choice(ChoiceId::minted("汽车")));
    let by_hand = Command::SetField { of, field: FieldId::minted("Industry"), value: Some(car.clone()) };
    carry_out(&mut workspace, [by_hand]);
    let second = guessed(&workspace, "Deal ID,Deal Name,Industry,Distance\n1,a,食品,7\n".as_bytes());
    carry_out_plan(&mut workspace, &second);
    assert_eq!(value(&workspace, "Industry"), Some(car));
    assert_eq!(value(&workspace, "Distance"), Some(Entry::Number("7".parse().unwrap())));
}

#[test]
fn a_mapping_names_fields_in_words_or_by_id() {
    let (workspace, table) = (team(), table(b"Deal ID,Deal Name,Km\n1,a,7\n"));
    let good = guess(&table, &workspace);
    assert_eq!(good.columns.custom.len(), 0);
    for name in ["distance", "里程", &FieldId::minted("Distance").to_string()] {
        let mut mapping = good.clone();
        mapping.columns.custom.insert(Asked::from(name.to_owned()), "Km".to_owned());
        let read: Mapping = serde_json::from_str(&serde_json::to_string(&mapping).unwrap()).unwrap();
        assert_eq!(read, mapping);
        assert_eq!(planned(&workspace, &table, &read).rows[0].commands.len(), 2, "{name}");
    }
    let mut mapping = good;
    mapping.columns.custom.insert(Asked::from("Colour".to_owned()), "Km".to_owned());
    let batch = crate::id::BatchId::minted("one");
    let refused = plan(&workspace, &table, &mapping, batch, super::world::now());
    assert_eq!(refused.unwrap_err(), MappingError::Field("Colour".to_owned()));
}
