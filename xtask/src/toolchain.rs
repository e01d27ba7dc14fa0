//! The part of the Rust toolchain that the app needs beyond the usual one.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use crate::{project::Project, step};

/// What the app is compiled for.
pub(crate) const WASM: &str = "wasm32-unknown-unknown";

/// Makes sure that crates can be compiled for the browser.
pub(crate) fn provide_wasm(project: &Project) -> Result<()> {
    if wasm_library(project)?.is_dir() {
        return Ok(());
    }
    step::run(Command::new("rustup").args(["target", "add", WASM]).current_dir(project.path("."))).with_context(|| {
        format!("Rust's standard library for {WASM} is missing: install it with `rustup target add {WASM}` or from where this Rust came")
    })
}

fn wasm_library(project: &Project) -> Result<PathBuf> {
    let sysroot = step::answer(Command::new("rustc").args(["--print", "sysroot"]).current_dir(project.path(".")))?;
    Ok(PathBuf::from(sysroot).join("lib/rustlib").join(WASM).join("lib"))
}
