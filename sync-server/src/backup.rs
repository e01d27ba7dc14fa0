//! All data as one file: taken at one moment while a relay serves, checked, and put back.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use shared::model::FileHash;

use crate::access::now;
use crate::check::{Report, check_file};
use crate::files::{FileRefusal, Files, Found, Place, sync};
use crate::store::{Packed, RawFile, StoreError, make_private};

/// What to do with data that is there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Existing {
    /// Leave it alone and say so.
    Refuse,
    /// Keep it under another name.
    PutAside,
}

/// What was put back.
#[derive(Debug)]
pub struct Restored {
    /// What the backup holds.
    pub report: Report,
    /// Where the data that was there lies now.
    pub aside: Option<PathBuf>,
}

/// Why a copy was not made or not put back. What was there is as it was.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// The file is there.
    #[error("{0} is there already; name another file")]
    FileExists(PathBuf),
    /// There is data.
    #[error("{0} holds data; give --replace to put it aside, or name another directory")]
    DataExists(PathBuf),
    /// A relay or another command uses the data.
    #[error("{0} is in use; stop the relay first")]
    InUse(PathBuf),
    /// The backup is damaged.
    #[error("{file} is damaged in {} places; nothing was put back", report.findings.len())]
    Unsound {
        /// The backup.
        file: PathBuf,
        /// What is wrong with it.
        report: Report,
    },
    /// The system says no.
    #[error("{path}: {cause}")]
    File {
        /// Which file.
        path: PathBuf,
        /// Why.
        cause: io::Error,
    },
    /// The database says no.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A file that was attached cannot be read or written.
    #[error(transparent)]
    Attached(#[from] FileRefusal),
}

/// Writes everything in a data directory into one new file, as it is at one moment, and checks what was written.
///
/// # Errors
/// The file is there already, or something cannot be read or written; there is no file then.
pub fn backup(directory: &Path, file: &Path) -> Result<Report, BackupError> {
    if file.exists() {
        return Err(BackupError::FileExists(file.to_owned()));
    }
    let data = RawFile::of(directory);
    at(&data, fs::metadata(&data))?;
    // Under another name until it is whole, so that a backup that broke off is not taken for one.
    let part = beside(file, ".part");
    at(&part, private(&part))?;
    let written = RawFile::open(&data)?.copy_into(&part).map_err(BackupError::from);
    // Files after what names them, so that none is named that was here and is lacking.
    let written = written.and_then(|()| pack(&Files::of(directory), &part));
    let written = written.and_then(|()| Ok(check_file(&part)?)).and_then(|report| {
        at(&part, sync(&part))?;
        at(file, rename(&part, file))?;
        Ok(report)
    });
    if written.is_err() {
        // It may not even have been begun.
        let _ = fs::remove_file(&part);
    }
    written
}

/// Puts all files into the copy of the database.
fn pack(files: &Files, part: &Path) -> Result<(), BackupError> {
    let copy = RawFile::open(part)?;
    let packing = copy.pack()?;
    files.each::<BackupError>(|found| match found {
        Found::Whole(place, path) => match at(path, fs::read(path))? {
            bytes if FileHash::of(&bytes) == place.hash => Ok(packing.add(&packed(&place, bytes))?),
            // It would keep everything else from being put back. Who has it sound can attach it again.
            _ => {
                tracing::warn!(file = %path.display(), "is not what its name says and is left out");
                Ok(())
            }
        },
        Found::Part(_) | Found::Stray(_) => Ok(()),
    })?;
    Ok(packing.done()?)
}

fn packed(place: &Place, bytes: Vec<u8>) -> Packed {
    let Place { workspace, document, hash } = place;
    Packed { workspace: workspace.as_bytes().to_vec(), document: document.to_string(), hash: hash.0.to_vec(), bytes }
}

/// Puts the files of a backup beside the data, and takes them out of what becomes the database. Files that are there
/// already stay: they are named by what they hold.
fn unpack(fresh: &Path, files: &Files) -> Result<(), BackupError> {
    let file = RawFile::open(fresh)?;
    file.each_packed(|packed| match packed.place() {
        Some(place) => Ok(files.put(&place, &packed.bytes)?),
        None => Ok::<(), BackupError>(()),
    })?;
    Ok(file.unpacked()?)
}

/// Makes a backup the data of a directory.
///
/// Each start of a relay gives the log another name, so devices notice that this one is older than what they know, and
/// push what it lacks.
///
/// # Errors
/// The backup is damaged, there is data that is not to be replaced or is in use, or the system says no.
pub fn restore(file: &Path, directory: &Path, existing: Existing) -> Result<Restored, BackupError> {
    let data = RawFile::of(directory);
    at(directory, make_private(directory))?;
    if data.exists() && existing == Existing::Refuse {
        return Err(BackupError::DataExists(directory.to_owned()));
    }
    let fresh = beside(&data, ".restoring");
    at(file, fs::copy(file, &fresh))?;
    let restored = put_in_place(file, &fresh, &data, &Files::of(directory));
    if restored.is_err() {
        // If it cannot be removed, the next try writes over it.
        let _ = fs::remove_file(&fresh);
    }
    restored
}

fn put_in_place(file: &Path, fresh: &Path, data: &Path, files: &Files) -> Result<Restored, BackupError> {
    let report = check_file(fresh)?;
    if !report.is_sound() {
        return Err(BackupError::Unsound { file: file.to_owned(), report });
    }
    is_free(data)?;
    unpack(fresh, files)?;
    at(fresh, sync(fresh))?;
    let aside = if data.exists() { Some(put_aside(data)?) } else { None };
    at(data, rename(fresh, data))?;
    Ok(Restored { report, aside })
}

fn is_free(data: &Path) -> Result<(), BackupError> {
    let is_used = data.exists() && RawFile::is_in_use(data);
    if is_used { Err(BackupError::InUse(data.to_owned())) } else { Ok(()) }
}

/// Gives the data another name, if nobody began to use it meanwhile.
fn put_aside(data: &Path) -> Result<PathBuf, BackupError> {
    is_free(data)?;
    let aside = beside(data, &format!(".replaced-{}", now()));
    at(data, rename(data, &aside))?;
    // These are left of a file that is damaged; read beside the new one they would damage it too.
    for rest in ["-wal", "-shm"] {
        let (from, to) = (beside(data, rest), beside(&aside, rest));
        if from.exists() {
            at(&from, fs::rename(&from, &to))?;
        }
    }
    Ok(aside)
}

fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    name.into()
}

/// An empty file that nobody else may read.
fn private(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

/// Renames, and lets the new name reach the disk.
fn rename(from: &Path, to: &Path) -> io::Result<()> {
    fs::rename(from, to)?;
    let directory = to.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    sync(directory)
}

fn at<T>(path: &Path, done: io::Result<T>) -> Result<T, BackupError> {
    done.map_err(|cause| BackupError::File { path: path.to_owned(), cause })
}
