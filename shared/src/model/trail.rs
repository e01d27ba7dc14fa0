//! How a deal came to be where it is: what makes the board of any past day out of cards alone.

use serde::{Deserialize, Serialize};

use crate::id::{MemberId, StageId};
use crate::model::{DealCard, Outcome};
use crate::money::Money;
use crate::time::{Day, Timestamp};

/// One fact of a deal that changed, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Turn {
    /// When, as the clock of the device had it.
    pub at: Timestamp,
    /// What it became.
    pub to: Turned,
}

/// What a fact of a deal became.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Turned {
    /// It lies in this stage.
    Stage(StageId),
    /// It is worth this.
    Amount(Option<Money>),
    /// It is expected to close on this day.
    Close(Option<Day>),
    /// This member works it.
    Owner(Option<MemberId>),
    /// It is being worked.
    Open,
    /// The customer bought.
    Won,
    /// The customer did not buy.
    Lost,
    /// It was taken back, or restored.
    Discarded(bool),
}

impl DealCard {
    /// The deal as the board showed it at a moment of the past; none if there was no such deal yet.
    ///
    /// Stage, amount, closing day, owner and outcome are as they were: the last turn in the order of cause whose
    /// time is not after the moment decides. Everything else is as it is now.
    pub fn as_of(&self, at: Timestamp) -> Option<Self> {
        if at < self.created {
            return None;
        }
        let mut then = self.clone();
        (then.amount, then.close, then.owner) = (None, None, None);
        (then.outcome, then.lost_in, then.discarded) = (Outcome::Open, None, false);
        let mut turns = self.trail.iter().filter(|turn| turn.at <= at).peekable();
        turns.peek()?;
        turns.for_each(|turn| then.turn(turn, self));
        Some(then)
    }

    /// A turn knows its second; where the card still has that fact, it has the exact moment, and the reason.
    fn turn(&mut self, turn: &Turn, now: &Self) {
        let at = turn.at;
        let still = |known: Timestamp| known.seconds() == at.seconds();
        match turn.to {
            Turned::Stage(stage) => {
                let exact = now.stage == stage && still(now.entered);
                (self.stage, self.entered) = (stage, if exact { now.entered } else { at });
            }
            Turned::Amount(amount) => self.amount = amount,
            Turned::Close(close) => self.close = close,
            Turned::Owner(owner) => self.owner = owner,
            Turned::Open => (self.outcome, self.lost_in) = (Outcome::Open, None),
            Turned::Won => {
                let exact = matches!(now.outcome, Outcome::Won { at } if still(at));
                self.outcome = if exact { now.outcome.clone() } else { Outcome::Won { at } };
                self.lost_in = None;
            }
            Turned::Lost => {
                let exact = matches!(now.outcome, Outcome::Lost { at, .. } if still(at));
                self.outcome = if exact { now.outcome.clone() } else { Outcome::Lost { at, reason: String::new() } };
                self.lost_in = Some(self.stage);
            }
            Turned::Discarded(discarded) => self.discarded = discarded,
        }
    }
}
