//! What outlives the page: one IndexedDB database per workspace, written in whole transactions.

mod cards;
mod chunk;
mod chunks;
mod files;
mod frame;
mod meta;
mod outbox;
mod parcels;
mod parting;
mod patience;
mod roster;
mod save;
mod shelves;
mod stand;
mod telling;

use std::cell::RefCell;

use futures::FutureExt as _;
use indexed_db_futures::database::Database;
use indexed_db_futures::error::{DomException, Error, OpenDbError, UnexpectedDataError};
use indexed_db_futures::prelude::*;
use indexed_db_futures::transaction::{Transaction, TransactionDurability, TransactionMode, TransactionOptions};
use shared::id::WorkspaceId;
use wasm_bindgen::prelude::*;

use super::browser;
pub(super) use crate::mirror::Trouble;

pub(super) use chunk::Chunk;
pub(super) use outbox::Waiting;
use patience::patiently;
pub(super) use roster::{LENGTH, Roster, SEATS};
pub(super) use save::{Batch, Kept, Ledger};
pub(super) use shelves::workspaces;
pub(super) use stand::{arrived, heard, standing};
pub(super) use telling::{TELLING, Telling};

const CHUNKS: &str = "chunks";
const QUARANTINE: &str = "quarantine";
const CARDS: &str = "cards";
const BLOCKS: &str = "blocks";
const OUTBOX: &str = "outbox";
const META: &str = "meta";
const FILES: &str = "files";

/// What the names of databases begin with; the rest is the workspace.
const PREFIX: &str = "sluice-";

/// What a database holds.
#[derive(Clone, Copy)]
enum Layout {
    /// Changes, cards and the outbox.
    Records,
    /// Files, or what is on its way of them.
    Files,
}

impl From<Error> for Trouble {
    fn from(error: Error) -> Self {
        match (&error, exception(&error).map(web_sys::DomException::name)) {
            // Nobody here aborts, so it was the browser, and on a new connection again: the disk is full.
            (Error::MissingData(UnexpectedDataError::TransactionAborted), _) => Self::Full,
            (_, Some(name)) if name == "QuotaExceededError" => Self::Full,
            (_, Some(name)) => Self::Broken(name),
            (Error::Serialisation(_), None) => Self::Broken("SerialisationError".to_owned()),
            (_, None) => Self::Broken("UnknownError".to_owned()),
        }
    }
}

impl From<OpenDbError> for Trouble {
    fn from(error: OpenDbError) -> Self {
        match error {
            OpenDbError::Base(base) => not_opened(exception(&base)),
            OpenDbError::VersionZero | OpenDbError::UnsupportedEnvironment | OpenDbError::NullFactory => Self::Denied,
        }
    }
}

/// Why the browser opened no database. A failure of its own is a denial only where it keeps nothing else either:
/// some browsers deny by the same name.
fn not_opened(error: Option<&web_sys::DomException>) -> Trouble {
    match error.map(web_sys::DomException::name) {
        Some(name) if name == "QuotaExceededError" => Trouble::Full,
        Some(name) if name != "SecurityError" && browser::can_keep() => Trouble::Broken(name),
        _ => Trouble::Denied,
    }
}

/// The database of one workspace, opened when it is needed.
pub(super) struct Storage {
    name: String,
    layout: Layout,
    database: RefCell<Option<Database>>,
}

impl Storage {
    /// The storage of a workspace; opens it, so that denied storage is noticed at once.
    pub(super) async fn open(workspace: WorkspaceId) -> Result<Self, Trouble> {
        let storage = Self::new(format!("{PREFIX}{workspace}"), Layout::Records);
        storage.connect().await?;
        Ok(storage)
    }

    /// Tries to keep something, before a device joins: the link it joins with works only once.
    pub(super) async fn probe() -> Result<(), Trouble> {
        let storage = Self::new("sluice-probe".to_owned(), Layout::Records);
        storage.note(&[("probe", "kept".to_owned())]).await
    }

    fn new(name: String, layout: Layout) -> Self {
        Self { name, layout, database: RefCell::default() }
    }

    /// Does something with the database. Browsers drop connections of sleeping pages, and what is being written on
    /// them; such a one is opened again, and the work done once more.
    async fn attempt<T>(&self, work: impl AsyncFn(&Database) -> Result<T, Error>) -> Result<T, Trouble> {
        match work(&self.connect().await?).await {
            Err(error) if may_be_dead(&error) => {
                self.database.take();
                Ok(work(&self.connect().await?).await?)
            }
            done => Ok(done?),
        }
    }

    async fn connect(&self) -> Result<Database, Trouble> {
        if let Some(database) = self.database.borrow().as_ref() {
            return Ok(database.clone());
        }
        let database = patiently(async || self.open_once().await).boxed_local().await?;
        self.database.replace(Some(database.clone()));
        Ok(database)
    }

    async fn open_once(&self) -> Result<Database, Trouble> {
        let layout = self.layout;
        let opening = Database::open(self.name.as_str())
            .with_version(1u8)
            .with_on_upgrade_needed(move |_, database| layout.lay_out(&database));
        Ok(opening.await?)
    }
}

impl Layout {
    fn lay_out(self, database: &Database) -> Result<(), Error> {
        let stores: &[&str] = match self {
            Self::Records => &[CHUNKS, QUARANTINE, CARDS, BLOCKS, META],
            Self::Files => &[FILES],
        };
        for store in stores {
            database.create_object_store(store).build()?;
        }
        if let Self::Records = self {
            database.create_object_store(OUTBOX).with_auto_increment(true).build()?;
        }
        Ok(())
    }
}

fn reading<'a>(database: &'a Database, stores: &[&str]) -> Result<Transaction<'a>, Error> {
    database.transaction(stores).with_mode(TransactionMode::Readonly).build()
}

fn writing<'a>(database: &'a Database, stores: &[&str]) -> Result<Transaction<'a>, Error> {
    let strict = TransactionOptions::new().with_durability(TransactionDurability::Strict);
    database.transaction(stores).with_mode(TransactionMode::Readwrite).with_options(strict).build()
}

fn exception(error: &Error) -> Option<&web_sys::DomException> {
    match error {
        Error::DomException(exception) => {
            let exception: &JsValue = exception.as_ref();
            exception.dyn_ref()
        }
        Error::Serialisation(_) | Error::MissingData(_) | Error::Unknown(_) => None,
    }
}

/// Whether another connection may do what this one did not. A full disk aborts in the same way, and does so again.
fn may_be_dead(error: &Error) -> bool {
    match error {
        Error::MissingData(UnexpectedDataError::TransactionAborted)
        | Error::DomException(DomException::InvalidStateError(_) | DomException::AbortError(_)) => true,
        other => exception(other).is_some_and(|exception| exception.name() == "UnknownError"),
    }
}
