//! Searching inside deals, whose documents are read one after the other: with progress, and it can be stopped.

use std::cell::Cell;
use std::cmp::Reverse;
use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use shared::gather::Arrange as _;
use shared::id::DealId;
use shared::model::Deal;
use shared::search::{Query, notes};

use super::choice::{Act, Choice, facts, plain};
use crate::engine::pinyin;
use crate::pages::desk::Desk;

/// After so many places somebody should type more.
const ENOUGH: usize = 40;

/// How often the progress is told, in deals.
const TELL: usize = 16;

/// The search inside deals.
#[derive(Clone, Copy)]
pub(super) struct Notes {
    desk: Desk,
    /// How many deals were looked through, and how many there are; none before it was asked for.
    pub(super) progress: RwSignal<Option<(usize, usize)>>,
    pub(super) is_running: RwSignal<bool>,
    pub(super) found: RwSignal<Vec<Choice>>,
    /// Every search has a flag of its own, so that an old one never writes into a new one.
    stop: StoredValue<Rc<Cell<bool>>, LocalStorage>,
}

impl Notes {
    pub(super) fn new(desk: Desk) -> Self {
        let notes = Self {
            desk,
            progress: RwSignal::new(None),
            is_running: RwSignal::new(false),
            found: RwSignal::new(Vec::new()),
            stop: StoredValue::new_local(Rc::default()),
        };
        on_cleanup(move || notes.halt());
        notes
    }

    /// Stops where it is; what was found stays.
    pub(super) fn stop(self) {
        self.halt();
        self.is_running.set(false);
    }

    fn halt(self) {
        let _gone = self.stop.try_with_value(|stop| stop.set(true));
    }

    /// Forgets what was found, because something else is looked for.
    pub(super) fn reset(self) {
        if self.progress.with_untracked(Option::is_some) {
            self.stop();
            self.progress.set(None);
            self.found.set(Vec::new());
        }
    }

    /// Looks for a text in all deals, those that were touched last first.
    pub(super) fn run(self, text: &str) {
        self.stop();
        let stopped: Rc<Cell<bool>> = Rc::default();
        self.stop.set_value(stopped.clone());
        self.found.set(Vec::new());
        let (deals, query) = (self.deals(), Query::new(text));
        let (all, mut done) = (deals.len(), 0);
        self.progress.set(Some((0, all)));
        self.is_running.set(true);
        let see = move |deal: Option<&Deal>| {
            if stopped.get() {
                return false;
            }
            done += 1;
            let places = deal.map(|deal| self.places(deal, &query)).unwrap_or_default();
            if !places.is_empty() {
                self.found.update(|found| found.extend(places));
            }
            if done % TELL == 0 || done == all {
                self.progress.set(Some((done, all)));
            }
            let is_enough = self.found.with_untracked(|found| found.len() >= ENOUGH);
            if done == all || is_enough {
                self.is_running.set(false);
            }
            !is_enough
        };
        let dispatch = self.desk.dispatch();
        spawn_local(async move { dispatch.read_through(deals, see).await });
    }

    fn deals(self) -> Vec<DealId> {
        let touched = self.desk.mirror().look(|world| {
            let cards = world.deals.values().filter(|card| !card.discarded);
            let mut touched: Vec<_> = cards.map(|card| (Reverse(card.touched), card.id)).collect();
            touched.arrange();
            touched
        });
        touched.into_iter().map(|(_, deal)| deal).collect()
    }

    fn places(self, deal: &Deal, query: &Query) -> Vec<Choice> {
        let id = deal.card.id;
        let texts = notes(deal, query, &pinyin::spell);
        let choice = |note: shared::search::Note| {
            let facts = self.desk.mirror().look(|world| facts(self.desk.lang, world, id));
            Choice {
                act: Act::Go(format!("/deal/{id}")),
                title: plain(deal.card.title.clone()),
                more: vec![note.text, plain(facts)],
            }
        };
        texts.into_iter().map(choice).collect()
    }
}
