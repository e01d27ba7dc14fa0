//! The relay from outside: real sockets, real files, the real program.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says where by panicking")]

mod access;
mod device;
mod exchange;
mod files;
mod hostile;
mod key;
mod pen;
mod process;
mod running;
mod stopped;
mod trust;
