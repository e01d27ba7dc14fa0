//! One gate, every door: the same cases get the same verdict from a hand, an import, a rule and the console.

mod cases;

use std::path::Path;
use std::process::Command as Program;

use cases::{Case, Verdict, cases, context};
use shared::command::{Command, Context, Origin};
use shared::id::{BatchId, DocumentId};
use shared::refusal::Refusal;
use shared::replica::{Actor, Replica};

/// A replica that has gone through a case up to the command that is judged.
fn prepared(case: &Case) -> Replica {
    let mut replica = Replica::new(Actor([7; 16]));
    replica.open(DocumentId::Workspace, Vec::new());
    for (who, command) in cases::team().into_iter().chain(case.given.clone()) {
        let done = replica.execute(&context(who), command.clone());
        done.unwrap_or_else(|refusal| panic!("{}: {command:?}: {refusal}", case.name));
    }
    replica
}

fn judged(case: &Case, origin: Origin) -> Verdict {
    let mut replica = prepared(case);
    let (who, command) = case.judged.clone();
    Verdict::of(replica.execute(&Context { origin, ..context(who) }, command).err())
}

/// The same through the real program, on a data directory of its own.
fn at_the_console(case: &Case) -> Verdict {
    let folder = tempfile::tempdir().expect("a folder for the case");
    let owner = cases::team().into_iter().chain(case.given.clone());
    for (index, (who, command)) in owner.enumerate() {
        let answer = console(folder.path(), index.checked_sub(1).map(|_| cases::name(who)), &command);
        assert_eq!(answer, Verdict::Done, "{}: {command:?}", case.name);
    }
    let (who, command) = &case.judged;
    console(folder.path(), Some(cases::name(*who)), command)
}

/// Whoever is not known yet cannot ask; the relay's own member takes the first one in.
fn console(folder: &Path, who: Option<&str>, command: &Command) -> Verdict {
    let script = folder.join("script.jsonl");
    std::fs::write(&script, serde_json::to_string(command).expect("a command is JSON")).expect("the script is kept");
    let mut program = Program::new(env!("CARGO_BIN_EXE_sluice"));
    program.arg("ask").arg(&script).arg("--json").arg("--data").arg(folder.join("data"));
    if let Some(who) = who {
        program.args(["--as", who]);
    }
    let output = program.output().expect("the program starts");
    let answer: serde_json::Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&output.stderr)));
    assert_eq!(output.status.success(), answer["refused"].is_null(), "the exit code tells as well");
    match answer["refused"].as_str() {
        None => Verdict::Done,
        Some(why) => Verdict::Refused(why.to_owned(), texts(&answer["open"])),
    }
}

fn texts(list: &serde_json::Value) -> Vec<String> {
    let texts = list.as_array().into_iter().flatten();
    texts.map(|text| text.as_str().expect("ids are texts").to_owned()).collect()
}

#[test]
fn every_case_gets_the_same_verdict_through_every_door() {
    let cases = cases();
    assert!(cases.len() >= 40, "{} cases", cases.len());
    for case in &cases {
        let by_hand = judged(case, Origin::Hand);
        assert_eq!(by_hand, case.expect, "{} by hand", case.name);
        let origins = [Origin::Import(BatchId::minted("one")), Origin::Automation, Origin::Console];
        for origin in origins {
            assert_eq!(judged(case, origin), by_hand, "{} by {}", case.name, origin.name());
        }
        assert_eq!(at_the_console(case), by_hand, "{} at the console", case.name);
    }
}

#[test]
fn a_script_with_a_mistake_is_not_begun_and_says_where_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let script = folder.path().join("script.jsonl");
    std::fs::write(&script, "{\"add_company\":{}}\n").unwrap();
    let mut program = Program::new(env!("CARGO_BIN_EXE_sluice"));
    let output = program.arg("ask").arg(&script).arg("--data").arg(folder.path().join("data")).output().unwrap();
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(!output.status.success() && said.contains("line 1"), "{said}");
}

impl Verdict {
    fn of(refusal: Option<Refusal>) -> Self {
        match refusal {
            None => Self::Done,
            Some(Refusal::GateClosed { open }) => {
                let ids = open.iter().map(|unmet| unmet.criterion.to_string()).collect();
                Self::Refused(Refusal::GateClosed { open }.to_string(), ids)
            }
            Some(refusal) => Self::Refused(refusal.to_string(), Vec::new()),
        }
    }
}
