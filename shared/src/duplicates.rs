//! Companies and people that may be one: pairs, each with what speaks for it. People decide.
//!
//! Records are grouped by what they have in common and only compared within a group, so ten thousand companies cost
//! little more than reading them once.

mod key;

use std::collections::HashMap;

use crate::gather::Arrange as _;
use crate::id::{CompanyId, ContactId};
use crate::model::{CompanyCard, CompanyText, Contact};
use crate::sorted::{SortedMap, SortedSet};
use crate::workspace::{Workspace, standing};

/// How a character is spoken, without its tone; none for one that is not Chinese.
pub type Pinyin<'a> = &'a dyn Fn(char) -> Option<&'static str>;

/// What shares a number or address with more records than this is a switchboard or a mailbox of a building.
const SHARED_BY_MANY: usize = 12;

/// What speaks for two records being one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// The names are the same but for case, width, punctuation and legal form.
    Name,
    /// The names sound the same.
    Sound,
    /// Web sites or mail addresses are of the same domain.
    Domain,
    /// The mail addresses are the same.
    Email,
    /// The telephone numbers are the same.
    Phone,
}

/// Two records that may be one, the one with the smaller id first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair<Id> {
    /// One of them.
    pub one: Id,
    /// The other.
    pub other: Id,
    /// What speaks for it, at least one reason.
    pub why: SortedSet<Reason>,
}

/// A person and the company where the record lies.
pub type PersonId = (CompanyId, ContactId);

/// Companies that may be one, those with most reasons first. Discarded and merged ones are left out.
pub fn companies(workspace: &Workspace, pinyin: Pinyin<'_>) -> Vec<Pair<CompanyId>> {
    let mut found = Found::default();
    let (mut names, mut sounds) = (Groups::default(), Groups::default());
    let (mut domains, mut phones) = (Groups::default(), Groups::default());
    for card in unmerged(workspace) {
        let name = key::company(&card.name);
        sounds.put(key::sound(&name, pinyin), card.id);
        names.put(Some(name), card.id);
        domains_of(card).into_iter().for_each(|domain| domains.put(Some(domain), card.id));
        for number in key::numbers(card.text(CompanyText::Phone)) {
            phones.put(Some(key::tail(&number).to_owned()), (card.id, number));
        }
    }
    found.star(Reason::Sound, &sounds);
    found.star(Reason::Name, &names);
    found.each(Reason::Domain, &domains, |id| *id, |one, other| one != other);
    found.each(Reason::Phone, &phones, |(id, _)| *id, |one, other| one.0 != other.0 && key::same(&one.1, &other.1));
    found.pairs()
}

/// People who may be one, those with most reasons first. Within a company a name is enough; across companies the
/// mail address must be the same, or the number together with the name. Merged ones are left out.
pub fn people(workspace: &Workspace, pinyin: Pinyin<'_>) -> Vec<Pair<PersonId>> {
    let mut found = Found::default();
    let (mut names, mut sounds) = (Groups::default(), Groups::default());
    let (mut emails, mut phones) = (Groups::default(), Groups::default());
    for (home, person, contact) in everybody(workspace) {
        let name = key::person(&contact.name);
        let sound = key::sound(&name, pinyin);
        sounds.put(sound.clone().map(|sound| (home, sound)), person);
        emails.put(key::mailbox(&contact.email), person);
        for number in key::numbers(&contact.phone) {
            let spoken = sound.clone().unwrap_or_default();
            phones.put(Some(key::tail(&number).to_owned()), (person, number, name.clone(), spoken));
        }
        names.put(Some((home, name)), person);
    }
    found.star(Reason::Sound, &sounds);
    found.star(Reason::Name, &names);
    found.each(Reason::Email, &emails, |id| *id, |one, other| one != other);
    let is_one = |one: &Reached, other: &Reached| {
        let alike = key::alike(&one.2, &other.2) || (!one.3.is_empty() && one.3 == other.3);
        one.0 != other.0 && key::same(&one.1, &other.1) && alike
    };
    found.each(Reason::Phone, &phones, |(id, ..)| *id, is_one);
    found.pairs()
}

