//! How long texts may be, how far days, how large amounts.

use crate::money::Money;
use crate::refusal::{Refusal, Span, Wording};
use crate::time::Timestamp;

/// How many years from now a day may lie, in either direction.
pub const MAX_YEARS: i32 = 100;

/// The longest time that a stage or rule may count in days: ten years.
const MAX_DAYS: u16 = 3_650;

const MILLIS_PER_YEAR: u64 = 31_557_600_000;

/// How many characters a text may have.
pub const fn limit(what: Wording) -> usize {
    match what {
        Wording::Title | Wording::Name | Wording::From | Wording::Reach | Wording::Product => 200,
        Wording::Reason | Wording::Summary | Wording::Entry | Wording::Message => 2_000,
        Wording::Quote => 20_000,
    }
}

/// The text is not too long; it may be empty.
pub(super) fn fits(what: Wording, text: &str) -> Result<(), Refusal> {
    let limit = limit(what);
    match text.chars().nth(limit) {
        None => Ok(()),
        Some(_) => Err(Refusal::TooLong { what, limit }),
    }
}

/// The text says something and is not too long.
pub(super) fn says(what: Wording, text: &str) -> Result<(), Refusal> {
    match text.trim().is_empty() {
        true => Err(Refusal::Blank(what)),
        false => fits(what, text),
    }
}

/// The number of days is one that can be meant. Only "nothing happened for no days" would always be true.
pub(super) fn days(what: Span, days: u16) -> Result<(), Refusal> {
    let least = u16::from(what == Span::Quiet);
    match (least..=MAX_DAYS).contains(&days) {
        true => Ok(()),
        false => Err(Refusal::Days { what, least, most: MAX_DAYS }),
    }
}

/// The amount is one that a deal may have.
pub(super) fn sane(amount: Option<Money>) -> Result<(), Refusal> {
    match amount.map(|money| Money::checked(money.minor, money.currency)) {
        None | Some(Ok(_)) => Ok(()),
        Some(Err(_)) => Err(Refusal::Amount),
    }
}

/// The moment is near enough to be meant.
pub(super) fn near(now: Timestamp, at: Timestamp) -> Result<(), Refusal> {
    match now.millis().abs_diff(at.millis()) <= u64::from(MAX_YEARS.unsigned_abs()) * MILLIS_PER_YEAR {
        true => Ok(()),
        false => Err(Refusal::Day(MAX_YEARS)),
    }
}
