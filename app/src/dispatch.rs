//! Ask for a change, get Ok or a refusal: what pages know of the engine.

use std::cell::RefCell;
use std::rc::Rc;

use leptos::prelude::*;
use send_wrapper::SendWrapper;
use shared::command::{Command, Origin};
use shared::freight::Carriage;
use shared::id::{DealId, DeviceId, DocumentId, MemberId, WorkspaceId};
use shared::membership::Vantage;
use shared::model::{Deal, FileHash, FileRef, Role};
use shared::refusal::Refusal;
use shared::sorted::SortedMap;
use shared::time::Timestamp;
use wasm_bindgen_futures::spawn_local;

use crate::engine::browser::File;
use crate::engine::files::AttachError;
use crate::engine::picture::Pad;
use crate::engine::{Engine, Identity, JoinError, News, Stock, browser, join, watch_panics};
use crate::mirror::{MirrorWriter, Trouble};

/// Where the browser keeps which workspace this device works in.
const WORKSPACE: &str = "sluice.workspace";

/// How far the app is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Phase {
    /// Storage is being read.
    Loading,
    /// This device belongs to no workspace yet.
    Join,
    /// The board can be used.
    Ready,
    /// Storage does not work.
    Failed(Trouble),
}

/// Asks the engine. The browser runs all of the app in one thread, which the wrapper vouches for.
#[derive(Clone)]
pub struct Dispatch {
    inner: SendWrapper<Rc<Inner>>,
    phase: ArcRwSignal<Phase>,
}

struct Inner {
    engine: RefCell<Option<Rc<Engine>>>,
    writer: MirrorWriter,
}

impl Dispatch {
    /// Starts the engine, if this device belongs to a workspace.
    pub fn start(writer: MirrorWriter) -> Self {
        watch_panics();
        let inner = Rc::new(Inner { engine: RefCell::default(), writer });
        let dispatch = Self { inner: SendWrapper::new(inner), phase: ArcRwSignal::new(Phase::Loading) };
        let starting = dispatch.clone();
        spawn_local(async move {
            let known = match workspace() {
                // The browser writes its small storage down late, and a device may have been switched off before.
                None => Engine::joined_before().await,
                known => Ok(known),
            };
            match known {
                Ok(Some(workspace)) => starting.enter(workspace).await,
                Ok(None) => starting.prepare().await,
                Err(trouble) => starting.phase.set(Phase::Failed(trouble)),
            }
        });
        dispatch
    }

    /// How far the app is.
    pub fn phase(&self) -> ArcReadSignal<Phase> {
        self.phase.read_only()
    }

    /// Who works on this device; none before the board can be used.
    pub fn identity(&self) -> Option<Identity> {
        self.engine().map(|engine| engine.identity())
    }

    /// Asks for one thing. It is on the screen in the same tick, and saved when this returns what undoes it.
    ///
    /// # Errors
    /// Why not, as data.
    pub async fn ask(&self, command: Command) -> Result<Vec<Command>, Refusal> {
        let engine = self.engine().ok_or(Refusal::Unreadable)?;
        engine.ask(command).await
    }

    /// Asks for many things in slices; `progress` hears how many are done. Returns what was refused, by index.
    pub async fn run(&self, commands: Vec<Command>, origin: Origin, progress: impl Fn(usize)) -> Vec<(usize, Refusal)> {
        match self.engine() {
            Some(engine) => engine.run_all(commands, origin, progress).await,
            None => (0..commands.len()).map(|index| (index, Refusal::Unreadable)).collect(),
        }
    }

    /// Loads a document for a page that shows it. The page closes it when it goes.
    pub fn open(&self, document: DocumentId) {
        if let Some(engine) = self.engine() {
            spawn_local(async move { engine.look_into(document).await });
        }
    }

    /// Loads many documents for a page that shows them, in slices that leave it free to draw. The page closes each when
    /// it goes, which also ends the loading.
    pub fn open_all(&self, documents: Vec<DocumentId>) {
        if let Some(engine) = self.engine() {
            engine.look_at(&documents);
            spawn_local(async move { engine.load_each(documents).await });
        }
    }

    /// The page that showed the document is gone.
    pub fn close(&self, document: DocumentId) {
        if let Some(engine) = self.engine() {
            engine.look_away(document);
        }
    }

    /// Reads these deals one after the other without keeping them open, until `see` has seen enough.
    pub async fn read_through(&self, deals: Vec<DealId>, see: impl FnMut(Option<&Deal>) -> bool) {
        if let Some(engine) = self.engine() {
            engine.read_through(deals, see).await;
        }
    }

    /// A deal with everything on it as it was at a moment of the past; none while its document is not open.
    pub fn deal_as_of(&self, deal: DealId, at: Timestamp) -> Option<Deal> {
        self.engine()?.deal_as_of(deal, at)
    }

    /// Keeps a file that proves something on this device.
    ///
    /// # Errors
    /// Why not.
    pub async fn attach(&self, file: &File) -> Result<FileRef, AttachError> {
        let engine = self.engine().ok_or_else(|| AttachError::Unreadable(file.name()))?;
        engine.attach(file).await
    }

    /// Keeps what was drawn on a pad.
    ///
    /// # Errors
    /// Why not.
    pub async fn attach_drawing(&self, name: &str, pad: &Pad) -> Result<FileRef, AttachError> {
        let engine = self.engine().ok_or_else(|| AttachError::Unreadable(name.to_owned()))?;
        engine.attach_drawing(name, pad).await
    }

