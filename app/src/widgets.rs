//! Parts of screens that know nothing but what they are given.

pub mod badge;
pub mod dialog;
pub mod gate_bar;
pub mod portion;
