//! The board kept up deal by deal equals the board counted anew.

use super::*;
use crate::id::ActivityId;
use crate::model::{ActivityKind, NextStep};
use crate::pipeline::b2b;
use crate::rules::sample::{bare, now, stage, tide, today, usd};

fn pipelines() -> Pipelines {
    [(b2b().id, Arc::new(b2b()))].into()
}

/// A small linear generator, so that a failure replays from the seed it prints.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }

    fn amount(&mut self) -> Option<Money> {
        let minor = i64::try_from(self.below(3)).unwrap() * 100;
        let currency = if self.below(2) == 0 { Currency::USD } else { Currency::CNY };
        (self.below(4) > 0).then_some(Money { minor, currency })
    }

    fn outcome(&mut self) -> Outcome {
        let at = Timestamp::from_millis(i64::try_from(self.below(3)).unwrap());
        match self.below(4) {
            0 => Outcome::Won { at },
            1 => Outcome::Lost { at, reason: String::new() },
            _ => Outcome::Open,
        }
    }

    fn card(&mut self, id: DealId) -> DealCard {
        DealCard {
            amount: self.amount(),
            outcome: self.outcome(),
            stage: stage(if self.below(2) == 0 { "identify" } else { "sign" }),
            entered: Timestamp::from_millis(i64::try_from(self.below(3)).unwrap()),
            discarded: self.below(5) == 0,
            ..bare(id)
        }
    }
}

fn changed(before: &Board, after: &Board) -> SortedSet<Slot> {
    let slots = before.columns.keys().chain(after.columns.keys());
    slots.filter(|slot| before.column(**slot) != after.column(**slot)).copied().collect()
}

#[test]
fn refreshing_deal_by_deal_equals_counting_anew() {
    for seed in 0..200 {
        let (mut dice, mut board, mut cards) = (Dice(seed), Board::default(), SortedMap::new());
        for step in 0..120 {
            let id = DealId::minted(&dice.below(12).to_string());
            let after = (dice.below(8) > 0).then(|| dice.card(id));
            let (was, before) = (board.clone(), cards.remove(&id));
            let said = board.refresh(&pipelines(), before.as_ref(), after.as_ref());
            cards.extend(after.map(|card| (id, card)));
            assert_eq!(board, Board::of(&pipelines(), cards.values()), "seed {seed}, step {step}");
            assert_eq!(said, changed(&was, &board), "seed {seed}, step {step}");
        }
    }
}

#[test]
fn the_deal_that_came_last_lies_first() {
    let later = Timestamp::from_millis(now().millis() + 1);
    let names = ["a", "b", "c"].map(DealId::minted);
    let mut cards = names.map(bare);
    cards[1].entered = later;
    let board = Board::of(&pipelines(), &cards);
    let column = board.column(Slot::Stage(b2b().id, stage("identify"))).unwrap();
    let mut rest = [names[0], names[2]];
    rest.sort();
    assert_eq!(column.ids().collect::<Vec<_>>(), [names[1], rest[0], rest[1]]);
}

#[test]
fn a_new_title_changes_no_slot_and_a_move_changes_two() {
    let card = bare(tide());
    let renamed = DealCard { title: "Other".to_owned(), ..card.clone() };
    let moved = DealCard { stage: stage("sign"), ..card.clone() };
    let mut board = Board::of(&pipelines(), [&card]);
    assert!(board.refresh(&pipelines(), Some(&card), Some(&renamed)).is_empty());
    assert_eq!(board.refresh(&pipelines(), Some(&renamed), Some(&moved)).len(), 2);
}

#[test]
fn a_total_of_nothing_stays_while_a_deal_is_priced_so() {
    let free = DealCard { amount: Some(usd(0)), ..bare(DealId::minted("free")) };
    let paid = DealCard { amount: Some(usd(100)), ..bare(tide()) };
    let mut board = Board::of(&pipelines(), [&free, &paid]);
    board.refresh(&pipelines(), Some(&paid), None);
    let column = board.column(Slot::Stage(b2b().id, stage("identify"))).unwrap();
    assert_eq!(column.sum().decimals(), [("USD".to_owned(), "0.00".to_owned())].into());
}

#[test]
fn a_deal_is_stalled_only_after_more_days_than_its_stage_allows_and_while_it_is_open() {
    let pipeline = b2b();
    let stage = &pipeline.stages[0];
    let card = bare(tide());
    let after = |days: u16| today().plus(i32::from(days)).start();
    assert!(!is_stalled(&card, stage, after(stage.stalled_after)));
    assert!(is_stalled(&card, stage, after(stage.stalled_after + 1)));
    let won = DealCard { outcome: Outcome::Won { at: now() }, ..card };
    assert!(!is_stalled(&won, stage, after(stage.stalled_after + 1)));
}

#[test]
fn the_light_is_late_from_the_day_after() {
    let light = |days| {
        let activity = ActivityId::minted("a");
        let next =
            NextStep { due: today().plus(days), activity, kind: ActivityKind::Call, summary: String::new(), key: None };
        Light::of(&DealCard { planned: vec![next], ..bare(tide()) }, today())
    };
    assert_eq!([light(-1), light(0), light(1)], [Light::Late, Light::Planned, Light::Planned]);
    assert_eq!(Light::of(&bare(tide()), today()), Light::None);
}
