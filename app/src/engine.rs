//! The only impure part of the app: it holds the replica, performs its effects, and alone writes the mirror.

pub mod browser;
pub mod clock;
mod connection;
pub mod files;
mod joining;
pub mod leaving;
mod opening;
mod panic;
pub mod picture;
pub mod pinyin;
mod queue;
mod reading;
mod receiving;
mod saving;
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

pub use joining::{Denial, JoinError, Joined, invite, join};
pub use panic::watch as watch_panics;

use connection::Event;
use queue::Queue;
use shelf::Shelf;
use status::Status;
use storage::Storage;
use tabs::{Reach, Said, Tabs};

use crate::mirror::{MirrorWriter, Trouble};

/// Who works on this device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// The member.
    pub member: MemberId,
    /// The device.
    pub device: DeviceId,
    /// What the member is called.
    pub name: String,
    /// What the member was invited to do.
    pub role: Role,
    /// The device's secret for the relay.
    token: String,
}

impl Identity {
    /// The device's secret for the relay.
    pub fn token(&self) -> &str {
        &self.token
    }
}

/// Everything that runs behind the screen.
pub struct Engine {
    storage: Storage,
    files: Storage,
    replica: RefCell<Replica>,
    actor: Cell<Actor>,
    queue: Queue,
    shelf: RefCell<Shelf>,
    tabs: Tabs,
    status: Status,
    identity: Identity,
    link: RefCell<Option<UnboundedSender<Event>>>,
    holds_link: Cell<bool>,
    /// While memory does not hold what storage does, nothing may be written.
    loading: Cell<bool>,
    /// The actor was taken out of use.
    stale: Cell<bool>,
}

impl Engine {
    /// A workspace that this device joined, as its storage says.
    pub async fn joined_before() -> Option<WorkspaceId> {
        for workspace in storage::workspaces().await {
            let storage = Storage::open(workspace).await.ok()?;
            if identity(&storage).await.is_ok() {
                return Some(workspace);
            }
        }
        None
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
                storage,
                files: Storage::of_files(workspace),
                replica: RefCell::new(Replica::new(actor)),
                actor: Cell::new(actor),
                queue,
                shelf: RefCell::default(),
                tabs,
                status: Status::new(writer),
                identity,
                link: RefCell::default(),
                holds_link: Cell::new(false),
                loading: Cell::new(true),
                stale: Cell::new(false),
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

    /// Keeps what a device was told when it joined, before anything else is done with it.
    pub async fn found(joined: &Joined, name: &str) -> Result<(), Trouble> {
        let storage = Storage::open(joined.workspace).await?;
        let role = serde_json::to_string(&joined.role).unwrap_or_default();
        let facts = [
            ("member", joined.member.to_string()),
            ("device", joined.device.to_string()),
            ("token", joined.token.clone()),
            ("name", name.to_owned()),
            ("role", role),
        ];
        storage.note(&facts).await
    }

    /// Who works on this device.
    pub fn identity(&self) -> &Identity {
        &self.identity
    }

    fn run(self: &Rc<Self>, woken: futures::channel::mpsc::UnboundedReceiver<()>) {
        spawn_local(saving::serve(Rc::clone(self), woken));
        spawn_local(connection::run(Rc::clone(self)));
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
    Ok(Identity {
        member: fact("member").await?.parse().map_err(|_| Trouble::Forgotten)?,
        device: fact("device").await?.parse().map_err(|_| Trouble::Forgotten)?,
        name: fact("name").await?,
        role: serde_json::from_str(&fact("role").await?).map_err(|_| Trouble::Forgotten)?,
        token: fact("token").await?,
    })
}
