//! Maps and sets in one run of memory, in order. Nearly all of them hold a handful and are read far more often than they
//! grow. A tree for each kind is what the first screen cannot afford: thirty of them were a fifth of the program that a
//! phone loads before it, and a library's map of this shape still sorts in its own way for each kind. Of ten thousand
//! entries in no order, the most there are, putting one more in moves a hundred kilobytes: 3 µs.

mod map;
mod set;
#[cfg(test)]
mod tests;

pub use map::SortedMap;
pub use set::SortedSet;
