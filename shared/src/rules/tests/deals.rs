//! Deals written down, edited and taken back.

use super::{check, rep};
use crate::command::{Command, Context, NewDeal, Origin};
use crate::id::{BatchId, CompanyId, DealId, MemberId, PipelineId, StageId};
use crate::model::{Outcome, Role};
use crate::money::MAX_MINOR;
use crate::pipeline::{Leave, b2b};
use crate::refusal::{Refusal, Way, Wording};
use crate::rules::sample::{acme, context, member, now, stage, tide, today, usd, with};
use crate::time::Timestamp;

fn fresh() -> NewDeal {
    NewDeal {
        deal: DealId::minted("fresh"),
        title: "Lock keeper".to_owned(),
        company: Some(acme()),
        owner: Some(member(Role::Rep)),
        amount: Some(usd(5)),
        close: Some(today()),
        pipeline: b2b().id,
        stage: stage("propose"),
        created: now(),
        outcome: Outcome::Open,
        source: None,
    }
}

#[test]
fn a_new_deal_must_be_new_and_name_only_what_exists() {
    let (company, owner) = (CompanyId::minted("no"), MemberId::minted("no"));
    let (pipeline, nowhere) = (PipelineId::minted("no"), StageId::minted("no"));
    let cases = [
        (fresh(), Ok(())),
        (NewDeal { company: None, owner: None, amount: None, close: None, ..fresh() }, Ok(())),
        (NewDeal { deal: tide(), ..fresh() }, Err(Refusal::Exists)),
        (NewDeal { title: " \n".to_owned(), ..fresh() }, Err(Refusal::Blank(Wording::Title))),
        (NewDeal { company: Some(company), ..fresh() }, Err(Refusal::NoCompany(company))),
        (NewDeal { owner: Some(owner), ..fresh() }, Err(Refusal::NoMember(owner))),
        (NewDeal { amount: Some(usd(-1)), ..fresh() }, Err(Refusal::Amount)),
        (NewDeal { close: Some(today().plus(36_600)), ..fresh() }, Err(Refusal::Day(100))),
        (NewDeal { created: Timestamp::from_millis(i64::MIN), ..fresh() }, Err(Refusal::Day(100))),
        (NewDeal { pipeline, ..fresh() }, Err(Refusal::NoPipeline(pipeline))),
        (NewDeal { stage: nowhere, ..fresh() }, Err(Refusal::NoStage(nowhere))),
    ];
    for (new, expect) in cases {
        rep(&with(|_| ()), Command::OpenDeal(new), expect);
    }
}

#[test]
fn a_pipeline_that_lets_no_deal_skip_a_stage_takes_deals_under_way_from_imports_only() {
    let import = Context { origin: Origin::Import(BatchId::minted("past")), ..context(Role::Rep) };
    for skip in Leave::ALL {
        let mut given = with(|_| ());
        let mut pipeline = b2b();
        pipeline.moves.skip = skip;
        given.pipelines.insert(pipeline.id, pipeline.into());
        let late = Command::OpenDeal(fresh());
        let expect = if skip == Leave::Never { Err(Refusal::IllegalMove(Way::Begin)) } else { Ok(()) };
        rep(&given, late.clone(), expect);
        rep(&given, Command::OpenDeal(NewDeal { stage: stage("identify"), ..fresh() }), Ok(()));
        check(&given, &import, late, Ok(()));
        // The sample's deal is in its first stage, with every criterion met.
        let expect = if skip == Leave::Free { Ok(()) } else { Err(Refusal::IllegalMove(Way::Win)) };
        rep(&given, Command::WinDeal { deal: tide() }, expect);
    }
}

#[test]
fn only_an_import_writes_down_how_a_deal_of_the_past_ended() {
    let (at, never) = (now(), Timestamp::from_millis(i64::MAX));
    let lost = |reason: String| Outcome::Lost { at, reason };
    let too_long = Refusal::TooLong { what: Wording::Reason, limit: 2_000 };
    let cases = [
        (Outcome::Open, Ok(()), Ok(())),
        (Outcome::Won { at }, Err(Refusal::Past), Ok(())),
        (Outcome::Won { at: never }, Err(Refusal::Past), Err(Refusal::Day(100))),
        (lost(String::new()), Err(Refusal::Past), Ok(())),
        (lost("x".repeat(2_001)), Err(Refusal::Past), Err(too_long)),
    ];
    let import = Context { origin: Origin::Import(BatchId::minted("past")), ..context(Role::Rep) };
    for (outcome, by_hand, by_import) in cases {
        let command = Command::OpenDeal(NewDeal { outcome, ..fresh() });
        rep(&with(|_| ()), command.clone(), by_hand);
        check(&with(|_| ()), &import, command, by_import);
    }
}

#[test]
fn a_field_takes_only_what_can_be_meant() {
    let (deal, title) = (tide(), "名".repeat(200));
    let (company, owner) = (CompanyId::minted("no"), MemberId::minted("no"));
    let too_long = Refusal::TooLong { what: Wording::Title, limit: 200 };
    let cases = [
        (Command::RenameDeal { deal, title: title.clone() }, Ok(())),
        (Command::RenameDeal { deal, title: title + "x" }, Err(too_long)),
        (Command::RenameDeal { deal, title: String::new() }, Err(Refusal::Blank(Wording::Title))),
        (Command::PriceDeal { deal, amount: None }, Ok(())),
        (Command::PriceDeal { deal, amount: Some(usd(MAX_MINOR)) }, Ok(())),
        (Command::PriceDeal { deal, amount: Some(usd(MAX_MINOR + 1)) }, Err(Refusal::Amount)),
        (Command::ExpectDeal { deal, close: Some(today()) }, Ok(())),
        (Command::ExpectDeal { deal, close: Some(today().plus(-36_600)) }, Err(Refusal::Day(100))),
        (Command::AssignDeal { deal, owner: None }, Ok(())),
        (Command::AssignDeal { deal, owner: Some(owner) }, Err(Refusal::NoMember(owner))),
        (Command::LinkDeal { deal, company: Some(acme()) }, Ok(())),
        (Command::LinkDeal { deal, company: Some(company) }, Err(Refusal::NoCompany(company))),
    ];
    for (command, expect) in cases {
        rep(&with(|_| ()), command, expect);
    }
}

#[test]
fn what_was_taken_back_can_only_be_restored() {
    let deal = tide();
    let (kept, taken) = (with(|_| ()), with(|card| card.discarded = true));
    rep(&kept, Command::DiscardDeal { deal }, Ok(()));
    rep(&kept, Command::RestoreDeal { deal }, Err(Refusal::NotClosed));
    rep(&taken, Command::RestoreDeal { deal }, Ok(()));
    for command in [
        Command::DiscardDeal { deal },
        Command::RenameDeal { deal, title: "x".to_owned() },
        Command::PriceDeal { deal, amount: None },
        Command::ExpectDeal { deal, close: None },
        Command::AssignDeal { deal, owner: None },
        Command::LinkDeal { deal, company: None },
        Command::MoveDeal { deal, to: stage("confirm"), reason: String::new() },
        Command::WinDeal { deal },
        Command::ReopenDeal { deal },
    ] {
        rep(&taken, command, Err(Refusal::NoDeal(deal)));
    }
    let unknown = DealId::minted("no");
    rep(&kept, Command::RestoreDeal { deal: unknown }, Err(Refusal::NoDeal(unknown)));
}
