//! Reading maps of a document by key and type. What is missing or of another type reads as none.

use std::str::FromStr;

use automerge::{Automerge, ObjId, ROOT, ReadDoc};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::id::MemberId;
use crate::time::{Day, Timestamp};

/// One map of a document.
pub(super) struct View<'a> {
    pub(super) doc: &'a Automerge,
    pub(super) map: ObjId,
}

impl<'a> View<'a> {
    pub(super) fn root(doc: &'a Automerge) -> Self {
        Self { doc, map: ROOT }
    }

    pub(super) fn map(&self, key: &str) -> Option<Self> {
        let (value, map) = self.doc.get(&self.map, key).ok()??;
        value.is_object().then_some(Self { doc: self.doc, map })
    }

    pub(super) fn text(&self, key: &str) -> Option<String> {
        let (value, _) = self.doc.get(&self.map, key).ok()??;
        value.into_string().ok()
    }

    pub(super) fn int(&self, key: &str) -> Option<i64> {
        self.doc.get(&self.map, key).ok()??.0.as_i64()
    }

    pub(super) fn flag(&self, key: &str) -> bool {
        let value = self.doc.get(&self.map, key).ok().flatten();
        value.and_then(|(value, _)| value.as_bool()).unwrap_or(false)
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
        serde_json::from_value(serde_json::Value::String(self.text(key)?)).ok()
    }

    pub(super) fn member(&self, key: &str) -> Option<MemberId> {
        self.id(key)
    }

    /// The maps inside this map whose keys are ids, in the order of the keys.
    pub(super) fn each<T: FromStr>(&self) -> Vec<(T, Self)> {
        let keys: Vec<String> = self.doc.keys(&self.map).collect();
        keys.iter().filter_map(|key| Some((key.parse().ok()?, self.map(key)?))).collect()
    }

    pub(super) fn keys(&self) -> Vec<String> {
        self.doc.keys(&self.map).collect()
    }
}

/// The name under which a kind or role is stored.
pub(super) fn name<T: Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(name)) => name,
        Ok(_) | Err(_) => unreachable!("only enums without data are stored by name"),
    }
}
