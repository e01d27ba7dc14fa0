//! Random schedules: devices with tabs, disks and a relay in memory, driven by one seed.

pub mod device;
pub mod dice;
pub mod disk;
pub mod flaw;
mod judge;
pub mod ledger;
pub mod relay;
pub mod schedule;
pub mod tab;
