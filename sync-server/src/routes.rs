//! One file for each address.

pub(crate) mod app;
pub(crate) mod health;
pub(crate) mod invite;
pub(crate) mod join;
pub(crate) mod metrics;
pub(crate) mod sync;
