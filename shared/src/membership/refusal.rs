//! Why an entry does not go on the list, as data.

use crate::model::Role;

/// Why not. Nothing has changed then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// Not the bytes of an entry, or too many.
    #[error("not an entry")]
    Malformed,
    /// About another workspace.
    #[error("it is about another workspace")]
    Elsewhere,
    /// Not made after the last entry: replayed, out of order, or somebody else was quicker.
    #[error("it was not made after the last entry")]
    Unlinked,
    /// The signature is not of the one who is said to have signed.
    #[error("its signature is forged")]
    Forged,
    /// This signer does not say such things, or not now.
    #[error("it is not for this signer to say")]
    Signer,
    /// No such device ever came in.
    #[error("the device is not known")]
    Stranger,
    /// The device was removed.
    #[error("the device was removed")]
    Removed,
    /// It takes a higher role.
    #[error("it takes the role {needs}")]
    Role {
        /// Which.
        needs: Role,
    },
    /// No such link, or whoever made it may not let anybody in any more.
    #[error("there is no such link")]
    LinkUnknown,
    /// The link let somebody in already.
    #[error("the link was used already")]
    LinkUsed,
    /// It says that it lasts longer than links may.
    #[error("a link does not last so long")]
    LinkTooLong,
    /// The device, key or link stands on the list already, for somebody else.
    #[error("it stands on the list already")]
    Taken,
    /// The link is for another member.
    #[error("the link is for another member")]
    OtherMember,
    /// No such member.
    #[error("there is no such member")]
    NoMember,
    /// Nobody could let others in any more.
    #[error("the last owner stays")]
    LastOwner,
    /// No such recovery code, or it was used or replaced.
    #[error("there is no such recovery code")]
    NoRecovery,
    /// A name is empty or too long, or a team's begins or ends with a space.
    #[error("a name has 1 to {} characters, and a team's has no space at its ends", super::MAX_NAME)]
    Name,
}
