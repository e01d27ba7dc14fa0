//! Documents and their snapshots, each against the changes that it stands for.

use std::collections::BTreeSet;
use std::panic::catch_unwind;

use sha2::{Digest as _, Sha256};
use shared::document::unfold;
use shared::id::DocumentId;
use shared::wire::Position;

use super::{Place, Problem, Report};
use crate::store::{RawDocument, RawSnapshot, RawState, StoreError};

/// Looks at what is noted of a document, and at its snapshots.
pub(super) fn look(
    report: &mut Report,
    state: &RawState<'_>,
    document: &RawDocument,
    place: &Place,
) -> Result<(), StoreError> {
    let RawDocument { touched, last, unfolded, .. } = *document;
    if touched != last {
        report.find(place.clone(), Problem::Touched { noted: touched, last });
    }
    let (snapshots, places) = (state.snapshots(document.number)?, state.places(document.number)?);
    let in_use: Vec<Position> = snapshots.iter().filter(|one| one.in_use).map(|one| one.upto).collect();
    if in_use.len() > 1 {
        report.find(place.clone(), Problem::SeveralInUse);
    }
    let folded = in_use.iter().max().copied().unwrap_or(0);
    let counted = places.iter().filter(|(position, _)| *position > folded).count() as u64;
    if unfolded != counted {
        report.find(place.clone(), Problem::Unfolded { noted: unfolded, counted });
    }
    for snapshot in snapshots {
        report.snapshots += 1;
        judge(report, &document.name, &snapshot, &places, place);
    }
    Ok(())
}

fn judge(report: &mut Report, name: &str, snapshot: &RawSnapshot, places: &[(Position, Vec<u8>)], place: &Place) {
    if Sha256::digest(&snapshot.bytes)[..] != *snapshot.digest {
        return report.find(place.clone(), Problem::Digest);
    }
    let mut held = match held(name, &snapshot.bytes) {
        Ok(held) => held,
        Err(problem) => return report.find(place.clone(), problem),
    };
    for (position, hash) in places.iter().filter(|(position, _)| *position <= snapshot.upto) {
        if !held.remove(&**hash) {
            let place = Place { position: Some(*position), ..place.clone() };
            report.find(place, Problem::Lacks { upto: snapshot.upto });
        }
    }
    if !held.is_empty() {
        report.find(place.clone(), Problem::Holds(held.len()));
    }
}

/// The names of the changes in a snapshot, computed from what they say.
fn held(name: &str, bytes: &[u8]) -> Result<BTreeSet<Vec<u8>>, Problem> {
    let document: DocumentId = name.parse().map_err(|_| Problem::DocumentName)?;
    let changes = catch_unwind(|| unfold(document, bytes))
        .map_err(|_| Problem::Snapshot("reading it panicked".to_owned()))?
        .map_err(|error| Problem::Snapshot(error.to_string()))?;
    Ok(changes.iter().map(|change| change.hash().0.to_vec()).collect())
}
