//! Records of a text with the lines they begin on; a broken quotation costs one line, not the rest of the file.

use csv::{Reader, ReaderBuilder, StringRecord};

/// How often reading starts again behind a broken quotation. Each time may read to the end of the file.
const MAX_RESUMES: usize = 100;

/// How many records tell the separator.
const SAMPLE: usize = 20;

/// Cells as written, with where they begin.
pub(super) struct Record {
    pub(super) line: usize,
    pub(super) cells: Vec<String>,
    /// Whether a quotation in it goes on over lines to the end of the file.
    pub(super) unclosed: bool,
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
    resumes: usize,
}

impl<'a> Scanner<'a> {
    pub(super) fn new(text: &'a str, delimiter: u8) -> Self {
        Self { text, delimiter, reader: reader(text, delimiter), base: 0, counted: 0, line: 1, resumes: 0 }
    }

    /// Goes back to the line after the one a faulty record began on, if it swallowed more than that line.
    pub(super) fn resume_after_first_line(&mut self, record: &Record) {
        let body = self.text[record.start..record.end].trim_end_matches(['\r', '\n']);
        let Some(first) = body.find(['\r', '\n']).filter(|_| self.resumes < MAX_RESUMES) else { return };
        self.resumes += 1;
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
                let unclosed = end == self.text.len() && unclosed(&self.text[start..end]);
                Some(Record { line: self.line, cells, unclosed, start, end })
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

/// Closed quotations have their marks in pairs; a mark inside an unquoted cell does not reach over lines.
fn unclosed(record: &str) -> bool {
    record.trim_end().contains(['\r', '\n']) && record.matches('"').count() % 2 == 1
}

fn reader(text: &str, delimiter: u8) -> Reader<&[u8]> {
    ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes())
}
