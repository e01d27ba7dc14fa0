//! What several devices do together: simulated from one seed, without a clock, a socket or a disk.

pub mod device;
pub mod dice;
pub mod log;
pub mod schedule;
