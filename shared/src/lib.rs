//! What Sluice means: deals, gates, the one door and the documents. No clock, no dice, no I/O.

pub mod automation;
pub mod change;
pub mod command;
pub mod conversion;
pub mod document;
pub mod gate;
pub mod id;
pub mod import;
pub mod model;
pub mod money;
pub mod number;
pub mod pipeline;
pub mod reach;
pub mod refusal;
pub mod replica;
pub mod review;
pub mod rules;
pub mod stored;
pub mod text;
pub mod time;
pub mod undo;
pub mod view;
pub mod wire;
pub mod workspace;
