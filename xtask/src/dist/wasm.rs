//! The program: the crate `app` compiled for the browser and bound to JavaScript.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use super::build::Build;
use super::functions;
use super::imports::{self, Names};
use super::page::Values;
use super::script;
use super::site::{self, Site};
use super::split;
use crate::{project::Project, step, toolchain};

/// The app's WebAssembly modules and the JavaScript that starts them.
pub(super) struct Program {
    module: Vec<u8>,
    script: String,
    /// JavaScript that crates bring along: the path the script imports it by, and its text.
    snippets: Vec<(String, String)>,
    /// JavaScript that loads the later parts: the path the script imports it by, and its text.
    loader: (String, String),
    /// The parts that a new device needs for its first board, by the names the loader knows them by.
    early: Vec<(String, Vec<u8>)>,
    /// The later parts by the names the loader knows them by.
    later: Vec<(String, Vec<u8>)>,
}

/// What the program is bound to, by the name its loader knows.
const SCRIPT: &str = "app.js";

/// Compiles the app, takes it apart and binds it.
pub(super) fn build(project: &Project, build: Build) -> Result<Program> {
    compile(project, build)?;
    let folder = build.beside(project, "bound");
    empty(&folder)?;
    let whole = project.built(toolchain::WASM).join(build.profile()).join("app.wasm");
    let parts = split::split(&whole, SCRIPT, &folder)?;
    bind(&parts.first, &folder)?;
    let mut snippets = Vec::new();
    collect_snippets(&folder, &folder.join("snippets"), &mut snippets)?;
    let first = folder.join("app_bg.wasm");
    let names = if build == Build::Quick { Names::new() } else { imports::short_names(&read(&first)?)? };
    Ok(Program {
        module: module(&first, build, &names)?,
        script: imports::rename(script::bare(&read_text(&folder.join(SCRIPT))?), &names),
        snippets,
        loader: (parts.loader.to_owned(), read_text(&folder.join(parts.loader))?),
        early: named(&parts.early, build)?,
        later: named(&parts.later, build)?,
    })
}

impl Program {
    /// Adds the program to the site and names it for the page.
    pub(super) fn publish(self, site: &mut Site, values: &mut Values) {
        let mut script = self.script;
        for (path, text) in self.snippets {
            let address = site.add_asset("snippet.js", text.into_bytes());
            script = at_address(&script, &path, &address);
        }
        let (path, mut loader) = self.loader;
        let early = self.early.into_iter().map(|(name, module)| (site.add_asset(&name, module), name));
        let early: Vec<_> = early.collect();
        let later = self.later.into_iter().map(|(name, module)| (site.add_later_asset(&name, module), name));
        for (address, name) in early.into_iter().chain(later) {
            loader = loader.replace(&format!("./{name}"), &address);
        }
        // Script and loader name each other, so the script is called after what both are before they do.
        let asset = site::asset(SCRIPT, &[script.as_bytes(), loader.as_bytes()]);
        let loader = at_address(&loader, SCRIPT, &format!("/{asset}"));
        let address = site.add_asset("parts.js", loader.into_bytes());
        site.add(&asset, at_address(&script, &path, &address).into_bytes());
        values.set("app_js", format!("/{asset}"));
        values.set("parts_js", address);
        values.set("app_wasm", site.add_asset("app.wasm", self.module));
    }
}

/// The script imports a snippet by its address. The program goes on asking the script for it by its path.
fn at_address(script: &str, path: &str, address: &str) -> String {
    let by_path = |script: String, quote| {
        script.replace(&format!("from {quote}./{path}{quote}"), &format!("from {quote}{address}{quote}"))
    };
    ['\'', '"'].into_iter().fold(script.to_owned(), by_path)
}

fn compile(project: &Project, build: Build) -> Result<()> {
    let mut cargo = project.cargo();
    cargo.args(["rustc", "-p", "app", "--lib", "--profile", build.profile(), "--target", toolchain::WASM]);
    if let Some(home) = cargo_home() {
        // Messages of a failure name source files; where they lay on the building machine is nobody's business.
        let flag = serde_json::json!([format!("--remap-path-prefix={}=cargo", home.display())]);
        cargo.arg("--config").arg(format!("target.{}.rustflags={flag}", toolchain::WASM));
    }
    // The splitter has to know where the program names its own functions and data.
    cargo.args(["--", "-Clink-arg=--emit-relocs"]);
    step::run(&mut cargo)
}

fn cargo_home() -> Option<PathBuf> {
    env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| env::home_dir().map(|home| home.join(".cargo")))
}

fn empty(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("cannot empty {}", folder.display()))?;
    }
    Ok(())
}

fn bind(module: &Path, folder: &Path) -> Result<()> {
    let mut bindgen = Bindgen::new();
    // The loader hands the parts what they share with the first one: memory, tables, the stack.
    bindgen.keep_lld_exports(true);
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
            let text = read_text(&path)?;
            found.push((inside.to_string_lossy().replace('\\', "/"), text));
        }
    }
    Ok(())
}

/// Parts by the names the loader knows them by.
fn named(parts: &[PathBuf], build: Build) -> Result<Vec<(String, Vec<u8>)>> {
    parts.iter().map(|path| Ok((split::name(path)?, module(path, build, &Names::new())?))).collect()
}

/// A part as it is sent. The quick one keeps its names, for those who debug it.
fn module(path: &Path, build: Build, imports: &Names) -> Result<Vec<u8>> {
    let bytes = read(path)?;
    if build == Build::Quick {
        return Ok(bytes);
    }
    functions::put_alike_together(&bytes, imports).with_context(|| format!("{} cannot be rewritten", path.display()))
}

fn read_text(path: &Path) -> Result<String> {
    String::from_utf8(read(path)?).with_context(|| format!("{} is not text", path.display()))
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_snippet_is_imported_by_address_and_known_to_the_program_by_its_path() {
        let script = "import { a } from './snippets/x.js';\nimport * as b from \"./snippets/x.js\"\n({ \"./snippets/x.js\": b })";
        let wanted =
            "import { a } from '/assets/y.js';\nimport * as b from \"/assets/y.js\"\n({ \"./snippets/x.js\": b })";
        assert_eq!(at_address(script, "snippets/x.js", "/assets/y.js"), wanted);
    }
}
