//! Proofs and activities: facts that are read from the opened document.

use super::rep;
use crate::command::Command;
use crate::id::{ActivityId, CriterionId, EvidenceId, KeyActivityId};
use crate::model::{ActivityKind, EvidenceKind, FileHash, FileKind, FileRef};
use crate::pipeline::Rule;
use crate::refusal::{Refusal, Wording};
use crate::rules::sample::{criterion, key, tide, today, with};
use crate::workspace::Workspace;

fn proof(evidence: &str, criterion: CriterionId, from: &str, quote: &str) -> Command {
    Command::RecordEvidence {
        deal: tide(),
        evidence: EvidenceId::minted(evidence),
        criterion,
        kind: EvidenceKind::WrittenConfirmation,
        from: from.to_owned(),
        day: today(),
        quote: quote.to_owned(),
        files: Vec::new(),
    }
}

fn log(activity: &str, kind: ActivityKind, summary: &str, key: Option<KeyActivityId>) -> Command {
    let activity = ActivityId::minted(activity);
    Command::LogActivity { deal: tide(), activity, kind, summary: summary.to_owned(), key }
}

fn plan(activity: &str, days: i32) -> Command {
    Command::PlanActivity {
        deal: tide(),
        activity: ActivityId::minted(activity),
        kind: ActivityKind::Visit,
        summary: String::new(),
        due: today().plus(days),
        key: Some(key("sign/visit")),
    }
}

fn finish(activity: &str) -> Command {
    Command::FinishActivity { deal: tide(), activity: ActivityId::minted(activity), summary: "ok".to_owned() }
}

fn unfinish(activity: &str) -> Command {
    Command::UnfinishActivity { deal: tide(), activity: ActivityId::minted(activity) }
}

#[test]
fn a_proof_answers_a_criterion_that_asks_for_one() {
    let (need, field, none) = (criterion("confirm/need"), criterion("confirm/amount"), criterion("no"));
    let signed = criterion("sign/contract");
    let too_long = Refusal::TooLong { what: Wording::Quote, limit: 20_000 };
    let cases = [
        (proof("new", need, "Ms Lin", "We need it."), Ok(())),
        (proof("new", field, "Ms Lin", "We need it."), Err(Refusal::NoCriterion(field))),
        (proof("new", signed, "Ms Lin", "We need it."), Err(Refusal::NoCriterion(signed))),
        (proof("new", none, "Ms Lin", "We need it."), Err(Refusal::NoCriterion(none))),
        (proof("given", need, "Ms Lin", "We need it."), Err(Refusal::Exists)),
        (proof("new", need, "", "We need it."), Err(Refusal::Blank(Wording::From))),
        (proof("new", need, "Ms Lin", " "), Err(Refusal::Blank(Wording::Quote))),
        (proof("new", need, "Ms Lin", &"x".repeat(20_001)), Err(too_long)),
    ];
    for (command, expect) in cases {
        rep(&with(|_| ()), command, expect);
    }
}

/// The team, whose criterion of need asks for a proof of this kind instead.
fn asking(kind: EvidenceKind) -> Workspace {
    let mut given = with(|_| ());
    for pipeline in given.pipelines.values_mut().map(std::sync::Arc::make_mut) {
        let mut criteria = pipeline.stages.iter_mut().flat_map(|stage| &mut stage.criteria);
        criteria.find(|each| each.id == criterion("confirm/need")).unwrap().rule = Rule::Evidence(kind);
    }
    given
}

#[test]
fn a_photo_comes_with_a_picture_and_a_signed_document_with_a_file() {
    use EvidenceKind::{AcceptedMeeting, Photo, SignedDocument, WrittenConfirmation};
    use FileKind::{Image, Pdf};
    let file = |kind| FileRef { hash: FileHash::of(b"x"), name: "proof".to_owned(), kind, size: 1, thumbnail: None };
    let cases: [(EvidenceKind, &[FileKind], bool); 8] = [
        (WrittenConfirmation, &[], true),
        (AcceptedMeeting, &[], true),
        (SignedDocument, &[], false),
        (SignedDocument, &[Pdf], true),
        (SignedDocument, &[Image], true),
        (Photo, &[], false),
        (Photo, &[Pdf], false),
        (Photo, &[Pdf, Image], true),
    ];
    for (asked, attached, is_shown) in cases {
        let mut command = proof("new", criterion("confirm/need"), "Ms Lin", "See there");
        if let Command::RecordEvidence { kind, files, .. } = &mut command {
            (*kind, *files) = (asked, attached.iter().copied().map(file).collect());
        }
        rep(&asking(asked), command, if is_shown { Ok(()) } else { Err(Refusal::Unshown(asked)) });
    }
}

