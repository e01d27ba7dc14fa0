//! How a deal came to be where it is, out of its history.

use std::cell::OnceCell;

use super::{money, outcome};
use crate::document::history::{Place, Told};
use crate::document::schema as key;
use crate::document::view::View;
use crate::gather::Arrange as _;
use crate::model::{Event, Outcome, Turn, Turned};
use crate::money::Money;
use crate::time::Timestamp;

/// The turns of stage, amount, closing day, owner and outcome, in the order in which the last one stands.
pub(super) fn trail(root: &View<'_>, history: &[Told]) -> Vec<Turn> {
    let mut trail = Vec::new();
    for told in history {
        match told.event.command.as_str() {
            "open_deal" => Opening { root, then: OnceCell::new(), told, history }.turns(&mut trail),
            _ => trail.extend(turned(&told.event).map(|to| (told.place.clone(), Turn { at: told.event.at, to }))),
        }
    }
    // Where two devices wrote the same deal down, a value of one opening may come after changes of the other.
    trail.arrange_by(|one, other| one.0.cmp(&other.0));
    trail.into_iter().map(|(_, turn)| turn).collect()
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

/// A deal as its opening left it.
struct Opening<'a> {
    /// The present root.
    root: &'a View<'a>,
    /// The root after the opening.
    then: OnceCell<View<'a>>,
    told: &'a Told,
    history: &'a [Told],
}

impl<'a> Opening<'a> {
    /// What the deal was when it was written down; a deal of the past also ended. What the opening left empty it did
    /// not write.
    fn turns(&self, trail: &mut Vec<(Place, Turn)>) {
        let at = self.before(&[]).time(key::CREATED).unwrap_or_default();
        let mut turn = |root: &View<'a>, field: &str, at: Timestamp, to: Option<Turned>| {
            trail.extend(root.place(field).zip(to).map(|(place, to)| (place, Turn { at, to })));
        };
        let root = self.before(&["move_deal"]);
        let stage = root.map(key::CLAIM).and_then(|claim| claim.id(key::STAGE));
        turn(root, key::CLAIM, at, stage.map(Turned::Stage));
        let root = self.before(&["price_deal"]);
        let amount = root.map(key::AMOUNT).as_ref().and_then(money);
        turn(root, key::AMOUNT, at, amount.map(|amount| Turned::Amount(Some(amount))));
        let root = self.before(&["expect_deal"]);
        turn(root, key::CLOSE, at, root.day(key::CLOSE).map(|close| Turned::Close(Some(close))));
        let root = self.before(&["assign_deal"]);
        turn(root, key::OWNER, at, root.id(key::OWNER).map(|owner| Turned::Owner(Some(owner))));
        let root = self.before(&["win_deal", "lose_deal", "reopen_deal"]);
        match root.map(key::OUTCOME).as_ref().map(outcome) {
            Some(Outcome::Won { at }) => turn(root, key::OUTCOME, at, Some(Turned::Won)),
            Some(Outcome::Lost { at, .. }) => turn(root, key::OUTCOME, at, Some(Turned::Lost)),
            Some(Outcome::Open) | None => {}
        }
    }

    /// The root to read a fact from: the present one, unless one of these commands may have changed the fact since.
    /// Looking into the past costs Automerge much more.
    fn before(&self, commands: &[&str]) -> &View<'a> {
        let opening = &self.told.event;
        let changes = |told: &Told| {
            let command = told.event.command.as_str();
            told.event.hash != opening.hash && (command == "open_deal" || commands.contains(&command))
        };
        match self.history.iter().any(changes) {
            true => self.then.get_or_init(|| View::root_at(self.root.doc, opening.hash)),
            false => self.root,
        }
    }
}
