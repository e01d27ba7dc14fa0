//! Texts as they are searched: one glyph for each character, so that a place in one is a place in the other.

use super::Spell;

/// A character without its case and width, and how it is spoken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Glyph {
    pub(super) letter: char,
    pub(super) spoken: Option<&'static str>,
}

/// A text that can be searched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Text {
    pub(super) glyphs: Vec<Glyph>,
    /// Whether any character is spoken.
    pub(super) is_spoken: bool,
}

impl Text {
    pub(super) fn new(text: &str, spell: Spell<'_>) -> Self {
        let glyph = |letter: char| Glyph { letter: fold(letter), spoken: speak(letter, spell) };
        let glyphs: Vec<Glyph> = text.chars().map(glyph).collect();
        let is_spoken = glyphs.iter().any(|glyph| glyph.spoken.is_some());
        Self { glyphs, is_spoken }
    }
}

/// A character in lower case and of normal width. One stays one, so that places do not move.
pub(super) fn fold(letter: char) -> char {
    let narrow = match letter {
        '\u{3000}' => ' ',
        // The full-width forms of ASCII stand in its order.
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(letter) - 0xfee0).unwrap_or(letter),
        other => other,
    };
    narrow.to_lowercase().next().unwrap_or(narrow)
}

/// Only unified ideographs are spoken; asking for every letter would cost as much as all the rest.
fn speak(letter: char, spell: Spell<'_>) -> Option<&'static str> {
    matches!(letter, '\u{3400}'..='\u{9fff}').then(|| spell(letter)).flatten()
}

/// The digits of a text, in which telephone numbers are found however they are written.
pub(super) fn digits(text: &str) -> String {
    text.chars().map(fold).filter(char::is_ascii_digit).collect()
}
