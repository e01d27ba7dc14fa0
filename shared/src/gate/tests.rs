//! What gates say of facts that changed after the move, and whose change it was.

mod around;

use super::*;
use crate::model::{Role, Withdrawal};
use crate::pipeline::b2b;
use crate::rules::sample::{bare, criterion, member, now, ripe, stage, tide};
use crate::workspace::Workspace;

fn at(slug: &str, card: DealCard) -> DealCard {
    DealCard { stage: stage(slug), ..card }
}

fn check(card: &DealCard, verified: &str, reopened: &[(&str, &str)]) {
    let unmet = |(at, which): &(&str, &str)| Unmet { stage: stage(at), criterion: criterion(which) };
    let reopened: Vec<Unmet> = reopened.iter().map(unmet).collect();
    let world = Workspace::default();
    assert_eq!(first_reopened(&world.customers(), card, &b2b()), reopened.first().copied());
    let expect = Standing { claimed: card.stage, verified: stage(verified), reopened };
    assert_eq!(standing(&world.customers(), card, &b2b()), expect);
}

#[test]
fn a_deal_whose_gates_hold_stands_where_people_moved_it() {
    check(&at("sign", ripe(tide())), "sign", &[]);
    check(&bare(tide()), "identify", &[]);
}

#[test]
fn a_proof_taken_back_reopens_its_gate_and_says_so() {
    let mut card = at("negotiate", ripe(tide()));
    let need = criterion("confirm/need");
    card.proven.remove(&need);
    card.withdrawn.insert(need, Withdrawal { by: member(Role::Rep), at: now() });
    check(&card, "confirm", &[("confirm", "confirm/need")]);
    let pipeline = b2b();
    let (_, asked) = pipeline.criterion(need).unwrap();
    assert_eq!(progress(&Workspace::default().customers(), &card, asked), Progress::Withdrawn);
}

#[test]
fn the_first_gate_that_does_not_hold_is_how_far_a_deal_is_verified() {
    let card = DealCard { company: None, amount: None, ..at("sign", ripe(tide())) };
    check(&card, "identify", &[("identify", "identify/company"), ("confirm", "confirm/amount")]);
}

#[test]
fn gates_before_the_stage_a_deal_was_opened_in_are_never_asked() {
    let card = DealCard { baseline: stage("negotiate"), ..at("sign", bare(tide())) };
    check(&card, "negotiate", &[("negotiate", "negotiate/terms"), ("negotiate", "negotiate/approval")]);
    check(&DealCard { baseline: stage("sign"), ..card }, "sign", &[]);
}

#[test]
fn a_deal_moved_back_before_its_baseline_stands_there() {
    check(&DealCard { baseline: stage("sign"), ..bare(tide()) }, "identify", &[]);
}

#[test]
fn an_overridden_gate_holds_whatever_the_facts_say() {
    let mut card = at("confirm", bare(tide()));
    check(&card, "identify", &[("identify", "identify/company"), ("identify", "identify/talked")]);
    card.overridden.insert(stage("identify"));
    check(&card, "confirm", &[]);
}

#[test]
fn winning_asks_every_gate_from_the_own_stage_to_the_last() {
    let card = DealCard { proven: Default::default(), ..at("negotiate", ripe(tide())) };
    let world = Workspace::default();
    let open: Vec<_> = unmet_to_win(&world.customers(), &card, &b2b()).iter().map(|unmet| unmet.criterion).collect();
    assert_eq!(open, [criterion("negotiate/terms"), criterion("sign/contract")]);
    assert_eq!(unmet_to_win(&world.customers(), &ripe(tide()), &b2b()), []);
}
