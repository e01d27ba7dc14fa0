//! Every file is held against its name: those beside the database, and those packed into a backup.

use shared::model::FileHash;

use super::{Place, Problem, Report};
use crate::files::{self, FileRefusal, Files, Found, Stray, hash_of};
use crate::store::{RawFile, StoreError};

/// Looks at the files of a data directory.
pub(super) fn look(report: &mut Report, files: &Files) -> Result<(), FileRefusal> {
    files.each(|found| {
        match found {
            Found::Whole(place, path) => match hash_of(path) {
                Ok(hash) => report.look_at_file(&place, hash),
                Err(error) => report.find(Place::of(&place), Problem::Files(format!("{}: {error}", path.display()))),
            },
            Found::Part(_) => {}
            Found::Stray(Stray(path)) => report.find(Place::default(), Problem::StrayFile(path)),
        }
        Ok(())
    })
}

/// Looks at the files that are packed into a backup.
pub(super) fn look_at_packed(report: &mut Report, file: &RawFile) -> Result<(), StoreError> {
    file.each_packed(|packed| {
        match packed.place() {
            Some(place) => report.look_at_file(&place, FileHash::of(&packed.bytes)),
            None => report.find(Place::default(), Problem::StrayFile(packed.document)),
        }
        Ok(())
    })
}

impl Report {
    fn look_at_file(&mut self, place: &files::Place, hash: FileHash) {
        self.files += 1;
        if hash != place.hash {
            self.find(Place::of(place), Problem::FileDamaged(place.hash));
        }
    }
}

impl Place {
    fn of(file: &files::Place) -> Self {
        Self { workspace: Some(file.workspace), document: Some(file.document.to_string()), position: None }
    }
}
