//! Putting things in order with one program for all types. The library has a sort of its own for each: five kilobytes
//! of program each time, nearly always for a handful.

use crate::sorted::{SortedMap, SortedSet};
use std::cmp::Ordering;

/// Iterators that can be gathered into ordered collections.
pub trait Gather: Iterator + Sized {
    /// A map; of pairs with one key the last stays.
    fn into_map<K: Ord, V>(self) -> SortedMap<K, V>
    where
        Self: Iterator<Item = (K, V)>,
    {
        let mut map = SortedMap::new();
        map.extend(self);
        map
    }

    /// A set.
    fn into_set(self) -> SortedSet<Self::Item>
    where
        Self::Item: Ord,
    {
        let mut set = SortedSet::new();
        set.extend(self);
        set
    }
}

impl<I: Iterator> Gather for I {}

/// Slices that can be put in order. What is equal stays as it was.
pub trait Arrange<T> {
    /// By what a comparison says.
    fn arrange_by(&mut self, compare: impl FnMut(&T, &T) -> Ordering);

    /// By a key, which is asked for at each comparison.
    fn arrange_by_key<K: Ord>(&mut self, mut key: impl FnMut(&T) -> K) {
        self.arrange_by(|one, other| key(one).cmp(&key(other)));
    }

    /// By itself.
    fn arrange(&mut self)
    where
        T: Ord,
    {
        self.arrange_by(T::cmp);
    }
}

impl<T> Arrange<T> for [T] {
    fn arrange_by(&mut self, mut compare: impl FnMut(&T, &T) -> Ordering) {
        let mut places = places(self.len(), &mut |one, other| compare(&self[*one], &self[*other]));
        for index in 0..places.len() {
            while places[index] != index {
                let place = places[index];
                self.swap(index, place);
                places.swap(index, place);
            }
        }
    }
}

/// For each of so many where it belongs.
fn places(count: usize, compare: &mut dyn FnMut(&usize, &usize) -> Ordering) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by(compare);
    let mut places = vec![0; count];
    order.into_iter().enumerate().for_each(|(place, index)| places[index] = place);
    places
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_equal_stays_as_it_was() {
        let mut words = ["loss", "win", "lead", "deal", "gate", "due", ""].map(str::to_owned);
        let mut sorted = words.clone();
        sorted.sort_by_key(String::len);
        words.arrange_by_key(|word| word.len());
        assert_eq!(words, sorted);
        words.arrange();
        assert_eq!(words, ["", "deal", "due", "gate", "lead", "loss", "win"]);
        words.arrange_by(|one, other| other.cmp(one));
        assert_eq!(words[0], "win");
    }
}
