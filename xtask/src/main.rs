//! `cargo xtask`: builds, runs and tests Sluice.

fn main() {}
