//! Another machine wrote as this device, from a copy of its profile: what the relay did not see first is told again under
//! another name, with all that builds on it.

use futures::FutureExt as _;
use futures::future::LocalBoxFuture;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use shared::change::{ChangeHash, Origin, Sealed};
use shared::document::{DocumentError, prove, rewrite, unfold};
use shared::gather::Gather;
use shared::id::DocumentId;
use shared::replica::{Actor, Replica};
use shared::sorted::{SortedMap, SortedSet};

use super::Engine;
use super::clock::dice;
use super::queue::Job;
use super::storage::{Chunk, Telling, Trouble};
use super::tabs::Said;

/// How a fork was noticed.
pub(super) enum Noticed {
    /// The relay named the change that is here.
    Named(ChangeHash),
    /// A document refused some of these, which came from the relay.
    Arrived(Vec<Chunk>),
}

/// Whether there was a fork that is settled now.
type Settled = Result<bool, Trouble>;

impl Engine {
    /// Tells what is here of a fork again. Where there is one, memory is made what storage is then.
    pub(super) async fn settle_fork(&self, document: DocumentId, noticed: Noticed) -> Settled {
        let settled = match settling(self, document, noticed).await {
            Ok(settled) => settled.await,
            // The part of the program that settles forks is not here and could not be loaded.
            Err(_) => Err(Trouble::Broken("NetworkError".to_owned())),
        };
        if settled.is_err() {
            // What was merged beside the fork is in memory only.
            self.begin_anew();
        }
        settled
    }

    async fn settle(&self, document: DocumentId, noticed: Noticed) -> Settled {
        let forked = match noticed {
            Noticed::Named(forked) => Some(forked),
            Noticed::Arrived(chunks) => rival(document, &self.storage.load(document).await?.0, &chunks),
        };
        match forked {
            Some(forked) => self.tell_again(document, forked).await,
            None => Ok(false),
        }
    }

    async fn tell_again(&self, document: DocumentId, forked: ChangeHash) -> Settled {
        self.loading.set(true);
        // What waits builds on what is here: it is told again with it.
        let _kept = self.queue.push(Job { chunks: Vec::new(), made_here: false, mark: None }).await;
        let told = self.tell(document, forked).await;
        // Memory is of before the telling, and an actor that another machine uses too must write nothing more.
        self.begin_anew();
        self.tabs.say(&Said::ToldAgain);
        told
    }

    async fn tell(&self, document: DocumentId, forked: ChangeHash) -> Settled {
        let (stored, _) = self.storage.load(document).await?;
        let telling = telling(document, stored, forked).map_err(|_| Trouble::Broken("DataError".to_owned()))?;
        if telling.gone.is_empty() {
            return Ok(false);
        }
        self.storage.tell_again(document, &telling, &telling_name()).await?;
        Ok(true)
    }
}

/// A name for a telling that no other has.
pub(super) fn telling_name() -> String {
    format!("{:032x}", u128::from_be_bytes(dice()))
}

/// Few devices ever do this: it is with the later part of the program.
#[wasm_split(later, wasm_split_path = leptos::wasm_split, fallible)]
fn settling(
    engine: &Engine,
    document: DocumentId,
    noticed: Noticed,
) -> Result<LocalBoxFuture<'_, Settled>, SplitLoaderError> {
    Ok(engine.settle(document, noticed).boxed_local())
}

/// The stored change with the lowest number that shares its writer and number with another one that arrived.
fn rival(document: DocumentId, stored: &[Chunk], arrived: &[Chunk]) -> Option<ChangeHash> {
    let arrived: SortedMap<Origin, ChangeHash> =
        changes(document, arrived).into_iter().map(|change| (change.origin(), change.hash())).into_map();
    let is_forked = |own: &Sealed| arrived.get(&own.origin()).is_some_and(|other| *other != own.hash());
    let forked = changes(document, stored).into_iter().filter(is_forked);
    forked.min_by_key(|own| (own.origin().number, own.hash())).map(|own| own.hash())
}

/// What changes of a document when one of its changes is told again. A folded past that holds one of those goes as a
/// whole, and comes back change by change.
fn telling(document: DocumentId, stored: Vec<Chunk>, forked: ChangeHash) -> Result<Telling, DocumentError> {
    let all = rewrite(&changes(document, &stored), forked)?;
    let old: SortedSet<ChangeHash> = all.iter().filter(|(old, new)| old != new).map(|(old, _)| old.hash()).into_set();
    let mut telling = Telling::default();
    let mut stays = SortedSet::new();
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
    let held: SortedMap<ChangeHash, Sealed> = held.map(|change| (change.hash(), change)).into_map();
    held.into_values().collect()
}
