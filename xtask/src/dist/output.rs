//! The finished folder: files, their compressed siblings, and whether the first download stays within its bound.

use std::fs::{self, File};
use std::path::Path;

use anyhow::{Context, Result, ensure};

use super::build::Build;
use super::compress;
use super::site::Site;
use crate::project::Project;

/// What a new device loads before its first board is there, in bytes on the line.
const FIRST_DOWNLOAD: usize = 700_000;

/// Waits until no other build writes into the same folder, and keeps others waiting until dropped.
pub(super) fn lock(project: &Project, build: Build) -> Result<File> {
    let path = build.beside(project, "lock");
    fs::create_dir_all(project.path("target"))
        .and_then(|()| File::create(&path))
        .and_then(|file| file.lock().map(|()| file))
        .with_context(|| format!("cannot lock {}", path.display()))
}

/// Writes the site to its folder in one go, so that a relay that serves the folder never sees half of it.
pub(super) fn write(project: &Project, build: Build, site: &Site) -> Result<()> {
    let last = build.folder(project);
    let fresh = build.beside(project, "fresh");
    remove(&fresh)?;
    println!("\n     bytes  on the line  file");
    let [mut first, mut later] = [0, 0];
    for (name, bytes) in site.files() {
        let sent = write_file(name, bytes, build, [&fresh, &last])?;
        println!("{:>10}  {sent:>11}  {name}", bytes.len());
        *if site.is_later(name) { &mut later } else { &mut first } += sent;
    }
    println!("{:>10}  {later:>11}  loaded later, when the first board is drawn", "");
    println!("{:>10}  {first:>11}  first download", "");
    hold_bound(build, first)?;
    put_in_place(&fresh, &last)
}

/// Holds what is deployed to the bound; the quick app is for those who build it.
fn hold_bound(build: Build, first: usize) -> Result<()> {
    ensure!(
        build == Build::Quick || first <= FIRST_DOWNLOAD,
        "the first download is {first} bytes, more than {FIRST_DOWNLOAD}; target/dist is left as it was, \
         the files listed above lie in target/dist.fresh"
    );
    Ok(())
}

/// Writes one file with its compressed sibling and tells how many bytes a browser loads for it.
fn write_file(name: &str, bytes: &[u8], build: Build, [fresh, last]: [&Path; 2]) -> Result<usize> {
    let path = fresh.join(name);
    store(&path, bytes)?;
    if !compress::is_worthwhile(name) {
        return Ok(bytes.len());
    }
    let compressed = compress::compress(bytes, build, &last.join(name))?;
    store(&compress::sibling(&path), &compressed)?;
    Ok(compressed.len())
}

fn store(path: &Path, bytes: &[u8]) -> Result<()> {
    let folder = path.parent().context("a file of the site lies in a folder")?;
    fs::create_dir_all(folder)
        .and_then(|()| fs::write(path, bytes))
        .with_context(|| format!("cannot write {}", path.display()))
}

fn put_in_place(fresh: &Path, dist: &Path) -> Result<()> {
    remove(dist)?;
    fs::rename(fresh, dist).with_context(|| format!("cannot move {} to {}", fresh.display(), dist.display()))?;
    println!("The app lies in {}.", dist.display());
    Ok(())
}

fn remove(folder: &Path) -> Result<()> {
    if !folder.exists() {
        return Ok(());
    }
    fs::remove_dir_all(folder).with_context(|| format!("cannot remove {}", folder.display()))
}
