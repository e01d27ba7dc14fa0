//! What meets a criterion: proofs from the customer, approvals by a role.

use crate::id::{CriterionId, DealId, EvidenceId};
use crate::model::{EvidenceKind, FileError, FileRef, Role};
use crate::pipeline::{Criterion, Rule};
use crate::refusal::{Refusal, Wording};
use crate::rules::door::Door;
use crate::rules::limits;
use crate::time::Day;

/// How many files one proof may have.
const MAX_FILES: usize = 20;

pub(super) fn approve(door: &Door<'_>, deal: DealId, criterion: CriterionId) -> Result<(), Refusal> {
    door.needs(approver(door, deal, criterion)?)
}

pub(super) fn decline(door: &Door<'_>, deal: DealId, criterion: CriterionId, reason: &str) -> Result<(), Refusal> {
    door.needs(approver(door, deal, criterion)?)?;
    limits::says(Wording::Reason, reason)
}

/// Nobody is asked for what was approved, or asked twice.
pub(super) fn request(door: &Door<'_>, deal: DealId, criterion: CriterionId, note: &str) -> Result<(), Refusal> {
    let role = approver(door, deal, criterion)?;
    let card = door.worked(deal)?;
    let is_approved = card.approved.get(&criterion).is_some_and(|given| *given >= role);
    match is_approved || card.asked.contains_key(&criterion) {
        true => Err(Refusal::SameState),
        false => limits::fits(Wording::Message, note),
    }
}

pub(super) fn withdraw_request(door: &Door<'_>, deal: DealId, criterion: CriterionId) -> Result<(), Refusal> {
    match door.deal(deal)?.asked.contains_key(&criterion) {
        true => Ok(()),
        false => Err(Refusal::NotClosed),
    }
}

/// The least role whose approval the criterion needs.
fn approver(door: &Door<'_>, deal: DealId, criterion: CriterionId) -> Result<Role, Refusal> {
    match asked(door, deal, criterion)?.rule {
        Rule::Approval(role) => Ok(role),
        Rule::Fields(_) | Rule::KeyActivity(_) | Rule::Evidence(_) => Err(Refusal::NoCriterion(criterion)),
    }
}

/// The files show what a proof of this kind shows. It is asked of a new proof only: one that was recorded before this
/// was asked stands until somebody takes it back, so that no deal's verdict changes by itself.
pub(super) fn shown(kind: EvidenceKind, files: &[FileRef]) -> Result<(), Refusal> {
    match kind.is_shown_by(files) {
        true => attachable(files),
        false => Err(Refusal::Unshown(kind)),
    }
}

/// The files were looked at, and there are not too many.
fn attachable(files: &[FileRef]) -> Result<(), Refusal> {
    let names = files.iter().map(|file| limits::fits(Wording::Name, &file.name));
    names.chain(files.iter().map(|file| Ok(FileRef::fits(&file.name, file.size)?))).collect::<Result<(), _>>()?;
    match files.get(MAX_FILES) {
        None => Ok(()),
        Some(file) => Err(Refusal::File(FileError::TooMany(file.name.clone()))),
    }
}

/// The criterion is met by a proof of this kind.
pub(super) fn asked_for(
    door: &Door<'_>,
    deal: DealId,
    criterion: CriterionId,
    kind: EvidenceKind,
) -> Result<(), Refusal> {
    match asked(door, deal, criterion)?.rule {
        Rule::Evidence(asked) if asked == kind => Ok(()),
        Rule::Evidence(_) | Rule::Fields(_) | Rule::KeyActivity(_) | Rule::Approval(_) => {
            Err(Refusal::NoCriterion(criterion))
        }
    }
}

/// The deal has no proof of this identity yet.
pub(super) fn fresh(door: &Door<'_>, deal: DealId, evidence: EvidenceId) -> Result<(), Refusal> {
    match door.opened(deal)?.evidence.iter().any(|proof| proof.id == evidence) {
        true => Err(Refusal::Exists),
        false => Ok(()),
    }
}

/// The proof says who gave it, when, and what it shows.
pub(super) fn readable(door: &Door<'_>, from: &str, day: Day, quote: &str) -> Result<(), Refusal> {
    limits::says(Wording::From, from)?;
    door.near(day)?;
    limits::says(Wording::Quote, quote)
}

pub(super) fn withdraw(door: &Door<'_>, deal: DealId, evidence: EvidenceId) -> Result<(), Refusal> {
    let mut standing = door.opened(deal)?.evidence.iter().filter(|proof| proof.withdrawn.is_none());
    match standing.any(|proof| proof.id == evidence) {
        true => Ok(()),
        false => Err(Refusal::NoEvidence(evidence)),
    }
}

pub(super) fn restore(door: &Door<'_>, deal: DealId, evidence: EvidenceId) -> Result<(), Refusal> {
    let proof = door.opened(deal)?.evidence.iter().find(|proof| proof.id == evidence);
    match proof.ok_or(Refusal::NoEvidence(evidence))?.withdrawn {
        Some(_) => Ok(()),
        None => Err(Refusal::NotClosed),
    }
}

fn asked<'a>(door: &Door<'a>, deal: DealId, criterion: CriterionId) -> Result<&'a Criterion, Refusal> {
    let pipeline = door.pipeline(door.deal(deal)?.pipeline)?;
    pipeline.criterion(criterion).map(|(_, criterion)| criterion).ok_or(Refusal::NoCriterion(criterion))
}
