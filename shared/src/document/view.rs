//! Reading maps of a document by key and type. What is missing or of another type reads as none.
//!
//! A map is read in one go: each look at one of its keys would make Automerge find the place anew, which costs more.

use std::str::FromStr;

use automerge::iter::MapRangeItem;
use automerge::{Automerge, ObjId, ROOT, ReadDoc, ScalarValueRef, ValueRef};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::history::Place;
use crate::change::ChangeHash;
use crate::gather::{Arrange as _, Gather};
use crate::id::MemberId;
use crate::sorted::SortedMap;
use crate::time::{Day, Timestamp};

/// One map of a document.
pub(super) struct View<'a> {
    pub(super) doc: &'a Automerge,
    pub(super) map: ObjId,
    /// What the map says, in the order of its keys.
    told: Vec<MapRangeItem<'a>>,
    /// Other maps of the same record: devices that made it apart under one id each made a map.
    twins: Vec<Self>,
    /// The change after which it is looked at; none for now.
    after: Option<ChangeHash>,
}

impl<'a> View<'a> {
    pub(super) fn of(doc: &'a Automerge, map: ObjId) -> Self {
        Self::read(doc, map, None)
    }

    pub(super) fn root(doc: &'a Automerge) -> Self {
        Self::of(doc, ROOT)
    }

    /// The root as a change left it on the device where it was made.
    pub(super) fn root_at(doc: &'a Automerge, after: ChangeHash) -> Self {
        Self::read(doc, ROOT, Some(after))
    }

    fn read(doc: &'a Automerge, map: ObjId, after: Option<ChangeHash>) -> Self {
        let told = match after {
            None => doc.map_range(&map, ..),
            Some(after) => doc.map_range_at(&map, .., &[automerge::ChangeHash(after.0)]),
        };
        Self { doc, told: told.collect(), map, twins: Vec::new(), after }
    }

