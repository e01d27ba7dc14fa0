//! One file for each address.

pub(crate) mod amend;
pub(crate) mod app;
pub(crate) mod files;
pub(crate) mod health;
pub(crate) mod join;
pub(crate) mod metrics;
pub(crate) mod recover;
mod said;
pub(crate) mod sync;
