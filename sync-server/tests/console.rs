//! The admin commands, run as a person runs them: the real program on a data directory.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

const DEALS: &str = "\
opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value
A1,Anna,GTX Pro,Cancity,Won,2016-10-20,2017-03-01,1054
A2,Boris,MG Special,Isdom,Engaging,2016-10-25,,
A3,Anna,GTX Pro,,Prospecting,,,
A4,Boris,GTX Pro,Isdom,Lost,2016-11-01,2017-01-02,0
A5,Boris,GTX Pro,Isdom,Mystery,2016-11-01,,
A6,Boris,GTX Pro,Isdom,Won,2016-11-01,2017-01-02,-5
";

fn sluice(words: &[&str], data: &Path) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_sluice"));
    program.args(words).arg("--data").arg(data).output().expect("the program starts")
}

fn json(words: &[&str], data: &Path) -> Value {
    let output = sluice(words, data);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("it prints JSON")
}

#[test]
fn a_file_is_imported_once_however_often_it_is_given() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("deals.csv");
    std::fs::write(&file, DEALS).unwrap();
    let (file, data) = (file.to_str().unwrap(), folder.path().join("data"));

    let dry = json(&["import", file, "--json", "--dry-run"], &data);
    assert_eq!(dry["created"], 4);
    assert_eq!(json(&["report", "--json"], &data)["deals"], 0, "a dry run changes nothing");

    let first = json(&["import", file, "--json", "--currency", "EUR"], &data);
    assert_eq!((&first["rows"], &first["created"], &first["merged"]), (&6.into(), &4.into(), &0.into()));
    let refused: Vec<(u64, &str)> = first["refused"].as_array().unwrap().iter().map(place).collect();
    assert_eq!(refused, [(6, "deal_stage"), (7, "close_value")]);

    let second = json(&["import", file, "--json"], &data);
    assert_eq!((&second["created"], &second["merged"]), (&0.into(), &4.into()));

    let report = json(&["report", "--json"], &data);
    assert_eq!(report["deals"], 4);
    assert_eq!(report["won"], serde_json::json!({"count": 1, "sum": {"EUR": "1054.00"}}));
    assert_eq!(report["stages"][0]["count"], 1);
    assert_eq!(report["stages"][1]["count"], 1);
}

#[test]
fn an_export_imported_again_creates_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("deals.csv");
    std::fs::write(&file, DEALS).unwrap();
    let data = folder.path().join("data");
    json(&["import", file.to_str().unwrap(), "--json"], &data);
    for lang in ["zh", "en"] {
        let export = sluice(&["export", "--lang", lang], &data);
        assert!(export.status.success(), "{}", String::from_utf8_lossy(&export.stderr));
        let text = String::from_utf8(export.stdout).expect("the export is UTF-8");
        assert!(text.starts_with('\u{feff}') && text.contains("A1,Cancity · GTX Pro,"), "{text}");
        let again = folder.path().join("again.csv");
        std::fs::write(&again, text).unwrap();
        let read = json(&["import", again.to_str().unwrap(), "--json"], &data);
        assert_eq!((&read["rows"], &read["created"], &read["merged"]), (&4.into(), &0.into(), &4.into()), "{read}");
    }
}

fn place(problem: &Value) -> (u64, &str) {
    (problem["row"].as_u64().expect("a line"), problem["column"].as_str().expect("a column"))
}

#[test]
fn what_cannot_be_read_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let missing = sluice(&["import", "no-such.csv"], &data);
    assert!(!missing.status.success());
    assert!(String::from_utf8_lossy(&missing.stderr).contains("no-such.csv"));

    let picture = folder.path().join("picture.png");
    std::fs::write(&picture, [0x89, b'P', b'N', b'G', 0, 0, 0, 1]).unwrap();
    let refused = sluice(&["import", picture.to_str().unwrap()], &data);
    assert!(String::from_utf8_lossy(&refused.stderr).contains("save it as CSV"));
}

#[test]
fn the_real_export_has_exactly_its_truths() {
    let export = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/maven_crm_sales/sales_pipeline.csv");
    if !export.is_file() {
        eprintln!("SKIPPED: the opportunities export is not beside the project");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let imported = json(&["import", export.to_str().unwrap(), "--json"], folder.path());
    assert_eq!((&imported["created"], imported["refused"].as_array().unwrap().len()), (&8800.into(), 0));
    let report = json(&["report", "--json"], folder.path());
    assert_eq!((&report["stages"][0]["count"], &report["stages"][1]["count"]), (&500.into(), &1589.into()));
    assert_eq!(report["won"], serde_json::json!({"count": 4238, "sum": {"USD": "10005534.00"}}));
    assert_eq!(report["lost"]["count"], 2473);
    assert_eq!(report["deals"], 8800);
}
