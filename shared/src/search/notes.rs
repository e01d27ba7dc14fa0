//! Searching inside one deal: activities, proofs, reasons and products, which only its document has.

use super::index::mark;
use super::query::Query;
use super::texts::Text;
use super::{Marked, Spell};
use crate::model::{Deal, Outcome};
use crate::time::Timestamp;

/// The most characters of a text that are shown.
const SHOWN: usize = 90;

/// How many of them stand before what was found.
const BEFORE: usize = 24;

/// A text inside a deal in which every word was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// The part of it around what was found.
    pub text: Marked,
    /// When it was written, if it says.
    pub at: Option<Timestamp>,
}

/// The texts inside a deal in which every word stands.
pub fn notes(deal: &Deal, query: &Query, spell: Spell<'_>) -> Vec<Note> {
    let found = |(written, at): (String, Option<Timestamp>)| {
        let text = Text::new(&written, spell);
        let has_all = query.words.iter().all(|word| super::find::find(&text, word).is_some());
        has_all.then(|| Note { text: excerpt(mark(&written, &text, query.words.iter())), at })
    };
    texts(deal).into_iter().filter_map(found).collect()
}

fn texts(deal: &Deal) -> Vec<(String, Option<Timestamp>)> {
    let activities = deal.activities.iter().map(|each| (each.summary.clone(), each.done));
    let proofs = deal.evidence.iter().map(|proof| (join([&proof.from, &proof.quote]), Some(proof.at)));
    let overrides = deal.overrides.iter().map(|each| (each.reason.clone(), Some(each.at)));
    let declines = deal.declines.iter().map(|each| (each.reason.clone(), Some(each.at)));
    let lines = deal.lines.iter().map(|line| (line.product.clone(), None));
    let lost = match &deal.card.outcome {
        Outcome::Lost { at, reason } => Some((reason.clone(), Some(*at))),
        Outcome::Open | Outcome::Won { .. } => None,
    };
    activities.chain(proofs).chain(overrides).chain(declines).chain(lines).chain(lost).collect()
}

fn join(parts: [&String; 2]) -> String {
    let parts: Vec<&str> = parts.into_iter().map(String::as_str).filter(|part| !part.is_empty()).collect();
    parts.join(" · ")
}

/// The part of a long text around what was found.
pub(super) fn excerpt(whole: Marked) -> Marked {
    let count = whole.text.chars().count();
    if count <= SHOWN {
        return whole;
    }
    let first = whole.marks.first().map_or(0, |mark| mark.start);
    let start = first.saturating_sub(BEFORE).min(count - SHOWN);
    let text: String = whole.text.chars().skip(start).take(SHOWN).collect();
    let (before, after) = (if start > 0 { "…" } else { "" }, if start + SHOWN < count { "…" } else { "" });
    let (shift, end) = (before.chars().count(), start + SHOWN);
    let marks = whole.marks.iter().filter(|mark| mark.start < end);
    let marks = marks.map(|mark| mark.start - start + shift..mark.end.min(end) - start + shift).collect();
    Marked { text: format!("{before}{text}{after}"), marks }
}
