//! `cargo xtask dist`: the app as a folder of files, ready to be served.
//!
//! Everything under /assets carries a hash of its content in its name and never changes;
//! all else (page, worker, manifest, version) is small and asked for anew.

mod alike;
mod build;
mod compress;
mod functions;
mod imports;
mod output;
mod page;
mod script;
mod site;
mod split;
mod styles;
mod wasm;
mod worker;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::{project::Project, toolchain};
pub(crate) use build::{Build, BuildOptions};
use page::Values;
use site::Site;

/// Builds the app and returns the folder it lies in.
pub(crate) fn run(project: &Project, build: Build) -> Result<PathBuf> {
    toolchain::provide_wasm(project)?;
    let _alone = output::lock(project, build)?;
    let program = wasm::build(project, build)?;
    let site = assemble(&project.path("app/assets"), program)?;
    output::write(project, build, &site)?;
    Ok(build.folder(project))
}

/// Puts program, styles, icons, page and worker together under their final names.
fn assemble(assets: &Path, program: wasm::Program) -> Result<Site> {
    let mut site = Site::default();
    let mut values = Values::default();
    program.publish(&mut site, &mut values);
    let sheet = |name| anyhow::Ok(styles::bundle(&assets.join(name))?.into_bytes());
    values.set("app_css", site.add_asset("app.css", sheet("app.css")?));
    values.set("later_css", site.add_later_asset("later.css", sheet("later.css")?));
    publish_icons(&assets.join("icons"), &mut site, &mut values)?;
    values.set("shell_css", styles::bundle(&assets.join("shell.css"))?);
    values.set("shell_js", values.fill(&read(&assets.join("shell.js"))?));

    let manifest = values.fill(&read(&assets.join("manifest.webmanifest"))?);
    site.add("manifest.webmanifest", page::complete("manifest.webmanifest", manifest)?);
    let page = page::allow_inline_scripts(values.fill(&read(&assets.join("index.html"))?));
    let source = read(&assets.join("sw.js"))?;

    let version = site.version(&[&page, &source]);
    site.add("index.html", page::complete("index.html", page::name_version(&page, &version))?);
    site.add("sw.js", worker::write(&source, &version, &site));
    site.add("version.json", serde_json::json!({ "version": version }).to_string().into_bytes());
    Ok(site)
}

fn publish_icons(folder: &Path, site: &mut Site, values: &mut Values) -> Result<()> {
    let entries = folder.read_dir().with_context(|| format!("cannot list {}", folder.display()))?;
    for entry in entries {
        let path = entry?.path();
        let name = path.file_name().context("a listed file has a name")?.to_string_lossy().into_owned();
        let bytes = fs::read(&path).with_context(|| format!("cannot read {}", path.display()))?;
        values.set(&name, site.add_asset(&name, bytes));
    }
    Ok(())
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}
