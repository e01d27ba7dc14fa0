//! What is done to single files on disk.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;

use sha2::{Digest as _, Sha256};
use shared::model::FileHash;

use super::FileRefusal;

/// What a file on disk costs at least, so that many small ones are not free.
pub(super) const LEAST: u64 = 4096;

/// Adds to a file that is exactly so long. What a failing disk took of it is cut off again.
pub(super) fn add(path: &Path, offset: u64, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().append(true).create(true).open(path)?;
    let added = file.write_all(bytes);
    if added.is_err() {
        file.set_len(offset)?;
    }
    added
}

/// The name that a file's bytes bear out, read a little at a time.
pub(crate) fn hash_of(path: &Path) -> io::Result<FileHash> {
    let (mut file, mut digest) = (File::open(path)?, Sha256::new());
    let mut some = vec![0; 64 * 1024];
    loop {
        match file.read(&mut some)? {
            0 => return Ok(FileHash(digest.finalize().into())),
            read => digest.update(&some[..read]),
        }
    }
}

/// How long a file is; none if it is not there.
pub(super) fn length(path: &Path) -> Result<Option<u64>, FileRefusal> {
    match fs::metadata(path) {
        Ok(data) => Ok(Some(data.len())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(cause) => at(path, Err(cause)),
    }
}

/// What a file of so many bytes takes of a workspace's room.
pub(super) fn cost(bytes: u64) -> u64 {
    bytes.next_multiple_of(LEAST)
}

/// Names what it was done to.
pub(super) fn at<T>(path: &Path, done: io::Result<T>) -> Result<T, FileRefusal> {
    done.map_err(|cause| FileRefusal::Disk { path: path.to_owned(), cause })
}

/// Some bytes of a file from an offset on.
pub(super) fn some(path: &Path, from: u64, most: usize) -> io::Result<Vec<u8>> {
    let mut file = File::open(path)?;
    file.seek(SeekFrom::Start(from))?;
    let mut bytes = Vec::new();
    file.take(most as u64).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Lets a file, or the names in a folder, reach the disk.
pub(crate) fn sync(path: &Path) -> io::Result<()> {
    File::open(path)?.sync_all()
}
