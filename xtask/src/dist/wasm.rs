//! The program: the crate `app` compiled for the browser and bound to JavaScript.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use super::build::Build;
use super::page::Values;
use super::site::Site;
use crate::{project::Project, step, toolchain};

/// The app's WebAssembly module and the JavaScript that starts it.
pub(super) struct Program {
    module: Vec<u8>,
    script: String,
    /// JavaScript that crates bring along: the path the script imports it by, and its text.
    snippets: Vec<(String, String)>,
}

/// Compiles and binds the app.
pub(super) fn build(project: &Project, build: Build) -> Result<Program> {
    compile(project, build)?;
    let folder = build.beside(project, "bound");
    bind(&project.built(toolchain::WASM).join(build.profile()).join("app.wasm"), &folder)?;
    let mut snippets = Vec::new();
    collect_snippets(&folder, &folder.join("snippets"), &mut snippets)?;
    let script = folder.join("app.js");
    Ok(Program {
        module: read(&folder.join("app_bg.wasm"))?,
        script: String::from_utf8(read(&script)?).with_context(|| format!("{} is not text", script.display()))?,
        snippets,
    })
}

impl Program {
    /// Adds the program to the site and names it for the page.
    pub(super) fn publish(self, site: &mut Site, values: &mut Values) {
        let mut script = self.script;
        for (path, text) in self.snippets {
            let address = site.add_asset("snippet.js", text.into_bytes());
            script = script.replace(&format!("./{path}"), &address);
        }
        values.set("app_js", site.add_asset("app.js", script.into_bytes()));
        values.set("app_wasm", site.add_asset("app.wasm", self.module));
    }
}

fn compile(project: &Project, build: Build) -> Result<()> {
    let mut cargo = project.cargo();
    cargo.args(["build", "-p", "app", "--profile", build.profile(), "--target", toolchain::WASM]);
    if let Some(home) = cargo_home() {
        // Messages of a failure name source files; where they lay on the building machine is nobody's business.
        let flag = serde_json::json!([format!("--remap-path-prefix={}=cargo", home.display())]);
        cargo.arg("--config").arg(format!("target.{}.rustflags={flag}", toolchain::WASM));
    }
    step::run(&mut cargo)
}

fn cargo_home() -> Option<PathBuf> {
    env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| env::home_dir().map(|home| home.join(".cargo")))
}

fn bind(module: &Path, folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("cannot empty {}", folder.display()))?;
    }
    let mut bindgen = Bindgen::new();
    bindgen.input_path(module).out_name("app").web(true)?.typescript(false).omit_default_module_path(true);
    bindgen.remove_name_section(true).remove_producers_section(true);
    bindgen.generate(folder).with_context(|| format!("{} cannot be bound to JavaScript", module.display()))
}

fn collect_snippets(root: &Path, folder: &Path, found: &mut Vec<(String, String)>) -> Result<()> {
    if !folder.is_dir() {
        return Ok(());
    }
    for entry in folder.read_dir().with_context(|| format!("cannot list {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            collect_snippets(root, &path, found)?;
        } else {
            let inside = path.strip_prefix(root).context("a listed file lies below its folder")?;
            let text = String::from_utf8(read(&path)?).with_context(|| format!("{} is not text", path.display()))?;
            found.push((inside.to_string_lossy().replace('\\', "/"), text));
        }
    }
    Ok(())
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}
