//! Whole files of other systems, imported as guessed.

use super::world::{carry_out_plan, guessed, refusals, workspace};
use crate::import::Plan;
use crate::model::Outcome;
use crate::workspace::Workspace;

fn imported(bytes: &[u8]) -> (Workspace, Plan) {
    let mut workspace = workspace();
    let plan = guessed(&workspace, bytes);
    carry_out_plan(&mut workspace, &plan);
    (workspace, plan)
}

fn amounts(workspace: &Workspace) -> Vec<(String, i64, String)> {
    let key = |source: &Option<crate::model::Source>| source.as_ref().unwrap().key.clone();
    let money =
        |card: &crate::model::DealCard| card.amount.map_or((0, String::new()), |m| (m.minor, m.currency.to_string()));
    let mut all: Vec<_> =
        workspace.deals.values().map(|card| (key(&card.source), money(card).0, money(card).1)).collect();
    all.sort();
    all
}

#[test]
fn the_sample_of_each_system_goes_in_whole() {
    for bytes in [
        &include_bytes!("../../../tests/data/import/salesforce_report_style.csv")[..],
        include_bytes!("../../../tests/data/import/hubspot_ui_style.csv"),
        include_bytes!("../../../tests/data/import/dynamics_style.csv"),
        include_bytes!("../../../tests/data/import/pipedrive_sample_style.csv"),
    ] {
        let (workspace, plan) = imported(bytes);
        assert_eq!(refusals(&plan), [""; 0]);
        assert_eq!(workspace.deals.len(), 5);
    }
}

#[test]
fn the_same_deals_in_other_spellings_are_the_same() {
    let (plain, plan) = imported(include_bytes!("../../../tests/data/import/utf8_bom_lf.csv"));
    assert_eq!((plan.summary().created, refusals(&plan)), (60, vec![]));
    for bytes in [
        &include_bytes!("../../../tests/data/import/cp1252_semicolon_de.csv")[..],
        include_bytes!("../../../tests/data/import/us_dates_currency.csv"),
    ] {
        let (other, plan) = imported(bytes);
        assert_eq!((plan.summary().created, refusals(&plan)), (60, vec![]));
        assert_eq!(amounts(&other), amounts(&plain));
        for (id, card) in &plain.deals {
            let twin = &other.deals[id];
            assert_eq!(
                (card.close, card.created, card.stage),
                (twin.close, twin.created, twin.stage),
                "{}",
                card.title
            );
        }
    }
}

#[test]
fn lines_above_the_header_are_no_deals_and_neither_is_the_total() {
    let (workspace, plan) =
        imported(include_bytes!("../../../tests/data/import/title_and_blank_lines_before_header.csv"));
    assert_eq!(workspace.deals.len(), 60);
    assert_eq!(plan.refused.len(), 1, "{:?}", refusals(&plan));
    assert_eq!(
        (plan.refused[0].column.as_str(), plan.refused[0].reason.to_string()),
        ("Stage", "the stage is empty".into())
    );
}

#[test]
fn repeated_ids_are_merged_if_they_say_the_same_and_refused_if_not() {
    let (workspace, plan) = imported(include_bytes!("../../../tests/data/import/duplicate_ids.csv"));
    let summary = plan.summary();
    assert_eq!((workspace.deals.len(), summary.rows, summary.created), (60, 63, 60));
    assert_eq!(summary.merged + summary.refused.len(), 3);
    assert!(refusals(&plan).iter().all(|refusal| refusal.contains("has the same id with other content")));
}

#[test]
fn chinese_deals_in_gb18030_and_ten_thousands_go_in_exactly() {
    let (workspace, plan) = imported(include_bytes!("../../../tests/data/import/chinese_gb18030.csv"));
    assert_eq!((plan.summary().created, refusals(&plan)), (80, vec![]));
    let of = |wanted: fn(&Outcome) -> bool| {
        let deals = workspace.deals.values().filter(|card| wanted(&card.outcome));
        deals.fold((0, 0), |(count, sum), card| (count + 1, sum + card.amount.map_or(0, |money| money.minor)))
    };
    assert_eq!(of(|outcome| matches!(outcome, Outcome::Won { .. })), (23, 2_092_030_000));
    assert_eq!(of(|outcome| matches!(outcome, Outcome::Lost { .. })), (52, 2_649_610_000));
    assert_eq!(of(|outcome| matches!(outcome, Outcome::Open)), (5, 239_260_000));
    let first = workspace.deals.values().find(|card| card.source.as_ref().unwrap().key == "SJ20230700000").unwrap();
    assert_eq!(first.amount.unwrap().decimal(), "2870000.00");
    assert!(
        matches!(&first.outcome, Outcome::Lost { reason, at } if reason == "价格过高" && at.day().to_string() == "2023-07-24")
    );
}
