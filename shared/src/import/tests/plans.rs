//! What rows become, row by row.

use std::sync::Arc;

use super::world::{carry_out, carry_out_plan, guessed, now, planned, refusals, table, workspace};
use crate::command::Command;
use crate::id::{BatchId, CompanyId, DealId};
use crate::import::{Fate, Mapping, MappingError, guess, plan, undo};
use crate::model::{CompanyCard, DealCard, Outcome, Role};
use crate::refusal::Refusal;
use crate::rules::sample;
use crate::workspace::Workspace;

const FILE: &str = "Deal ID,Deal Name,Company,Owner,Stage,Amount,Close Date,Created Date\n\
    1,Pumps,Acme,Wang Wei,Proposal,1000,2027-01-31,2026-01-05\n\
    2,Valves,acme ,LIN,Won,50,2026-03-01,2026-02-01\n\
    3,Seals,,,Lost,0,2026-04-01,\n";

fn imported(text: &str) -> Workspace {
    let mut workspace = workspace();
    let plan = guessed(&workspace, text.as_bytes());
    assert_eq!(refusals(&plan), [""; 0]);
    carry_out_plan(&mut workspace, &plan);
    workspace
}

#[test]
fn companies_and_members_are_found_or_added_once() {
    let workspace = imported(FILE);
    assert_eq!((workspace.deals.len(), workspace.companies.len(), workspace.members.len()), (3, 1, 2));
    let pumps = workspace.deal(DealId::minted("1")).unwrap();
    assert_eq!(pumps.amount.unwrap().decimal(), "1000.00");
    assert_eq!(pumps.close.unwrap().to_string(), "2027-01-31");
    assert_eq!(pumps.created.day().to_string(), "2026-01-05");
}

#[test]
fn closed_deals_of_the_past_keep_their_day_and_no_invented_reason() {
    let workspace = imported(FILE);
    let outcome = |key| workspace.deal(DealId::minted(key)).unwrap().outcome.clone();
    assert!(matches!(outcome("2"), Outcome::Won { at } if at.day().to_string() == "2026-03-01"));
    assert!(
        matches!(outcome("3"), Outcome::Lost { at, reason } if at.day().to_string() == "2026-04-01" && reason.is_empty())
    );
}

#[test]
fn a_second_import_creates_nothing_and_overwrites_nothing() {
    let mut workspace = imported(FILE);
    let again = guessed(&workspace, FILE.as_bytes());
    assert!(again.rows.iter().all(|row| row.fate == Fate::Merged && row.commands.is_empty()), "{again:?}");
    let deal = DealId::minted("1");
    carry_out(&mut workspace, [Command::ExpectDeal { deal, close: None }, Command::LinkDeal { deal, company: None }]);
    let other = FILE.replace("1000", "9999");
    let plan = guessed(&workspace, other.as_bytes());
    carry_out_plan(&mut workspace, &plan);
    let card = workspace.deal(deal).unwrap();
    assert_eq!(card.amount.unwrap().decimal(), "1000.00");
    assert!(card.close.is_some() && card.company.is_some());
}

#[test]
fn a_batch_is_taken_back_and_the_same_file_restores_it() {
    let mut workspace = imported(FILE);
    let commands = undo(&workspace, BatchId::minted("one"));
    assert_eq!(commands.len(), 4);
    carry_out(&mut workspace, commands);
    assert!(workspace.deals.values().all(|card| card.discarded));
    assert_eq!(undo(&workspace, BatchId::minted("one")), []);
    let plan = guessed(&workspace, FILE.as_bytes());
    assert_eq!(plan.summary().created, 3);
    carry_out_plan(&mut workspace, &plan);
    assert!(workspace.deals.values().all(|card| !card.discarded));
    assert!(workspace.companies.values().all(|card| !card.discarded));
}

#[test]
fn a_company_that_another_deal_has_stays_when_its_batch_is_taken_back() {
    let mut workspace = imported(FILE);
    let table = table(b"Deal ID,Deal Name,Company\n9,Other,Acme\n");
    let other = plan(&workspace, &table, &guess(&table, &workspace), BatchId::minted("two"), now()).unwrap();
    carry_out_plan(&mut workspace, &other);
    let commands = undo(&workspace, BatchId::minted("one"));
    assert!(commands.iter().all(|command| matches!(command, Command::DiscardDeal { .. })), "{commands:?}");
}

