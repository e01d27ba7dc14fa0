//! The export of a fictitious sales team: 8,800 rows with known truths.

use std::path::Path;

use super::world::{carry_out_plan, now, refusals, table, workspace};
use crate::id::BatchId;
use crate::import::{guess, plan};
use crate::model::{DealCard, Outcome};

fn export() -> Option<Vec<u8>> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/maven_crm_sales/sales_pipeline.csv");
    let bytes = std::fs::read(file).ok();
    if bytes.is_none() {
        println!("SKIPPED: no maven_crm_sales beside the project");
    }
    bytes
}

#[test]
fn the_maven_export_is_imported_exactly() {
    let Some(bytes) = export() else { return };
    let mut workspace = workspace();
    let table = table(&bytes);
    let mapping = guess(&table, &workspace);
    let first = plan(&workspace, &table, &mapping, BatchId::minted("one"), now()).unwrap();
    assert_eq!(
        (mapping.columns.title.join("+"), mapping.columns.closed.as_deref()),
        ("account+product".into(), Some("close_date"))
    );
    assert_eq!((mapping.columns.created.as_deref(), mapping.columns.expected.clone()), (Some("engage_date"), None));
    assert_eq!((first.summary().created, refusals(&first)), (8800, vec![]));
    carry_out_plan(&mut workspace, &first);
    assert_eq!((workspace.companies.len(), workspace.members.len()), (85, 31));
    let stages = workspace.pipelines.values().next().unwrap().stages.clone();
    let of = |wanted: &dyn Fn(&DealCard) -> bool| {
        let deals = workspace.deals.values().filter(|card| wanted(card));
        deals.fold((0, 0), |(count, sum), card| (count + 1, sum + card.amount.map_or(0, |money| money.minor)))
    };
    let open_in = |index: usize| of(&|card| card.outcome == Outcome::Open && card.stage == stages[index].id);
    assert_eq!((open_in(0), open_in(1)), ((500, 0), (1589, 0)));
    assert_eq!(of(&|card| matches!(card.outcome, Outcome::Won { .. })), (4238, 1_000_553_400));
    assert_eq!(of(&|card| matches!(card.outcome, Outcome::Lost { .. })), (2473, 0));
    let again = plan(&workspace, &table, &mapping, BatchId::minted("two"), now()).unwrap();
    assert_eq!((again.summary().created, again.summary().merged), (0, 8800));
    assert!(again.rows.iter().all(|row| row.commands.is_empty()));
}
