//! Dates and amounts as people and programs write them.

use super::mapping::{Dates, Decimal};
use crate::money::{Currency, Money, MoneyError};
use crate::number::Number;
use crate::time::Day;

/// What a cell begins with that a spreadsheet would run as a formula.
pub(crate) const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// A date's numbers, before it is known which is the month.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Written {
    /// Year, month, day; or a spreadsheet's day count, which is as clear.
    Clear(Option<Day>),
    /// Two numbers and the year, with the mark between them.
    Ordered { first: u32, second: u32, year: i32, mark: char },
}

/// Whether a cell says that there is nothing to say.
pub(super) fn blank(text: &str) -> bool {
    let text = text.trim();
    let fillers = ["-", "--", "—", "n/a", "null", "none", "nan", "无"];
    text.is_empty() || fillers.contains(&text.to_ascii_lowercase().as_str())
}

/// The day a cell names; a time after it is passed over.
pub(super) fn day(text: &str, dates: Dates) -> Option<Day> {
    match (written(text)?, dates) {
        (Written::Clear(day), _) => day,
        (Written::Ordered { first, second, year, .. }, Dates::DayFirst) => Day::new(year, second, first),
        (Written::Ordered { first, second, year, .. }, Dates::MonthFirst) => Day::new(year, first, second),
    }
}

/// The numbers of a date; none if it is not written like one.
pub(super) fn written(text: &str) -> Option<Written> {
    let head = text.trim().split(|c: char| c.is_whitespace() || c == 'T').next()?;
    let marks = ['-', '/', '.', '年', '月', '日'];
    let mark = head.chars().find(|c| marks.contains(c));
    let parts: Vec<&str> = head.split(marks).filter(|part| !part.is_empty()).collect();
    let number = |part: &str| part.parse::<u32>().ok().filter(|_| part.len() <= 8);
    match (parts[..].iter().map(|part| number(part)).collect::<Option<Vec<_>>>()?[..].as_ref(), mark) {
        ([one], None) => Some(Written::Clear(alone(*one))),
        ([year, month, day], Some(_)) if parts[0].len() == 4 => Some(Written::Clear(ymd(*year, *month, *day))),
        ([first, second, year], Some(mark)) if parts[2].len() == 4 || parts[2].len() == 2 => {
            let year = if parts[2].len() == 2 { year + 2000 } else { *year };
            Some(Written::Ordered { first: *first, second: *second, year: i32::try_from(year).ok()?, mark })
        }
        (_, _) => None,
    }
}

/// `20240607`, or the days since 1899-12-30 that spreadsheets count.
fn alone(number: u32) -> Option<Day> {
    match number {
        20_000..=80_000 => Day::new(1900, 1, 1)?.plus(i32::try_from(number).ok()? - 2).into(),
        19_000_101.. => ymd(number / 10_000, number / 100 % 100, number % 100),
        _ => None,
    }
}

fn ymd(year: u32, month: u32, day: u32) -> Option<Day> {
    Day::new(i32::try_from(year).ok()?, month, day)
}

/// The amount a cell names. `named` is the currency of the row's currency column; without it the cell's own
/// sign counts, then `otherwise`.
pub(super) fn amount(
    text: &str,
    named: Option<Currency>,
    otherwise: Currency,
    decimal: Decimal,
    scale: u32,
) -> Result<Money, MoneyError> {
    let currency = named.or_else(|| sign(text, otherwise)).unwrap_or(otherwise);
    let scale = if text.contains('万') { 10_000 } else { scale };
    let plain = plain(text, decimal).ok_or_else(|| MoneyError::Number(text.to_owned()))?;
    Money::parse(&shifted(&plain, scale), currency).map_err(|error| in_words_of(text, error))
}

/// The number a cell names.
pub(super) fn number(text: &str, decimal: Decimal) -> Option<Number> {
    plain(text, decimal)?.parse().ok()
}

/// Whether a cell says yes or no.
pub(super) fn flag(text: &str) -> Option<bool> {
    match text.trim().to_lowercase().as_str() {
        "yes" | "y" | "true" | "1" | "x" | "ja" | "是" | "有" | "√" | "✓" => Some(true),
        "no" | "n" | "false" | "0" | "nein" | "否" | "×" => Some(false),
        _ => None,
    }
}

/// A cell without the apostrophe that keeps spreadsheets from taking it for a formula.
pub(super) fn disarmed(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(text) if text.starts_with(FORMULA) => text,
        Some(_) | None => cell,
    }
}

/// The currency that a code or sign in the cell names.
pub(super) fn sign(text: &str, otherwise: Currency) -> Option<Currency> {
    let code: String = text.chars().filter(char::is_ascii_alphabetic).collect();
    let of = |dollar: &[&str], usual: &str| match dollar.contains(&otherwise.code()) {
        true => Some(otherwise),
        false => usual.parse().ok(),
    };
    match text.chars().find(|c| "$€£¥￥元".contains(*c)) {
        _ if code.len() == 3 => code.parse().ok(),
        Some('$') => of(&["USD", "CAD", "AUD", "NZD", "HKD", "SGD", "TWD", "MXN", "BRL"], "USD"),
        Some('€') => "EUR".parse().ok(),
        Some('£') => "GBP".parse().ok(),
        Some('¥' | '￥') => of(&["CNY", "JPY"], "CNY"),
        Some(_) => Some(Currency::CNY),
        None => None,
    }
}

/// Only digits, at most one point, and a minus; none if separators stand where no thousands end.
fn plain(text: &str, decimal: Decimal) -> Option<String> {
    let text = text.trim();
    let negative = text.starts_with('(') && text.ends_with(')');
    let letters = text.chars().filter(char::is_ascii_alphabetic).count();
    let dropped =
        |c: char| c.is_whitespace() || "()$€£¥￥元万'’_".contains(c) || (letters == 3 && c.is_ascii_alphabetic());
    let bare: String = text.chars().filter(|c| !dropped(*c)).map(|c| if c == '，' { ',' } else { c }).collect();
    let (group, point) = match decimal {
        Decimal::Point => (',', '.'),
        Decimal::Comma => ('.', ','),
    };
    let (whole, fraction) = bare.split_once(point).unwrap_or((&bare, ""));
    let grouped = whole.split(group).skip(1).all(|part| matches!(part.len(), 2..=4));
    let last = whole.split(group).skip(1).last().is_none_or(|part| part.len() >= 3);
    let sign = if negative { "-" } else { "" };
    let point = if fraction.is_empty() { "" } else { "." };
    let fits = grouped && last && bare.is_ascii() && !fraction.contains([group, ',', '.']);
    fits.then(|| format!("{sign}{}{point}{fraction}", whole.replace(group, "")))
}

/// A plain decimal number times a power of ten.
fn shifted(plain: &str, scale: u32) -> String {
    let places = scale.max(1).ilog10() as usize;
    let (whole, fraction) = plain.split_once('.').unwrap_or((plain, ""));
    let fraction = format!("{fraction:0<places$}");
    format!("{whole}{}.{}", &fraction[..places], &fraction[places..])
}

fn in_words_of(text: &str, error: MoneyError) -> MoneyError {
    let text = text.to_owned();
    match error {
        MoneyError::Currency(code) => MoneyError::Currency(code),
        MoneyError::Number(_) => MoneyError::Number(text),
        MoneyError::Precision(_, currency) => MoneyError::Precision(text, currency),
        MoneyError::Negative(_) => MoneyError::Negative(text),
        MoneyError::TooLarge(_) => MoneyError::TooLarge(text),
    }
}