#[test]
fn bad_rows_are_named_by_line_column_and_reason_and_the_rest_goes_on() {
    let text = "Deal ID,Deal Name,Stage,Amount,Currency,Close Date\n\
        1,a,Proposal,5,USD,2026-01-01\n\
        2,b,Sleeping,5,USD,2026-01-01\n\
        3,c,Proposal,-5,USD,2026-01-01\n\
        4,d,Proposal,99999999999999999,USD,2026-01-01\n\
        5,e,Proposal,5,XYZ,2026-01-01\n\
        6,f,Proposal,5,USD,2026-02-30\n\
        7,g,,5,USD,2026-01-01\n\
        1,a,Proposal,6,USD,2026-01-01\n\
        1, A,proposal,5,usd,2026-01-01\n\
        8,h\n\
        9,i,Proposal,5,USD,2190-01-01\n\
        10,j,Won,5,USD,2026-01-01\n";
    let plan = guessed(&workspace(), text.as_bytes());
    assert_eq!(
        refusals(&plan),
        [
            "3 Stage unknown stage \"Sleeping\"; map it to a stage, to won or to lost",
            "4 Amount negative amount: \"-5\"",
            "5 Amount amount is absurdly large: \"99999999999999999\"",
            "6 Currency not a currency: \"XYZ\"",
            "7 Close Date not a possible date: \"2026-02-30\"",
            "8 Stage the stage is empty",
            "9 Deal ID line 2 has the same id with other content; that one is kept",
            "11 Stage the row has 2 cells where the header has 6; quote cells that contain the separator",
            "12 Close Date not a possible date: \"2190-01-01\"",
        ]
    );
    let summary = plan.summary();
    assert_eq!((summary.rows, summary.created, summary.merged), (12, 2, 1));
}

#[test]
fn rows_without_an_id_are_told_apart_by_content_and_number() {
    let text = "Deal Name,Amount\nPumps,5\nPumps,5\nValves,6\n";
    let workspace = imported(text);
    assert_eq!(workspace.deals.len(), 3);
    let again = guessed(&workspace, text.as_bytes());
    assert_eq!((again.summary().created, again.summary().merged), (0, 3));
}

#[test]
fn a_status_column_says_what_the_stage_does_not() {
    let text =
        "Deal ID,Deal Name,Stage,Status\n1,a,Proposal,Won\n2,b,,Lost\n3,c,Negotiation,Open\n4,d,Proposal,Dormant\n";
    let mut workspace = workspace();
    let plan = guessed(&workspace, text.as_bytes());
    assert_eq!(refusals(&plan), ["5 Status unknown status \"Dormant\"; map it to open, won or lost"]);
    carry_out_plan(&mut workspace, &plan);
    let outcome = |key| workspace.deal(DealId::minted(key)).unwrap().outcome.clone();
    assert!(matches!(
        (outcome("1"), outcome("2"), outcome("3")),
        (Outcome::Won { .. }, Outcome::Lost { .. }, Outcome::Open)
    ));
}

#[test]
fn a_mapping_that_does_not_fit_is_refused_as_a_whole() {
    let (workspace, table) = (workspace(), table(FILE.as_bytes()));
    let good = guess(&table, &workspace);
    let check = |mapping: &Mapping| plan(&workspace, &table, mapping, BatchId::minted("one"), now()).unwrap_err();
    let mut mapping = good.clone();
    mapping.columns.owner = Some("Nobody".to_owned());
    assert_eq!(check(&mapping), MappingError::Column("Nobody".to_owned()));
    let mut mapping = good.clone();
    mapping.stages.insert("Won".to_owned(), "Moon".to_owned().into());
    assert_eq!(check(&mapping), MappingError::Stage("Moon".to_owned()));
    assert_eq!(check(&Mapping { pipeline: Some(crate::id::PipelineId::minted("x")), ..good }), MappingError::Pipeline);
    assert_eq!(check(&Mapping::default()), MappingError::Untitled);
}