#[test]
fn a_proof_is_taken_back_once() {
    let withdraw = |name: &str| Command::WithdrawEvidence { deal: tide(), evidence: EvidenceId::minted(name) };
    rep(&with(|_| ()), withdraw("given"), Ok(()));
    for name in ["taken", "no"] {
        rep(&with(|_| ()), withdraw(name), Err(Refusal::NoEvidence(EvidenceId::minted(name))));
    }
    let restore = |name: &str| Command::RestoreEvidence { deal: tide(), evidence: EvidenceId::minted(name) };
    rep(&with(|_| ()), restore("taken"), Ok(()));
    rep(&with(|_| ()), restore("given"), Err(Refusal::NotClosed));
    rep(&with(|_| ()), restore("no"), Err(Refusal::NoEvidence(EvidenceId::minted("no"))));
}

#[test]
fn an_activity_is_new_and_answers_a_key_activity_of_the_pipeline() {
    let stray = KeyActivityId::minted("no");
    let unknown = Refusal::NoActivity(ActivityId::from_bytes(*stray.as_bytes()));
    let blank = Refusal::Blank(Wording::Summary);
    let too_long = Refusal::TooLong { what: Wording::Summary, limit: 2_000 };
    let cases = [
        (log("new", ActivityKind::Call, "", None), Ok(())),
        (log("new", ActivityKind::Demo, "shown", Some(key("propose/demo"))), Ok(())),
        (log("new", ActivityKind::Demo, "shown", Some(stray)), Err(unknown)),
        (log("done", ActivityKind::Call, "", None), Err(Refusal::Exists)),
        (log("new", ActivityKind::Note, " ", None), Err(blank.clone())),
        (log("new", ActivityKind::Task, "", None), Err(blank)),
        (log("new", ActivityKind::Task, "", Some(key("negotiate/offer"))), Ok(())),
        (log("new", ActivityKind::Mail, &"x".repeat(2_001), None), Err(too_long)),
        (plan("new", 7), Ok(())),
        (plan("new", 36_600), Err(Refusal::Day(100))),
        (plan("planned", 7), Err(Refusal::Exists)),
    ];
    for (command, expect) in cases {
        rep(&with(|_| ()), command, expect);
    }
}

#[test]
fn what_is_planned_is_finished_and_what_is_finished_is_taken_back() {
    let given = with(|_| ());
    rep(&given, finish("planned"), Ok(()));
    rep(&given, finish("done"), Err(Refusal::SameState));
    rep(&given, unfinish("done"), Ok(()));
    rep(&given, unfinish("planned"), Err(Refusal::SameState));
    rep(&given, finish("no"), Err(Refusal::NoActivity(ActivityId::minted("no"))));
}

#[test]
fn what_came_of_an_activity_can_be_said_later_but_a_note_stays_one() {
    let given = with(|_| ());
    let describe = |activity: &str, summary: &str| Command::DescribeActivity {
        deal: tide(),
        activity: ActivityId::minted(activity),
        summary: summary.to_owned(),
    };
    let too_long = Refusal::TooLong { what: Wording::Summary, limit: 2_000 };
    rep(&given, describe("done", "They agreed."), Ok(()));
    rep(&given, describe("planned", ""), Ok(()));
    rep(&given, describe("done", &"x".repeat(2_001)), Err(too_long));
    rep(&given, describe("no", "x"), Err(Refusal::NoActivity(ActivityId::minted("no"))));
}

#[test]
fn without_its_document_nothing_is_judged_that_lies_there() {
    let mut given = with(|_| ());
    given.open_deals.clear();
    let withdraw = Command::WithdrawEvidence { deal: tide(), evidence: EvidenceId::minted("given") };
    let record = proof("new", criterion("confirm/need"), "Ms Lin", "We need it.");
    for command in [withdraw, record, plan("new", 1), finish("planned"), unfinish("done")] {
        rep(&given, command, Err(Refusal::Unreadable));
    }
}
