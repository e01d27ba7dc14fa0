//! Moves, ends and gates: each kind of criterion met, unmet, overridden, and met by the wrong role.

use super::{check, rep};
use crate::command::Command;
use crate::gate::Unmet;
use crate::id::{CriterionId, StageId};
use crate::model::{DealCard, Outcome, Role};
use crate::refusal::{Refusal, Wording};
use crate::rules::sample::{bare, context, criterion, now, stage, tide, with};

/// A stage, the next one, a criterion of the first, and how the fact behind it goes missing.
type Case = (&'static str, &'static str, &'static str, fn(&mut DealCard));

const CASES: [Case; 5] = [
    ("identify", "confirm", "identify/company", |card| card.company = None),
    ("identify", "confirm", "identify/talked", |card| card.done.clear()),
    ("confirm", "propose", "confirm/need", |card| card.proven.clear()),
    ("negotiate", "sign", "negotiate/approval", |card| card.approved.clear()),
    ("negotiate", "sign", "negotiate/approval", |card| {
        card.approved.insert(criterion("negotiate/approval"), Role::Rep);
    }),
];

fn closed(open: &[(&str, &str)]) -> Refusal {
    let unmet = |(at, which): &(&str, &str)| Unmet { stage: stage(at), criterion: criterion(which) };
    Refusal::GateClosed { open: open.iter().map(unmet).collect() }
}

#[test]
fn every_kind_of_criterion_holds_a_deal_until_it_is_met_or_overridden() {
    for (from, to, which, lose) in CASES {
        let advance = Command::MoveDeal { deal: tide(), to: stage(to), reason: String::new() };
        let at = |card: &mut DealCard| card.stage = stage(from);
        rep(&with(at), advance.clone(), Ok(()));
        let open = with(|card| {
            at(card);
            lose(card);
        });
        rep(&open, advance.clone(), Err(closed(&[(from, which)])));
        let overridden = with(|card| {
            at(card);
            lose(card);
            card.overridden.insert(stage(from));
        });
        rep(&overridden, advance, Ok(()));
    }
}

#[test]
fn an_advised_criterion_never_blocks() {
    let given = with(|card| {
        card.stage = stage("confirm");
        card.close = None;
    });
    rep(&given, Command::MoveDeal { deal: tide(), to: stage("propose"), reason: String::new() }, Ok(()));
}

#[test]
fn a_jump_asks_every_gate_on_the_way_and_a_step_back_none() {
    let at = |slug: &'static str| with(move |card| *card = DealCard { stage: stage(slug), ..bare(tide()) });
    let to = |slug: &str| Command::MoveDeal { deal: tide(), to: stage(slug), reason: String::new() };
    let open = [
        ("identify", "identify/company"),
        ("identify", "identify/talked"),
        ("confirm", "confirm/need"),
        ("confirm", "confirm/amount"),
    ];
    rep(&at("identify"), to("propose"), Err(closed(&open)));
    rep(&at("sign"), to("identify"), Ok(()));
    rep(&at("sign"), to("sign"), Err(Refusal::SameState));
    let nowhere = StageId::minted("no");
    let command = Command::MoveDeal { deal: tide(), to: nowhere, reason: String::new() };
    rep(&at("sign"), command, Err(Refusal::NoStage(nowhere)));
}

#[test]
fn a_deal_ends_once_and_is_reopened_before_it_moves() {
    let (deal, reason) = (tide(), "went with another".to_owned());
    let open = with(|_| ());
    let won = with(|card| card.outcome = Outcome::Won { at: now() });
    let lost = with(|card| card.outcome = Outcome::Lost { at: now(), reason: "price".to_owned() });
    let unsigned = with(|card| {
        card.stage = stage("sign");
        card.proven.clear();
    });
    rep(&open, Command::WinDeal { deal }, Ok(()));
    rep(&unsigned, Command::WinDeal { deal }, Err(closed(&[("sign", "sign/contract")])));
    rep(&open, Command::LoseDeal { deal, reason: reason.clone() }, Ok(()));
    rep(&open, Command::LoseDeal { deal, reason: " ".to_owned() }, Err(Refusal::Blank(Wording::Reason)));
    rep(&open, Command::ReopenDeal { deal }, Err(Refusal::NotClosed));
    for ended in [&won, &lost] {
        rep(ended, Command::MoveDeal { deal, to: stage("confirm"), reason: String::new() }, Err(Refusal::Closed));
        rep(ended, Command::WinDeal { deal }, Err(Refusal::Closed));
        rep(ended, Command::LoseDeal { deal, reason: reason.clone() }, Err(Refusal::Closed));
        rep(ended, Command::ReopenDeal { deal }, Ok(()));
    }
}

#[test]
fn only_a_manager_overrides_a_gate_and_says_why() {
    let (deal, at) = (tide(), stage("confirm"));
    let free = with(|_| ());
    let passed = with(|card| card.overridden.extend([at]));
    let over = |reason: &str| Command::OverrideGate { deal, stage: at, reason: reason.to_owned() };
    let hold = Command::HoldGate { deal, stage: at };
    let manager = context(Role::Manager);
    rep(&free, over("trusted"), Err(Refusal::Role { needs: Role::Manager }));
    rep(&passed, hold.clone(), Err(Refusal::Role { needs: Role::Manager }));
    check(&free, &manager, over("trusted"), Ok(()));
    check(&free, &manager, over(""), Err(Refusal::Blank(Wording::Reason)));
    check(&passed, &manager, over("again"), Err(Refusal::SameState));
    check(&passed, &manager, hold.clone(), Ok(()));
    check(&free, &manager, hold, Err(Refusal::NotClosed));
    let nowhere = StageId::minted("no");
    let command = Command::HoldGate { deal, stage: nowhere };
    check(&free, &manager, command, Err(Refusal::NoStage(nowhere)));
}

#[test]
fn approval_is_given_by_the_role_the_criterion_asks_for() {
    let approve = |criterion: CriterionId| Command::Approve { deal: tide(), criterion };
    let (asked, proof) = (criterion("negotiate/approval"), criterion("confirm/need"));
    let given = with(|_| ());
    rep(&given, approve(asked), Err(Refusal::Role { needs: Role::Manager }));
    check(&given, &context(Role::Manager), approve(asked), Ok(()));
    check(&given, &context(Role::Owner), approve(asked), Ok(()));
    check(&given, &context(Role::Manager), approve(proof), Err(Refusal::NoCriterion(proof)));
}