#[test]
fn a_mapping_reads_back_and_may_name_stages_in_words() {
    let (workspace, table) = (workspace(), table(FILE.as_bytes()));
    let mut mapping = guess(&table, &workspace);
    mapping.stages.insert("Proposal".to_owned(), "negotiation".to_owned().into());
    let text = serde_json::to_string(&mapping).unwrap();
    let read: Mapping = serde_json::from_str(&text).unwrap();
    assert_eq!(read, mapping);
    let plan = planned(&workspace, &table, &read);
    let negotiation = &workspace.pipelines.values().next().unwrap().stages[3];
    let opened = plan.rows[0].commands.iter().find_map(|command| match command {
        Command::OpenDeal(new) => Some(new.stage),
        _ => None,
    });
    assert_eq!(opened, Some(negotiation.id));
}

#[test]
fn the_summary_prints_as_promised() {
    let plan = guessed(&workspace(), b"Deal ID,Deal Name,Amount\n1,a,5\n2,b,-1\n");
    let expected = r#"{"rows":2,"created":1,"merged":0,"refused":[{"row":3,"column":"Amount","reason":"negative amount: \"-1\""}]}"#;
    assert_eq!(serde_json::to_string(&plan.summary()).unwrap(), expected);
}

#[test]
fn a_row_that_the_door_refuses_is_counted_as_refused() {
    let plan = guessed(&workspace(), b"Deal ID,Deal Name,Amount\n1,a,5\n2,b,-1\n");
    let mut summary = plan.summary();
    summary.refuse(&plan.rows[0], Refusal::Role { needs: Role::Rep });
    assert_eq!((summary.rows, summary.created, summary.refused.len()), (2, 0, 2));
    assert_eq!(summary.refused[0].row, 2);
}

#[test]
fn a_row_that_names_a_merged_company_links_to_the_one_that_stands_for_it() {
    let mut workspace = imported(FILE);
    let acme = *workspace.companies.keys().next().unwrap();
    let whole = CompanyId::minted("whole");
    workspace.companies.insert(whole, Arc::new(sample::company(whole, "Acme Holding")));
    Arc::make_mut(workspace.companies.get_mut(&acme).unwrap()).merged = Some(whole);
    let linked = |workspace: &Workspace, text: &str| {
        let plan = guessed(workspace, text.as_bytes());
        let found = plan.rows.iter().flat_map(|row| &row.commands).find_map(|command| match command {
            Command::OpenDeal(new) => new.company,
            _ => None,
        });
        (found, plan.rows.iter().map(|row| row.commands.len()).sum::<usize>())
    };
    assert_eq!(linked(&workspace, "Deal ID,Deal Name,Company\n9,Other,ACME\n"), (Some(whole), 1));
    Arc::make_mut(workspace.companies.get_mut(&acme).unwrap()).name = "Renamed since".to_owned();
    assert_eq!(linked(&workspace, "Deal ID,Deal Name,Company\n9,Other,ACME\n"), (Some(whole), 1));

    let twin = CompanyId::minted("twin");
    workspace.companies.insert(twin, Arc::new(sample::company(twin, "Renamed since")));
    let found = linked(&workspace, "Deal ID,Deal Name,Company\n9,Other,Renamed since\n");
    assert_eq!(found, (Some(twin), 1), "who bears the name goes before who was merged away under it");
}

#[test]
fn taking_an_import_back_leaves_what_stands_for_a_company_that_is_needed() {
    let mut workspace = imported(FILE);
    let acme = *workspace.companies.keys().next().unwrap();
    let tidal = CompanyId::minted("tidal");
    let merged = CompanyCard { merged: Some(acme), ..sample::company(tidal, "Tidal") };
    workspace.companies.insert(tidal, Arc::new(merged));
    let other = DealId::minted("other");
    let card = DealCard { company: Some(tidal), ..sample::bare(other) };
    workspace.deals.insert(other, Arc::new(card));
    let commands = undo(&workspace, BatchId::minted("one"));
    assert!(commands.iter().all(|command| matches!(command, Command::DiscardDeal { .. })), "{commands:?}");
}
