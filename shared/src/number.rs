//! Plain numbers that people write down: decimals with up to six places, kept exactly.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

const PLACES: usize = 6;
const ONE: i64 = 1_000_000;

/// The largest number, in millionths, in either direction: nine billion.
pub const MAX_MILLIONTHS: i64 = 9_000_000_000 * ONE;

/// A decimal number in millionths.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Number(i64);

/// A text that is not a number of up to six decimal places, or one that is absurdly large.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a number: {0:?}")]
pub struct NumberError(pub String);

impl Number {
    /// A whole number.
    pub const fn whole(number: i32) -> Self {
        Self(number as i64 * ONE)
    }

    /// The number in millionths.
    pub const fn millionths(self) -> i64 {
        self.0
    }

    /// Whether it is small enough to be meant.
    pub const fn is_sane(self) -> bool {
        self.0.unsigned_abs() <= MAX_MILLIONTHS.unsigned_abs()
    }

    /// This many times an amount in minor units, rounded half away from zero; none if it is absurdly large.
    pub fn times(self, minor: i64) -> Option<i64> {
        let product = i128::from(self.0) * i128::from(minor);
        let half = i128::from(ONE / 2) * product.signum();
        i64::try_from((product + half) / i128::from(ONE)).ok()
    }
}

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = (self.0.unsigned_abs() / ONE.unsigned_abs(), self.0.unsigned_abs() % ONE.unsigned_abs());
        let sign = if self.0 < 0 { "-" } else { "" };
        let part = format!("{part:06}");
        match part.trim_end_matches('0') {
            "" => write!(f, "{sign}{whole}"),
            part => write!(f, "{sign}{whole}.{part}"),
        }
    }
}

impl FromStr for Number {
    type Err = NumberError;

    fn from_str(text: &str) -> Result<Self, NumberError> {
        read(text.trim()).filter(|number| number.is_sane()).ok_or_else(|| NumberError(text.to_owned()))
    }
}

fn read(text: &str) -> Option<Number> {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |digits| (-1, digits));
    let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
    let written = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if whole.is_empty() || part.len() > PLACES || !written(whole) || !written(part) {
        return None;
    }
    let whole: i64 = whole.parse().ok()?;
    let part: i64 = format!("{part:0<6}").parse().ok()?;
    Some(Number(sign * whole.checked_mul(ONE)?.checked_add(part)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_read_back_and_odd_ones_are_refused() {
        for text in ["0", "1", "-1.5", "0.000001", "123456789.25"] {
            assert_eq!(text.parse::<Number>().unwrap().to_string(), text);
        }
        assert_eq!("2.50".parse::<Number>().unwrap().to_string(), "2.5");
        for text in ["", ".5", "1,5", "1e3", "0.0000001", "99999999999999999", "--1"] {
            assert!(text.parse::<Number>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_quantity_times_a_price_is_rounded_to_the_minor_unit() {
        let quantity: Number = "2.5".parse().unwrap();
        assert_eq!(quantity.times(333), Some(833));
        assert_eq!(quantity.times(i64::MAX), None);
    }
}
