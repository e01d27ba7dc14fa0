//! The log: positions without holes, and changes that are what they are called.

use std::collections::HashMap;

use shared::change::{ChangeHash, Origin, Sealed};
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
    let (mut head, mut origins) = (0, HashMap::new());
    state.each_change(workspace.number, |change| {
        report.changes += 1;
        let position = change.position;
        if position > head + 1 {
            report.find(place.clone(), Problem::Hole { from: head + 1, to: position - 1 });
        }
        head = position;
        let place = Place { position: Some(position), document: change.name.clone(), ..place.clone() };
        let sound = judge(workspace.number, change).and_then(|sound| sound.follows(&mut origins, position));
        if let Err(problem) = sound {
            report.find(place, problem);
        }
    })?;
    Ok(head)
}

/// What came first of those that share a document, a writer and a number. For each change a few dozen bytes.
type Origins = HashMap<(DocumentId, Origin), Position>;

/// A change that is sound by itself.
struct Sound {
    document: DocumentId,
    change: Sealed,
}

impl Sound {
    fn follows(self, origins: &mut Origins, position: Position) -> Result<(), Problem> {
        let first = *origins.entry((self.document, self.change.origin())).or_insert(position);
        if first == position { Ok(()) } else { Err(Problem::Forked(self.change.hash(), first)) }
    }
}

fn judge(workspace: i64, change: RawChange) -> Result<Sound, Problem> {
    if change.workspace != Some(workspace) {
        return Err(Problem::NoDocument);
    }
    let document = change.name.and_then(|name| name.parse::<DocumentId>().ok()).ok_or(Problem::DocumentName)?;
    let hash = ChangeHash(<[u8; 32]>::try_from(&*change.hash).map_err(|_| Problem::HashName)?);
    let sealed = Sealed::named(hash, change.bytes).map_err(|error| Problem::Sealed(hash, error))?;
    prove(sealed.clone()).map_err(|error| Problem::Content(error.to_string()))?;
    Ok(Sound { document, change: sealed })
}
