//! Reasons are data; these are their words, in both languages.

use std::fmt::Debug;

use crate::freight::{Carriage, Failure};
use crate::import::{Encoding, MappingError, Reason, TableError};
use crate::model::Role;
use crate::money::{Currency, MoneyError};
use crate::refusal::Refusal;
use crate::text::Lang;
use crate::wire::Ended;

/// Chinese words are Chinese, English ones English, and both name the value at fault.
#[track_caller]
fn check<T: Debug>(thing: &T, value: &str, words: impl Fn(Lang, &T) -> String) {
    let (zh, en) = (words(Lang::Zh, thing), words(Lang::En, thing));
    let is_chinese = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
    let prose = zh
        .replace(value, "")
        .replace("UTF-8", "")
        .replace("CSV", "")
        .replace("KiB", "")
        .replace("https://", "")
        .replace("http://", "")
        .replace("MiB", "");
    assert!(is_chinese(&zh) && !prose.contains(|c: char| c.is_ascii_alphabetic()), "{thing:?}: {zh}");
    assert!(!is_chinese(&en), "{thing:?}: {en}");
    assert!(zh.contains(value) && en.contains(value), "{thing:?} does not name {value:?}: {zh} / {en}");
}

#[test]
fn every_fault_of_a_row_is_said_in_both_languages() {
    let of = |text: &str| text.to_owned();
    for (reason, value) in [
        (Reason::Cells { expected: 6, found: 25 }, "25"),
        (Reason::CellSize, "32"),
        (Reason::Quotation, ""),
        (Reason::Unreadable, ""),
        (Reason::Stage(of("Sleeping")), "Sleeping"),
        (Reason::NoStage, ""),
        (Reason::Status(of("Dormant")), "Dormant"),
        (Reason::Amount(MoneyError::Currency(of("XYZ"))), "XYZ"),
        (Reason::Amount(MoneyError::Number(of("about 5"))), "about 5"),
        (Reason::Amount(MoneyError::Precision(of("1.234"), Currency::USD)), "USD"),
        (Reason::Amount(MoneyError::Negative(of("-5"))), "-5"),
        (Reason::Amount(MoneyError::TooLarge(of("9e99"))), "9e99"),
        (Reason::Date(of("soon")), "soon"),
        (Reason::Number(of("many")), "many"),
        (Reason::Choice(of("Steel")), "Steel"),
        (Reason::Person(of("Nemo")), "Nemo"),
        (Reason::Link(of("ftp.example")), "ftp.example"),
        (Reason::Flag(of("perhaps")), "perhaps"),
        (Reason::NoCompany, ""),
        (Reason::NoContact, ""),
        (Reason::Contrary(17), "17"),
        (Reason::Untitled, ""),
        (Reason::TooLong(200), "200"),
        (Reason::Repeated(17), "17"),
        (Reason::Refused(Refusal::Past), ""),
        (Reason::Refused(Refusal::Role { needs: Role::Rep }), ""),
    ] {
        check(&reason, value, |lang, reason| lang.row_reason(reason));
    }
}

#[test]
fn every_fault_of_a_file_or_a_mapping_is_said_in_both_languages() {
    for (error, value) in [
        (TableError::FileSize, "64"),
        (TableError::Rows, "200000"),
        (TableError::Columns(300), "300"),
        (TableError::NotText, ""),
        (TableError::Encoding(Encoding::Gb18030), "gb18030"),
        (TableError::NoHeader, ""),
    ] {
        check(&error, value, |lang, error| lang.table_error(error));
    }
    for (error, value) in [
        (MappingError::Column("Owner".to_owned()), "Owner"),
        (MappingError::Pipeline, ""),
        (MappingError::Stage("Moon".to_owned()), "Moon"),
        (MappingError::Field("Colour".to_owned()), "Colour"),
        (MappingError::Untitled, ""),
    ] {
        check(&error, value, |lang, error| lang.mapping_error(error));
    }
}

#[test]
fn every_end_of_a_conversation_with_the_relay_is_said_in_both_languages() {
    for (ended, value) in [
        (Ended::Unknown, ""),
        (Ended::Version(9), "9"),
        (Ended::Malformed("truncated frame".to_owned()), ""),
        (Ended::Unavailable, ""),
        (Ended::Crowded, ""),
        (Ended::Full(7 << 20), "7"),
    ] {
        check(&ended, value, |lang, ended| lang.ended(ended));
    }
}

#[test]
fn wherever_a_file_is_it_is_said_in_both_languages() {
    let failed = |why| Carriage::Failed { here: true, why };
    for (carriage, value) in [
        (Carriage::OnlyHere, ""),
        (Carriage::Sending(42), "42"),
        (Carriage::AtRelay, ""),
        (Carriage::Away, ""),
        (Carriage::Fetching(42), "42"),
        (failed(Failure::Full(7 << 20)), "7"),
        (failed(Failure::Missing), ""),
        (failed(Failure::Damaged), ""),
        (failed(Failure::Forbidden), ""),
        (failed(Failure::Storage), ""),
        (failed(Failure::Relay), ""),
    ] {
        check(&carriage, value, |lang, carriage| lang.carriage(carriage));
    }
}
