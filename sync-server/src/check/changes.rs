//! The log: positions without holes, and changes that are what they are called.

use shared::change::{ChangeHash, Sealed};
use shared::document::prove;
use shared::id::DocumentId;
use shared::wire::Position;

use super::{Place, Problem, Report};
use crate::store::{RawChange, RawState, RawWorkspace, StoreError};

/// Looks at a workspace's log; returns its last position.
pub(super) fn look(
    report: &mut Report,
    state: &RawState<'_>,
    workspace: &RawWorkspace,
    place: &Place,
) -> Result<Position, StoreError> {
    let mut head = 0;
    state.each_change(workspace.number, |change| {
        report.changes += 1;
        let position = change.position;
        if position > head + 1 {
            report.find(place.clone(), Problem::Hole { from: head + 1, to: position - 1 });
        }
        head = position;
        let place = Place { position: Some(position), document: change.name.clone(), ..place.clone() };
        if let Err(problem) = judge(workspace.number, change) {
            report.find(place, problem);
        }
    })?;
    Ok(head)
}

fn judge(workspace: i64, change: RawChange) -> Result<(), Problem> {
    if change.workspace != Some(workspace) {
        return Err(Problem::NoDocument);
    }
    if change.name.is_none_or(|name| name.parse::<DocumentId>().is_err()) {
        return Err(Problem::DocumentName);
    }
    let hash = ChangeHash(<[u8; 32]>::try_from(&*change.hash).map_err(|_| Problem::HashName)?);
    let sealed = Sealed::named(hash, change.bytes).map_err(|error| Problem::Sealed(hash, error))?;
    prove(sealed).map_err(|error| Problem::Content(error.to_string()))
}
