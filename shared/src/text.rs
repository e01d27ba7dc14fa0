//! Words for people, in both languages.

mod lang;

pub use lang::{Label, Lang};
