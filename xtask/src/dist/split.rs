//! Takes the program apart: what the first screen needs, and the parts that are loaded later.
//!
//! The app marks with `wasm_split` where a later part begins. What only such parts use is theirs: functions, texts
//! and tables. All parts share one memory, so that values pass between them as they are.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use wasm_split_cli_support::{Options, transform};

/// By this name the program imports the script that loads its parts.
const LOADER: &str = "__wasm_split.js";

/// What a new device loads to come in, by the name the app gives it.
const EARLY: &str = "keys";

/// A program in parts, as they lie in a folder.
pub(super) struct Parts {
    /// What the first screen needs, still to be bound to JavaScript.
    pub(super) first: PathBuf,
    /// The name of the JavaScript that loads the others.
    pub(super) loader: &'static str,
    /// The parts that a new device needs before its first board.
    pub(super) early: Vec<PathBuf>,
    /// The parts that are loaded later.
    pub(super) later: Vec<PathBuf>,
}

/// Takes `module` apart into `folder`; the first part will be bound to `script`, which lies there too.
pub(super) fn split(module: &Path, script: &str, folder: &Path) -> Result<Parts> {
    let bytes = fs::read(module).with_context(|| format!("cannot read {}", module.display()))?;
    let first = folder.join("first.wasm");
    let [link, main] = [LOADER, script].map(|name| format!("./{name}"));
    let mut options = Options::new(&bytes);
    options.output_dir = folder;
    options.main_out_path = &first;
    options.link_name = &link;
    options.main_module = &main;
    let split = transform(options).map_err(|error| anyhow!("{} cannot be split: {error:?}", module.display()))?;
    let stems = split.prefetch_map.get(EARLY).with_context(|| format!("the app has no part {EARLY}"))?;
    let is_early = |part: &PathBuf| stems.iter().any(|stem| part.file_stem().is_some_and(|own| own == stem.as_str()));
    let (early, later) = split.split_modules.into_iter().partition(is_early);
    Ok(Parts { loader: LOADER, first, early, later })
}

/// The name the loader knows a part by.
pub(super) fn name(part: &Path) -> Result<String> {
    let name = part.file_name().with_context(|| format!("{} is no file", part.display()))?;
    Ok(name.to_string_lossy().into_owned())
}
