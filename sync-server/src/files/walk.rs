//! What lies on disk among the files, read back from the names of paths.

use std::fs;
use std::io;
use std::path::Path;

use shared::wire::files::read_address;

use super::disk::at;
use super::{FileRefusal, PART, Place};

/// What was found.
#[derive(Debug)]
pub enum Found<'a> {
    /// A whole file, by its name.
    Whole(Place, &'a Path),
    /// One that is still arriving.
    Part(Place),
    /// Something that no relay put there.
    Stray(Stray),
}

/// Where something lies that no relay put there, below the folder of files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stray(pub String);

/// Visits everything that is no folder, in the order of names.
pub(super) fn each<E: From<FileRefusal>>(
    folder: &Path,
    visit: &mut impl FnMut(&Path) -> Result<(), E>,
) -> Result<(), E> {
    let listed = match fs::read_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        listed => at(folder, listed)?,
    };
    let mut entries = at(folder, listed.collect::<io::Result<Vec<_>>>())?;
    entries.sort_by_key(fs::DirEntry::file_name);
    for entry in entries {
        let path = entry.path();
        // A link is not followed: no relay makes one.
        match at(&path, entry.file_type())?.is_dir() {
            true => each(&path, visit)?,
            false => visit(&path)?,
        }
    }
    Ok(())
}

/// What a path below the folder of files stands for.
pub(super) fn found<'a>(root: &Path, path: &'a Path) -> Found<'a> {
    let names = path.strip_prefix(root).unwrap_or(path).components();
    let names: Vec<_> = names.map(|name| name.as_os_str().to_string_lossy()).collect();
    let below = names.join("/");
    let part = below.strip_suffix(PART).and_then(|whole| place(whole.strip_suffix('.')?));
    match (part, place(&below)) {
        (Some(place), _) => Found::Part(place),
        (None, Some(place)) => Found::Whole(place, path),
        (None, None) => Found::Stray(Stray(below)),
    }
}

fn place(below: &str) -> Option<Place> {
    let (workspace, rest) = below.split_once('/')?;
    let (document, hash) = read_address(rest)?;
    Some(Place { workspace: workspace.parse().ok()?, document, hash })
}