/// A person with a number, the name's key and its sound.
type Reached = (PersonId, String, String, String);

fn unmerged(workspace: &Workspace) -> impl Iterator<Item = &CompanyCard> {
    let cards = workspace.companies.values().map(AsRef::as_ref);
    cards.filter(|card| !card.discarded && workspace.standing_for(card.id) == card.id)
}

/// Everybody who was not merged, with the company that stands for theirs.
fn everybody(workspace: &Workspace) -> impl Iterator<Item = (CompanyId, PersonId, &Contact)> {
    let mut homes: SortedMap<CompanyId, Vec<&CompanyCard>> = SortedMap::new();
    for card in workspace.companies.values().filter(|card| !card.discarded) {
        homes.entry(workspace.standing_for(card.id)).or_default().push(card);
    }
    homes.into_iter().flat_map(|(home, cards)| {
        let people = standing(cards).into_iter().filter(|person| person.stands == person.contact.id);
        people.map(move |person| (home, (person.company, person.contact.id), person.contact))
    })
}

/// The domains of a company and its people; those of free mail and of shared sites say nothing.
fn domains_of(card: &CompanyCard) -> SortedSet<String> {
    let mails = card.contacts.iter().filter_map(|contact| key::mail_domain(&contact.email));
    key::web_domain(card.text(CompanyText::Website)).into_iter().chain(mails).collect()
}

/// Records by what they have in common.
struct Groups<Key, T>(HashMap<Key, Vec<T>>);

impl<Key, T> Default for Groups<Key, T> {
    fn default() -> Self {
        Self(HashMap::new())
    }
}

impl<Key: std::hash::Hash + Eq, T> Groups<Key, T> {
    fn put(&mut self, key: Option<Key>, record: T) {
        if let Some(key) = key {
            self.0.entry(key).or_default().push(record);
        }
    }
}

/// The pairs found so far, each with its reasons.
struct Found<Id>(SortedMap<(Id, Id), SortedSet<Reason>>);

impl<Id> Default for Found<Id> {
    fn default() -> Self {
        Self(SortedMap::new())
    }
}

impl<Id: Ord + Copy> Found<Id> {
    fn put(&mut self, one: Id, other: Id, reason: Reason) {
        self.0.entry((one.min(other), one.max(other))).or_default().insert(reason);
    }

    /// All of a group are one if any two are, so each is paired with the first alone.
    fn star<Key>(&mut self, reason: Reason, groups: &Groups<Key, Id>) {
        for group in groups.0.values() {
            let Some(first) = group.iter().min() else { continue };
            group.iter().filter(|each| *each != first).for_each(|each| self.put(*first, *each, reason));
        }
    }

    /// Any two of a group may be one or not, so all are compared; a group of many says nothing.
    fn each<Key, T>(
        &mut self,
        reason: Reason,
        groups: &Groups<Key, T>,
        id: impl Fn(&T) -> Id,
        is_one: impl Fn(&T, &T) -> bool,
    ) {
        for group in groups.0.values().filter(|group| group.len() <= SHARED_BY_MANY) {
            for (index, one) in group.iter().enumerate() {
                let others = group[index + 1..].iter().filter(|other| is_one(one, other));
                others.for_each(|other| self.put(id(one), id(other), reason));
            }
        }
    }

    /// A name that is the same also sounds the same, which need not be said.
    fn pairs(mut self) -> Vec<Pair<Id>> {
        for why in self.0.values_mut().filter(|why| why.contains(&Reason::Name)) {
            why.remove(&Reason::Sound);
        }
        let mut pairs: Vec<_> = self.0.into_iter().map(|((one, other), why)| Pair { one, other, why }).collect();
        pairs.arrange_by_key(|pair| std::cmp::Reverse(pair.why.len()));
        pairs
    }
}

#[cfg(test)]
mod tests;
