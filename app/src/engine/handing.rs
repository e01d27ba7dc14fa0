//! Deals that change hands: what the relay withdraws goes from this device, and the person is told, here and of what
//! comes.

use futures::FutureExt as _;
use futures::future::LocalBoxFuture;
use leptos::wasm_split::{SplitLoaderError, wasm_split};
use serde::{Deserialize, Serialize};
use shared::gather::Gather;
use shared::id::{DealId, DocumentId, MemberId};
use shared::model::{DealCard, Event};
use shared::sorted::SortedSet;
use shared::time::Timestamp;
use shared::wire::{Stand, Withdrawn};
use shared::workspace::Touched;

use super::Engine;
use super::clock::now;
use super::forks::telling_name;
use super::queue::Job;
use super::receiving::unsaved;
use super::storage::{TELLING, Trouble, arrived};
use super::tabs::Said;

/// The fact that keeps what the person was not yet told, or has not yet put away.
const NEWS: &str = "news";

/// How much of it is kept.
const NEWS_AT_MOST: usize = 50;

/// A deal that changed hands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct News {
    /// The deal.
    pub deal: DealId,
    /// What it is called.
    pub title: String,
    /// What happened.
    pub hand: Hand,
    /// When this device heard of it.
    pub at: Timestamp,
}

/// To whom a deal went, or from whom it came.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Hand {
    /// It was the member's, and is somebody else's now, or nobody's.
    To(Option<MemberId>),
    /// It is the member's now: who gave it.
    From(Option<MemberId>),
}

/// What a conversation has heard of deals that change hands, and has not settled.
#[derive(Clone, Default)]
pub(super) struct Handing {
    /// Deals that are withdrawn and not gone yet, because something of them waits for the relay.
    pub withdrawn: Vec<Withdrawn>,
    /// Whose deals were, before something of them arrived.
    pub before: Vec<(DealId, Option<MemberId>)>,
    /// Where the device stands. It is not written down before all that is withdrawn is gone: what the device did before
    /// it heard is taken only from there.
    pub stand: Option<Stand>,
}

/// What is left to be settled.
type Left = Result<Handing, Trouble>;

impl Engine {
    /// Lets withdrawn deals go once nothing of them waits for the relay, and tells what changed hands.
    pub(super) async fn hand(&self, handing: &mut Handing) -> Result<(), Trouble> {
        if handing.withdrawn.is_empty() && handing.before.is_empty() && handing.stand.is_none() {
            return Ok(());
        }
        match settling_hands(self, handing.clone()).await {
            Ok(settling) => *handing = settling.await?,
            // What cannot be told shows on the board all the same.
            Err(_) => handing.before.clear(),
        }
        Ok(())
    }

    /// Whose the deals among these documents are.
    pub(super) fn owners(&self, documents: impl Iterator<Item = DocumentId>) -> Vec<(DealId, Option<MemberId>)> {
        let replica = self.replica.borrow();
        let deals = &replica.workspace().deals;
        let owner = |document| match document {
            DocumentId::Deal(deal) => Some((deal, deals.get(&deal).and_then(|card| card.owner))),
            _ => None,
        };
        documents.filter_map(owner).collect()
    }

    /// What the person was not yet told, or has not yet put away; the newest first.
    pub async fn news(&self) -> Vec<News> {
        let kept = self.storage.fact(NEWS).await.ok().flatten();
        kept.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
    }

    /// The person was told.
    pub async fn put_away(&self, told: &News) {
        let mut news = self.news().await;
        news.retain(|one| one != told);
        let _kept = self.storage.note(&[(NEWS, written(news))]).await;
        self.show(&Touched::default());
    }

    async fn settle_hands(&self, handing: Handing) -> Left {
        let Handing { withdrawn, before, stand } = handing;
        self.tell_turned(before).await;
        let withdrawn = if withdrawn.is_empty() { withdrawn } else { self.part(withdrawn).await? };
        let stand = match stand.filter(|_| withdrawn.is_empty()) {
            Some(stand) => self.storage.note(&arrived(stand)).await.map(|()| None)?,
            None => stand,
        };
        Ok(Handing { withdrawn, before: Vec::new(), stand })
    }

