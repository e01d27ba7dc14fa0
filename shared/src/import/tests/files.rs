//! Comma-separated files, well and badly made.

use std::path::{Path, PathBuf};

use super::world::{decode, table};
use crate::import::{MAX_CELL_BYTES, MAX_COLUMNS, MAX_FILE_BYTES, MAX_ROWS, Table, TableError};

fn rows(text: &str) -> Vec<(usize, Vec<String>)> {
    table(text.as_bytes()).rows.into_iter().map(|row| (row.line, row.cells)).collect()
}

fn problems(text: &str) -> Vec<String> {
    let problems = table(text.as_bytes()).problems;
    problems.iter().map(|problem| format!("{} {} {}", problem.row, problem.column, problem.reason)).collect()
}

#[track_caller]
fn check(text: &str, expected: &[(usize, &[&str])]) {
    let expected: Vec<(usize, Vec<String>)> =
        expected.iter().map(|(line, cells)| (*line, cells.iter().map(|cell| (*cell).to_owned()).collect())).collect();
    assert_eq!(rows(text), expected, "{text:?}");
    assert_eq!(problems(text), [""; 0], "{text:?}");
}

#[test]
fn quotes_newlines_and_separators_are_read_with_their_lines() {
    check("a,b\n1,2", &[(2, &["1", "2"])]);
    check("a,b\r\n1,2\r\n3,4\r\n", &[(2, &["1", "2"]), (3, &["3", "4"])]);
    check("a,b\r1,2\r3,4\r", &[(2, &["1", "2"]), (3, &["3", "4"])]);
    check("a;b\n1;\"x;y\"\n", &[(2, &["1", "x;y"])]);
    check("a\tb\n1\t2,5\n", &[(2, &["1", "2,5"])]);
    check("\u{feff}a,b\n1,\"he \"\"said\"\"\"\n", &[(2, &["1", "he \"said\""])]);
    check("a,b\n\"x\ny\",2\n3,4\n", &[(2, &["x\ny", "2"]), (4, &["3", "4"])]);
    check("a,b\r\n\"x\r\ny\",2\r\n\r\n3,4\r\n", &[(2, &["x\r\ny", "2"]), (5, &["3", "4"])]);
    check("a,b\n\n,\n  ,\n1,2,,\n", &[(5, &["1", "2"])]);
    check("a,b\n5\" pipe,2\n", &[(2, &["5\" pipe", "2"])]);
    check("only\none\ntwo\n", &[(2, &["one"]), (3, &["two"])]);
}

#[test]
fn lines_above_the_header_are_passed_over() {
    let table = table(b"Pipeline export,,\nGenerated 2025-03-01,,\n\nid,name,stage\n1,x,Won\n");
    assert_eq!(table.header, ["id", "name", "stage"]);
    assert_eq!(table.rows[0].line, 5);
}

#[test]
fn every_column_has_a_name_of_its_own() {
    assert_eq!(table(b"a,,a\n1,2,3\n").header, ["a", "#2", "a #3"]);
}

#[test]
fn malformed_rows_are_listed_and_the_rest_goes_on() {
    let text = "a,b\n1,2\n3\n4,5,6\n7,8\n";
    assert_eq!(rows(text).iter().map(|row| row.0).collect::<Vec<_>>(), [2, 5]);
    assert_eq!(
        problems(text),
        [
            "3 b the row has 1 cells where the header has 2; quote cells that contain the separator",
            "4 #3 the row has 3 cells where the header has 2; quote cells that contain the separator",
        ]
    );
    let large = format!("a,b\n1,{}\n2,3\n", "x".repeat(MAX_CELL_BYTES + 1));
    assert_eq!(problems(&large), ["2 b a cell is larger than 32 KiB; look for a quotation mark that is not closed"]);
    assert_eq!(rows(&large).len(), 1);
}

#[test]
fn a_quotation_that_is_not_closed_costs_one_line() {
    for (row, column) in [("\"3,4", "a"), ("3,\"4", "b")] {
        let text = format!("a,b\n1,2\n{row}\n5,6\n7,8\n");
        assert_eq!(rows(&text).iter().map(|row| row.0).collect::<Vec<_>>(), [2, 4, 5]);
        assert_eq!(problems(&text), [format!("3 {column} a quotation mark is not closed")]);
    }
}

