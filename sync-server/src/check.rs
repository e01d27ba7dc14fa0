//! Judges all data: every change, every position, every snapshot, every file. Finds everything and mends nothing.

use std::path::Path;

use serde::Serialize;
use shared::id::{LogId, WorkspaceId};
use shared::membership::Membership;
use shared::wire::Position;

use crate::files::Files;
use crate::store::{RawFile, RawState, RawWorkspace, StoreError};

mod changes;
mod files;
mod finding;
mod owners;
mod snapshots;

pub use finding::{Finding, Problem};

/// What a check found.
#[derive(Debug, Default, Serialize)]
pub struct Report {
    /// How many workspaces were looked at.
    pub workspaces: u64,
    /// How many documents.
    pub documents: u64,
    /// How many changes.
    pub changes: u64,
    /// How many snapshots.
    pub snapshots: u64,
    /// How many files that devices attached.
    pub files: u64,
    /// Everything that is wrong, in the order of the log, then of files; nothing if the data is sound.
    pub findings: Vec<Finding>,
}

/// Checks the data in a directory, also while a relay serves from it.
///
/// # Errors
/// There is no database there, or it is a newer program's. One that is there and damaged is a finding.
pub fn check(directory: &Path) -> Result<Report, StoreError> {
    let mut report = check_file(&RawFile::of(directory))?;
    if let Err(error) = files::look(&mut report, &Files::of(directory)) {
        report.find(Place::default(), Problem::Files(error.to_string()));
    }
    Ok(report)
}

/// Checks a database file, and the files that are packed into it if it is a backup.
///
/// # Errors
/// As [`check`].
pub fn check_file(path: &Path) -> Result<Report, StoreError> {
    let missing = |cause| StoreError::Directory { path: path.display().to_string(), cause };
    std::fs::metadata(path).map_err(missing)?;
    let mut report = Report::default();
    let checked = RawFile::open(path).and_then(|mut file| {
        report.look(&file.state()?)?;
        files::look_at_packed(&mut report, &file)
    });
    match checked {
        Err(StoreError::Database(error)) => report.find(Place::default(), Problem::File(error.to_string())),
        checked => checked?,
    }
    Ok(report)
}

/// Where something is wrong, as far as it is known.
#[derive(Clone, Default)]
pub(crate) struct Place {
    workspace: Option<WorkspaceId>,
    document: Option<String>,
    position: Option<Position>,
}

impl Report {
    /// Whether nothing is wrong.
    pub fn is_sound(&self) -> bool {
        self.findings.is_empty()
    }

    fn look(&mut self, state: &RawState<'_>) -> Result<(), StoreError> {
        for fault in state.faults()? {
            self.find(Place::default(), Problem::File(fault));
        }
        let workspaces = state.workspaces()?;
        for workspace in &workspaces {
            self.workspaces += 1;
            let id = <[u8; 16]>::try_from(&*workspace.id).ok().map(WorkspaceId::from_bytes);
            let place = Place { workspace: id, ..Place::default() };
            if id.is_none() {
                self.find(place.clone(), Problem::WorkspaceName);
            }
            let head = changes::look(self, state, workspace, &place)?;
            self.look_at_log(state, workspace, &place, head)?;
            self.look_at_members(state, workspace, &place)?;
            self.look_at_documents(state, workspace, &place)?;
        }
        Ok(())
    }

    fn look_at_documents(
        &mut self,
        state: &RawState<'_>,
        workspace: &RawWorkspace,
        place: &Place,
    ) -> Result<(), StoreError> {
        for document in state.documents(workspace.number)? {
            self.documents += 1;
            let place = Place { document: Some(document.name.clone()), ..place.clone() };
            snapshots::look(self, state, &document, &place)?;
            owners::look(self, state, &document, &place)?;
        }
        Ok(())
    }

    /// The log's name and end against what was written down when a relay last started.
    fn look_at_log(
        &mut self,
        state: &RawState<'_>,
        workspace: &RawWorkspace,
        place: &Place,
        head: Position,
    ) -> Result<(), StoreError> {
        let named = <[u8; 16]>::try_from(&*workspace.log).map(LogId::from_bytes).is_ok();
        match state.life(workspace.number)? {
            Some(life) if named && life.log == workspace.log => {
                if life.began > head {
                    self.find(place.clone(), Problem::WentBack { head, before: life.began });
                }
            }
            Some(_) | None => self.find(place.clone(), Problem::LogName),
        }
        Ok(())
    }

    /// The list of members, as every device verifies it.
    fn look_at_members(
        &mut self,
        state: &RawState<'_>,
        workspace: &RawWorkspace,
        place: &Place,
    ) -> Result<(), StoreError> {
        let entries = state.entries(workspace.number)?;
        let Some(id) = place.workspace else { return Ok(()) };
        if let Err(refusal) = Membership::verify(id, entries.iter().map(Vec::as_slice)) {
            self.find(place.clone(), Problem::Members(refusal.to_string()));
        }
        Ok(())
    }

    fn find(&mut self, place: Place, problem: Problem) {
        let Place { workspace, document, position } = place;
        self.findings.push(Finding { workspace, document, position, problem });
    }
}

#[cfg(test)]
mod tests;
