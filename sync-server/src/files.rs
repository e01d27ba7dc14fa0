//! Files that devices attached, kept beside the database: one file on disk for each, under its workspace and document,
//! and a part while it is arriving. Names of paths are printed from ids that were read, never taken from a request.

use std::collections::{HashMap, hash_map};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use shared::id::{DocumentId, WorkspaceId};
use shared::model::{FileHash, MAX_FILE_BYTES};

use crate::store::make_private;

mod disk;
mod refusal;
#[cfg(test)]
mod tests;
mod walk;

use disk::{add, at, cost, length, some};
pub(crate) use disk::{hash_of, sync};
pub use refusal::FileRefusal;
pub use walk::{Found, Stray};

/// The folder within the data directory.
const FOLDER: &str = "files";

/// What the name of a file that is still arriving ends with.
const PART: &str = "part";

/// How many files may be written to at once: those that share a lock wait for each other.
const LOCKS: usize = 16;

/// The files of all workspaces.
pub struct Files {
    root: PathBuf,
    locks: [Mutex<()>; LOCKS],
    /// What each workspace's files cost, once that was asked.
    used: Mutex<HashMap<WorkspaceId, u64>>,
}

/// Which file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// Whose.
    pub workspace: WorkspaceId,
    /// The document it is attached to.
    pub document: DocumentId,
    /// Its name.
    pub hash: FileHash,
}

/// How much of a file is here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// So many bytes.
    pub has: u64,
    /// These are all, they are what the name says, and they are on disk.
    pub complete: bool,
}

/// A piece of a file.
#[derive(Clone, Copy, Debug)]
pub struct Piece<'a> {
    /// How many bytes of the file come before it.
    pub offset: u64,
    /// How many bytes the whole file has.
    pub length: u64,
    /// The bytes.
    pub bytes: &'a [u8],
}

impl Files {
    /// The files of a data directory; a folder is made when the first file comes.
    pub fn of(directory: &Path) -> Self {
        Self { root: directory.join(FOLDER), locks: Default::default(), used: Mutex::default() }
    }

    /// How much of a file is here.
    ///
    /// # Errors
    /// The disk cannot be read.
    pub fn progress(&self, place: &Place) -> Result<Progress, FileRefusal> {
        if let Some(has) = length(&self.path(place))? {
            return Ok(Progress { has, complete: true });
        }
        Ok(Progress { has: length(&self.part(place))?.unwrap_or(0), complete: false })
    }

    /// Puts a piece at the end of what is here of a file. With the last piece the file is held against its name, and is
    /// on disk when this returns.
    ///
    /// # Errors
    /// Why it was not taken; what was here before is here still, unless all of it is not what its name says.
    pub fn append(&self, place: &Place, piece: Piece<'_>, allowed: u64) -> Result<Progress, FileRefusal> {
        let _alone = self.alone(place);
        let known = self.progress(place)?;
        if known.complete {
            return Ok(known);
        }
        if piece.length == 0 || piece.length > MAX_FILE_BYTES as u64 {
            return Err(FileRefusal::Length);
        }
        let part = self.part(place);
        match known.has {
            // Somebody sent something else under this name.
            has if has > piece.length => {
                self.drop_part(place, &part, has)?;
                Err(FileRefusal::Offset(Progress::default()))
            }
            // The relay was stopped between the last piece and the look at the whole.
            has if has == piece.length && has == piece.offset => self.finish(place, &part, has),
            has => self.go_on(place, &part, piece, has, allowed),
        }
    }

    /// Some bytes of a whole file from an offset on, and how many it has in all; none if it is not here, or not whole.
    ///
    /// # Errors
    /// The disk cannot be read.
    pub fn read(&self, place: &Place, from: u64, most: usize) -> Result<Option<(Vec<u8>, u64)>, FileRefusal> {
        let path = self.path(place);
        let Some(length) = length(&path)? else { return Ok(None) };
        Ok(Some((at(&path, some(&path, from, most))?, length)))
    }

    /// What a workspace's files cost, parts included.
    ///
    /// # Errors
    /// The disk cannot be read.
    pub fn bytes(&self, workspace: WorkspaceId) -> Result<u64, FileRefusal> {
        self.counted(&mut locked(&self.used), workspace).copied()
    }

    /// Takes away parts that nobody has gone on with since; how many.
    ///
    /// # Errors
    /// The disk cannot be read or written.
    pub fn drop_left(&self, since: SystemTime) -> Result<usize, FileRefusal> {
        let mut dropped = 0;
        self.each(|found| {
            if let Found::Part(place) = found {
                dropped += usize::from(self.drop_if_left(&place, since)?);
            }
            Ok::<(), FileRefusal>(())
        })?;
        Ok(dropped)
    }

