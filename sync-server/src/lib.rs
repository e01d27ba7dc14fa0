//! The relay: keeps each workspace's log, passes changes on, and serves the app. It never judges content.

pub mod access;
pub mod error;
pub mod store;
