//! What somebody typed, as words that all have to be found.

use super::texts::{digits, fold};

/// More words than this are not looked for.
const MOST_WORDS: usize = 8;

/// Letters of a word beyond these are not looked at.
const MOST_LETTERS: usize = 64;

/// Fewer digits than this are no telephone number.
const LEAST_DIGITS: usize = 4;

/// One word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) letters: Vec<char>,
    /// The word as an amount is written without separators, if it looks like one.
    pub(super) amount: Option<String>,
    /// Its digits, if it looks like a telephone number.
    pub(super) phone: Option<String>,
    /// Whether it can be pinyin.
    pub(super) is_latin: bool,
}

/// A query.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    pub(super) words: Vec<Word>,
}

impl Query {
    /// Reads what somebody typed. Case, width and the apostrophes between syllables do not matter.
    pub fn new(text: &str) -> Self {
        let folded: String = text.chars().map(fold).collect();
        let words = folded.split_whitespace().map(Word::new).filter(|word| !word.letters.is_empty());
        Self { words: words.take(MOST_WORDS).collect() }
    }

    /// Whether it asks for nothing.
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }
}

impl Word {
    fn new(word: &str) -> Self {
        let is_apart = |letter: &char| matches!(letter, '\'' | '’');
        let letters: Vec<char> = word.chars().filter(|letter| !is_apart(letter)).take(MOST_LETTERS).collect();
        let is_latin = letters.iter().all(|letter| letter.is_ascii_alphanumeric() || *letter == 'ü');
        Self { amount: amount(word), phone: phone(word), is_latin, letters }
    }
}

fn amount(word: &str) -> Option<String> {
    let number = word.trim_start_matches(['¥', '$', '€', '£']);
    let plain: String = number.chars().filter(|letter| *letter != ',').collect();
    let is_number = plain.starts_with(|first: char| first.is_ascii_digit())
        && plain.chars().all(|letter| letter.is_ascii_digit() || letter == '.');
    is_number.then_some(plain)
}

fn phone(word: &str) -> Option<String> {
    let is_part = |letter: char| letter.is_ascii_digit() || matches!(letter, '+' | '-' | '(' | ')');
    Some(digits(word)).filter(|found| found.len() >= LEAST_DIGITS && word.chars().all(is_part))
}
