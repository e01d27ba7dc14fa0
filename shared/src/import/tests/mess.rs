//! The hostile samples beside the project, held against the deals they were made of.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::world::{carry_out_plan, guessed, workspace};
use crate::id::DealId;
use crate::import::{Table, TableError};
use crate::model::Outcome;
use crate::workspace::Workspace;

fn folder() -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/import_mess_examples");
    let there = folder.is_dir();
    if !there {
        println!("SKIPPED: no import_mess_examples beside the project");
    }
    there.then_some(folder)
}

fn json(file: &Path) -> Value {
    serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap()
}

/// What became of a deal, in the words of the truth.
fn told(workspace: &Workspace, id: &str) -> [String; 6] {
    let card = workspace.deal(DealId::minted(id)).unwrap_or_else(|| panic!("deal {id} is there"));
    let owner = card.owner.and_then(|owner| workspace.members.get(&owner)).map(|member| member.name.clone());
    let close = match &card.outcome {
        Outcome::Open => card.close,
        Outcome::Won { at } | Outcome::Lost { at, .. } => Some(at.day()),
    };
    let money = card.amount.map(|money| (money.decimal(), money.currency.to_string())).unwrap_or_default();
    let day = close.map(|day| day.to_string()).unwrap_or_default();
    [card.title.clone(), owner.unwrap_or_default(), money.0, money.1, card.created.day().to_string(), day]
}

#[test]
fn every_sample_becomes_exactly_the_deals_it_was_made_of() {
    let Some(folder) = folder() else { return };
    let (truth, expected) = (json(&folder.join("canonical.json")), json(&folder.join("expect.json")));
    for (name, case) in expected["cases"].as_object().unwrap().iter().filter(|(name, _)| name.ends_with(".csv")) {
        let mut workspace = workspace();
        let bytes = std::fs::read(folder.join("cases").join(name)).unwrap();
        let plan = guessed(&workspace, &bytes);
        carry_out_plan(&mut workspace, &plan);
        assert_eq!(workspace.deals.len(), 60, "{name}");
        let lossy = case["lossy"].is_string();
        for row in truth["rows"].as_array().unwrap() {
            let text = |field: &str| row[field].as_str().unwrap().trim().to_owned();
            let truth = ["name", "owner", "amount", "currency", "created", "close"].map(text);
            let told = told(&workspace, &text("id"));
            let from = if lossy { 2 } else { 0 };
            assert_eq!(told[from..], truth[from..], "{name}: {row}");
        }
        let again = guessed(&workspace, &bytes);
        assert_eq!(again.summary().created, 0, "{name} again");
    }
}

#[test]
fn what_is_no_text_is_refused_with_what_to_do() {
    let Some(folder) = folder() else { return };
    for name in ["30_typed.xlsx", "43_not_an_xlsx.xlsx"] {
        let bytes = std::fs::read(folder.join("cases").join(name)).unwrap();
        assert_eq!(Table::read(&bytes, super::world::decode), Err(TableError::NotText), "{name}");
    }
}
