//! The relay from outside: real sockets, real files, the real program.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says where by panicking")]

mod access;
mod attached;
mod backup;
mod bench;
mod device;
mod exchange;
mod files;
mod forked;
mod healing;
mod hostile;
mod http;
mod key;
mod limits;
mod outside;
mod pen;
mod process;
mod running;
mod sight;
mod stopped;
mod trust;
