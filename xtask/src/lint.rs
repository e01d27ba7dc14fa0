//! `cargo xtask lint`: formatting, lints and documentation, for both worlds the code runs in.

use anyhow::Result;

use crate::{project::Project, step, toolchain};

/// Fails on the first finding.
pub(crate) fn run(project: &Project) -> Result<()> {
    toolchain::provide_wasm(project)?;
    step::run(project.cargo().args(["fmt", "--all", "--check"]))?;
    step::run(project.cargo().args(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))?;
    step::run(project.cargo().args(["clippy", "-p", "app", "--target", toolchain::WASM, "--", "-D", "warnings"]))?;
    step::run(project.cargo().args(["doc", "--no-deps", "--workspace"]).env("RUSTDOCFLAGS", "-Dwarnings"))
}
