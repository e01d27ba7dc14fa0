//! What the board shows, as an address that can be kept, sent to a colleague and opened there.

use std::fmt::Write as _;
use std::str::FromStr;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Filter, Lanes};
use crate::gather::Gather;
use crate::id::{PipelineId, ViewId};
use crate::sorted::SortedSet;
use crate::time::Day;

/// What the board shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Shown {
    /// The saved view that is shown as it was saved.
    pub view: Option<ViewId>,
    /// The pipeline; none for the one that was shown last.
    pub pipeline: Option<PipelineId>,
    /// Which deals.
    pub filter: Filter,
    /// In which lanes.
    pub lanes: Lanes,
    /// As it was on this day; none for now.
    pub day: Option<Day>,
}

impl Shown {
    /// The part of an address that says so; empty for the whole board of now.
    pub fn query(&self) -> String {
        let filter = &self.filter;
        let owner = |owner: &Option<_>| owner.as_ref().map_or_else(|| "-".to_owned(), ToString::to_string);
        let parts = [
            ("view", self.view.map(|view| view.to_string())),
            ("pipeline", self.pipeline.map(|pipeline| pipeline.to_string())),
            ("owner", list(filter.owners.iter().map(owner))),
            ("company", list(filter.companies.iter().map(ToString::to_string))),
            ("category", list(filter.categories.iter().map(name))),
            ("flag", list(filter.flags.iter().map(name))),
            ("if", filter.condition.as_ref().and_then(|condition| serde_json::to_string(condition).ok())),
            ("lanes", (self.lanes != Lanes::None).then(|| name(&self.lanes))),
            ("on", self.day.map(|day| day.to_string())),
        ];
        let said = parts.into_iter().filter_map(|(key, value)| Some(format!("{key}={}", escape(&value?))));
        said.collect::<Vec<_>>().join("&")
    }

    /// Reads such a part. What cannot be read asks for nothing.
    pub fn read(query: &str) -> Self {
        let mut shown = Self::default();
        let filter = &mut shown.filter;
        for (key, value) in query.split('&').filter_map(|part| part.split_once('=')) {
            let value = unescape(value);
            match key {
                "view" => shown.view = value.parse().ok(),
                "pipeline" => shown.pipeline = value.parse().ok(),
                "owner" => {
                    filter.owners = each(&value, |id| if id == "-" { Some(None) } else { id.parse().ok().map(Some) })
                }
                "company" => filter.companies = each(&value, parsed),
                "category" => filter.categories = each(&value, named),
                "flag" => filter.flags = each(&value, named),
                "if" => filter.condition = serde_json::from_str(&value).ok(),
                "lanes" => shown.lanes = named(&value).unwrap_or_default(),
                "on" => shown.day = value.parse().ok(),
                _ => {}
            }
        }
        shown
    }

    /// Whether all deals of now are shown, in one lane: the board as it is without a view.
    pub fn is_plain(&self) -> bool {
        self.filter.is_empty() && self.lanes == Lanes::None && self.day.is_none()
    }
}

fn list(items: impl Iterator<Item = String>) -> Option<String> {
    let items: Vec<String> = items.collect();
    (!items.is_empty()).then(|| items.join(","))
}

fn each<T: Ord>(list: &str, read: impl Fn(&str) -> Option<T>) -> SortedSet<T> {
    list.split(',').filter_map(read).into_set()
}

fn parsed<T: FromStr>(text: &str) -> Option<T> {
    text.parse().ok()
}

fn name<T: Serialize>(value: &T) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

fn named<T: DeserializeOwned>(name: &str) -> Option<T> {
    serde_json::from_value(name.into()).ok()
}

fn escape(text: &str) -> String {
    text.bytes().fold(String::new(), |mut escaped, byte| {
        let _written = match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b',' => {
                escaped.push(char::from(byte));
                Ok(())
            }
            other => write!(escaped, "%{other:02X}"),
        };
        escaped
    })
}

fn unescape(text: &str) -> String {
    let bytes = text.as_bytes();
    let (mut plain, mut at) = (Vec::with_capacity(bytes.len()), 0);
    while at < bytes.len() {
        let hex = bytes.get(at + 1..at + 3).and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.filter(|_| bytes[at] == b'%').and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                plain.push(byte);
                at += 3;
            }
            None => {
                plain.push(bytes[at]);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&plain).into_owned()
}
