//! Moments and days. There is no `now`: time comes in through `Context`.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

const MILLIS_PER_DAY: i64 = 86_400_000;

/// A moment, in milliseconds since 1970-01-01 UTC, as some device's clock had it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Timestamp(i64);

impl Timestamp {
    /// The moment this many milliseconds after 1970-01-01 UTC.
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    /// Milliseconds since 1970-01-01 UTC.
    pub const fn millis(self) -> i64 {
        self.0
    }

    /// Whole seconds since 1970-01-01 UTC.
    pub const fn seconds(self) -> i64 {
        self.0.div_euclid(1000)
    }

    /// Whole days from `earlier` to this moment; 0 if the clock went back.
    pub const fn days_since(self, earlier: Self) -> i64 {
        let days = self.0.saturating_sub(earlier.0).div_euclid(MILLIS_PER_DAY);
        if days < 0 { 0 } else { days }
    }

    /// The calendar day of this moment in UTC.
    pub fn day(self) -> Day {
        let days = i32::try_from(self.0.div_euclid(MILLIS_PER_DAY)).unwrap_or(0);
        Day(NaiveDate::from_epoch_days(days).unwrap_or_default())
    }
}

/// A calendar day, without a time zone.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Day(NaiveDate);

impl Day {
    /// The day, if the calendar has it and it lies between the years 1900 and 2999.
    pub fn new(year: i32, month: u32, day: u32) -> Option<Self> {
        NaiveDate::from_ymd_opt(year, month, day).filter(|date| (1900..3000).contains(&date.year())).map(Self)
    }

    /// Days from `earlier` to this day; negative if this day is before it.
    pub fn days_since(self, earlier: Self) -> i64 {
        (self.0 - earlier.0).num_days()
    }

    /// The day this many days later (or earlier, if negative).
    pub fn plus(self, days: i32) -> Self {
        let delta = chrono::TimeDelta::days(i64::from(days));
        Self(self.0.checked_add_signed(delta).unwrap_or(self.0))
    }

    /// Midnight at the start of the day in UTC.
    pub fn start(self) -> Timestamp {
        Timestamp(i64::from(self.0.to_epoch_days()) * MILLIS_PER_DAY)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.0.year(), self.0.month(), self.0.day())
    }
}

/// A text that is not a day written `YYYY-MM-DD`.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a date: {0:?}")]
pub struct DayError(pub String);

impl FromStr for Day {
    type Err = DayError;

    fn from_str(text: &str) -> Result<Self, DayError> {
        let parts: Vec<&str> = text.split('-').collect();
        let day = match parts[..] {
            [year, month, day] => match (year.parse(), month.parse(), day.parse()) {
                (Ok(year), Ok(month), Ok(day)) => Self::new(year, month, day),
                (_, _, _) => None,
            },
            _ => None,
        };
        day.ok_or_else(|| DayError(text.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_read_back_and_refuse_what_no_calendar_has() {
        let day: Day = "2017-02-28".parse().unwrap();
        assert_eq!(day.to_string(), "2017-02-28");
        assert_eq!(day.plus(1).to_string(), "2017-03-01");
        assert_eq!(day.start().day(), day);
        assert!("2017-02-30".parse::<Day>().is_err());
        assert!("0017-02-03".parse::<Day>().is_err());
    }

    #[test]
    fn a_clock_that_went_back_counts_no_days() {
        assert_eq!(Timestamp::from_millis(0).days_since(Timestamp::from_millis(MILLIS_PER_DAY)), 0);
        assert_eq!(Timestamp::from_millis(3 * MILLIS_PER_DAY).days_since(Timestamp::from_millis(1)), 2);
    }
}
