//! A draft's gate against deals in every position: in its stage, beyond it, opened after it, passed by word.

use super::*;
use crate::id::CriterionId;
use crate::model::{Field, Role};
use crate::money::Money;
use crate::pipeline::{Comparison, Condition, Literal, Rule, b2b};
use crate::rules::sample::{bare, criterion, ripe, stage, today, usd};
use crate::text::Label;
use crate::workspace::Workspace;

fn at_least(minor: i64) -> Rule {
    let value = Literal::Money(usd(minor));
    Rule::Fields(Condition::Compare { field: Field::Amount, is: Comparison::AtLeast, value })
}

/// The B2B pipeline with one more criterion in its second stage.
fn asking(weight: Weight, rule: Rule) -> Pipeline {
    let mut pipeline = b2b();
    let added = Criterion { id: CriterionId::minted("added"), name: Label::new("新", "New"), weight, rule };
    pipeline.stages[1].criteria.push(added);
    pipeline
}

fn deal(name: &str, at: &str, minor: i64) -> DealCard {
    let baseline = stage("identify");
    DealCard { stage: stage(at), baseline, amount: Some(usd(minor)), ..ripe(DealId::minted(name)) }
}

fn names(deals: &[&str]) -> Vec<DealId> {
    deals.iter().map(|name| DealId::minted(name)).collect()
}

/// Checks which deals fail the added criterion, and that nothing else fails.
#[track_caller]
fn check(current: &Pipeline, draft: &Pipeline, cards: &[DealCard], held: &[&str], reopened: &[&str]) {
    let found = what_if(&Workspace::default().customers(), Some(current), draft, cards);
    let (unmet, mut sum) =
        (Unmet { stage: stage("confirm"), criterion: CriterionId::minted("added") }, Sums::default());
    for card in cards.iter().filter(|card| held.iter().chain(reopened).any(|name| DealId::minted(name) == card.id)) {
        card.amount.into_iter().for_each(|amount| sum.add(amount));
    }
    let expect = Failing { unmet, held: names(held), reopened: names(reopened), sum: sum.clone() };
    let some = !held.is_empty() || !reopened.is_empty();
    let failing = if some { vec![expect] } else { Vec::new() };
    assert_eq!(found, WhatIf { failing, deals: held.len() + reopened.len(), sum });
}

#[test]
fn a_new_criterion_holds_deals_in_its_stage_and_reopens_those_beyond_the_largest_first() {
    let cards = [
        deal("before", "identify", 1),
        deal("small", "confirm", 10),
        deal("middle", "confirm", 20),
        deal("enough", "confirm", 500),
        deal("beyond", "sign", 30),
    ];
    let draft = asking(Weight::Required, at_least(500));
    check(&b2b(), &draft, &cards, &["middle", "small"], &["beyond"]);
    check(&b2b(), &asking(Weight::Advised, at_least(500)), &cards, &[], &[]);
    check(&draft, &draft, &cards, &[], &[]);
}

#[test]
fn a_tighter_criterion_counts_only_deals_that_met_it_before() {
    let cards = [deal("open already", "confirm", 10), deal("met before", "confirm", 200)];
    let (loose, tight) = (asking(Weight::Required, at_least(100)), asking(Weight::Required, at_least(500)));
    check(&loose, &tight, &cards, &["met before"], &[]);
    check(&tight, &loose, &cards, &[], &[]);
    let advised = asking(Weight::Advised, at_least(500));
    check(&advised, &tight, &cards, &["met before", "open already"], &[]);
}

#[test]
fn deals_that_are_not_asked_are_not_counted() {
    let draft = asking(Weight::Required, at_least(500));
    let later = DealCard { baseline: stage("propose"), ..deal("opened later", "sign", 1) };
    let passed = DealCard { overridden: [stage("confirm")].into(), ..deal("passed by word", "sign", 1) };
    let won = DealCard { outcome: Outcome::Won { at: today().start() }, ..deal("won", "confirm", 1) };
    let taken_back = DealCard { discarded: true, ..deal("taken back", "confirm", 1) };
    let elsewhere = DealCard { pipeline: crate::id::PipelineId::minted("other"), ..deal("elsewhere", "confirm", 1) };
    check(&b2b(), &draft, &[later, passed, won, taken_back, elsewhere], &[], &[]);
}

#[test]
fn every_kind_of_criterion_is_judged() {
    let card = |bend: &dyn Fn(&mut DealCard)| {
        let mut card = deal("tide", "confirm", 1);
        bend(&mut card);
        card
    };
    let proof = || Rule::Evidence(crate::model::EvidenceKind::Photo);
    let added = CriterionId::minted("added");
    let visit = crate::rules::sample::key("visit");
    let cases = [
        (proof(), card(&|_| {}), card(&|card| card.proven.extend([added]))),
        (
            Rule::Approval(Role::Owner),
            card(&|card| card.approved.extend([(added, Role::Manager)])),
            card(&|card| card.approved.extend([(added, Role::Owner)])),
        ),
        (Rule::KeyActivity(visit), card(&|_| {}), card(&|card| card.done.extend([visit]))),
        (at_least(2), card(&|_| {}), card(&|card| card.amount = Some(usd(2)))),
        (
            at_least(2),
            card(&|card| card.amount = Some(Money { currency: crate::money::Currency::CNY, ..usd(9) })),
            card(&|card| card.amount = Some(usd(2))),
        ),
    ];
    for (rule, fails, holds) in cases {
        let draft = asking(Weight::Required, rule);
        check(&b2b(), &draft, std::slice::from_ref(&fails), &["tide"], &[]);
        check(&b2b(), &draft, &[holds], &[], &[]);
    }
}

#[test]
fn deals_of_a_retired_stage_are_judged_where_they_go() {
    let mut draft = b2b();
    let first = draft.stages.remove(0).id;
    let lost = bare(DealId::minted("bare"));
    assert_eq!(
        what_if(&Workspace::default().customers(), Some(&b2b()), &draft, [&lost]),
        WhatIf::default(),
        "it has no place yet"
    );
    assert_eq!(displaced(&draft, [&lost]).count(), 0);
    draft.retired.insert(first, stage("confirm"));
    let found = what_if(&Workspace::default().customers(), Some(&b2b()), &draft, [&lost]);
    assert!(found.failing.iter().any(|failing| failing.unmet.criterion == criterion("confirm/need")));
    let of_confirm = |failing: &Failing| failing.unmet.stage == stage("confirm") && failing.deals() == [lost.id];
    assert!(found.failing.iter().all(of_confirm));
    assert_eq!(displaced(&draft, [&lost]).collect::<Vec<_>>(), [(lost.id, stage("confirm"))]);
}

#[test]
fn a_moved_stage_asks_deals_that_were_not_asked_before() {
    let mut draft = b2b();
    draft.stages.swap(1, 3);
    let card = DealCard { approved: Default::default(), ..deal("tide", "propose", 1) };
    let found = what_if(&Workspace::default().customers(), Some(&b2b()), &draft, [&card]);
    let expect = Unmet { stage: stage("negotiate"), criterion: criterion("negotiate/approval") };
    assert_eq!(found.failing.iter().map(|failing| failing.unmet).collect::<Vec<_>>(), [expect]);
    assert_eq!(found.failing[0].reopened, [card.id]);
}

#[test]
fn nothing_is_measured_against_a_pipeline_that_was_never_published() {
    let draft = asking(Weight::Required, at_least(500));
    assert!(
        what_if(&Workspace::default().customers(), None, &draft, std::iter::empty::<&DealCard>()).failing.is_empty()
    );
}