    async fn part(&self, withdrawn: Vec<Withdrawn>) -> Result<Vec<Withdrawn>, Trouble> {
        // While something of each waits for the relay none can go, and nobody is kept from working.
        let waiting = self.storage.waiting_documents().await?;
        if withdrawn.iter().all(|each| waiting.contains(&each.document)) {
            return Ok(withdrawn);
        }
        // What is done to them right now waits for the relay too.
        self.loading.set(true);
        if self.queue.push(Job { chunks: Vec::new(), made_here: false, mark: None }).await != Ok(Ok(())) {
            // Whoever could not save it loads memory anew, and lets people work again after that.
            return Err(unsaved());
        }
        let parted = self.part_if_sent(withdrawn).await;
        self.loading.set(self.stale.get());
        parted
    }

    async fn part_if_sent(&self, withdrawn: Vec<Withdrawn>) -> Result<Vec<Withdrawn>, Trouble> {
        let waiting = self.storage.waiting_documents().await?;
        let (left, goes): (Vec<Withdrawn>, Vec<Withdrawn>) =
            withdrawn.iter().copied().partition(|each| waiting.contains(&each.document));
        if goes.is_empty() {
            return Ok(withdrawn);
        }
        let gone = goes.iter().map(|each| each.document).into_set();
        let news = goes.iter().filter_map(|each| self.taken(each)).collect();
        let name = telling_name();
        // Another tab that writes one of them at this moment must not bring back half of it.
        let facts = [(TELLING, name.clone()), (NEWS, written(self.with(news).await))];
        if !self.storage.part_with(&gone, &facts).await? {
            return Ok(withdrawn);
        }
        self.telling.replace(Some(name));
        self.forget(&gone);
        self.tabs.say(&Said::ToldAgain);
        Ok(left)
    }

    fn forget(&self, gone: &SortedSet<DocumentId>) {
        let mut touched = Touched::default();
        for document in gone {
            self.shelf.borrow_mut().forget(*document);
            if let DocumentId::Deal(deal) = document {
                touched.extend(self.replica.borrow_mut().forget(*deal));
            }
        }
        self.show(&touched);
    }

    /// What is told of a deal that goes: only the one whose it was misses it.
    fn taken(&self, Withdrawn { document, owner }: &Withdrawn) -> Option<News> {
        let DocumentId::Deal(deal) = *document else { return None };
        let card = self.replica.borrow().workspace().deals.get(&deal).cloned()?;
        (card.owner == Some(self.identity.member)).then(|| told(&card, Hand::To(*owner)))
    }

    async fn tell_turned(&self, before: Vec<(DealId, Option<MemberId>)>) {
        let news: Vec<News> = before.into_iter().filter_map(|(deal, owner)| self.turned(deal, owner)).collect();
        if !news.is_empty() {
            let _kept = self.storage.note(&[(NEWS, written(self.with(news).await))]).await;
            self.show(&Touched::default());
        }
    }

    /// What is told of a deal that is here. What the person did on another device is no news.
    fn turned(&self, deal: DealId, before: Option<MemberId>) -> Option<News> {
        let (replica, me) = (self.replica.borrow(), Some(self.identity.member));
        let card = replica.workspace().deals.get(&deal).filter(|card| !card.discarded)?;
        let open = replica.workspace().open_deals.get(&deal);
        let by = open.and_then(|deal| deal.history.iter().rev().find(|event| gives(event))).and_then(|event| event.by);
        let hand = match (before == me, card.owner == me) {
            (true, false) => Hand::To(card.owner),
            (false, true) => Hand::From(by),
            _ => return None,
        };
        (by != me).then(|| told(card, hand))
    }

    async fn with(&self, mut fresh: Vec<News>) -> Vec<News> {
        let anew: SortedSet<DealId> = fresh.iter().map(|news| news.deal).into_set();
        fresh.extend(self.news().await.into_iter().filter(|news| !anew.contains(&news.deal)));
        fresh.truncate(NEWS_AT_MOST);
        fresh
    }
}

fn told(card: &DealCard, hand: Hand) -> News {
    News { deal: card.id, title: card.title.clone(), hand, at: now() }
}

/// Whether it says whose the deal is.
fn gives(event: &Event) -> bool {
    matches!(event.command.as_str(), "assign_deal" | "open_deal")
}

fn written(news: Vec<News>) -> String {
    serde_json::to_string(&news).unwrap_or_default()
}

/// Few people are given deals on few days: it is with the later part of the program.
#[wasm_split(later, wasm_split_path = leptos::wasm_split, fallible)]
fn settling_hands(engine: &Engine, handing: Handing) -> Result<LocalBoxFuture<'_, Left>, SplitLoaderError> {
    Ok(engine.settle_hands(handing).boxed_local())
}
