//! Money in integer minor units with its currency. Unlike currencies never add.

use crate::sorted::SortedMap;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

/// The largest amount of one deal, in minor units: ten trillion dollars. Beyond it somebody mistyped.
pub const MAX_MINOR: i64 = 1_000_000_000_000_000;

/// An ISO 4217 currency.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct Currency([u8; 3]);

impl Currency {
    /// US dollar.
    pub const USD: Self = Self(*b"USD");
    /// Chinese yuan.
    pub const CNY: Self = Self(*b"CNY");

    /// The three letters.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).expect("only ASCII letters are ever stored")
    }

    /// How many decimal places its amounts are written with.
    pub fn decimals(self) -> u32 {
        let known = iso_currency::Currency::from_code(self.code());
        known.and_then(|currency| currency.exponent()).map_or(2, u32::from)
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl FromStr for Currency {
    type Err = MoneyError;

    fn from_str(text: &str) -> Result<Self, MoneyError> {
        let code = text.trim().to_ascii_uppercase();
        let known = iso_currency::Currency::from_code(&code).is_some();
        match <[u8; 3]>::try_from(code.as_bytes()) {
            Ok(letters) if known => Ok(Self(letters)),
            Ok(_) | Err(_) => Err(MoneyError::Currency(text.to_owned())),
        }
    }
}

impl From<Currency> for String {
    fn from(currency: Currency) -> Self {
        currency.code().to_owned()
    }
}

impl TryFrom<String> for Currency {
    type Error = MoneyError;

    fn try_from(text: String) -> Result<Self, MoneyError> {
        text.parse()
    }
}

/// Why a text or number is not an amount.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    /// Not the code of a currency.
    #[error("not a currency: {0:?}")]
    Currency(String),
    /// Not a decimal number.
    #[error("not an amount: {0:?}")]
    Number(String),
    /// More decimal places than the currency has.
    #[error("{0:?} has more decimal places than {1} has")]
    Precision(String, Currency),
    /// Below zero.
    #[error("negative amount: {0:?}")]
    Negative(String),
    /// Above [`MAX_MINOR`].
    #[error("amount is absurdly large: {0:?}")]
    TooLarge(String),
}

/// An amount of one currency, in its minor units (cents, fen; whole yen).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    /// Minor units.
    pub minor: i64,
    /// Of this currency.
    pub currency: Currency,
}

impl Money {
    /// The amount, if a deal may have it.
    ///
    /// # Errors
    /// Negative or absurdly large amounts are named.
    pub fn checked(minor: i64, currency: Currency) -> Result<Self, MoneyError> {
        match minor {
            0..=MAX_MINOR => Ok(Self { minor, currency }),
            ..0 => Err(MoneyError::Negative(minor.to_string())),
            _ => Err(MoneyError::TooLarge(minor.to_string())),
        }
    }

    /// Reads a plain decimal number such as `1234.5`; thousands separators (`,`, `'`, `_`, spaces) are passed over.
    ///
    /// # Errors
    /// Says what is wrong with the text; zeros beyond the currency's places are fine.
    pub fn parse(text: &str, currency: Currency) -> Result<Self, MoneyError> {
        let plain: String =
            text.chars().filter(|c| !c.is_whitespace() && !matches!(c, ',' | '\'' | '_' | '，')).collect();
        if let Some(positive) = plain.strip_prefix('-') {
            return Err(if is_decimal(positive) {
                MoneyError::Negative(text.to_owned())
            } else {
                MoneyError::Number(text.to_owned())
            });
        }
        if !is_decimal(&plain) {
            return Err(MoneyError::Number(text.to_owned()));
        }
        let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
        let places = currency.decimals() as usize;
        let fraction = fraction.trim_end_matches('0');
        if fraction.len() > places {
            return Err(MoneyError::Precision(text.to_owned(), currency));
        }
        let digits = format!("{whole}{fraction:0<places$}");
        match digits.parse::<i64>() {
            Ok(minor) => Self::checked(minor, currency),
            Err(_) => Err(MoneyError::TooLarge(text.to_owned())),
        }
    }

