//! Passes: what a device shows over HTTP for as long as its conversation goes on. They are kept in memory only and go with
//! the conversation, so that a device that is removed is cut off from files as well.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use sha2::{Digest as _, Sha256};
use shared::id::{DeviceId, DocumentId, MemberId, WorkspaceId};
use shared::membership::Horizon;
use shared::model::Role;
use shared::wire::Pass;
use tokio::sync::{Semaphore, watch};

use crate::access::Roster;
use crate::error::Error;
use crate::files::FileRefusal;
use crate::ownership::is_owned;
use crate::store::{Store, Tenure};

/// How many pieces of one conversation may be on their way at once.
const TURNS: usize = 2;

/// The passes of all conversations. They are found by their digest, so that how long that takes tells nothing.
#[derive(Default)]
pub(crate) struct Passes(Mutex<HashMap<[u8; 32], Arc<Holder>>>);

/// Whose pass it is.
pub(crate) struct Holder {
    pub(crate) workspace: WorkspaceId,
    pub(crate) device: DeviceId,
    member: MemberId,
    roster: watch::Receiver<Arc<Roster>>,
    /// One for each piece that may be on its way.
    pub(crate) turns: Semaphore,
}

/// A pass is good for as long as this is held.
pub(crate) struct Issued {
    passes: Arc<Passes>,
    digest: [u8; 32],
}

impl Passes {
    /// From now on whoever shows the pass is this one.
    pub(crate) fn issue(self: &Arc<Self>, pass: &Pass, holder: Holder) -> Issued {
        let digest = Sha256::digest(pass).into();
        self.locked().insert(digest, Arc::new(holder));
        Issued { passes: self.clone(), digest }
    }

    /// Who shows the pass.
    pub(crate) fn holder(&self, pass: &Pass) -> Option<Arc<Holder>> {
        self.locked().get(&<[u8; 32]>::from(Sha256::digest(pass))).cloned()
    }

    /// Nothing here can be left half changed by a panic.
    fn locked(&self) -> MutexGuard<'_, HashMap<[u8; 32], Arc<Holder>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Issued {
    fn drop(&mut self) {
        self.passes.locked().remove(&self.digest);
    }
}

impl Holder {
    pub(super) fn new(workspace: WorkspaceId, who: (DeviceId, MemberId), roster: watch::Receiver<Arc<Roster>>) -> Self {
        let (device, member) = who;
        Self { workspace, device, member, roster, turns: Semaphore::new(TURNS) }
    }

    /// Whether the member may see what belongs to a document, by the list and the deal's owner as they are now. The role,
    /// for what else is asked.
    pub(crate) fn may_see(&self, store: &dyn Store, document: DocumentId) -> Result<Role, Error> {
        self.reaches(store, document, |tenure, horizon| horizon.sees(tenure.now()))
    }

    /// Whether the member sees the document or once saw it, and may therefore ask how much of a file is here.
    pub(crate) fn knows_of(&self, store: &dyn Store, document: DocumentId) -> Result<Role, Error> {
        self.reaches(store, document, |tenure, horizon| tenure.since(0).any(|owner| horizon.sees(owner)))
    }

    /// Whether the member may put a file to a document. One attached while the deal was the member's own is not lost
    /// because somebody else was given the deal before the file was sent.
    pub(crate) fn may_write(&self, store: &dyn Store, document: DocumentId) -> Result<(), Error> {
        let needs = Role::least_to_write(document);
        if self.knows_of(store, document)? >= needs { Ok(()) } else { Err(FileRefusal::Role { needs }.into()) }
    }

    fn reaches(
        &self,
        store: &dyn Store,
        document: DocumentId,
        sees: impl Fn(&Tenure, &Horizon) -> bool,
    ) -> Result<Role, Error> {
        let roster = self.roster.borrow().clone();
        let role = roster.list().role_of(self.device)?;
        let horizon = roster.list().horizon(self.member);
        if horizon == Horizon::Everything || !is_owned(document) {
            return Ok(role);
        }
        let tenures = store.tenures(self.workspace, &[document])?;
        // A file may come before the deal itself, whose changes wait for their turn.
        let hides = |tenure: &Tenure| tenure.is_known() && !sees(tenure, &horizon);
        if tenures.get(&document).is_some_and(hides) { Err(FileRefusal::Unseen.into()) } else { Ok(role) }
    }
}
