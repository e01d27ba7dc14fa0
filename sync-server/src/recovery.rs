//! A relay begins with an empty disk after it lost everything. Whoever has its founding link brings the list of members
//! that a device holds; the relay goes on under that workspace's name, and every device recognises it and gives back
//! what was in it.

use shared::membership::{Membership, Refusal, recovering};
use shared::wire::joining::Recover;

use crate::access::Roster;
use crate::error::Error;
use crate::robot::FOUNDING;
use crate::store::{Brought, KeptEntry, Store};

/// Takes up a workspace in place of the one that nobody founded yet.
///
/// # Errors
/// The link founds nothing here, somebody was quicker, the list does not verify, or the store cannot be written.
pub fn take_up(store: &dyn Store, asked: &Recover) -> Result<(), Error> {
    let opening = store.opening(asked.key)?.ok_or(Refusal::LinkUnknown)?;
    let here = Roster::read(store, opening.workspace)?;
    here.opens(store, asked.key)?;
    let list = Membership::verify(asked.workspace, asked.entries.iter().map(|entry| entry.as_slice()))?;
    if !list.is_founded() || !asked.key.signed(&recovering(&list), &asked.signature) {
        return Err(Refusal::Forged.into());
    }
    // Links that were made before the loss are too old, whenever that was.
    let entries = asked.entries.iter().map(|bytes| KeptEntry { at: 0, bytes: bytes.to_vec() }).collect();
    let brought =
        Brought { workspace: asked.workspace, entries, recovery: list.recovery().map(|recovery| recovery.key) };
    if here.list().is_founded() || !store.take_up(opening.workspace, &brought, FOUNDING)? {
        return Err(Refusal::LinkUsed.into());
    }
    tracing::warn!(workspace = %asked.workspace, members = list.length(), "this relay goes on with a workspace that was brought");
    Ok(())
}