    /// Shows every whole file, and whatever else lies among them.
    ///
    /// # Errors
    /// The disk cannot be read, or `show` says no.
    pub fn each<E: From<FileRefusal>>(&self, mut show: impl FnMut(Found<'_>) -> Result<(), E>) -> Result<(), E> {
        walk::each(&self.root, &mut |path| show(walk::found(&self.root, path)))
    }

    /// Keeps a whole file that was kept elsewhere, unless it is here and sound.
    ///
    /// # Errors
    /// Its bytes are not what its name says, or the disk cannot be written.
    pub fn put(&self, place: &Place, bytes: &[u8]) -> Result<(), FileRefusal> {
        let path = self.path(place);
        if matches!(hash_of(&path), Ok(here) if here == place.hash) {
            return Ok(());
        }
        let part = self.part(place);
        self.make_folder(&part)?;
        at(&part, fs::write(&part, bytes))?;
        self.finish(place, &part, bytes.len() as u64).map(drop)
    }

    fn go_on(
        &self,
        place: &Place,
        part: &Path,
        piece: Piece<'_>,
        before: u64,
        allowed: u64,
    ) -> Result<Progress, FileRefusal> {
        piece.fits(before)?;
        let has = piece.offset + piece.bytes.len() as u64;
        self.take_room(place.workspace, (before, has, piece.length), allowed)?;
        let added = self.make_folder(part).and_then(|()| at(part, add(part, piece.offset, piece.bytes)));
        added.inspect_err(|_| self.count(place.workspace, cost(has), cost(before)))?;
        match has < piece.length {
            true => Ok(Progress { has, complete: false }),
            false => self.finish(place, part, has),
        }
    }

    /// Counts what is added to a file, if all of it will fit beside the others. Asked and counted in one: two files at
    /// once do not both take the last room.
    fn take_room(
        &self,
        workspace: WorkspaceId,
        (before, has, length): (u64, u64, u64),
        allowed: u64,
    ) -> Result<(), FileRefusal> {
        let mut used = locked(&self.used);
        let bytes = self.counted(&mut used, workspace)?;
        let others = bytes.saturating_sub(cost(before));
        if others.saturating_add(cost(length)) > allowed {
            return Err(FileRefusal::Full { allowed });
        }
        *bytes = others.saturating_add(cost(has));
        Ok(())
    }

    /// What a workspace's files cost, found on disk the first time.
    fn counted<'a>(
        &self,
        used: &'a mut HashMap<WorkspaceId, u64>,
        workspace: WorkspaceId,
    ) -> Result<&'a mut u64, FileRefusal> {
        let new = match used.entry(workspace) {
            hash_map::Entry::Occupied(known) => return Ok(known.into_mut()),
            hash_map::Entry::Vacant(new) => new,
        };
        let mut bytes = 0;
        walk::each::<FileRefusal>(&self.root.join(workspace.to_string()), &mut |path| {
            bytes += cost(length(path)?.unwrap_or(0));
            Ok(())
        })?;
        Ok(new.insert(bytes))
    }

    /// Asked again once the file is nobody else's: somebody may be going on with it right now.
    fn drop_if_left(&self, place: &Place, since: SystemTime) -> Result<bool, FileRefusal> {
        let (_alone, part) = (self.alone(place), self.part(place));
        let Some(has) = length(&part)? else { return Ok(false) };
        let is_left = at(&part, fs::metadata(&part).and_then(|data| data.modified()))? < since;
        if is_left {
            self.drop_part(place, &part, has)?;
        }
        Ok(is_left)
    }

    /// Everything of a file has come.
    fn finish(&self, place: &Place, part: &Path, has: u64) -> Result<Progress, FileRefusal> {
        if at(part, hash_of(part))? != place.hash {
            self.drop_part(place, part, has)?;
            return Err(FileRefusal::Damaged);
        }
        let path = self.path(place);
        at(part, sync(part))?;
        at(&path, fs::rename(part, &path))?;
        self.sync_folders(&path)?;
        Ok(Progress { has, complete: true })
    }

    fn drop_part(&self, place: &Place, part: &Path, has: u64) -> Result<(), FileRefusal> {
        at(part, fs::remove_file(part))?;
        self.count(place.workspace, cost(has), 0);
        Ok(())
    }

    fn make_folder(&self, path: &Path) -> Result<(), FileRefusal> {
        let folder = path.parent().unwrap_or(&self.root);
        if folder.is_dir() { Ok(()) } else { at(folder, make_private(folder)) }
    }

    /// A name is on disk once its folder is, which must be so for each folder up to the data directory.
    fn sync_folders(&self, path: &Path) -> Result<(), FileRefusal> {
        let above = self.root.parent().unwrap_or(&self.root);
        for folder in path.ancestors().skip(1).take_while(|folder| folder.starts_with(above)) {
            at(folder, sync(folder))?;
        }
        Ok(())
    }

    fn count(&self, workspace: WorkspaceId, before: u64, after: u64) {
        if let Some(bytes) = locked(&self.used).get_mut(&workspace) {
            *bytes = bytes.saturating_sub(before).saturating_add(after);
        }
    }

    /// Nobody else changes the file as long as this is held.
    fn alone(&self, place: &Place) -> MutexGuard<'_, ()> {
        locked(&self.locks[usize::from(place.hash.0[0]) % LOCKS])
    }

    fn path(&self, place: &Place) -> PathBuf {
        let Place { workspace, document, hash } = place;
        self.root.join(workspace.to_string()).join(document.to_string()).join(hash.to_string())
    }

    fn part(&self, place: &Place) -> PathBuf {
        self.path(place).with_extension(PART)
    }
}

impl Piece<'_> {
    /// A piece goes on where the last one ended, and not beyond what the file may have.
    fn fits(&self, has: u64) -> Result<(), FileRefusal> {
        let end = self.offset.saturating_add(self.bytes.len() as u64);
        match () {
            () if self.offset != has => Err(FileRefusal::Offset(Progress { has, complete: false })),
            () if self.bytes.is_empty() || end > self.length => Err(FileRefusal::Length),
            () => Ok(()),
        }
    }
}

/// Nothing here can be left half changed by a panic.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
