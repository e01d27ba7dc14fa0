//! What several devices do together: simulated from one seed, without a clock, a socket or a disk. And what one device
//! does with bytes that no other sends.

pub mod device;
pub mod dice;
pub mod forge;
pub mod fuzz;
pub mod log;
pub mod schedule;
pub mod world;
