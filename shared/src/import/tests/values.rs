//! Dates and amounts, one line each.

use crate::import::value::{amount, blank, day};
use crate::import::{Dates, Decimal};
use crate::money::Currency;

#[test]
fn dates_are_read_in_every_common_spelling() {
    for (text, expected) in [
        ("2016-10-20", "2016-10-20"),
        ("2024/6/4", "2024-06-04"),
        ("2024.06.03", "2024-06-03"),
        ("2024年11月7日", "2024-11-07"),
        ("2025-01-01 09:30", "2025-01-01"),
        ("2023-07-19T18:01:13Z", "2023-07-19"),
        ("20240607", "2024-06-07"),
        ("45632", "2024-12-06"),
        ("31/12/2024", "2024-12-31"),
        ("31.12.24", "2024-12-31"),
    ] {
        assert_eq!(day(text, Dates::DayFirst).map(|day| day.to_string()), Some(expected.to_owned()), "{text}");
    }
    assert_eq!(day("12/31/2024 9:00 AM", Dates::MonthFirst).unwrap().to_string(), "2024-12-31");
    for text in ["2024-02-30", "13/13/2024", "soon", "2024", "1", "0017-02-03", "1-2", "99999999999"] {
        assert_eq!(day(text, Dates::MonthFirst), None, "{text}");
    }
}

#[test]
fn amounts_are_read_in_every_common_spelling() {
    let point = |text: &str| {
        amount(text, None, Currency::USD, Decimal::Point, 1).map(|m| format!("{} {}", m.decimal(), m.currency))
    };
    assert_eq!(point("1054").unwrap(), "1054.00 USD");
    assert_eq!(point("USD 1,000.00").unwrap(), "1000.00 USD");
    assert_eq!(point("$162,768.52").unwrap(), "162768.52 USD");
    assert_eq!(point("€ 5").unwrap(), "5.00 EUR");
    assert_eq!(point("12.5万元").unwrap(), "125000.00 CNY");
    let comma = |text: &str| amount(text, None, Currency::USD, Decimal::Comma, 1).map(|money| money.decimal());
    assert_eq!(comma("87.654.321,09").unwrap(), "87654321.09");
    assert_eq!(comma("10.000").unwrap(), "10000.00");
    let wan = |text: &str| amount(text, None, Currency::CNY, Decimal::Point, 10_000).map(|money| money.decimal());
    assert_eq!(wan("287.0").unwrap(), "2870000.00");
    assert_eq!(wan("0.123456").unwrap(), "1234.56");
    let named = amount("$5", "EUR".parse().ok(), Currency::USD, Decimal::Point, 1).unwrap();
    assert_eq!(named.currency.code(), "EUR");
}

#[test]
fn amounts_that_cannot_be_meant_are_named_as_written() {
    let refused = |text: &str, decimal| amount(text, None, Currency::USD, decimal, 1).unwrap_err().to_string();
    assert_eq!(refused("-5", Decimal::Point), "negative amount: \"-5\"");
    assert_eq!(refused("(1,000.00)", Decimal::Point), "negative amount: \"(1,000.00)\"");
    assert_eq!(refused("$99,999,999,999,999", Decimal::Point), "amount is absurdly large: \"$99,999,999,999,999\"");
    assert_eq!(refused("12,5", Decimal::Point), "not an amount: \"12,5\"");
    assert_eq!(refused("1.5", Decimal::Comma), "not an amount: \"1.5\"");
    assert_eq!(refused("1.000é万", Decimal::Point), "not an amount: \"1.000é万\"");
    assert_eq!(refused("about 5", Decimal::Point), "not an amount: \"about 5\"");
    assert_eq!(refused("1.234", Decimal::Point), "\"1.234\" has more decimal places than USD has");
}

#[test]
fn fillers_say_nothing() {
    assert!(["", " ", "N/A", "null", "-", "无"].into_iter().all(blank));
    assert!(!blank("0"));
}
