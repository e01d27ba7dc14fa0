//! `POST /join`: whoever has a link or a recovery code asks for the list it belongs to, to sign the next entry.

use std::sync::Arc;

use axum::extract::State;
use shared::membership::Refusal;
use shared::wire::joining::{Answer, Ask, encode};

use super::said::Said;
use crate::access::{Roster, console};
use crate::error::Error;
use crate::relay::Relay;
use crate::store::Store;

/// Answers with the list. It tells ids, keys and names; the key that is shown is known to whoever may have the list.
pub(crate) async fn join(State(relay): State<Arc<Relay>>, Said(ask): Said<Ask>) -> Result<Vec<u8>, Error> {
    relay.ask(move |store| answer(store, &ask)).await
}

fn answer(store: &dyn Store, ask: &Ask) -> Result<Vec<u8>, Error> {
    let workspace = store.opening(ask.key)?.ok_or(Refusal::LinkUnknown)?.workspace;
    Roster::read(store, workspace)?.opens(store, ask.key)?;
    let entries = store.entries(workspace, 0)?.into_iter().map(|kept| kept.bytes.into()).collect();
    Ok(encode(&Answer { workspace, entries, console: console::key(store)?.public() }))
}
