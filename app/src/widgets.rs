//! Parts of screens that know nothing but what they are given.

pub mod badge;
pub mod dialog;
pub mod gate_bar;
pub mod input;
pub mod portion;
pub mod rows;
pub mod windowed;
