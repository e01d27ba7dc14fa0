//! Another machine wrote as this device, from a copy of its profile: what the relay did not see first is told again under
//! another name, with all that builds on it. Few devices ever do this: it is with the later part of the program.

use std::collections::{BTreeMap, BTreeSet};

use leptos::wasm_split::{SplitLoaderError, wasm_split};
use shared::change::{ChangeHash, Origin, Sealed};
use shared::document::{DocumentError, prove, rewrite, unfold};
use shared::gather::Gather;
use shared::id::DocumentId;
use shared::replica::{Actor, Replica};

use super::Engine;
use super::clock::dice;
use super::queue::Job;
use super::storage::{Chunk, Telling, Trouble};
use super::tabs::Said;

/// Why nothing is told again.
enum Untold {
    /// The part of the program that does it is not here and could not be loaded.
    Unready,
    /// A piece cannot be read.
    Unreadable,
}

impl From<SplitLoaderError> for Untold {
    fn from(_: SplitLoaderError) -> Self {
        Self::Unready
    }
}

impl From<DocumentError> for Untold {
    fn from(_: DocumentError) -> Self {
        Self::Unreadable
    }
}

impl From<Untold> for Trouble {
    fn from(untold: Untold) -> Self {
        match untold {
            Untold::Unready => Self::Broken("NetworkError".to_owned()),
            Untold::Unreadable => Self::Broken("DataError".to_owned()),
        }
    }
}

impl Engine {
    /// Tells what is here again where the relay sent another change of the same writer and number. Whether there was
    /// such a thing.
    pub(super) async fn settle_fork(&self, document: DocumentId, arrived: &[Chunk]) -> Result<bool, Trouble> {
        let (stored, _) = self.storage.load(document).await?;
        match rival(document, stored, arrived.to_vec()).await? {
            Some(forked) => self.tell_again(document, forked).await,
            None => Ok(false),
        }
    }

    /// The relay has another change of this one's writer and number. Whether something was told again; nothing is where
    /// the change is not here any more.
    pub(super) async fn tell_again(&self, document: DocumentId, forked: ChangeHash) -> Result<bool, Trouble> {
        self.loading.set(true);
        // What waits builds on what is here: it is told again with it.
        let _kept = self.queue.push(Job { chunks: Vec::new(), made_here: false, mark: None }).await;
        let told = self.tell(document, forked).await;
        // Memory is of before the telling, and an actor that another machine uses too must write nothing more.
        self.begin_anew();
        if matches!(told, Ok(true)) {
            self.tabs.say(&Said::ToldAgain);
        }
        told
    }

    async fn tell(&self, document: DocumentId, forked: ChangeHash) -> Result<bool, Trouble> {
        let (stored, _) = self.storage.load(document).await?;
        let telling = telling(document, stored, forked).await?;
        if telling.gone.is_empty() {
            return Ok(false);
        }
        let name = format!("{:032x}", u128::from_be_bytes(dice()));
        self.storage.tell_again(document, &telling, &name).await?;
        Ok(true)
    }
}

/// The stored change with the lowest number that shares its writer and number with another one that arrived.
#[wasm_split(later, wasm_split_path = leptos::wasm_split, fallible)]
fn rival(document: DocumentId, stored: Vec<Chunk>, arrived: Vec<Chunk>) -> Result<Option<ChangeHash>, Untold> {
    let arrived: BTreeMap<Origin, ChangeHash> =
        changes(document, &arrived).into_iter().map(|change| (change.origin(), change.hash())).into_map();
    let is_forked = |own: &Sealed| arrived.get(&own.origin()).is_some_and(|other| *other != own.hash());
    let forked = changes(document, &stored).into_iter().filter(is_forked);
    Ok(forked.min_by_key(|own| (own.origin().number, own.hash())).map(|own| own.hash()))
}

/// What changes of a document when one of its changes is told again. A folded past that holds one of those goes as a
/// whole, and comes back change by change.
#[wasm_split(later, wasm_split_path = leptos::wasm_split, fallible)]
fn telling(document: DocumentId, stored: Vec<Chunk>, forked: ChangeHash) -> Result<Telling, Untold> {
    let all = rewrite(&changes(document, &stored), forked)?;
    let old: BTreeSet<ChangeHash> = all.iter().filter(|(old, new)| old != new).map(|(old, _)| old.hash()).into_set();
    let mut telling = Telling::default();
    let mut stays = BTreeSet::new();
    for chunk in stored {
        let held = changes(document, std::slice::from_ref(&chunk));
        match held.iter().any(|change| old.contains(&change.hash())) {
            true => telling.gone.push(chunk.hash()),
            false => stays.extend(held.iter().map(Sealed::hash)),
        }
    }
    let mut alone = Replica::new(Actor([0; 16]));
    for (_, change) in all {
        let chunk = Chunk::Change(change);
        let _damaged = alone.open(document, vec![chunk.piece()]);
        if !stays.contains(&chunk.hash()) {
            telling.told.push(chunk);
        }
    }
    telling.card = alone.card(document);
    Ok(telling)
}

/// The changes that pieces hold, each once. What cannot be read holds none: it is kept for whoever can, and nothing that
/// can be read builds on it.
fn changes(document: DocumentId, pieces: &[Chunk]) -> Vec<Sealed> {
    let held = pieces.iter().flat_map(|piece| match piece {
        Chunk::Change(change) => prove(change.clone()).map(|()| vec![change.clone()]).unwrap_or_default(),
        Chunk::Snapshot(_, bytes) => unfold(document, bytes).unwrap_or_default(),
    });
    let held: BTreeMap<ChangeHash, Sealed> = held.map(|change| (change.hash(), change)).into_map();
    held.into_values().collect()
}
