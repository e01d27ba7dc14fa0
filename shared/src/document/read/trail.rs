//! How a deal came to be where it is, out of its history.

use automerge::Automerge;

use super::{money, outcome};
use crate::document::schema as key;
use crate::document::view::View;
use crate::model::{Event, Outcome, Turn, Turned};
use crate::money::Money;
use crate::time::Timestamp;

/// The turns of stage, amount, closing day, owner and outcome, in the order of cause.
pub(super) fn trail(doc: &Automerge, history: &[Event]) -> Vec<Turn> {
    let alone = history.len() == 1;
    let mut trail = Vec::new();
    for event in history {
        match event.command.as_str() {
            // Where the opening is all there is, the document is as it left it.
            "open_deal" if alone => opening(&View::root(doc), &mut trail),
            "open_deal" => opening(&View::root_at(doc, event.hash), &mut trail),
            _ => trail.extend(turned(event).map(|to| Turn { at: event.at, to })),
        }
    }
    trail
}

fn turned(event: &Event) -> Option<Turned> {
    let subject = event.subject.as_str();
    Some(match event.command.as_str() {
        "move_deal" => Turned::Stage(subject.parse().ok()?),
        "price_deal" => Turned::Amount(amount(subject)),
        "expect_deal" => Turned::Close(subject.parse().ok()),
        "assign_deal" => Turned::Owner(subject.parse().ok()),
        "win_deal" => Turned::Won,
        "lose_deal" => Turned::Lost,
        "reopen_deal" => Turned::Open,
        "discard_deal" => Turned::Discarded(true),
        "restore_deal" => Turned::Discarded(false),
        _ => return None,
    })
}

fn amount(subject: &str) -> Option<Money> {
    let (currency, number) = subject.split_once(' ')?;
    Money::parse(number, currency.parse().ok()?).ok()
}

/// What the deal was when it was written down; a deal of the past also ended.
fn opening(root: &View<'_>, trail: &mut Vec<Turn>) {
    let at = root.time(key::CREATED).unwrap_or_default();
    let mut turn = |at: Timestamp, to: Turned| trail.push(Turn { at, to });
    if let Some(stage) = root.map(key::CLAIM).and_then(|claim| claim.id(key::STAGE)) {
        turn(at, Turned::Stage(stage));
    }
    turn(at, Turned::Amount(root.map(key::AMOUNT).as_ref().and_then(money)));
    turn(at, Turned::Close(root.day(key::CLOSE)));
    turn(at, Turned::Owner(root.id(key::OWNER)));
    match root.map(key::OUTCOME).as_ref().map(outcome) {
        Some(Outcome::Won { at }) => turn(at, Turned::Won),
        Some(Outcome::Lost { at, .. }) => turn(at, Turned::Lost),
        Some(Outcome::Open) | None => {}
    }
}
