//! Records that look like one and are not, as somebody said in this browser.

use crate::engine::browser;
use shared::sorted::SortedSet;

/// Where the browser keeps them.
const APART: &str = "sluice.apart";

/// Pairs of ids, which are not proposed again here.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Apart(SortedSet<(String, String)>);

impl Apart {
    /// What was said before.
    pub fn kept() -> Self {
        let kept = browser::kept(APART).unwrap_or_default();
        let pair = |line: &str| line.split_once(' ').map(|(one, other)| (one.to_owned(), other.to_owned()));
        Self(kept.lines().filter_map(pair).collect())
    }

    /// Whether somebody said that these are two.
    pub fn has(&self, one: impl ToString, other: impl ToString) -> bool {
        self.0.contains(&pair(one, other))
    }

    /// These are two; kept for the next start.
    pub fn put(&mut self, one: impl ToString, other: impl ToString) {
        self.0.insert(pair(one, other));
        let lines: Vec<String> = self.0.iter().map(|(one, other)| format!("{one} {other}")).collect();
        browser::keep(APART, &lines.join("\n"));
    }
}

fn pair(one: impl ToString, other: impl ToString) -> (String, String) {
    let (one, other) = (one.to_string(), other.to_string());
    if one < other { (one, other) } else { (other, one) }
}
