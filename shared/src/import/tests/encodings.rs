//! Files in other encodings, and files that are no text.

use super::world::{decode, table};
use crate::import::{Encoding, Reason, Table, TableError};

fn encoded(text: &str, label: &str) -> Vec<u8> {
    let encoding = encoding_rs::Encoding::for_label(label.as_bytes()).unwrap();
    encoding.encode(text).0.into_owned()
}

#[test]
fn each_encoding_is_told_from_the_bytes() {
    let chinese = "名称,金额\n青岛项目,5\n𠮷祥,6\n";
    let western = "Name;Stadt\nMüller & Söhne;Köln\nZoë O'Neil;Málaga\n";
    assert_eq!(Encoding::of(b"a,b\n"), Encoding::Utf8);
    assert_eq!(Encoding::of(chinese.as_bytes()), Encoding::Utf8);
    assert_eq!(Encoding::of(western.as_bytes()), Encoding::Utf8);
    assert_eq!(Encoding::of(&encoded(chinese, "gb18030")), Encoding::Gb18030);
    assert_eq!(Encoding::of(&encoded(western, "windows-1252")), Encoding::Windows1252);
    assert_eq!(table(&encoded(chinese, "gb18030")).rows[1].cells, ["𠮷祥", "6"]);
    assert_eq!(table(&encoded(western, "windows-1252")).rows[0].cells, ["Müller & Söhne", "Köln"]);
}

#[test]
fn unicode_text_of_a_spreadsheet_is_read() {
    let wide: Vec<u8> = "\u{feff}名称\t金额\r\n甲\t5\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let table = table(&wide);
    assert_eq!(table.header, ["名称", "金额"]);
    assert_eq!(table.rows[0].cells, ["甲", "5"]);
}

#[test]
fn broken_bytes_cost_their_row_only() {
    let mut bytes = "名称,金额\n青岛,5\n".as_bytes().to_vec();
    bytes.extend_from_slice(b"bro\xe9\xffken,6\n");
    bytes.extend_from_slice("武汉,7\n".as_bytes());
    let table = table(&bytes);
    assert_eq!(table.rows.iter().map(|row| row.line).collect::<Vec<_>>(), [2, 4]);
    let problem = &table.problems[0];
    assert_eq!((problem.row, problem.column.as_str(), &problem.reason), (3, "名称", &Reason::Unreadable));
}

#[test]
fn what_is_no_text_or_cannot_be_decoded_is_refused_as_a_whole() {
    assert_eq!(Table::read(b"PK\x03\x04abc", decode), Err(TableError::NotText));
    assert_eq!(Table::read(b"%PDF-1.4 this is not a workbook", decode), Err(TableError::NotText));
    assert_eq!(Table::read(b"a,b\n\0,2\n", decode), Err(TableError::NotText));
    let chinese = encoded("名称,金额\n青岛项目,5\n", "gb18030");
    let error = Table::read(&chinese, |_, _| None).unwrap_err();
    assert_eq!(error.to_string(), "the file is written in gb18030, which cannot be read here; save it as UTF-8");
}
