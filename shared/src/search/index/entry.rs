//! One record of the index: its card and the texts of it that are searched.

use std::sync::Arc;

use crate::search::Spell;
use crate::search::texts::{Text, digits};
use crate::sorted::SortedMap;
use crate::text::Label;

/// Fewer digits than this are no telephone number.
const LEAST_DIGITS: usize = 5;

/// A text beside the title.
pub(super) struct More {
    pub(super) written: String,
    pub(super) text: Text,
    /// Its digits, if it may hold a telephone number.
    pub(super) digits: String,
}

/// A record with its texts.
pub(super) struct Entry<T> {
    /// The card it was read from.
    pub(super) of: Arc<T>,
    pub(super) title: String,
    pub(super) text: Text,
    pub(super) more: Vec<More>,
    pub(super) amount: Option<String>,
}

impl<T> Entry<T> {
    pub(super) fn new(of: &Arc<T>, title: &str, spell: Spell<'_>) -> Self {
        let text = Text::new(title, spell);
        Self { of: of.clone(), title: title.to_owned(), text, more: Vec::new(), amount: None }
    }

    /// Another text of the record.
    pub(super) fn add(&mut self, written: &str, spell: Spell<'_>) {
        let digits = Some(digits(written)).filter(|digits| digits.len() >= LEAST_DIGITS).unwrap_or_default();
        self.more.push(More { text: Text::new(written, spell), digits, written: written.to_owned() });
    }
}

impl Entry<()> {
    pub(super) fn named(name: &str, spell: Spell<'_>) -> Self {
        Self::new(&Arc::new(()), name, spell)
    }

    /// A name in both languages is found in either.
    pub(super) fn labelled(name: &Label, spell: Spell<'_>) -> Self {
        let mut entry = Self::named(&name.zh, spell);
        entry.add(&name.en, spell);
        entry
    }
}

/// Takes cards over that are others than before; says whether there were any.
pub(super) fn refresh<Id: Ord + Copy, T>(
    entries: &mut SortedMap<Id, Entry<T>>,
    cards: &SortedMap<Id, Arc<T>>,
    read: impl Fn(&Arc<T>) -> Entry<T>,
) -> bool {
    let is_read = |(id, card): (&Id, &Arc<T>), entry: Option<(&Id, &Entry<T>)>| {
        entry.is_some_and(|(of, entry)| of == id && Arc::ptr_eq(&entry.of, card))
    };
    let mut known = entries.iter();
    if entries.len() == cards.len() && cards.iter().all(|card| is_read(card, known.next())) {
        return false;
    }
    entries.retain(|id, _| cards.contains_key(id));
    for (id, card) in cards {
        if !entries.get(id).is_some_and(|entry| Arc::ptr_eq(&entry.of, card)) {
            entries.insert(*id, read(card));
        }
    }
    true
}
