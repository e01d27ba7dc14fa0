//! What proves that the customer met a criterion.

use serde::{Deserialize, Serialize};

use crate::id::{CriterionId, EvidenceId, MemberId};
use crate::model::card::Withdrawal;
use crate::model::{FileKind, FileRef};
use crate::time::{Day, Timestamp};

/// What kind of proof a criterion asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EvidenceKind {
    /// The customer wrote it: a mail, a message, minutes they confirmed.
    WrittenConfirmation,
    /// The customer accepted a meeting in which the decision maker takes part.
    AcceptedMeeting,
    /// A document the customer signed.
    SignedDocument,
    /// A photograph.
    Photo,
}

impl EvidenceKind {
    /// Every kind, in the order they are offered.
    pub const ALL: [Self; 4] = [Self::WrittenConfirmation, Self::AcceptedMeeting, Self::SignedDocument, Self::Photo];

    /// Whether these files show it. Words can be quoted; a document is shown by its file or by the signature that was
    /// drawn, and a photograph by a picture.
    pub fn is_shown_by(self, files: &[FileRef]) -> bool {
        match self {
            Self::WrittenConfirmation | Self::AcceptedMeeting => true,
            Self::SignedDocument => !files.is_empty(),
            Self::Photo => files.iter().any(|file| file.kind == FileKind::Image),
        }
    }
}

/// One proof, with who gave it and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Its identity.
    pub id: EvidenceId,
    /// The criterion it proves.
    pub criterion: CriterionId,
    /// What kind of proof.
    pub kind: EvidenceKind,
    /// Who at the customer gave it.
    pub from: String,
    /// The day the customer gave it.
    pub day: Day,
    /// The customer's words, or what the document or picture shows.
    pub quote: String,
    /// The files that show it.
    pub files: Vec<FileRef>,
    /// Who recorded it.
    pub by: MemberId,
    /// When it was recorded.
    pub at: Timestamp,
    /// Who took it back and when, if anybody did. A proof is never deleted.
    pub withdrawn: Option<Withdrawal>,
}
