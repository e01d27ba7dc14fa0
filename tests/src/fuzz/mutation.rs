//! Changes to an input that tell: flipped bits, odd numbers, parts that come twice, are gone, or belong elsewhere.

use crate::dice::Dice;
use crate::forge::{signed, unsigned};

/// The largest input.
const MOST: usize = 64 * 1024;

/// Numbers at which something ends.
const EDGES: [i64; 12] = [0, 1, -1, 63, 127, 255, 20_001, 65_536, 2_000_001, 1 << 32, i64::MAX, i64::MIN];

/// One of the inputs, changed.
pub(super) fn mutated(dice: &mut Dice, corpus: &[Vec<u8>]) -> Vec<u8> {
    let mut input = dice.pick(corpus).unwrap_or_default();
    for _ in 0..1 + dice.below(4) {
        change(dice, corpus, &mut input);
    }
    input.truncate(MOST);
    input
}

fn change(dice: &mut Dice, corpus: &[Vec<u8>], input: &mut Vec<u8>) {
    let at = dice.below(input.len() + 1);
    let length = dice.below(8).min(input.len() - at);
    match dice.below(12) {
        0..4 => input.iter_mut().skip(at).take(1).for_each(|byte| *byte ^= 1 << dice.below(8)),
        4..6 => input.iter_mut().skip(at).take(1).for_each(|byte| *byte = dice.below(256) as u8),
        // A number of as many bytes leaves all that follows where it is.
        6 | 7 => {
            let number = number(dice);
            let end = (at + number.len()).min(input.len());
            input.splice(at..end, number);
        }
        8 => drop(input.splice(at..at + length, number(dice))),
        9 => drop(input.drain(at..at + length)),
        10 => {
            let again = input[at..at + length].to_vec();
            input.splice(at..at, again);
        }
        _ => {
            let other = dice.pick(corpus).unwrap_or_default();
            let from = dice.below(other.len() + 1);
            let part = other[from..].iter().copied().take(dice.below(64)).collect::<Vec<u8>>();
            let end = (at + part.len()).min(input.len());
            input.splice(at..end, part);
        }
    }
}

fn number(dice: &mut Dice) -> Vec<u8> {
    let edge = EDGES[dice.below(EDGES.len())];
    match dice.below(3) {
        0 => unsigned(edge.cast_unsigned()),
        1 => signed(edge),
        _ => vec![dice.below(256) as u8],
    }
}
