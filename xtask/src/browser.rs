//! What the journeys in a real browser need: Chromium, Node, and the two packages that drive them.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::{project::Project, step};

const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const OLDEST_NODE: u32 = 20;

/// Makes sure that journeys can run and tells where the browser is.
pub(crate) fn provide(project: &Project) -> Result<PathBuf> {
    check_node()?;
    let chromium = provide_chromium()?;
    install_packages(&project.path("tests/browser"))?;
    Ok(chromium)
}

fn check_node() -> Result<()> {
    let advice = format!(
        "the browser tests need Node {OLDEST_NODE} or newer with npm; install it, or run `cargo xtask test --no-browser`"
    );
    let version = step::answer(Command::new("node").arg("--version")).with_context(|| advice.clone())?;
    let major = version.trim_start_matches('v').split('.').next().and_then(|major| major.parse::<u32>().ok());
    match major {
        Some(major) if major >= OLDEST_NODE => Ok(()),
        _ => bail!("Node {version} was found: {advice}"),
    }
}

fn provide_chromium() -> Result<PathBuf> {
    if let Some(named) = env::var_os("CHROMIUM") {
        let path = PathBuf::from(named);
        return if path.is_file() { Ok(path) } else { bail!("CHROMIUM names {}, which is not a file", path.display()) };
    }
    if let Some(found) = on_path() {
        return Ok(found);
    }
    install_chromium()?;
    on_path().context("Chromium was installed but is not on PATH; set CHROMIUM to its file")
}

fn on_path() -> Option<PathBuf> {
    let folders: Vec<PathBuf> = env::split_paths(&env::var_os("PATH")?).collect();
    NAMES.iter().flat_map(|name| folders.iter().map(move |folder| folder.join(name))).find(|path| path.is_file())
}

/// Installs from the system's own packages where that is allowed without asking.
fn install_chromium() -> Result<()> {
    let Some(installer) = installer() else {
        bail!(
            "no Chromium: install chromium (or Chrome) and a CJK font, or set CHROMIUM to its file, \
             or run `cargo xtask test --no-browser`"
        );
    };
    apt(installer, &["update"])?;
    apt(installer, &["install", "-y", "--no-install-recommends", "chromium", "fonts-noto-cjk"])
}

/// How `apt-get` is called with the right to install; nothing where there is no such right.
fn installer() -> Option<&'static [&'static str]> {
    if !step::succeeds(Command::new("apt-get").arg("--version")) {
        return None;
    }
    if step::answer(Command::new("id").arg("-u")).is_ok_and(|id| id == "0") {
        return Some(&["apt-get"]);
    }
    step::succeeds(Command::new("sudo").args(["-n", "true"])).then_some(&["sudo", "-n", "apt-get"])
}

fn apt(installer: &[&str], arguments: &[&str]) -> Result<()> {
    let (program, rest) = installer.split_first().context("an installer is at least one word")?;
    step::run(Command::new(program).args(rest).args(arguments).env("DEBIAN_FRONTEND", "noninteractive"))
}

/// `npm ci` takes seconds; it is left out when what it installed is what the lock file asks for.
fn install_packages(folder: &Path) -> Result<()> {
    let lock = folder.join("package-lock.json");
    let installed = folder.join("node_modules/.package-lock.json");
    let modified = |path: &Path| path.metadata().and_then(|metadata| metadata.modified()).ok();
    if modified(&installed).is_some_and(|installed| modified(&lock).is_some_and(|lock| lock <= installed)) {
        return Ok(());
    }
    step::run(Command::new("npm").args(["ci", "--no-audit", "--no-fund"]).current_dir(folder))
}