#[test]
fn quotations_that_are_not_closed_do_not_swallow_the_rows_between_them() {
    let text = "a,b,c\n1,\"x,2\n3,y,4\n5,\"z,6\n7,\"two\nlines \"\"quoted\"\"\",8\n9,\"w,0\n";
    assert_eq!(rows(text).iter().map(|row| row.0).collect::<Vec<_>>(), [3, 5]);
    assert_eq!(rows(text)[1].1, ["7", "two\nlines \"quoted\"", "8"]);
    let lines = [2, 4, 7].map(|line| format!("{line} b a quotation mark is not closed"));
    assert_eq!(problems(text), lines);
    let many: String = (0..2_000).map(|row| format!("{row},{}x\n", if row % 2 == 0 { "\"" } else { "" })).collect();
    let many = format!("a,b\n{many}");
    assert_eq!((rows(&many).len(), problems(&many).len()), (1_000, 1_000));
    assert_eq!(problems(&many)[999], "2000 b a quotation mark is not closed");
}

#[test]
fn malformed_rows_have_the_line_they_begin_on_however_lines_end() {
    let text = "id,name,sum\n1,\"a\nb\nc\",5\n2,x\n\n\n3,y,5,6\n4,z,7\n";
    for ending in ["\n", "\r\n", "\r"] {
        let text = text.replace('\n', ending);
        assert_eq!(rows(&text).iter().map(|row| row.0).collect::<Vec<_>>(), [2, 9], "{ending:?}");
        let lines: Vec<usize> = table(text.as_bytes()).problems.iter().map(|problem| problem.row).collect();
        assert_eq!(lines, [5, 8], "{ending:?}");
        let wide: Vec<u8> = format!("\u{feff}{text}").encode_utf16().flat_map(u16::to_le_bytes).collect();
        let lines: Vec<usize> = table(&wide).problems.iter().map(|problem| problem.row).collect();
        assert_eq!(lines, [5, 8], "{ending:?} in UTF-16");
    }
}

#[test]
fn files_out_of_bounds_are_refused_as_a_whole() {
    let read = |bytes: &[u8]| Table::read(bytes, decode);
    assert_eq!(read(&vec![b'a'; MAX_FILE_BYTES + 1]), Err(TableError::FileSize));
    assert_eq!(read(format!("a,b\n{}", "1,2\n".repeat(MAX_ROWS + 1)).as_bytes()), Err(TableError::Rows));
    assert_eq!(read(",a".repeat(MAX_COLUMNS).as_bytes()), Err(TableError::Columns(MAX_COLUMNS + 1)));
    assert_eq!(read(b""), Err(TableError::NoHeader));
    assert_eq!(read(b"\n , \n"), Err(TableError::NoHeader));
}

#[test]
fn the_files_of_csv_spectrum_are_read_as_they_should_be() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/csv_torture/csv-spectrum/package");
    let Ok(files) = std::fs::read_dir(folder.join("csvs")) else {
        println!("SKIPPED: no csv-spectrum beside the project");
        return;
    };
    // The truth beside this one was written for another telephone number.
    let sound = |file: &PathBuf| file.file_stem().is_some_and(|name| name != "location_coordinates");
    for file in files.map(|file| file.unwrap().path()).filter(sound) {
        let read = table(&std::fs::read(&file).unwrap());
        let name = file.with_extension("json");
        let truth = std::fs::read(folder.join("json").join(name.file_name().unwrap())).unwrap();
        let truth: serde_json::Value = serde_json::from_str(&String::from_utf8_lossy(&truth)).unwrap();
        let truth = truth.as_array().cloned().unwrap_or_else(|| vec![truth]);
        assert_eq!((read.rows.len(), read.problems.len()), (truth.len(), 0), "{}", file.display());
        for (row, truth) in read.rows.iter().zip(&truth) {
            let plain = |text: &str| text.replace("\r\n", "\n").replace(['\u{fffd}', '°'], "?");
            let cells = read.header.iter().map(|column| plain(truth[column].as_str().unwrap()));
            assert_eq!(row.cells.iter().map(|cell| plain(cell)).collect::<Vec<_>>(), cells.collect::<Vec<_>>());
        }
    }
}
