//! Work done here: a command opens its document, passes the door, is shown in the same tick, and is saved.

use std::cell::RefCell;
use std::ops::Range;

use futures::channel::oneshot::{Canceled, Receiver};
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use shared::command::{Command, Context, Origin};
use shared::id::DealId;
use shared::model::Deal;
use shared::refusal::Refusal;
use shared::replica::{Effects, Replica};
use shared::time::Timestamp;
use shared::undo::{inverse, offered};
use shared::workspace::{Touched, Workspace};

use super::clock::{Slice, now, sleep, today};
use super::queue::{Job, Saved};
use super::storage::Chunk;
use super::{Engine, Identity, browser};

/// How many changes of one import wait at most before it lets them be saved.
const WAIT_AT_MOST: usize = 512;

/// How long after a failure the part of the program that writes is asked for again.
const ASK_AGAIN_MILLIS: i32 = 5_000;

impl Engine {
    /// Asks for one thing. Returns when it is saved, with what undoes it.
    ///
    /// # Errors
    /// Why not, as data. What could not be saved ([`Refusal::Full`], [`Refusal::Unsaved`]) is off the screen again.
    pub async fn ask(&self, command: Command) -> Result<Vec<Command>, Refusal> {
        self.make_ready(&command).await?;
        let Done { touched, saved, undo, answers } = self.execute(Origin::Hand, command).await?;
        self.show(&touched);
        kept(saved.await)?;
        // The person's own work is saved, so what is refused of these or lost is not told.
        self.run_all(answers, Origin::Automation, |_| ()).await;
        Ok(undo)
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
                Ok(done) => {
                    touched.extend(done.touched);
                    unsaved = Some(done.saved);
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

    /// Takes this device and its member into the team, once the team is known and lacks them; again if what writes was
    /// still to be loaded and could not be.
    pub(super) async fn introduce(&self) {
        while let Err(Refusal::Unready) = self.join_team().await {
            sleep(ASK_AGAIN_MILLIS).await;
        }
    }

    async fn join_team(&self) -> Result<(), Refusal> {
        let Identity { member, device, .. } = self.identity;
        let lacks = |has: fn(&Workspace, &Identity) -> bool| !has(self.replica.borrow().workspace(), &self.identity);
        if lacks(|workspace, me| workspace.members.contains_key(&me.member)) {
            let (name, role) = (self.identity.name.clone(), self.identity.role);
            self.ask(Command::PutMember { member, name, role }).await?;
        }
        if lacks(|workspace, me| workspace.devices.contains_key(&me.device)) {
            self.ask(Command::NameDevice { device, name: browser::device_name() }).await?;
        }
        Ok(())
    }

    /// A deal as it was at a moment of the past, if its document is open.
    pub fn deal_as_of(&self, deal: DealId, at: Timestamp) -> Option<Deal> {
        self.replica.borrow().deal_as_of(deal, at)
    }

    async fn do_one(&self, origin: Origin, command: Command) -> Result<Done, Refusal> {
        self.make_ready(&command).await?;
        self.execute(origin, command).await
    }

    async fn make_ready(&self, command: &Command) -> Result<(), Refusal> {
        let document = command.document();
        let is_new = command.begins();
        let is_unknown = self.replica.borrow().card(document).is_none();
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

    async fn execute(&self, origin: Origin, command: Command) -> Result<Done, Refusal> {
        if self.loading.get() {
            return Err(Refusal::Unreadable);
        }
        let Identity { member, device, .. } = self.identity;
        let context = Context { member, device, now: now(), today: today(), origin };
        let written = write(&self.replica, &context, command).await;
        let (effects, undo) = written.map_err(|Unwritten(why)| why)?;
        let chunks = effects.saved.into_iter().map(|saved| (saved.document, Chunk::Change(saved.change))).collect();
        let saved = self.queue.push(Job { chunks, made_here: true, mark: None });
        Ok(Done { touched: effects.touched, saved, undo, answers: effects.answers })
    }
}

/// Why a command was not written.
struct Unwritten(Refusal);

impl From<SplitLoaderError> for Unwritten {
    fn from(_: SplitLoaderError) -> Self {
        Self(Refusal::Unready)
    }
}

/// The first screen is read, not written: judging and writing are with the later part of the program.
#[wasm_split(later, wasm_split_path = leptos::wasm_split, fallible)]
fn write(
    replica: &RefCell<Replica>,
    context: &Context,
    command: Command,
) -> Result<(Effects, Vec<Command>), Unwritten> {
    let mut replica = replica.borrow_mut();
    let undo = match context.origin {
        Origin::Hand => inverse(replica.workspace(), &command),
        _ => Vec::new(),
    };
    let effects = replica.execute(context, command).map_err(Unwritten)?;
    let undo = offered(replica.workspace(), context, undo);
    Ok((effects, undo))
}

/// Whatever was said of these, they were not saved.
fn lose(refused: &mut Vec<(usize, Refusal)>, lost: Range<usize>, cause: &Refusal) {
    refused.retain(|(index, _)| *index < lost.start);
    refused.extend(lost.map(|index| (index, cause.clone())));
}

/// What a command did.
struct Done {
    touched: Touched,
    /// Told when it is saved.
    saved: Receiver<Saved>,
    /// What undoes it, where somebody may ask for that.
    undo: Vec<Command>,
    /// What rules answer on other records.
    answers: Vec<Command>,
}

/// A queue that is gone saved nothing.
fn kept(saved: Result<Saved, Canceled>) -> Saved {
    saved.unwrap_or(Err(Refusal::Unsaved))
}
