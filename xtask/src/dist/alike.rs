//! Puts texts that share pieces next to each other. A compressor names a piece that it has seen by how far back it
//! lies, and the nearer the shorter.

use std::cmp::Reverse;
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};

/// How many bytes one piece has: about two instructions.
const PIECE: usize = 6;

/// How many pieces stand for a whole text. More make no better order (tried up to all of them).
const SKETCH: usize = 128;

/// An order of `texts` in which each is followed by the one, of those left, that shares most pieces with it.
pub(super) fn order(texts: &[&[u8]]) -> Vec<usize> {
    let sketches: Vec<Vec<u64>> = texts.iter().map(|text| sketch(text)).collect();
    let mut left = Left::of(&sketches);
    let mut by_text: Vec<usize> = (0..texts.len()).collect();
    by_text.sort_by_key(|index| texts[*index]);
    let (mut order, mut starts) = (Vec::new(), by_text.into_iter());
    while let Some(start) = starts.find(|index| left.has[*index]) {
        let mut next = Some(start);
        while let Some(index) = next {
            left.has[index] = false;
            order.push(index);
            next = left.most_alike(&sketches[index]);
        }
    }
    order
}

/// The pieces with the least hashes: as good as drawn by lot, and the same ones wherever texts share them.
fn sketch(text: &[u8]) -> Vec<u64> {
    let mut pieces: Vec<u64> = text.windows(PIECE.min(text.len().max(1))).map(hash).collect();
    pieces.sort_unstable();
    pieces.dedup();
    pieces.truncate(SKETCH);
    pieces
}

fn hash(piece: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    piece.hash(&mut hasher);
    hasher.finish()
}

/// The texts that have no place yet.
struct Left {
    has: Vec<bool>,
    /// Who has a piece. Those who have a place are taken out when they are met.
    having: HashMap<u64, Vec<usize>>,
}

impl Left {
    fn of(sketches: &[Vec<u64>]) -> Self {
        let mut having: HashMap<u64, Vec<usize>> = HashMap::new();
        for (index, sketch) in sketches.iter().enumerate() {
            sketch.iter().for_each(|piece| having.entry(*piece).or_default().push(index));
        }
        Self { has: vec![true; sketches.len()], having }
    }

    /// The text that shares most pieces; the first of several, so that every build gives the same bytes.
    fn most_alike(&mut self, sketch: &[u64]) -> Option<usize> {
        let mut shared: HashMap<usize, usize> = HashMap::new();
        for piece in sketch {
            let having = self.having.entry(*piece).or_default();
            having.retain(|index| self.has[*index]);
            having.iter().for_each(|index| *shared.entry(*index).or_default() += 1);
        }
        shared.into_iter().max_by_key(|(index, count)| (*count, Reverse(*index))).map(|(index, _)| index)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_has_one_place_beside_its_like() {
        let texts: [&[u8]; 6] = [b"move_deal(1)", b"", b"lose_customer", b"move_deal(2)", b"xy", b"lose_customers"];
        assert_eq!(order(&texts), [1, 2, 5, 0, 3, 4]);
        assert!(order(&[]).is_empty());
    }
}