    /// An address under which the browser shows a file; none if the file is not on this device.
    pub async fn file_address(&self, file: FileHash) -> Option<String> {
        self.engine()?.file_address(file).await
    }

    /// Where a file of a document is, from now on; it goes on its way to where it is not, as far as it should.
    pub fn watch_file(&self, document: DocumentId, file: &FileRef) -> Option<ArcRwSignal<Carriage>> {
        self.engine().map(|engine| engine.watch_file(document, file))
    }

    /// Where the small picture of a file is, from now on.
    pub fn watch_thumbnail(&self, document: DocumentId, thumbnail: FileHash) -> Option<ArcRwSignal<Carriage>> {
        self.engine().map(|engine| engine.watch_thumbnail(document, thumbnail))
    }

    /// Files were attached to a document: the relay gets them. What storage cannot note now is noted when somebody looks at
    /// the document.
    pub async fn send_files(&self, document: DocumentId, files: &[FileRef]) {
        if let Some(engine) = self.engine() {
            let _noted = engine.send_files(document, files).await;
        }
    }

    /// Somebody wants a file here, or at the relay, now.
    ///
    /// # Errors
    /// Storage does not work.
    pub async fn fetch_file(&self, document: DocumentId, file: &FileRef) -> Result<(), Trouble> {
        match self.engine() {
            Some(engine) => engine.fetch_file(document, file).await,
            None => Ok(()),
        }
    }

    /// How much of files is where; none while storage does not work.
    pub async fn file_stock(&self) -> Option<Stock> {
        self.engine()?.file_stock().await.ok()
    }

    /// Counts what became different about files.
    pub fn file_turn(&self) -> Option<ArcRwSignal<u64>> {
        self.engine().map(|engine| engine.file_turn())
    }

    /// Joins a workspace with a link's secret or a recovery code; `name` is what the person is called.
    ///
    /// # Errors
    /// Says why the relay or storage did not let this device in.
    pub async fn join(&self, ticket: &str, name: &str) -> Result<(), JoinError> {
        let held = match self.engine() {
            Some(engine) => engine.held().await,
            None => None,
        };
        let workspace = join(ticket, name.trim(), held).await?;
        browser::keep(WORKSPACE, &workspace.to_string());
        match self.engine() {
            // What runs was started for the device that this one was before.
            Some(_) => {
                browser::go("/");
                browser::reload();
            }
            None => self.enter(workspace).await,
        }
        Ok(())
    }

    /// Makes a link: for a new member with a role, or for another device of the same person.
    ///
    /// # Errors
    /// Says why it was not made.
    pub async fn invite(&self, role: Role, vantage: Vantage, same_person: bool) -> Result<String, JoinError> {
        let engine = self.engine().ok_or(JoinError::Offline)?;
        engine.invite(role, vantage, same_person.then_some(engine.identity().member)).await
    }

    /// Makes a recovery code.
    ///
    /// # Errors
    /// Says why it was not made.
    pub async fn print_recovery(&self) -> Result<String, JoinError> {
        self.engine().ok_or(JoinError::Offline)?.print_recovery().await
    }

    /// Takes a device out of the workspace.
    ///
    /// # Errors
    /// Says why it stays.
    pub async fn remove_device(&self, device: DeviceId) -> Result<(), JoinError> {
        self.engine().ok_or(JoinError::Offline)?.remove_device(device).await
    }

    /// Lets a member do more or less.
    ///
    /// # Errors
    /// Says why not.
    pub async fn set_role(&self, member: MemberId, role: Role) -> Result<(), JoinError> {
        self.engine().ok_or(JoinError::Offline)?.set_role(member, role).await
    }

    /// Lets a member see more or fewer deals.
    ///
    /// # Errors
    /// Says why not.
    pub async fn set_sight(&self, member: MemberId, vantage: Vantage) -> Result<(), JoinError> {
        self.engine().ok_or(JoinError::Offline)?.set_sight(member, vantage).await
    }

    /// From where each member looks, if the list has more entries than are known already; and how many.
    pub async fn vantages(&self, known: u64) -> Option<(u64, SortedMap<MemberId, Vantage>)> {
        self.engine()?.vantages(known).await
    }

    /// Deals that changed hands, of which the person was not told yet or has not put it away.
    pub async fn news(&self) -> Vec<News> {
        match self.engine() {
            Some(engine) => engine.news().await,
            None => Vec::new(),
        }
    }

    /// The person was told.
    pub async fn put_away(&self, told: &News) {
        if let Some(engine) = self.engine() {
            engine.put_away(told).await;
        }
    }

    /// When the devices of the workspace were last at the relay, as far as it can be asked.
    pub async fn last_seen(&self) -> SortedMap<DeviceId, Timestamp> {
        match self.engine() {
            Some(engine) => engine.last_seen().await,
            None => SortedMap::new(),
        }
    }

    /// Asks for a link only where what it brings can be kept.
    async fn prepare(&self) {
        self.phase.set(Engine::probe().await.map_or_else(Phase::Failed, |()| Phase::Join));
    }

    async fn enter(&self, workspace: WorkspaceId) {
        self.phase.set(Phase::Loading);
        match Engine::start(workspace, self.inner.writer.clone()).await {
            Ok(engine) => {
                self.inner.engine.replace(Some(engine));
                self.phase.set(Phase::Ready);
            }
            Err(trouble) => self.phase.set(Phase::Failed(trouble)),
        }
    }

    fn engine(&self) -> Option<Rc<Engine>> {
        self.inner.engine.borrow().clone()
    }
}

fn workspace() -> Option<WorkspaceId> {
    browser::kept(WORKSPACE)?.parse().ok()
}