    /// What the record says: of its maps, the one that was told last.
    fn item(&self, key: &str) -> Option<&MapRangeItem<'a>> {
        let twins = self.twins.iter().filter_map(|twin| twin.own(key));
        self.own(key).into_iter().chain(twins).max_by_key(|item| place(&item.id()))
    }

    fn own(&self, key: &str) -> Option<&MapRangeItem<'a>> {
        let place = self.told.binary_search_by(|item| (*item.key).cmp(key)).ok()?;
        self.told.get(place)
    }

    fn scalar(&self, key: &str) -> Option<&ScalarValueRef<'a>> {
        match &self.item(key)?.value {
            ValueRef::Scalar(value) => Some(value),
            ValueRef::Object(_) => None,
        }
    }

    /// The one that is shown of several values under a key of this map; none if there are not several.
    pub(super) fn shown_of_several(&self, key: &str) -> Option<ObjId> {
        self.own(key).filter(|item| item.conflict).map(MapRangeItem::id)
    }

    /// The map under a key: one fact, of which a merge shows one side whole.
    pub(super) fn map(&self, key: &str) -> Option<Self> {
        let item = self.item(key)?;
        matches!(item.value, ValueRef::Object(_)).then(|| Self::read(self.doc, item.id(), self.after))
    }

    /// The record under a key: what several devices told of it, each in a map of its own, belongs together.
    fn record(&self, key: &str) -> Option<Self> {
        let mut record = self.map(key)?;
        if self.shown_of_several(key).is_some() {
            let twins = maps(self.doc, &self.map, key).filter(|map| *map != record.map);
            record.twins = twins.map(|map| Self::read(self.doc, map, self.after)).collect();
        }
        Some(record)
    }

    /// Where the operation that wrote a value stands.
    pub(super) fn place(&self, key: &str) -> Option<Place> {
        place(&self.item(key)?.id())
    }

    pub(super) fn text(&self, key: &str) -> Option<String> {
        match self.scalar(key)? {
            ScalarValueRef::Str(text) => Some(text.to_string()),
            _ => None,
        }
    }

    pub(super) fn int(&self, key: &str) -> Option<i64> {
        match self.scalar(key)? {
            ScalarValueRef::Int(number) | ScalarValueRef::Timestamp(number) => Some(*number),
            ScalarValueRef::Uint(number) => Some(number.cast_signed()),
            _ => None,
        }
    }

    pub(super) fn flag(&self, key: &str) -> bool {
        matches!(self.scalar(key), Some(ScalarValueRef::Boolean(true)))
    }

    pub(super) fn time(&self, key: &str) -> Option<Timestamp> {
        self.int(key).map(Timestamp::from_millis)
    }

    pub(super) fn day(&self, key: &str) -> Option<Day> {
        self.id(key)
    }

    /// A value that is stored as text and read by its type: an id, a day, a currency.
    pub(super) fn id<T: FromStr>(&self, key: &str) -> Option<T> {
        self.text(key)?.parse().ok()
    }

    /// A value that is stored by its name: a kind or a role.
    pub(super) fn named<T: DeserializeOwned>(&self, key: &str) -> Option<T> {
        named(&self.text(key)?)
    }

    pub(super) fn member(&self, key: &str) -> Option<MemberId> {
        self.id(key)
    }

    /// The records inside this map, whose keys are ids, in the order of the keys.
    pub(super) fn records<T: FromStr>(&self) -> Vec<(T, Self)> {
        self.keys().iter().filter_map(|key| Some((key.parse().ok()?, self.record(key)?))).collect()
    }

    /// The facts inside this map, whose keys are ids, in the order of the keys.
    pub(super) fn facts<T: FromStr>(&self) -> Vec<(T, Self)> {
        self.keys().iter().filter_map(|key| Some((key.parse().ok()?, self.map(key)?))).collect()
    }

    /// The maps in this map whose keys are a prefix and an id, in the order of the keys.
    pub(super) fn prefixed<T: FromStr>(&self, prefix: &str) -> Vec<(T, Self)> {
        self.under(prefix).into_iter().filter_map(|(id, key)| Some((id, self.map(&key)?))).collect()
    }

    /// The values in this map that were written as JSON under a prefix and an id.
    pub(super) fn written<T: FromStr, V: DeserializeOwned>(&self, prefix: &str) -> Vec<(T, V)> {
        self.under(prefix).into_iter().filter_map(|(id, key)| Some((id, self.json(&key)?))).collect()
    }

    /// The texts in this map whose keys are a prefix and the name of what they say.
    pub(super) fn texts<T: DeserializeOwned + Ord>(&self, prefix: &str) -> SortedMap<T, String> {
        let keys = self.keys();
        let under = keys.iter().filter_map(|key| Some((key, key.strip_prefix(prefix)?)));
        let read = |(key, name): (&String, &str)| Some((named(name)?, self.text(key).filter(|text| !text.is_empty())?));
        under.filter_map(read).into_map()
    }

    /// A value that was written as JSON.
    pub(super) fn json<V: DeserializeOwned>(&self, key: &str) -> Option<V> {
        serde_json::from_str(&self.text(key)?).ok()
    }

    fn under<T: FromStr>(&self, prefix: &str) -> Vec<(T, String)> {
        let read = |key: String| Some((key.strip_prefix(prefix)?.parse().ok()?, key));
        self.keys().into_iter().filter_map(read).collect()
    }

    pub(super) fn keys(&self) -> Vec<String> {
        let mut keys: Vec<String> = self.told.iter().map(|item| item.key.to_string()).collect();
        if !self.twins.is_empty() {
            keys.extend(self.twins.iter().flat_map(|twin| &twin.told).map(|item| item.key.to_string()));
            keys.arrange();
            keys.dedup();
        }
        keys
    }
}

/// Every map under a key, those too that a merge does not show.
pub(super) fn maps(doc: &impl ReadDoc, map: &ObjId, key: &str) -> impl Iterator<Item = ObjId> {
    let all = doc.get_all(map, key).unwrap_or_default();
    let maps: Vec<ObjId> = all.into_iter().filter(|(value, _)| value.is_object()).map(|(_, map)| map).collect();
    maps.into_iter()
}

/// Where an operation stands in Automerge's order.
pub(super) fn place(written: &ObjId) -> Option<Place> {
    match written {
        ObjId::Id(counter, actor, _) => Some((*counter, actor.clone())),
        ObjId::Root => None,
    }
}

/// The name under which a kind or role is stored.
pub(super) fn name<T: Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        Ok(_) | Err(_) => unreachable!("only enums without data are stored by name"),
    }
}

/// The kind or role of this name.
pub(super) fn named<T: DeserializeOwned>(name: &str) -> Option<T> {
    serde_json::from_value(serde_json::Value::String(name.to_owned())).ok()
}
