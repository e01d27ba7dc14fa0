//! The only impure part of the app: it holds the replica, performs its effects, and alone writes the mirror.

mod amending;
pub mod browser;
pub mod clock;
mod codes;
mod connection;
mod courier;
pub mod files;
mod forks;
mod handing;
mod joining;
mod key;
pub mod leaving;
mod opening;
mod panic;
pub mod picture;
pub mod pinyin;
mod queue;
mod reading;
mod receiving;
mod returning;
mod roster;
mod saving;
pub mod scanning;
mod seen;
mod shelf;
mod starting;
mod status;
mod storage;
mod tabs;
pub mod tools;
mod working;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use futures::channel::mpsc::UnboundedSender;
use shared::id::{DeviceId, MemberId, WorkspaceId};
use shared::model::Role;
use shared::replica::{Actor, Replica};
use shared::workspace::Touched;
use wasm_bindgen_futures::spawn_local;

pub use courier::Stock;
pub use handing::{Hand, News};
pub use joining::{Denial, Held, JoinError, join};
pub use panic::watch as watch_panics;
pub use roster::Work;

use connection::Event;
use courier::Courier;
use queue::Queue;
use seen::Seen;
use shelf::Shelf;
use status::Status;
use storage::Storage;
use tabs::{Reach, Said, Tabs};

use crate::mirror::{MirrorWriter, Trouble};

/// Who works on this device.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The member.
    pub member: MemberId,
    /// The device.
    pub device: DeviceId,
}

/// Everything that runs behind the screen.
pub struct Engine {
    workspace: WorkspaceId,
    storage: Storage,
    files: Storage,
    parcels: Storage,
    courier: Courier,
    replica: RefCell<Replica>,
    actor: Cell<Actor>,
    queue: Queue,
    shelf: RefCell<Shelf>,
    tabs: Tabs,
    status: Status,
    identity: Identity,
    /// What the member may do, as it was when the relay was last greeted.
    role: Cell<Option<Role>>,
    seen: Seen,
    link: RefCell<Option<UnboundedSender<Event>>>,
    holds_link: Cell<bool>,
    /// While memory does not hold what storage does, nothing may be written.
    loading: Cell<bool>,
    /// The actor was taken out of use.
    stale: Cell<bool>,
    /// Which telling of storage's changes memory is of.
    telling: RefCell<Option<String>>,
}

impl Engine {
    /// A workspace that this device joined, as its storage says; none if it joined none.
    ///
    /// # Errors
    /// There is storage of a workspace that cannot be read now: this device may have joined it.
    pub async fn joined_before() -> Result<Option<WorkspaceId>, Trouble> {
        for workspace in storage::workspaces().await? {
            match identity(&Storage::open(workspace).await?).await {
                Ok(_) => return Ok(Some(workspace)),
                Err(Trouble::Forgotten) => {}
                Err(trouble) => return Err(trouble),
            }
        }
        Ok(None)
    }

    /// Opens a workspace that this device joined; the board can be used when this returns.
    pub async fn start(workspace: WorkspaceId, writer: MirrorWriter) -> Result<Rc<Self>, Trouble> {
        let storage = Storage::open(workspace).await?;
        let identity = identity(&storage).await?;
        let actor = starting::lease_actor(&storage).await?;
        let (queue, woken) = Queue::new();
        let engine = Rc::new_cyclic(|engine: &std::rc::Weak<Self>| {
            let engine = engine.clone();
            let tabs = Tabs::open(workspace, move |said| {
                if let Some(engine) = engine.upgrade() {
                    spawn_local(engine.hear_tab(said));
                }
            });
            Self {
                workspace,
                storage,
                files: Storage::of_files(workspace),
                parcels: Storage::of_parcels(workspace),
                courier: Courier::new(),
                replica: RefCell::new(Replica::new(actor)),
                actor: Cell::new(actor),
                queue,
                shelf: RefCell::default(),
                tabs,
                status: Status::new(writer),
                identity,
                role: Cell::new(None),
                seen: Seen::default(),
                link: RefCell::default(),
                holds_link: Cell::new(false),
                loading: Cell::new(true),
                stale: Cell::new(false),
                telling: RefCell::default(),
            }
        });
        engine.load().await?;
        engine.run(woken);
        Ok(engine)
    }

    /// Whether this browser keeps anything, asked before a link is used up.
    ///
    /// # Errors
    /// Why it does not.
    pub async fn probe() -> Result<(), Trouble> {
        match browser::can_keep() {
            true => Storage::probe().await,
            false => Err(Trouble::Denied),
        }
    }

    /// Who works on this device.
    pub fn identity(&self) -> Identity {
        self.identity
    }

    /// What the one who works here may do.
    fn role(&self) -> Role {
        self.replica.borrow().workspace().role(self.identity.member)
    }

    fn run(self: &Rc<Self>, woken: futures::channel::mpsc::UnboundedReceiver<()>) {
        spawn_local(saving::serve(Rc::clone(self), woken));
        spawn_local(connection::run(Rc::clone(self)));
        returning::watch(self);
        spawn_local(courier::serve(Rc::clone(self)));
        let engine = Rc::clone(self);
        spawn_local(async move { engine.pack_when_idle().await });
        self.tabs.say(&Said::AskLink);
        self.queue.wake();
    }

    fn show(&self, touched: &Touched) {
        self.status.show(&self.replica.borrow(), touched);
    }

    fn show_link(&self, link: Reach) {
        self.status.set_link(link, None);
        self.say_link();
    }

    fn say_link(&self) {
        let (link, last) = self.status.link();
        self.tabs.say(&Said::Link(link, last.map(shared::time::Timestamp::millis)));
    }

    /// The relay is to be greeted anew, because what is on this device has changed under the conversation.
    fn restart_link(&self) {
        if let Some(link) = self.link.borrow().as_ref() {
            let _heard = link.unbounded_send(Event::Restart);
        }
    }

    /// Something new lies in the outbox.
    fn nudge(&self) {
        if let Some(link) = self.link.borrow().as_ref() {
            let _heard = link.unbounded_send(Event::Nudge);
        }
    }
}

async fn identity(storage: &Storage) -> Result<Identity, Trouble> {
    let fact = async |name: &str| storage.fact(name).await?.ok_or(Trouble::Forgotten);
    // What joined before there was a list has no key to sign in with.
    let _listed = fact(storage::LENGTH).await?;
    Ok(Identity {
        member: fact("member").await?.parse().map_err(|_| Trouble::Forgotten)?,
        device: fact("device").await?.parse().map_err(|_| Trouble::Forgotten)?,
    })
}