    /// The amount as a plain decimal number with the currency's places, such as `1234.50`.
    pub fn decimal(self) -> String {
        decimal(i128::from(self.minor), self.currency)
    }
}

/// Exact totals, one for each currency.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Sums(SortedMap<Currency, i128>);

impl Sums {
    /// Counts an amount in.
    pub fn add(&mut self, money: Money) {
        *self.0.entry(money.currency).or_default() += i128::from(money.minor);
    }

    /// Takes an amount out that was counted in.
    pub fn remove(&mut self, money: Money) {
        let sum = self.0.entry(money.currency).or_default();
        *sum -= i128::from(money.minor);
        if *sum == 0 {
            self.0.remove(&money.currency);
        }
    }

    /// Each currency with its total in minor units, in the order of the codes.
    pub fn iter(&self) -> impl Iterator<Item = (Currency, i128)> + '_ {
        self.0.iter().map(|(currency, sum)| (*currency, *sum))
    }

    /// Each currency with its total as a plain decimal number.
    pub fn decimals(&self) -> SortedMap<String, String> {
        self.iter().map(|(currency, sum)| (currency.to_string(), decimal(sum, currency))).collect()
    }

    /// Counts other totals in.
    pub fn extend(&mut self, other: &Self) {
        for (currency, sum) in other.iter() {
            *self.0.entry(currency).or_default() += sum;
        }
    }
}

/// Minor units as a plain decimal number with the currency's places.
pub fn decimal(minor: i128, currency: Currency) -> String {
    let places = currency.decimals();
    let unit = 10_i128.pow(places);
    let sign = if minor < 0 { "-" } else { "" };
    let (whole, fraction) = (minor.abs() / unit, minor.abs() % unit);
    match places {
        0 => format!("{sign}{whole}"),
        _ => format!("{sign}{whole}.{fraction:0>width$}", width = places as usize),
    }
}

fn is_decimal(text: &str) -> bool {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    !whole.is_empty() && digits(whole) && digits(fraction)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn usd(text: &str) -> Result<i64, MoneyError> {
        Money::parse(text, Currency::USD).map(|money| money.minor)
    }

    #[test]
    fn amounts_are_read_exactly() {
        assert_eq!(usd("1,234.5"), Ok(123_450));
        assert_eq!(usd("0"), Ok(0));
        assert_eq!(usd("19.990"), Ok(1999));
        let yen: Currency = "jpy".parse().unwrap();
        assert_eq!(Money::parse("1500", yen).unwrap().decimal(), "1500");
        assert_eq!(Money::parse("1500.5", yen), Err(MoneyError::Precision("1500.5".to_owned(), yen)));
    }

    #[test]
    fn negative_absurd_and_unreadable_amounts_are_named() {
        assert!(matches!(usd("-5"), Err(MoneyError::Negative(_))));
        assert!(matches!(usd("99999999999999999999999"), Err(MoneyError::TooLarge(_))));
        for text in ["", "abc", "1.2.3", "--1", "1e9", "."] {
            assert!(matches!(usd(text), Err(MoneyError::Number(_))), "{text}");
        }
        assert!("XYZ".parse::<Currency>().is_err());
    }

    #[test]
    fn unlike_currencies_stay_apart_and_an_emptied_total_is_gone() {
        let mut sums = Sums::default();
        let yuan = Money { minor: 100, currency: Currency::CNY };
        sums.add(yuan);
        sums.add(Money { minor: 250, currency: Currency::USD });
        assert_eq!(sums.decimals(), [("CNY".into(), "1.00".into()), ("USD".into(), "2.50".into())].into());
        sums.remove(yuan);
        assert_eq!(sums.iter().count(), 1);
    }
}
