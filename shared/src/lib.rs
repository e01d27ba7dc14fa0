//! What Sluice means: deals, gates, the one door and the documents. No clock, no dice, no I/O.

pub mod change;
pub mod id;
pub mod wire;
