//! Random schedules: devices with tabs, disks and a relay in memory, driven by one seed. And what one device does with
//! bytes that no other sends.

pub mod device;
pub mod dice;
pub mod disk;
pub mod flaw;
pub mod forge;
pub mod fuzz;
mod judge;
pub mod ledger;
pub mod relay;
pub mod schedule;
pub mod tab;
pub mod world;
