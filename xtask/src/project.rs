//! Where the project and what cargo builds from it are.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde_json::Value;

/// The project's own folder and cargo's target folder, which may lie elsewhere.
pub(crate) struct Project {
    root: PathBuf,
    target: PathBuf,
}

impl Project {
    /// Finds the project that `cargo xtask` was called in.
    pub(crate) fn find() -> Result<Self> {
        // Read when running, not when compiling: clones that share a target folder
        // may also share this very binary.
        let manifest = env::var_os("CARGO_MANIFEST_DIR").context("start this program as `cargo xtask`")?;
        let root = Path::new(&manifest).parent().context("xtask has no folder above it")?.to_owned();
        let target = target_folder(&root)?;
        Ok(Self { root, target })
    }

    /// A path inside the project.
    pub(crate) fn path(&self, inside: &str) -> PathBuf {
        self.root.join(inside)
    }

    /// A path inside cargo's target folder.
    pub(crate) fn built(&self, inside: &str) -> PathBuf {
        self.target.join(inside)
    }

    /// The relay's binary as `cargo build` leaves it.
    pub(crate) fn relay_binary(&self) -> PathBuf {
        self.built("debug").join(format!("sluice{}", env::consts::EXE_SUFFIX))
    }

    /// A cargo command in this project.
    pub(crate) fn cargo(&self) -> Command {
        let mut command = cargo(&self.root);
        command.env("CARGO_TARGET_DIR", &self.target);
        command
    }
}

fn cargo(root: &Path) -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root);
    // `cargo run` describes this package in the environment. Passing that on would make
    // build scripts that watch it run again after every other way of calling cargo.
    for (name, _) in env::vars_os() {
        let inherited =
            name.to_str().is_some_and(|name| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_"));
        if inherited {
            command.env_remove(name);
        }
    }
    command
}

fn target_folder(root: &Path) -> Result<PathBuf> {
    let output = cargo(root)
        .args(["metadata", "--no-deps", "--format-version", "1"])
        .output()
        .context("cargo does not start; is Rust installed?")?;
    if !output.status.success() {
        bail!("cargo cannot read the workspace:\n{}", String::from_utf8_lossy(&output.stderr));
    }
    let metadata: Value = serde_json::from_slice(&output.stdout).context("cargo metadata is not JSON")?;
    let folder = metadata["target_directory"].as_str().context("cargo metadata names no target_directory")?;
    Ok(PathBuf::from(folder))
}
