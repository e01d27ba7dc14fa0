//! Records of a text with the lines they begin on; a broken quotation costs one line, not the rest of the file.

use csv::{Reader, ReaderBuilder, StringRecord};

/// How many bytes are read once more behind broken quotations. Each may have reached to the end of the file.
const MAX_REREAD: usize = 256 * 1024 * 1024;

/// How many records tell the separator.
const SAMPLE: usize = 20;

/// Cells as written, with where they begin.
pub(super) struct Record {
    pub(super) line: usize,
    pub(super) cells: Vec<String>,
    /// The cell, from 0, whose quotation does not end, or goes on over lines and ends where no cell does.
    pub(super) broken: Option<usize>,
    start: usize,
    end: usize,
}

impl Record {
    /// How many cells say anything.
    pub(super) fn filled(&self) -> usize {
        self.cells.iter().filter(|cell| !cell.trim().is_empty()).count()
    }
}

/// Reads one record after another.
pub(super) struct Scanner<'a> {
    text: &'a str,
    delimiter: u8,
    reader: Reader<&'a [u8]>,
    base: usize,
    counted: usize,
    line: usize,
    reread: usize,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str, delimiter: u8) -> Self {
        Self { text, delimiter, reader: reader(text, delimiter), base: 0, counted: 0, line: 1, reread: 0 }
    }

    /// Goes back to the line after the one a faulty record began on, if it swallowed more than that line.
    pub(super) fn resume_after_first_line(&mut self, record: &Record) {
        let body = self.text[record.start..record.end].trim_end_matches(['\r', '\n']);
        let Some(first) = body.find(['\r', '\n']).filter(|_| self.reread < MAX_REREAD) else { return };
        self.reread += body.len() - first;
        self.base = record.start + first;
        self.reader = reader(&self.text[self.base..], self.delimiter);
        self.counted = record.start;
        self.line = record.line;
    }

    fn count_lines_to(&mut self, start: usize) {
        let mut bytes = self.text.as_bytes()[self.counted..start].iter().peekable();
        while let Some(byte) = bytes.next() {
            let lone = *byte == b'\r' && bytes.peek() != Some(&&b'\n');
            self.line += usize::from(*byte == b'\n' || lone);
        }
        self.counted = start;
    }

    fn offset(&self) -> usize {
        let read = usize::try_from(self.reader.position().byte()).unwrap_or(usize::MAX);
        self.base.saturating_add(read).min(self.text.len())
    }
}

impl Iterator for Scanner<'_> {
    type Item = Record;

    fn next(&mut self) -> Option<Record> {
        let from = self.offset();
        let ends = self.text.as_bytes()[from..].iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
        let start = from + ends.count();
        let mut cells = StringRecord::new();
        match self.reader.read_record(&mut cells) {
            Ok(true) => {
                self.count_lines_to(start);
                let cells = cells.iter().map(str::to_owned).collect();
                let end = self.offset();
                let broken = broken(&self.text[start..end], self.delimiter);
                Some(Record { line: self.line, cells, broken, start, end })
            }
            // A flexible reader over text in memory has no other error than text that is not UTF-8, and this is.
            Ok(false) | Err(_) => None,
        }
    }
}

/// Comma, semicolon or tab: the one that cuts most records into equally many cells.
pub(super) fn delimiter(text: &str) -> u8 {
    let candidates = [b'\t', b';', b','];
    candidates.into_iter().max_by_key(|delimiter| regularity(text, *delimiter)).unwrap_or(b',')
}

fn regularity(text: &str, delimiter: u8) -> usize {
    let widths: Vec<usize> = Scanner::new(text, delimiter).take(SAMPLE).map(|record| record.cells.len()).collect();
    let agreeing = |width: &usize| widths.iter().filter(|each| *each == width).count() * (width - 1);
    widths.iter().map(agreeing).max().unwrap_or(0)
}

/// A mark that was forgotten pairs with the first one of a later row, and everything between would be one cell.
/// So marks that reach over lines must end where a cell ends; within a line they are taken as written.
fn broken(record: &str, delimiter: u8) -> Option<usize> {
    let body = record.trim_end();
    let mut bytes = body.contains('"').then(|| body.bytes().peekable())?;
    let spans_lines = body.contains(['\r', '\n']);
    let ends = |byte: Option<&u8>| byte.is_none_or(|byte| *byte == delimiter || matches!(byte, b'\r' | b'\n'));
    let (mut cell, mut starts, mut quoted) = (0, true, false);
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' if quoted && bytes.next_if_eq(&b'"').is_some() => {}
            b'"' if quoted && spans_lines && !ends(bytes.peek()) => return Some(cell),
            b'"' => quoted = starts && !quoted,
            _ => cell += usize::from(byte == delimiter && !quoted),
        }
        starts = byte == delimiter && !quoted;
    }
    quoted.then_some(cell)
}

fn reader(text: &str, delimiter: u8) -> Reader<&[u8]> {
    ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes())
}
