//! One search: which of the words stand in a record, and where.

use std::ops::Range;

use super::entry::{Entry, More};
use crate::gather::Arrange as _;
use crate::id::{CompanyId, MemberId};
use crate::model::{CompanyCard, DealCard};
use crate::search::find::find;
use crate::search::query::{Query, Word};
use crate::search::texts::Text;
use crate::search::{Marked, notes::excerpt};
use crate::sorted::{SortedMap, SortedSet};

/// The title begins with a word.
const BEGINS: usize = 0;
/// The title has a word.
const TITLE: usize = 1;
/// Words stand elsewhere only.
const ELSEWHERE: usize = 2;

/// Names that deals show without having them.
pub(super) struct Names<'a> {
    pub(super) companies: &'a SortedMap<CompanyId, Entry<CompanyCard>>,
    pub(super) members: &'a SortedMap<MemberId, Entry<()>>,
}

/// A query, with the companies and members whose name has each word: they are looked at once, not for every deal.
pub(super) struct Looking<'a> {
    words: Vec<(&'a Word, SortedSet<CompanyId>, SortedSet<MemberId>)>,
    names: Names<'a>,
}

impl<'a> Looking<'a> {
    pub(super) fn new(query: &'a Query, names: Names<'a>) -> Self {
        let words = query.words.iter().map(|word| {
            let companies = names.companies.iter().filter(|(_, entry)| find(&entry.text, word).is_some());
            let members = names.members.iter().filter(|(_, entry)| find(&entry.text, word).is_some());
            (word, companies.map(|(id, _)| *id).collect(), members.map(|(id, _)| *id).collect())
        });
        Self { words: words.collect(), names }
    }

    /// How well a deal fits; none if a word is missing.
    pub(super) fn deal(&self, entry: &Entry<DealCard>) -> Option<usize> {
        let card = &entry.of;
        self.best(entry, |index| {
            let (_, companies, members) = &self.words[index];
            card.company.is_some_and(|company| companies.contains(&company))
                || card.owner.is_some_and(|owner| members.contains(&owner))
        })
    }

    /// How well a record fits; none if a word is missing.
    pub(super) fn tier<T>(&self, entry: &Entry<T>) -> Option<usize> {
        self.best(entry, |_| false)
    }

    fn best<T>(&self, entry: &Entry<T>, has: impl Fn(usize) -> bool) -> Option<usize> {
        let mut best = ELSEWHERE;
        for (index, (word, _, _)) in self.words.iter().enumerate() {
            let tier = match find(&entry.text, word) {
                Some(Range { start: 0, .. }) => BEGINS,
                Some(_) => TITLE,
                None if has(index) || stands_beside(entry, word) => ELSEWHERE,
                None => return None,
            };
            best = best.min(tier);
        }
        Some(best)
    }

    /// A deal's title and the other texts of it, with what was found.
    pub(super) fn marked_deal(&self, entry: &Entry<DealCard>) -> (Marked, Vec<Marked>) {
        let (title, mut found) = self.marked(entry);
        let company = entry.of.company.and_then(|company| self.names.companies.get(&company));
        let owner = entry.of.owner.and_then(|owner| self.names.members.get(&owner));
        let company = company.map(|company| self.mark(&company.title, &company.text));
        let owner = owner.map(|owner| self.mark(&owner.title, &owner.text));
        found.extend(company.into_iter().chain(owner).filter(|text| !text.marks.is_empty()));
        (title, found)
    }

    /// A record's title and the other texts of it, with what was found.
    pub(super) fn marked<T>(&self, entry: &Entry<T>) -> (Marked, Vec<Marked>) {
        let title = self.mark(&entry.title, &entry.text);
        let more = entry.more.iter().filter_map(|more| {
            let marked = self.mark(&more.written, &more.text);
            let is_found = !marked.marks.is_empty() || self.words.iter().any(|(word, _, _)| is_phone(more, word));
            is_found.then(|| excerpt(marked))
        });
        (title, more.collect())
    }

    fn mark(&self, written: &str, text: &Text) -> Marked {
        let words = self.words.iter().map(|(word, _, _)| *word);
        mark(written, text, words)
    }
}

/// A text with the first place of each of these words.
pub(in crate::search) fn mark<'w>(written: &str, text: &Text, words: impl Iterator<Item = &'w Word>) -> Marked {
    let mut marks: Vec<Range<usize>> = words.filter_map(|word| find(text, word)).collect();
    marks.arrange_by_key(|mark| (mark.start, mark.end));
    let mut apart: Vec<Range<usize>> = Vec::new();
    for mark in marks {
        match apart.last_mut() {
            Some(last) if mark.start <= last.end => last.end = last.end.max(mark.end),
            Some(_) | None => apart.push(mark),
        }
    }
    Marked { text: written.to_owned(), marks: apart }
}

fn stands_beside<T>(entry: &Entry<T>, word: &Word) -> bool {
    let is_amount = match (&entry.amount, &word.amount) {
        (Some(amount), Some(typed)) => amount.starts_with(typed.as_str()),
        (_, _) => false,
    };
    is_amount || entry.more.iter().any(|more| is_phone(more, word) || find(&more.text, word).is_some())
}

fn is_phone(more: &More, word: &Word) -> bool {
    word.phone.as_ref().is_some_and(|phone| more.digits.contains(phone.as_str()))
}
