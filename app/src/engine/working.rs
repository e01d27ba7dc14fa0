//! Work done here: a command opens its document, passes the door, is shown in the same tick, and is saved.

use std::ops::Range;

use futures::channel::oneshot::{Canceled, Receiver};
use shared::command::{Command, Context, Origin};
use shared::id::{DealId, DocumentId};
use shared::model::Deal;
use shared::refusal::Refusal;
use shared::time::Timestamp;
use shared::workspace::{Touched, Workspace};

use super::clock::{Slice, now, today};
use super::queue::{Job, Saved};
use super::storage::Chunk;
use super::{Engine, Identity, browser};

/// How many changes of one import wait at most before it lets them be saved.
const WAIT_AT_MOST: usize = 512;

impl Engine {
    /// Asks for one thing. Returns when it is saved.
    ///
    /// # Errors
    /// Why not, as data. What could not be saved ([`Refusal::Full`], [`Refusal::Unsaved`]) is off the screen again.
    pub async fn ask(&self, command: Command) -> Result<(), Refusal> {
        self.make_ready(&command).await?;
        let (touched, saved) = self.execute(Origin::Hand, command)?;
        self.show(&touched);
        kept(saved.await)
    }

    /// Asks for many things, in slices that leave the page free to draw, several in one transaction. Tells how
    /// many are done and saved. Returns what was refused, by index.
    pub async fn run_all(
        &self,
        commands: Vec<Command>,
        origin: Origin,
        progress: impl Fn(usize),
    ) -> Vec<(usize, Refusal)> {
        let (mut refused, mut touched) = (Vec::new(), Touched::default());
        let (mut slice, mut unsaved, mut begun) = (Slice::begin(), None, 0);
        let (count, failures) = (commands.len(), self.queue.failures());
        for (index, command) in commands.into_iter().enumerate() {
            let done = self.do_one(origin, command).await;
            if failures != self.queue.failures() {
                lose(&mut refused, begun..count, &self.queue.cause());
                break;
            }
            match done {
                Ok((reached, saved)) => {
                    touched.extend(reached);
                    unsaved = Some(saved);
                }
                Err(refusal) => refused.push((index, refusal)),
            }
            let is_full = self.queue.len() >= WAIT_AT_MOST || index + 1 == count;
            if is_full || slice.is_spent() {
                self.show(&std::mem::take(&mut touched));
                progress(index + 1);
                slice.breathe().await;
            }
            if let Some(saved) = unsaved.take_if(|_| is_full) {
                if let Err(cause) = kept(saved.await) {
                    lose(&mut refused, begun..count, &cause);
                    break;
                }
                begun = index + 1;
            }
        }
        refused
    }

    /// Takes this device and its member into the team, once the team is known and lacks them.
    pub(super) async fn introduce(&self) {
        let Identity { member, device, .. } = self.identity;
        let lacks = |has: fn(&Workspace, &Identity) -> bool| !has(self.replica.borrow().workspace(), &self.identity);
        if lacks(|workspace, me| workspace.members.contains_key(&me.member)) {
            let (name, role) = (self.identity.name.clone(), self.identity.role);
            let _shown = self.ask(Command::PutMember { member, name, role }).await;
        }
        if lacks(|workspace, me| workspace.devices.contains_key(&me.device)) {
            let _shown = self.ask(Command::NameDevice { device, name: browser::device_name() }).await;
        }
    }

    /// A deal as it was at a moment of the past, if its document is open.
    pub fn deal_as_of(&self, deal: DealId, at: Timestamp) -> Option<Deal> {
        self.replica.borrow().deal_as_of(deal, at)
    }

    async fn do_one(&self, origin: Origin, command: Command) -> Result<Done, Refusal> {
        self.make_ready(&command).await?;
        self.execute(origin, command)
    }

    async fn make_ready(&self, command: &Command) -> Result<(), Refusal> {
        let document = command.document();
        let is_new = command.begins();
        let is_unknown = document != DocumentId::Workspace && self.replica.borrow().card(document).is_none();
        if is_new && is_unknown && !self.loading.get() {
            self.shelf.borrow_mut().touch(document);
            return Ok(());
        }
        if let Err(trouble) = self.open(document).await {
            self.status.set_trouble(Some(trouble));
            return Err(Refusal::Unreadable);
        }
        Ok(())
    }

    fn execute(&self, origin: Origin, command: Command) -> Result<Done, Refusal> {
        if self.loading.get() {
            return Err(Refusal::Unreadable);
        }
        let Identity { member, device, .. } = self.identity;
        let context = Context { member, device, now: now(), today: today(), origin };
        let effects = self.replica.borrow_mut().execute(&context, command)?;
        let chunks = effects.saved.into_iter().map(|saved| (saved.document, Chunk::Change(saved.change))).collect();
        let saved = self.queue.push(Job { chunks, made_here: true, mark: None });
        Ok((effects.touched, saved))
    }
}

/// Whatever was said of these, they were not saved.
fn lose(refused: &mut Vec<(usize, Refusal)>, lost: Range<usize>, cause: &Refusal) {
    refused.retain(|(index, _)| *index < lost.start);
    refused.extend(lost.map(|index| (index, cause.clone())));
}

type Done = (Touched, Receiver<Saved>);

/// A queue that is gone saved nothing.
fn kept(saved: Result<Saved, Canceled>) -> Saved {
    saved.unwrap_or(Err(Refusal::Unsaved))
}
