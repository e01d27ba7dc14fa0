//! Where a word stands in a text: as it is written, else as it is spoken, in full or by initials.

use std::ops::Range;

use super::query::Word;
use super::readings::others;
use super::texts::{Glyph, Text};

/// The first place of a word in a text, in characters.
pub(super) fn find(text: &Text, word: &Word) -> Option<Range<usize>> {
    written(&text.glyphs, &word.letters).or_else(|| {
        let can_be_spoken = text.is_spoken && word.is_latin;
        can_be_spoken.then(|| spoken(&text.glyphs, &word.letters)).flatten()
    })
}

fn written(glyphs: &[Glyph], letters: &[char]) -> Option<Range<usize>> {
    let is_here = |glyphs: &[Glyph]| glyphs.iter().zip(letters).all(|(glyph, letter)| glyph.letter == *letter);
    let start = glyphs.windows(letters.len()).position(is_here)?;
    Some(start..start + letters.len())
}

fn spoken(glyphs: &[Glyph], letters: &[char]) -> Option<Range<usize>> {
    (0..glyphs.len()).find_map(|start| {
        let begins = glyphs[start].spoken.is_some() || glyphs[start].letter == letters[0];
        let length = begins.then(|| pronounce(&glyphs[start..], letters)).flatten()?;
        Some(start..start + length)
    })
}

/// How many glyphs these letters pronounce from the first one on.
fn pronounce(glyphs: &[Glyph], letters: &[char]) -> Option<usize> {
    let Some(first) = letters.first() else { return Some(0) };
    let (glyph, rest) = glyphs.split_first()?;
    let more = |taken: usize| pronounce(rest, &letters[taken..]).map(|length| length + 1);
    match glyph.spoken {
        Some(reading) => {
            let readings = std::iter::once(reading).chain(others(glyph.letter).iter().copied());
            readings.flat_map(|reading| parts(reading, letters)).flatten().find_map(more)
        }
        None if glyph.letter == *first => more(1),
        None if glyph.letter.is_alphanumeric() => None,
        // Spaces and marks between the characters are not spoken.
        None => more(0),
    }
}

/// How many letters may stand for a syllable: all of it, its initial sound, or where the word ends, its beginning.
fn parts(reading: &str, letters: &[char]) -> [Option<usize>; 3] {
    let heard = reading.chars().zip(letters).take_while(|(sound, letter)| is_heard(*sound, **letter)).count();
    let is_double = matches!(reading.as_bytes(), [b'z' | b'c' | b's', b'h', ..]);
    let whole = heard == reading.len() || heard == letters.len();
    [(whole && heard > 0).then_some(heard), (is_double && heard >= 2).then_some(2), (heard > 0).then_some(1)]
}

fn is_heard(sound: char, letter: char) -> bool {
    // Keyboards lack ü: people type v or u.
    sound == letter || (sound == 'v' && matches!(letter, 'u' | 'ü'))
}
