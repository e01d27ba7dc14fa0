//! Mistakes that a schedule can be played with, each of which the invariants must notice.

/// One mistake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flaw {
    /// The relay acknowledges before what it was sent is on disk.
    AcknowledgeEarly,
    /// The relay stores a change again that it has.
    StoreTwice,
    /// The relay believes every position that a device names.
    TrustPosition,
    /// The relay takes two unequal changes that count as one.
    TakeForks,
    /// The relay never sends a device what it pushed itself, although the device may have lost it.
    LeaveOutOwn,
    /// The device does not note what waits for the relay.
    SkipOutbox,
    /// The device takes a push for acknowledged when it was sent.
    AcknowledgeUnasked,
    /// A position is noted although what came up to it was not stored.
    NoteFirst,
    /// What could not be saved stays on the screen.
    ShowUnsaved,
    /// All tabs of a device write as one actor.
    ShareActor,
    /// A card is stored without what other tabs stored meanwhile.
    BlindCard,
    /// Damaged changes are put aside, and nobody asks for them again.
    ForgetDamaged,
}

impl Flaw {
    /// Every one.
    pub const ALL: [Self; 12] = [
        Self::AcknowledgeEarly,
        Self::StoreTwice,
        Self::TrustPosition,
        Self::TakeForks,
        Self::LeaveOutOwn,
        Self::SkipOutbox,
        Self::AcknowledgeUnasked,
        Self::NoteFirst,
        Self::ShowUnsaved,
        Self::ShareActor,
        Self::BlindCard,
        Self::ForgetDamaged,
    ];
}
