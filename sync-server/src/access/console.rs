//! The relay's console as a device of its workspaces: whoever founds one takes it in as a manager, and an owner can
//! remove it like any other. Then the relay can let nobody in.

use shared::id::{DeviceId, MemberId, WorkspaceId};
use shared::membership::{Act, MAX_LASTS, PrivateKey, Refusal, Signer, Ticket, Vantage};
use shared::model::Role;

use super::{Roster, draw};
use crate::error::Error;
use crate::store::Store;

/// The console's name as a device.
pub fn device() -> DeviceId {
    DeviceId::minted("robot")
}

/// The console's name as a member.
pub fn member() -> MemberId {
    MemberId::minted("robot")
}

/// The console's key, drawn when it is first asked for.
///
/// # Errors
/// The store cannot be written, or the system has no dice.
pub fn key(store: &dyn Store) -> Result<PrivateKey, Error> {
    Ok(PrivateKey::from_seed(&store.console_seed(draw()?)?))
}

/// Makes a link for a new member, who looks from there.
///
/// # Errors
/// The console does not belong to the workspace any more or may not invite this role, or the store cannot be written.
pub fn invite(store: &dyn Store, workspace: WorkspaceId, role: Role, vantage: Vantage) -> Result<Ticket, Error> {
    let mut roster = Roster::read(store, workspace)?;
    let ticket = Ticket::to_join(draw()?, roster.list().root());
    let link = ticket.key().public();
    let act = Act::Invite { link, role, member: None, lasts: MAX_LASTS, vantage };
    amend(store, &mut roster, act)?;
    Ok(ticket)
}

/// Somebody else may have amended the list at the same moment; then it is tried once more.
fn amend(store: &dyn Store, roster: &mut Roster, act: Act) -> Result<(), Error> {
    let key = key(store)?;
    loop {
        let entry = roster.list().statement(Signer::Device(device()), act.clone()).sign(&key);
        match roster.amend(store, entry.bytes()) {
            Err(Error::Membership(Refusal::Unlinked)) => roster.catch_up(store)?,
            done => return done,
        }
    }
}
